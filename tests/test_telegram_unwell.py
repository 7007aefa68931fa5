"""Telegram as it is on bad days: whoever wrote is answered in the end, and what was done is done once."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from sandbox import TOKEN
from tests.house import AIGUL, TIMUR, Talk
from tests.talk import PATIENCE, Heard

POST = "/flight tomorrow from Al-Hasakah to Aktau expected 48"
LONGER_THAN_ANY_COUNT = 4


def refused(code: int, description: str, **parameters: int) -> dict[str, Any]:
    return {"error": {"code": code, "description": description, "parameters": parameters}}


FAULTS: dict[str, dict[str, Any]] = {
    "cut before": {"cut": "before"},
    "cut after": {"cut": "after"},
    "bad gateway": refused(502, "Bad Gateway"),
    "internal": refused(500, "Internal Server Error: sent nothing"),
}


async def fault(talk: Talk, method: str, what: dict[str, Any], times: int | None = LONGER_THAN_ANY_COUNT) -> None:
    await talk.people.call("/faults", {"method": method, "times": times, "fault": what})


async def until(look: Callable[[], Any]) -> Any:
    """What the look gives once that is something."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await look()):
            await asyncio.sleep(0.01)
    return found


def of_desk(heard: list[Heard]) -> list[Heard]:
    return [one for one in heard if one.raw["from"]["is_bot"]]


@pytest.mark.parametrize("name", FAULTS)
async def test_an_answer_that_does_not_get_through_is_repeated_until_it_does(
    talk: Talk, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    await fault(talk, "sendMessage", FAULTS[name])
    await talk.tells(POST)
    await talk.quiet()
    assert [one["ref"] for one in await talk.kept()] == ["F-0001"]
    heard = of_desk(await talk.people.sees(AIGUL))
    assert len(heard) == (1 + LONGER_THAN_ANY_COUNT if name == "cut after" else 1)
    assert all("F-0001" in one.text for one in heard)
    assert not talk.rows("SELECT 1 FROM inbox WHERE state = 'aside'")
    assert TOKEN.partition(":")[2] not in caplog.text


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
async def test_a_press_works_once_and_shows_it_in_the_end(talk: Talk, name: str, method: str) -> None:
    card = await talk.says(POST)
    await fault(talk, method, FAULTS[name])
    data = next(data for label, data in card.buttons.items() if "Departed" in label)
    await talk.people.call(f"/person/{AIGUL}/press", {"chat": AIGUL, "message": card.id, "data": data})
    await talk.quiet()
    [entry] = await talk.kept()
    assert (entry["status"], entry["revision"]) == ("departed", 2)
    [shown] = of_desk(await talk.people.sees(AIGUL))
    assert "Departed" in shown.text
    assert not talk.rows("SELECT 1 FROM inbox WHERE state = 'aside'")


async def test_a_press_nobody_may_answer_any_more_still_shows_on_the_card(talk: Talk) -> None:
    card = await talk.says(POST)
    await fault(talk, "answerCallbackQuery", refused(500, "Internal Server Error"), None)
    data = next(data for label, data in card.buttons.items() if "Departed" in label)
    await talk.people.call(f"/person/{AIGUL}/press", {"chat": AIGUL, "message": card.id, "data": data})
    await until(lambda: calls(talk, "answerCallbackQuery"))
    talk.clock.forward(151)
    await talk.people.call("/faults", method="DELETE")
    await talk.quiet()
    [shown] = of_desk(await talk.people.sees(AIGUL))
    assert "Departed" in shown.text
    assert [one["revision"] for one in await talk.kept()] == [2]


async def calls(talk: Talk, method: str) -> list[dict[str, Any]]:
    return [one for one in await talk.people.call("/calls?after=0", method="GET") if one["method"] == method]


async def test_a_group_that_becomes_a_supergroup_gets_its_answer_there(talk: Talk) -> None:
    members = [AIGUL, TIMUR]
    group = await talk.people.call("/chats", {"title": "Reception", "type": "group", "members": members})
    await talk.links(group["id"])
    await talk.people.call("/faults", {"method": "sendMessage", "times": None, "fault": refused(500, "Internal")})
    await talk.tells(POST, chat=group["id"])
    await until(lambda: calls(talk, "sendMessage"))
    moved = await talk.people.call(f"/chats/{group['id']}/migrate", {})
    await talk.people.call("/faults", method="DELETE")
    await talk.quiet()
    assert any("F-0001" in one.text for one in of_desk(await talk.people.sees(AIGUL, moved["id"])))
    assert not talk.rows("SELECT 1 FROM inbox WHERE state = 'aside'")


async def test_whoever_shuts_the_desk_out_is_not_written_to_for_ever(talk: Talk) -> None:
    group = await talk.group()
    await talk.people.call("/faults", {"method": "sendMessage", "times": None, "fault": refused(500, "Internal")})
    await talk.tells(POST, who=TIMUR)
    await talk.tells("/stats", chat=group)
    await until(lambda: calls(talk, "sendMessage"))
    await talk.people.call(f"/person/{TIMUR}/block", {"blocked": True})
    bot = (await talk.people.call("/world", method="GET"))["bot"]["id"]
    await talk.people.call(f"/chats/{group}/members", {"remove": [bot]})
    await talk.people.call("/faults", method="DELETE")
    await talk.quiet()
    assert len(await talk.kept()) == 1
    assert {row["state"] for row in talk.rows("SELECT state FROM inbox")} == {"done"}
