"""Cards stay true: whoever changes an entry, wherever, its cards change in place, and a button that came too late says why."""

import asyncio
from dataclasses import replace
from pathlib import Path

from tests.house import AIGUL, SAMIRA, TIMUR, Talk, town, working
from tests.talk import Heard
from tests.test_strange_updates import Strange, strange

__all__ = ["strange"]

OLGA = 1005
POST = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


async def now(talk: Talk, heard: Heard, who: int = AIGUL) -> Heard:
    """That message as it stands once all is quiet."""
    await talk.quiet()
    return next(one for one in await talk.people.sees(who, heard.chat) if one.id == heard.id)


async def test_a_correction_brings_the_cards_in_everybodys_chats_up_to_date(talk: Talk) -> None:
    group = await talk.group()
    posted = await talk.says(POST, chat=group)
    mine = await talk.says("/show F-0001")
    theirs = await talk.says("/show F-0001", who=TIMUR)
    await talk.says("/edit F-0001 expected 50", who=SAMIRA)
    for card, who in ((posted, AIGUL), (mine, AIGUL), (theirs, TIMUR)):
        assert "48 → 50" in (await now(talk, card, who)).text
    _, card = await talk.presses(await now(talk, theirs, TIMUR), "Departed", TIMUR)
    assert "Departed" in card.text
    assert "Departed" in (await now(talk, posted)).text
    assert (await now(talk, posted)).buttons == card.buttons
    assert len([one for one in await talk.people.sees(TIMUR) if one.raw["from"]["is_bot"]]) == 1


async def test_ones_own_older_card_is_kept_true_by_a_command_and_by_undo(talk: Talk) -> None:
    first = await talk.says(POST)
    await talk.says("/edit F-0001 expected 50")
    assert "48 → 50" in (await now(talk, first)).text
    await talk.says("/undo")
    assert "50 → 48" in (await now(talk, first)).text
    await talk.says("/withdraw F-0001 told twice")
    assert "Withdrawn" in (await now(talk, first)).text
    assert (await now(talk, first)).buttons == {}


async def test_each_card_keeps_the_language_it_was_written_in_over_a_restart(tmp_path: Path) -> None:
    async with town() as place:
        await place.people.call("/people", {"id": OLGA, "first_name": "Olga", "language_code": "ru"})
        async with working(place, tmp_path, owners=(AIGUL, OLGA)) as talk:
            await talk.says(POST)
            card = await talk.says("/show F-0001", who=OLGA)
        async with working(place, tmp_path, owners=(AIGUL, OLGA)) as talk:
            await talk.says("/edit F-0001 expected 50")
            card = await now(talk, card, OLGA)
            assert "Исправлено" in card.text
            assert "48 → 50" in card.text


async def test_a_chat_that_may_no_longer_read_is_shown_nothing_more(talk: Talk) -> None:
    await talk.says(POST)
    theirs = await talk.says("/show F-0001", who=TIMUR)
    object.__setattr__(talk.desk.house, "team", replace(talk.desk.house.team, owners=frozenset({AIGUL})))
    await talk.says("/edit F-0001 expected 50")
    assert (await now(talk, theirs, TIMUR)).text == theirs.text


async def test_a_card_that_is_gone_or_a_chat_that_is_shut_keeps_nobody_from_an_answer(talk: Talk) -> None:
    await talk.says(POST)
    gone = await talk.says("/show F-0001", who=TIMUR)
    await talk.says("/show F-0001", who=SAMIRA)
    await talk.people.call(f"/person/{TIMUR}/delete", {"chat": TIMUR, "message": gone.id})
    await talk.people.call(f"/person/{SAMIRA}/block", {"blocked": True})
    said = await talk.says("/edit F-0001 expected 50")
    await talk.quiet()
    assert len([one for one in await talk.people.sees(AIGUL) if one.id >= said.id]) == 1
    assert talk.rows("SELECT state, tries FROM inbox WHERE state <> 'done' OR tries > 0") == []


async def test_changes_at_once_leave_the_same_card_everywhere(talk: Talk) -> None:
    await talk.says(POST)
    cards = [(await talk.says("/show F-0001", who=who), who) for who in (AIGUL, TIMUR, SAMIRA)]
    for expected in range(50, 56, 2):
        await asyncio.gather(
            talk.tells(f"/edit F-0001 expected {expected}", who=TIMUR),
            talk.tells(f"/edit F-0001 expected {expected + 1}", who=SAMIRA),
        )
    await talk.quiet()
    [entry] = await talk.kept()
    shown = [(await now(talk, card, who)) for card, who in cards[:1]]
    lasts = [
        [one for one in await talk.people.sees(who) if one.raw["from"]["is_bot"]][-1] for who in (AIGUL, TIMUR, SAMIRA)
    ]
    for one in (*shown, *lasts):
        assert f":{entry['revision']}:departed" in str(one.buttons), one.text
        assert f"→ {entry['expected']}" in one.text


async def test_a_button_that_came_too_late_says_before_and_after(strange: Strange) -> None:
    talk = strange.talk
    card = await talk.says(POST)
    data = card.buttons["🛫 Departed"] if "🛫 Departed" in card.buttons else next(iter(card.buttons.values()))
    await talk.says("/edit F-0001 expected 50")
    await talk.says("/edit F-0001 expected 51")
    assert await strange.press(card, data) == ["done"]
    assert "48 → 51" in (await now(talk, card)).text
    assert [one["status"] for one in await talk.kept()] == ["planned"]
