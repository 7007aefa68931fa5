"""`/team`: who is of it, and how admins change that."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.teaming import PAGE
from tests.house import AIGUL, SAMIRA, TIMUR, Talk, talking
from tests.talk import Heard

FLIGHT = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        yield talk


async def turned(talk: Talk, heard: Heard, *labels: str, who: int = AIGUL) -> tuple[str, Heard]:
    toast = ""
    for one in labels:
        toast, heard = await talk.presses(heard, one, who)
    return toast, heard


async def test_the_team_is_told_by_name_role_and_function_and_no_name_is_kept(team: Talk) -> None:
    await team.enrol(TIMUR, "reporter", "Aktau desk 2")
    told = await team.says("/team")
    assert "Aigul · admin · named in the config" in told.text
    assert "Timur · reporter · Aktau desk 2" in told.text
    await team.quiet()
    for one in (*team.rows("SELECT * FROM members"), *team.rows("SELECT * FROM answers")):
        assert "Timur" not in str(one)


async def test_an_admin_gives_another_role_which_holds_at_once(team: Talk) -> None:
    await team.enrol(TIMUR, "viewer", "Aktau desk 2")
    toast, told = await turned(team, await team.says("/team"), "Timur", "→ reporter")
    assert toast == "Done."
    assert "Timur · reporter" in told.text
    assert "F-0001" in (await team.says(FLIGHT, TIMUR)).text
    offered = await team.people.call(f"/person/{TIMUR}/menu?chat={TIMUR}", method="GET")
    assert "flight" in {one["command"] for one in offered}
    assert "invite" not in {one["command"] for one in offered}


async def test_whose_role_changes_is_told_in_their_language(team: Talk) -> None:
    await team.enrol(TIMUR, "viewer", "Aktau desk 2")
    await team.says("/language ru", TIMUR)
    await turned(team, await team.says("/team"), "Timur", "→ reporter", "Timur", "Remove", "Yes, remove")
    role, removed = (await team.people.sees(TIMUR))[-2:]
    assert "репорт" in role.text
    assert "/help" in role.text
    assert "Our team" in removed.text


async def test_who_never_wrote_to_the_bot_is_removed_all_the_same(team: Talk) -> None:
    await team.enrol(4_444, "viewer")
    toast, _ = await turned(team, await team.says("/team"), "4444", "Remove", "Yes, remove")
    assert toast == "Done."


async def test_who_is_removed_can_do_nothing_from_that_moment_on(team: Talk) -> None:
    await team.enrol(TIMUR, "coordinator")
    form = await team.says("/flight", TIMUR)
    await team.says("/invite reporter desk", TIMUR)
    _, told = await turned(team, await team.says("/team"), "Timur", "Remove", "Yes, remove")
    assert "Timur" not in told.text
    toast, _ = await team.presses(form, next(iter(form.buttons)), TIMUR)
    assert "for its team only" in toast
    assert str(TIMUR) in (await team.says(FLIGHT, TIMUR)).text
    assert team.rows("SELECT * FROM invitations") == []
    acts = {one["act"] for one in team.rows("SELECT act FROM journal")}
    assert {"invited", "removed", "refused"} <= acts


async def test_a_coordinator_sees_the_team_and_changes_nobody(team: Talk) -> None:
    await team.enrol(TIMUR, "coordinator")
    await team.enrol(SAMIRA, "viewer")
    assert (await team.says("/team", TIMUR)).buttons == {}


async def test_who_is_no_admin_any_more_when_they_press_changes_nobody(team: Talk) -> None:
    await team.enrol(TIMUR, "admin")
    await team.enrol(SAMIRA, "viewer")
    _, panel = await turned(team, await team.says("/team", TIMUR), "Samira", who=TIMUR)
    await team.enrol(TIMUR, "coordinator")
    toast, _ = await team.presses(panel, "→ admin", TIMUR)
    assert "another role: admin" in toast
    assert [one["role"] for one in team.rows(f"SELECT role FROM members WHERE who = {SAMIRA}")] == ["viewer"]


async def test_the_last_admin_stays(tmp_path: Path) -> None:
    async with talking(tmp_path, owners=()) as talk:
        await talk.enrol(AIGUL, "admin")
        toast, _ = await turned(talk, await talk.says("/team"), "Aigul", "Remove", "Yes, remove")
        assert "only admin" in toast
        toast, _ = await turned(talk, await talk.says("/team"), "Aigul", "→ viewer")
        assert "only admin" in toast
        await talk.enrol(TIMUR, "admin")
        toast, _ = await turned(talk, await talk.says("/team"), "Aigul", "→ viewer")
        assert toast == "Done."
        assert "another role" in (await talk.says("/team")).text


async def test_a_large_team_has_pages_and_nameless_members_are_told_by_number(team: Talk) -> None:
    for number in range(PAGE + 3):
        await team.enrol(5_000 + number, "viewer", f"desk {number}")
    first = await team.says("/team")
    assert f"{PAGE + 4} members" in first.text
    assert "5000 · viewer · desk 0" in first.text
    label = next(one for one, data in first.buttons.items() if data == "u:l:0:2")
    _, second = await team.presses(first, label, AIGUL)
    assert f"desk {PAGE + 2}" in second.text
    assert "desk 0" not in second.text


async def test_nobody_reads_names_in_a_group(team: Talk) -> None:
    group = await team.group()
    assert "Aigul" not in (await team.says("/team", chat=group)).text
