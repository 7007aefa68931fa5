"""Who may do what, beyond the table that `tests.test_walk` walks along: one's own and other people's, help, the journal."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.families import BUTTONS
from records.commands import COMMANDS
from records.rights import BUTTONS as ACTS
from records.rights import LEAST, ROLES, Role, may, there
from tests.house import AIGUL, TIMUR, VISITOR, Talk, talking
from tests.talk import Heard

FLIGHT = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk of one owner."""
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        yield talk


async def ranked(talk: Talk, role: Role | None, who: int = TIMUR) -> None:
    if role is not None:
        await talk.enrol(who, role)


def lacking(heard: Heard) -> bool:
    return "takes another role" in heard.text


def test_the_table_is_whole_and_denies_what_is_not_in_it() -> None:
    acts = {one.act for one in COMMANDS} | set(ACTS.values())
    assert {there(one, private=private) for one in acts for private in (True, False)} <= set(LEAST)
    assert set(BUTTONS) <= set(ACTS)
    for role in ROLES:
        assert not may(role, "")
        assert not may(role, "whatever")
    assert not any(may(None, act) for act in LEAST)
    assert all(may("admin", act) for act in LEAST)


async def test_a_stranger_and_who_left_get_no_command_done(team: Talk) -> None:
    await team.says(FLIGHT)
    await team.enrol(TIMUR, "admin")
    await team.says("/list", TIMUR)
    await team.dismiss(TIMUR)
    for who in (VISITOR, TIMUR):
        first = await team.says("/list", who)
        assert str(who) in first.text
        assert "F-0001" not in first.text
        before = len(await team.people.sees(who))
        for one in COMMANDS:
            await team.tells(f"/{one.name}" if one.name == "start" else f"/{one.name} F-0001", who)
        await team.quiet()
        assert len(await team.people.sees(who)) == before + len(COMMANDS)


async def test_a_stranger_is_told_again_the_next_day(team: Talk) -> None:
    await team.says("/start", VISITOR)
    team.clock.forward(25 * 3600)
    assert str(VISITOR) in (await team.says("/start", VISITOR)).text


@pytest.mark.parametrize("role", ROLES)
async def test_help_and_menu_name_only_what_the_role_may_use(team: Talk, role: Role) -> None:
    await ranked(team, role)
    told = (await team.says("/help", TIMUR)).text
    for one in COMMANDS:
        if one.offered != "nowhere":
            assert (f"/{one.name} – " in told) == may(role, there(one.act, private=True)), one.name


async def test_a_reporter_corrects_their_own_and_not_a_colleagues(team: Talk) -> None:
    await team.enrol(TIMUR, "reporter")
    await team.says("/flight 01.03.2026 from Syria to Aktau women 3 children 4 boys 2 girls 2")
    await team.says("/flight 02.03.2026 from Syria to Almaty women 5 note mine", TIMUR)
    assert not lacking(await team.says("/edit F-0002 women 6", TIMUR))
    for words in ("/edit F-0001 women 6", "/withdraw F-0001 no", "/figure F-0001 people 9 source Press"):
        assert lacking(await team.says(words, TIMUR)), words
    kept = {one["ref"]: one["women"] for one in await team.kept()}
    assert kept == {"F-0001": 3, "F-0002": 6}
    await team.enrol(TIMUR, "coordinator")
    assert not lacking(await team.says("/edit F-0001 women 6", TIMUR))
    assert not lacking(await team.says("/withdraw F-0001 no", TIMUR))
    await team.enrol(TIMUR, "reporter")
    assert lacking(await team.says("/restore F-0001", TIMUR))


async def test_a_reporter_completes_a_colleagues_open_entry_and_takes_that_back(team: Talk) -> None:
    await team.enrol(TIMUR, "reporter")
    await team.says(FLIGHT)
    assert lacking(await team.says("/edit F-0001 expected 50", TIMUR))
    assert not lacking(await team.says("/edit F-0001 carrier Air Astana", TIMUR))
    card = await team.says("/show F-0001", TIMUR)
    toast, now = await team.presses(card, "Departed", TIMUR)
    assert "another role" not in toast
    assert "Departed" in now.text
    assert not lacking(await team.says("/undo", TIMUR))
    assert [one["status"] for one in await team.kept()] == ["planned"]


