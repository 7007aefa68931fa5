"""Figures that only private chats are told, posted in a group: kept, shown in private, and out of the group's sight."""

import asyncio
import re
from pathlib import Path

import pytest

from handlers import moving
from tests.house import AIGUL, VISITOR, Talk, town, working
from tests.talk import PATIENCE, Heard
from tests.test_personal_data import guarded, replies

FLIGHT = "/flight 31.05.2019 from Al-Hasakah to Aktau women 67 men 88 children 171"
PRIVATE = "private chats only"


async def here(talk: Talk, chat: int) -> list[Heard]:
    """All that stands in the chat."""
    await talk.quiet()
    return await talk.people.sees(AIGUL, chat)


async def shows(talk: Talk, chat: int) -> bool:
    """Whether anything that stands there gives the figure, which is 43."""
    return any(re.search(r"\b43\b", one.text) for one in await here(talk, chat))


async def begun(talk: Talk) -> int:
    """A group where the desk may delete, after Aigul has begun a private chat."""
    await talk.says("/help")
    return await guarded(talk)


async def justice(talk: Talk) -> list[int | None]:
    return [one["justice"] for one in await talk.kept()]


async def test_a_post_is_kept_whole_and_its_card_goes_to_the_private_chat(talk: Talk) -> None:
    group = await begun(talk)
    said = await talk.tells(f"{FLIGHT} justice 43", chat=group)
    card = await talk.people.hears(group, after=said.id)
    assert "F-0001" in card.text
    assert PRIVATE in card.text
    assert await justice(talk) == [43]
    assert not await shows(talk, group)
    assert said.id not in [one.id for one in await here(talk, group)]
    apart = (await here(talk, AIGUL))[-1]
    assert "F-0001" in apart.text
    assert "43" in apart.text
    corrected = await replies(talk, apart, "justice 44")
    assert "44" in (await talk.people.hears(AIGUL, after=corrected.id)).text
    assert await justice(talk) == [44]


@pytest.mark.parametrize("text", ["justice 43", "/edit justice 43", "/figure people 229 justice 43 source MFA"])
async def test_a_correction_is_too(talk: Talk, text: str) -> None:
    group = await begun(talk)
    card = await talk.says(FLIGHT, chat=group)
    reply = await replies(talk, card, text)
    told = await talk.people.hears(group, after=reply.id)
    assert PRIVATE in told.text
    assert not await shows(talk, group)
    assert await shows(talk, AIGUL)
    assert talk.rows("SELECT revision FROM entries") == [{"revision": 2}]


async def test_an_edited_post_is_too(talk: Talk) -> None:
    group = await begun(talk)
    said = await talk.tells(FLIGHT, chat=group)
    await talk.people.hears(group, after=said.id)
    await talk.edits(said, f"{FLIGHT} justice 43")
    assert await justice(talk) == [43]
    assert not await shows(talk, group)
    assert await shows(talk, AIGUL)


async def test_a_form_takes_it_and_shows_nothing_of_it(talk: Talk) -> None:
    group = await begun(talk)
    form = await talk.says("/flight", chat=group)
    await replies(talk, form, "yesterday from Erbil to Astana men 50 justice 43")
    assert not await shows(talk, group)
    form = next(one for one in await here(talk, group) if one.id == form.id)
    assert PRIVATE in form.text
    _, form = await talk.presses(form, "Check and post")
    _, form = await talk.presses(form, "Post it")
    assert await justice(talk) == [43]
    assert not await shows(talk, group)


async def test_a_form_that_it_cannot_be_true_in_says_so_without_it(talk: Talk) -> None:
    group = await begun(talk)
    form = await talk.says("/flight", chat=group)
    await replies(talk, form, "yesterday from Erbil to Astana men 5 women 0 justice 43")
    form = next(one for one in await here(talk, group) if one.id == form.id)
    _, form = await talk.presses(form, "Check and post")
    assert not await shows(talk, group)


@pytest.mark.parametrize(
    "text", [f"{FLIGHT.replace('women', 'wommen')} justice 43", "/fligth from Erbil to Aktau men 50 justice 43"]
)
async def test_what_is_wrong_with_it_is_told_in_private(talk: Talk, text: str) -> None:
    group = await begun(talk)
    said = await talk.tells(text, chat=group)
    told = await talk.people.hears(group, after=said.id)
    assert "Nothing was changed" in told.text
    assert not await shows(talk, group)
    assert any("43" in copy for copy in (await here(talk, AIGUL))[-1].copies)
    assert await talk.kept() == []


async def test_where_the_desk_may_not_delete_it_asks_for_that(talk: Talk) -> None:
    await talk.says("/help")
    group = await talk.group()
    card = await talk.says(f"{FLIGHT} justice 43", chat=group)
    assert "Please delete your message here" in card.text
    assert await justice(talk) == [43]


async def test_who_never_wrote_in_private_is_told_how_to_see_it(talk: Talk) -> None:
    group = await guarded(talk)
    card = await talk.says(f"{FLIGHT} justice 43", chat=group)
    assert "/start" in card.text
    assert await justice(talk) == [43]


async def test_of_several_commands_none_is_shown_there(talk: Talk) -> None:
    group = await begun(talk)
    said = await talk.tells(f"/list\n{FLIGHT} justice 43", chat=group)
    await talk.people.hears(group, after=said.id)
    assert not await shows(talk, group)
    assert await shows(talk, AIGUL)


async def test_what_strangers_say_in_a_group_is_left_alone(talk: Talk) -> None:
    group = await begun(talk)
    said = await talk.tells(f"{FLIGHT} justice 43", VISITOR, group)
    assert str(VISITOR) in (await talk.people.hears(group, after=said.id)).text
    assert said.id in [one.id for one in await here(talk, group)]


async def test_killed_before_the_answer_it_is_still_moved(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            group = await begun(talk)
            with pytest.MonkeyPatch.context() as patched:
                died = asyncio.Event()

                async def dies(*_: object) -> None:
                    died.set()
                    await asyncio.Event().wait()

                patched.setattr(moving, "moved", dies)
                await talk.tells(f"{FLIGHT} justice 43", chat=group)
                await asyncio.wait_for(died.wait(), PATIENCE)
        async with working(place, tmp_path) as talk:
            assert await justice(talk) == [43]
            assert not await shows(talk, group)
            assert await shows(talk, AIGUL)


@pytest.mark.parametrize("text", ["/list justice 43", "/stats justice"])
async def test_a_question_is_no_figure(talk: Talk, text: str) -> None:
    group = await begun(talk)
    said = await talk.tells(text, chat=group)
    assert PRIVATE not in (await talk.people.hears(group, after=said.id)).text
    assert said.id in [one.id for one in await here(talk, group)]
