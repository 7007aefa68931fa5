"""What Telegram shows of the desk by itself: its menus, and what it says of itself before the first word."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from records.commands import COMMANDS
from records.kinds import KINDS
from render.catalogue import languages
from render.help import line
from render.html import plain
from sandbox import TOKEN
from tests.house import AIGUL, TIMUR, VISITOR, Talk, Town, town, working
from tests.render.stage import words
from tests.talk import PATIENCE

PRIVATE = {one.name for one in COMMANDS if one.offered in {"everywhere", "private"}}
GROUP = {one.name for one in COMMANDS if one.offered == "everywhere"}


@pytest.fixture
async def place() -> AsyncIterator[Town]:
    async with town() as one:
        yield one


async def calls(town: Town, name: str) -> list[dict[str, Any]]:
    """The calls so far whose method begins so."""
    made = await town.people.call("/calls", method="GET")
    return [one for one in made if one["method"].startswith(name)]


async def introduced(talk: Talk) -> None:
    """Returns once the desk has brought up to date what Telegram shows of it."""
    async with asyncio.timeout(PATIENCE):
        await talk.desk.introduction.made.wait()


async def menu(talk: Talk, who: int = AIGUL, chat: int | None = None) -> dict[str, str]:
    """What is offered to that person there: command → what it is for."""
    where = who if chat is None else chat
    found = await talk.people.call(f"/person/{who}/menu?chat={where}", method="GET")
    return {one["command"]: one["description"] for one in found}


async def linked(talk: Talk) -> int:
    """A group that was tied to the team by saying so."""
    group = await talk.group()
    await talk.says("/unlink", chat=group)
    await talk.says("/link", chat=group)
    await talk.quiet()
    return group


async def test_a_group_that_is_not_the_teams_is_offered_to_become_so_and_no_more(talk: Talk) -> None:
    group = await linked(talk)
    await introduced(talk)
    assert set(await menu(talk, VISITOR, group)) == GROUP
    await talk.says("/language ru", chat=group)
    await talk.says("/unlink", chat=group)
    await talk.quiet()
    for who in (AIGUL, VISITOR):
        assert set(await menu(talk, who, group)) == {"link"}
    made = await talk.people.call("/chats", {"title": "Elsewhere", "type": "supergroup", "members": [AIGUL, VISITOR]})
    assert set(await menu(talk, AIGUL, int(made["id"]))) == {"link"}


async def test_a_group_tied_before_menus_were_kept_apart_has_its_own_after_the_next_start(
    place: Town, tmp_path: Path
) -> None:
    async with working(place, tmp_path) as talk:
        await introduced(talk)
        group = await talk.group()
        assert set(await menu(talk, chat=group)) == {"link"}
        for language in ("", *languages()):
            scope = {"scope": {"type": "default"}, "language_code": language}
            await place.people.call(f"/bot{TOKEN}/deleteMyCommands", scope)
    async with working(place, tmp_path) as talk:
        await introduced(talk)
        assert set(await menu(talk, chat=group)) == GROUP


@pytest.mark.parametrize("spoken", languages())
async def test_in_a_group_each_reads_the_menu_in_the_language_of_their_telegram(talk: Talk, spoken: str) -> None:
    group = await linked(talk)
    await talk.people.call("/people", {"id": TIMUR, "first_name": "Timur", "language_code": spoken})
    assert (await menu(talk, TIMUR, group))["flight"] == words(spoken).text("command.flight.line")


async def test_a_group_that_moves_takes_its_menu_along(talk: Talk) -> None:
    made = await talk.people.call("/chats", {"title": "Reception", "type": "group", "members": [AIGUL, TIMUR]})
    group = int(made["id"])
    await talk.says("/link", chat=group)
    moved = await talk.people.call(f"/chats/{group}/migrate", {})
    await talk.quiet()
    assert set(await menu(talk, TIMUR, int(moved["id"]))) == GROUP


async def test_a_group_is_offered_what_makes_sense_there_and_a_private_chat_everything(talk: Talk) -> None:
    group = await linked(talk)
    await introduced(talk)
    assert set(await menu(talk)) == PRIVATE
    assert set(await menu(talk, chat=group)) == GROUP
    assert GROUP < PRIVATE


async def test_a_stranger_is_offered_to_ask_what_this_is_and_who_leaves_the_team_no_more(
    place: Town, tmp_path: Path
) -> None:
    async with working(place, tmp_path, owners=(AIGUL,)) as talk:
        await introduced(talk)
        assert set(await menu(talk, VISITOR)) == set(await menu(talk, TIMUR)) == {"start"}
        invited = await talk.says("/invite viewer Aktau desk 2")
        token = invited.text.partition("start=")[2].split()[0]
        await talk.says(f"/start {token}", TIMUR)
        await talk.quiet()
        offered = set(await menu(talk, TIMUR))
        assert {"list", "stats", "help"} <= offered < PRIVATE
        _, member = await talk.presses(await talk.says("/team"), "Timur")
        _, sure = await talk.presses(member, "Remove")
        await talk.presses(sure, "Yes, remove")
        await talk.quiet()
        assert set(await menu(talk, TIMUR)) == set(await menu(talk, VISITOR)) == {"start"}


async def test_an_owner_who_comes_later_than_the_desk_has_a_menu_from_their_first_word(
    place: Town, tmp_path: Path
) -> None:
    fault = {"error": {"code": 400, "description": "Bad Request: chat not found"}}
    added = await place.people.call(
        "/faults", {"method": "setMyCommands", "chat": AIGUL, "times": None, "fault": fault}
    )
    async with working(place, tmp_path, owners=(AIGUL,)) as talk:
        await introduced(talk)
        await place.people.call(f"/faults/{added['id']}", method="DELETE")
        await talk.says("/start")
        await talk.quiet()
        assert set(await menu(talk)) == PRIVATE


async def test_help_names_what_the_menu_of_the_chat_offers(talk: Talk) -> None:
    group = await talk.group()
    everything, some = (await talk.says("/help")).text, (await talk.says("/help", chat=group)).text
    for name in PRIVATE:
        assert f"/{name} – " in everything
        assert (f"/{name} – " in some) == (name in GROUP)
        assert f"/{name}" in some
    assert "/start – " not in everything


@pytest.mark.parametrize("spoken", languages())
async def test_each_person_reads_the_menu_in_the_language_of_their_telegram(talk: Talk, spoken: str) -> None:
    await introduced(talk)
    await talk.people.call("/people", {"id": AIGUL, "first_name": "Aigul", "language_code": f"{spoken}-XX"})
    assert (await menu(talk))["flight"] == words(spoken).text("command.flight.line")


async def test_whoever_speaks_another_language_reads_the_teams(talk: Talk) -> None:
    await introduced(talk)
    await talk.people.call("/people", {"id": AIGUL, "first_name": "Aigul", "language_code": "uz"})
    assert (await menu(talk))["flight"] == words("en").text("command.flight.line")


async def test_a_chat_that_chose_its_language_reads_its_menu_in_it_whoever_looks(talk: Talk) -> None:
    group = await linked(talk)
    await introduced(talk)
    await talk.says("/language kk", chat=group)
    await talk.says("/language ru")
    await talk.quiet()
    kazakh, russian = words("kk").text("command.flight.line"), words("ru").text("command.flight.line")
    for who in (AIGUL, TIMUR):
        offered = await menu(talk, who, group)
        assert (offered["flight"], set(offered)) == (kazakh, GROUP)
    assert (await menu(talk))["flight"] == russian
    assert (await menu(talk, TIMUR))["flight"] == words("en").text("command.flight.line")


async def test_a_restart_that_changes_nothing_sets_nothing(place: Town, tmp_path: Path) -> None:
    async with working(place, tmp_path) as talk:
        await introduced(talk)
        await talk.says("/language ru")
        await talk.quiet()
    before = await calls(place, "setMy")
    async with working(place, tmp_path) as talk:
        await introduced(talk)
    assert await calls(place, "setMy") == before
    asked = [one for one in await calls(place, "getMy") if one["n"] > before[-1]["n"]]
    assert len(asked) == 5 * (len(languages()) + 1)


async def test_new_commands_reach_the_chats_that_chose_a_language_and_one_that_is_gone_stops_nothing(
    place: Town, tmp_path: Path
) -> None:
    async with working(place, tmp_path) as talk:
        await introduced(talk)
        group = await talk.group()
        await talk.says("/language ru")
        await talk.says("/language kk", chat=group)
        await talk.quiet()
    bot = (await place.people.call("/world", method="GET"))["bot"]["id"]
    await place.people.call(f"/chats/{group}/members", {"remove": [bot]})
    async with working(place, tmp_path, kinds=KINDS[:1]) as talk:
        await introduced(talk)
        offered = await menu(talk)
        assert "session" not in offered
        assert offered["flight"] == words("ru").text("command.flight.line")
        assert "session" not in await menu(talk, TIMUR)


async def test_a_menu_that_telegram_refuses_keeps_nobody_waiting(place: Town, tmp_path: Path) -> None:
    fault = {"error": {"code": 400, "description": "Bad Request: BOT_COMMAND_INVALID"}}
    await place.people.call("/faults", {"method": "setMyCommands", "times": None, "fault": fault})
    async with working(place, tmp_path) as talk:
        await talk.says("/flight tomorrow from Al-Hasakah to Aktau expected 48")
        told = await talk.says("/language ru")
        assert "русский" in told.text
        assert len(await talk.kept()) == 1


async def test_the_desk_waits_as_long_as_telegram_asks_before_it_sets_the_next_menu(
    place: Town, tmp_path: Path
) -> None:
    early = {"code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
    await place.people.call("/faults", {"method": "setMyCommands", "times": 1, "fault": {"error": early}})
    async with working(place, tmp_path) as talk:
        await introduced(talk)
        assert set(await menu(talk)) == PRIVATE


@pytest.mark.parametrize("spoken", languages())
async def test_the_desk_says_what_it_is_for_before_the_first_word(talk: Talk, spoken: str) -> None:
    await introduced(talk)
    about = await talk.people.call(f"/bot{TOKEN}/getMyDescription?language_code={spoken}", {})
    assert about["result"]["description"] == words(spoken).text("about.long")
    short = await talk.people.call(f"/bot{TOKEN}/getMyShortDescription?language_code={spoken}", {})
    assert short["result"]["short_description"] == words(spoken).text("about.short")


async def test_the_name_is_the_operators(place: Town, tmp_path: Path) -> None:
    async with working(place, tmp_path) as talk:
        await introduced(talk)
    assert await calls(place, "setMyName") == []


@pytest.mark.parametrize("spoken", languages())
def test_what_telegram_shows_is_no_longer_than_it_may_be(spoken: str) -> None:
    said = words(spoken)
    assert 0 < len(said.text("about.long")) <= 512
    assert 0 < len(said.text("about.short")) <= 120
    assert len(COMMANDS) <= 100
    for one in COMMANDS:
        assert 0 < len(plain(line(one, said))) <= 256
