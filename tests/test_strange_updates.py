"""Updates as the world sends them: old buttons, forged ones, quotes, shapes nobody has thought of. Nobody else is kept waiting."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.front import Front, front_of
from tests.house import AIGUL, TIMUR, Talk, town, working
from tests.maker import FORGED, POST
from tests.talk import PATIENCE, Heard

FIRST = 10**9


@dataclass
class Strange:
    """A desk, and the door through which strange updates come to it."""

    talk: Talk
    front: Front
    number: int = FIRST

    async def slips(self, *updates: dict[str, Any]) -> list[str]:
        """What became of these updates: "done" or "aside"."""
        first = self.number
        self.number += len(updates)
        self.front.slips([{"update_id": first + at, **one} for at, one in enumerate(updates)])
        query = f"SELECT state FROM inbox WHERE update_id >= {first} ORDER BY update_id"
        async with asyncio.timeout(PATIENCE):
            while len(states := [row["state"] for row in self.talk.rows(query)]) < len(updates) or {"new", "owed"} & {
                *states
            }:
                assert not self.talk.desk.taking.done(), "the desk takes nothing in any more"
                await asyncio.sleep(0.01)
        return states

    async def press(self, card: Heard, data: str, *, who: int = AIGUL, old: bool = False) -> list[str]:
        """A press whose data are whatever a forger likes, below a message that may be too old to be shown."""
        chat = card.raw["chat"]
        message = {"message_id": card.id, "date": 0, "chat": chat} if old else card.raw
        person = {"id": who, "is_bot": False, "first_name": "Aigul"}
        update = {"id": "7", "from": person, "chat_instance": "1", "data": data, "message": message}
        return await self.slips({"callback_query": update})


@pytest.fixture
async def strange(tmp_path: Path) -> AsyncIterator[Strange]:
    async with (
        town() as place,
        front_of(place.sandbox.url) as front,
        working(place, tmp_path, api_url=front.url) as talk,
    ):
        yield Strange(talk, front)


async def test_a_button_below_a_message_too_old_to_be_shown_still_works(strange: Strange) -> None:
    card = await strange.talk.says(POST)
    data = next(data for label, data in card.buttons.items() if "Departed" in label)
    assert await strange.press(card, data, old=True) == ["done"]
    assert [one["status"] for one in await strange.talk.kept()] == ["departed"]
    assert "Departed" in next(one for one in await strange.talk.people.sees(AIGUL) if one.id == card.id).text


async def test_a_card_that_is_gone_when_its_button_is_pressed_comes_anew(strange: Strange) -> None:
    card = await strange.talk.says(POST)
    data = next(data for label, data in card.buttons.items() if "Departed" in label)
    await strange.talk.people.call(f"/person/{AIGUL}/delete", {"chat": AIGUL, "message": card.id})
    assert await strange.press(card, data, old=True) == ["done"]
    last = (await strange.talk.people.sees(AIGUL))[-1]
    assert last.id != card.id
    assert "Departed" in last.text


async def test_forged_buttons_change_nothing_and_nobody_calls_them_an_error(strange: Strange) -> None:
    card = await strange.talk.says(POST)
    before = strange.talk.rows("SELECT * FROM entries")
    for data in FORGED:
        assert await strange.press(card, data) == ["done"], data
        assert strange.talk.rows("SELECT * FROM entries") == before, data


async def test_a_forged_button_in_a_group_shows_no_card_of_elsewhere(strange: Strange) -> None:
    talk = strange.talk
    group = await talk.group()
    await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 3 women 17 children")
    listed = await talk.says("/list", chat=group)
    for data in ("b:1:1", "s:1:7:arrived", "s:1:1:delayed"):
        assert await strange.press(listed, data) == ["done"]
    assert not any("17" in one.text for one in await talk.people.sees(TIMUR, group))


async def test_numbers_that_are_none_come_twice_or_are_too_large_keep_nobody_waiting(strange: Strange) -> None:
    said = {"message_id": 900, "date": 1, "chat": {"id": AIGUL, "type": "private"}, "text": "/list"}
    sender = {"id": AIGUL, "is_bot": False, "first_name": "x"}
    nameless = [
        {"message": said},
        {"update_id": 2**70, "message": said},
        {"update_id": "7"},
        {"update_id": True},
        None,
        5,
    ]
    twice = [{"update_id": FIRST + one, "message": said | {"from": sender}} for one in (0, 0, 1, 0)]
    strange.front.slips([*nameless, *twice])
    strange.number += 2
    huge = said | {"chat": {"id": 2**70, "type": "private"}}
    assert await strange.slips({"message": huge}, {"message": said | {"message_id": 2**64, "from": sender}})
    assert "F-0001" in (await strange.talk.says(POST, TIMUR)).text
    assert [one["n"] for one in strange.talk.rows(f"SELECT count(*) AS n FROM inbox WHERE update_id >= {FIRST}")] == [4]


async def test_what_is_nested_without_end_keeps_nobody_waiting(
    strange: Strange, caplog: pytest.LogCaptureFixture
) -> None:
    deep = json.loads("[" * 900 + "]" * 900)
    assert await strange.slips({"message": {"chat": {"id": AIGUL}, "text": deep}}, {"poll": deep}) == ["done", "done"]
    assert "can't be looked through" in caplog.text
    assert "F-0001" in (await strange.talk.says(POST)).text


async def test_half_a_letter_is_answered_like_any_other_wrong_word(strange: Strange) -> None:
    card = await strange.talk.says(POST)
    assert await strange.press(card, "l:1:\ud800") == ["done"]
    place = {"date": 1_772_427_600, "chat": {"id": AIGUL, "type": "private"}}
    said = {**place, "message_id": 1, "from": {"id": AIGUL, "is_bot": False, "first_name": "\udc00"}}
    assert await strange.slips({"message": said | {"text": "/show \ud83d"}}) == ["done"]
    assert "\ufffd" in (await strange.talk.people.sees(AIGUL))[-1].text