async def test_a_reporter_moves_a_colleagues_flight_on_with_all_that_its_buttons_ask_for(team: Talk) -> None:
    await team.enrol(TIMUR, "reporter")
    await team.says(
        "/flight 05.03.2026 from Al-Hasakah to Aktau expected 48 departs 06:30 arrives 13:10 status confirmed"
    )
    card = await team.says("/show F-0001", TIMUR)
    _, asked = await team.presses(card, "Delayed", TIMUR)
    toast, _ = await team.presses(asked, "7", TIMUR)
    assert "another role" not in toast
    assert [one["status"] for one in await team.kept()] == ["delayed"]
    team.clock.forward(6 * 24 * 3600)
    card = await team.says("/show F-0001", TIMUR)
    _, card = await team.presses(card, "Departed", TIMUR)
    _, asked = await team.presses(card, "Arrived", TIMUR)
    toast, _ = await team.presses(asked, "48", TIMUR)
    assert "another role" not in toast
    assert [(one["status"], one["people"]) for one in await team.kept()] == [("arrived", 48)]
    assert not lacking(await team.says("/edit F-0001 women 20", TIMUR))
    assert lacking(await team.says("/edit F-0001 women 22", TIMUR))


async def test_a_viewer_presses_no_button_of_a_card_and_is_told_which_role_may(team: Talk) -> None:
    await team.enrol(TIMUR, "viewer")
    await team.says(FLIGHT)
    card = await team.says("/show F-0001", TIMUR)
    toast, now = await team.presses(card, "Departed", TIMUR)
    assert "reporter" in toast
    assert "viewer" in toast
    assert now.text == card.text
    assert [one["status"] for one in await team.kept()] == ["planned"]


async def test_rights_are_looked_up_when_a_form_is_confirmed_not_when_it_was_shown(team: Talk) -> None:
    await team.enrol(TIMUR, "reporter")
    form = await team.says("/flight", TIMUR)
    await team.enrol(TIMUR, "viewer")
    toast, now = await team.presses(form, next(iter(form.buttons)), TIMUR)
    assert "reporter" in toast
    await team.dismiss(TIMUR)
    toast, _ = await team.presses(now, next(iter(form.buttons)), TIMUR)
    assert "for its team only" in toast
    assert await team.kept() == []


async def test_restricted_counts_are_for_coordinators_and_for_who_told_them(team: Talk) -> None:
    await team.enrol(TIMUR, "reporter")
    await team.says("/flight 01.03.2026 from Syria to Aktau women 30 justice 17")
    assert "17" not in (await team.says("/show F-0001", TIMUR)).text
    assert "17" not in (await team.says("/history F-0001", TIMUR)).text
    assert "17" not in (await team.says("/stats flights all", TIMUR)).text
    own = await team.says("/flight 02.02.2026 from Syria to Almaty men 40 justice 19", TIMUR)
    assert "19" in own.text
    await team.enrol(TIMUR, "coordinator")
    for words in ("/show F-0001", "/history F-0001"):
        assert "17" in (await team.says(words, TIMUR)).text


async def test_the_journal_keeps_one_refusal_of_a_person_each_hour(team: Talk) -> None:
    await team.enrol(TIMUR, "viewer")

    def refused() -> int:
        return len(team.rows("SELECT seq FROM journal WHERE act = 'refused'"))

    await team.says(FLIGHT, TIMUR)
    await team.says(FLIGHT, TIMUR)
    assert refused() == 1
    await team.says("/start", VISITOR)
    await team.quiet()
    assert refused() == 2
    team.clock.forward(3601)
    await team.says(FLIGHT, TIMUR)
    assert refused() == 3
    assert "whole" in await team.shell("journal", "verify")


async def test_a_history_calls_members_by_their_label(team: Talk) -> None:
    await team.enrol(TIMUR, "reporter", "Aktau desk 2")
    await team.says(FLIGHT, TIMUR)
    told = (await team.says("/history F-0001")).text
    assert "Aktau desk 2" in told
    assert str(TIMUR) not in told
