"""Rights that end in the middle of something: by another role, by two who take them from each other, by a group let go."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import AIGUL, SAMIRA, TIMUR, Talk, talking
from tests.talk import Heard
from tests.test_buttons import state
from tests.test_forged_buttons import popped, press, pressed

POST = "/flight 28.02.2026 from Syria to Aktau people 231 women 59 children 156"
AHEAD = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        await talk.enrol(TIMUR, "reporter")
        yield talk


def kept(talk: Talk) -> dict[str, int]:
    """What may be changed, but that a refusal is written down."""
    return {name: number for name, number in state(talk).items() if name != "journal"}


def roles(talk: Talk) -> dict[int, str]:
    return {one["who"]: one["role"] for one in talk.rows("SELECT who, role FROM members")}


async def about(talk: Talk, who: int, label: str) -> Heard:
    """The page of a member, as an admin sees it."""
    return (await talk.presses(await talk.says("/team", who), label, who))[1]


@pytest.mark.parametrize("label", ["→ viewer", "Remove"])
async def test_of_two_admins_who_turn_each_other_out_at_once_one_stays(tmp_path: Path, label: str) -> None:
    async with talking(tmp_path, owners=()) as talk:
        for who in (TIMUR, SAMIRA):
            await talk.enrol(who, "admin")
        pages = [await about(talk, TIMUR, "Samira"), await about(talk, SAMIRA, "Timur")]
        if label == "Remove":
            pages = [(await talk.presses(one, label, one.chat))[1] for one in pages]
        sure = "Yes, remove" if label == "Remove" else label
        presses = [
            press(talk, one, next(data for text, data in one.buttons.items() if sure in text), one.chat)
            for one in pages
        ]
        await talk.quiet()
        assert sorted([await popped(talk, one) == "Done." for one in presses]) == [False, True]
        assert [role for role in roles(talk).values() if role == "admin"] == ["admin"]


async def test_a_form_in_a_group_that_was_let_go_posts_nothing(team: Talk) -> None:
    group = await team.group()
    form = await team.says("/flight", TIMUR, group)
    await team.says("/unlink", AIGUL, group)
    before = kept(team)
    for label in form.buttons:
        toast, _ = await team.presses(form, label, TIMUR)
        assert "for its team only" in toast
    await team.people.call(f"/person/{TIMUR}/say", {"chat": group, "text": "women 3", "reply_to": form.id})
    await team.quiet()
    assert kept(team) == before


async def test_a_post_and_its_card_in_a_group_that_was_let_go_correct_nothing(team: Talk) -> None:
    group = await team.group()
    said = await team.tells(AHEAD, TIMUR, group)
    card = await team.people.hears(group, after=said.id)
    await team.says("/unlink", AIGUL, group)
    before = kept(team)
    await team.people.call(f"/person/{TIMUR}/edit", {"chat": group, "message": said.id, "text": f"{AHEAD} escorts 7"})
    await team.people.call(f"/person/{TIMUR}/say", {"chat": group, "text": "expected 49", "reply_to": card.id})
    await team.quiet()
    assert kept(team) == before


async def test_who_became_a_viewer_corrects_nothing_of_what_they_told(team: Talk) -> None:
    said, card = await team.posts(AHEAD, TIMUR)
    await team.enrol(TIMUR, "viewer")
    before = kept(team)
    told = (await team.edits(said, f"{AHEAD} escorts 7", TIMUR)).text
    assert "another role: reporter" in told
    for text in ("/edit F-0001 expected 49", "/undo", "/withdraw F-0001", "/figure F-0001 people 3 source x", POST):
        assert "another role: reporter" in (await team.says(text, TIMUR)).text, text
    for data in card.buttons.values():
        assert "another role: reporter" in await pressed(team, card, data, TIMUR)
    assert kept(team) == before


async def test_who_became_a_viewer_fills_no_form_in_any_more(team: Talk) -> None:
    form = await team.says("/flight", TIMUR)
    await team.enrol(TIMUR, "viewer")
    before = kept(team)
    assert "another role: reporter" in (await team.says("women 3", TIMUR)).text
    toast, _ = await team.presses(form, next(iter(form.buttons)), TIMUR)
    assert "another role: reporter" in toast
    assert kept(team) == before


async def test_who_was_removed_corrects_nothing_by_editing_what_they_told(team: Talk) -> None:
    said, _ = await team.posts(AHEAD, TIMUR)
    await team.dismiss(TIMUR)
    before = kept(team)
    await team.people.call(f"/person/{TIMUR}/edit", {"message": said.id, "text": f"{AHEAD} escorts 7"})
    await team.quiet()
    assert kept(team) == before


@pytest.mark.parametrize("command", ["/digest", "/language"])
async def test_a_reporter_presses_no_button_of_a_coordinators_in_a_group(team: Talk, command: str) -> None:
    group = await team.group()
    await team.says("/digest daily 08:00", AIGUL, group)
    panel = await team.says(command, AIGUL, group)
    before, settings = kept(team), team.rows("SELECT * FROM schedules")
    for label in panel.buttons:
        toast, _ = await team.presses(panel, label, TIMUR)
        assert "another role: coordinator" in toast, label
    assert (kept(team), team.rows("SELECT * FROM schedules")) == (before, settings)
    assert not team.rows("SELECT * FROM tongues WHERE chat < 0")


async def test_a_reporter_presses_no_button_that_changes_a_site(team: Talk) -> None:
    await team.says("/sites add Umitx Karaganda = Berekex")
    page = await team.says("/sites", TIMUR)
    assert page.buttons == {}
    _, own = await team.presses(await team.says("/sites"), "Umitx")
    before = team.rows("SELECT * FROM sites")
    _, sure = await team.presses(own, "🗑️ Remove the site")
    for data in (*own.buttons.values(), *sure.buttons.values()):
        if data[2] in "ymxa":
            assert "another role: coordinator" in await pressed(team, page, data, TIMUR)
    assert team.rows("SELECT * FROM sites") == before
