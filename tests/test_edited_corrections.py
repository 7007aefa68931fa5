"""A message that corrected an entry and is edited: it corrects by the difference only, and nothing it no longer says is left."""

from pathlib import Path

import pytest

from tests.house import AIGUL, TIMUR, Talk, town, working
from tests.test_receipts import KEPT, edits, posted, receipts
from tests.test_replying import from_desk, now, replies

FLIGHT = "/flight 09.05.2019 from Syria to Aktau people 231 women 59 children 156"


@pytest.mark.parametrize("into", ["expected lots", "sorry, I was wrong", "wait"])
async def test_a_groups_correction_edited_into_other_words_loses_its_receipt_and_is_explained(
    talk: Talk, into: str
) -> None:
    group, _, card = await posted(talk)
    said = await replies(talk, card, "expected 50", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    await edits(talk, said, into, who=TIMUR)
    assert await receipts(talk, said) == []
    *_, told = await from_desk(talk, group)
    assert "F-0001 stays as it was" in told.text
    assert "/history F-0001" in told.code()
    assert [one["expected"] for one in await talk.kept()] == [50]
    await edits(talk, said, "expected 51", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    assert "50 → 51" in (await now(talk, card)).text


async def test_words_that_never_corrected_anything_are_still_peoples_own(talk: Talk) -> None:
    group, _, card = await posted(talk)
    said = await replies(talk, card, "thank you", who=TIMUR)
    await edits(talk, said, "thank you so much", who=TIMUR)
    assert len(await from_desk(talk, group)) == 1


async def test_in_private_the_card_of_the_correction_stays_too(talk: Talk) -> None:
    await talk.says(FLIGHT)
    said, card = await talk.posts("/edit F-0001 women 60")
    told = await talk.edits(said, "no")
    assert "F-0001 stays as it was" in told.text
    assert "59 → 60" in (await now(talk, card)).text


async def test_another_persons_correction_of_another_field_stays(talk: Talk) -> None:
    await talk.says(FLIGHT)
    said, _ = await talk.posts("/edit F-0001 women 60", who=TIMUR)
    await talk.says("/edit F-0001 women 61")
    told = await talk.edits(said, "/edit F-0001 women: 60", who=TIMUR)
    assert "changed by somebody else" in told.text
    await talk.edits(said, "/edit F-0001 women 60 escorts 4", who=TIMUR)
    [entry] = await talk.kept()
    assert (entry["women"], entry["escorts"]) == (61, 4)
    await talk.edits(said, "/edit F-0001 women 62 escorts 4", who=TIMUR)
    assert [one["women"] for one in await talk.kept()] == [62]


async def test_a_field_named_by_mistake_is_again_what_it_was_once_the_message_names_the_right_one(talk: Talk) -> None:
    await talk.says(FLIGHT)
    said, _ = await talk.posts("/edit F-0001 women 8", who=TIMUR)
    card = await talk.edits(said, "/edit F-0001 men 8", who=TIMUR)
    assert "8 → 59" in card.text
    await talk.edits(said, "/edit F-0001 men 9 boys 3", who=TIMUR)
    await talk.edits(said, "/edit F-0001 boys 3", who=TIMUR)
    [entry] = await talk.kept()
    assert (entry["women"], entry["men"], entry["boys"]) == (59, None, 3)


async def test_what_somebody_else_gave_meanwhile_is_not_taken_back(talk: Talk) -> None:
    await talk.says(FLIGHT)
    said, _ = await talk.posts("/edit F-0001 women 8", who=TIMUR)
    await talk.says("/edit F-0001 women 9")
    await talk.edits(said, "/edit F-0001 men 8", who=TIMUR)
    [entry] = await talk.kept()
    assert (entry["women"], entry["men"]) == (9, 8)


async def test_a_correction_edited_into_one_of_another_entry_leaves_the_first_as_it_is(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.says(FLIGHT.replace("Aktau", "Astana"))
    said, _ = await talk.posts("/edit F-0001 women 60")
    await talk.edits(said, "/edit F-0002 women 60")
    assert [one["women"] for one in await talk.kept()] == [60, 60]


async def test_after_a_restart_it_is_still_known_what_a_message_corrected(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            await talk.says(FLIGHT)
            said, _ = await talk.posts("/edit F-0001 women 8")
        async with working(place, tmp_path) as talk:
            await talk.edits(said, "/edit F-0001 men 8")
            [entry] = await talk.kept()
            assert (entry["women"], entry["men"]) == (59, 8)


async def test_an_edited_undo_takes_nothing_back(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.says("/edit F-0001 women 60")
    await talk.says("/edit F-0001 women 61")
    said, card = await talk.posts("/undo")
    told = await talk.edits(said, "/undo please")
    assert "new message" in told.text
    assert [one["women"] for one in await talk.kept()] == [60]
    assert "61 → 60" in (await now(talk, card)).text
    said, _ = await talk.posts("/edit F-0001 women 62", who=AIGUL)
    await talk.edits(said, "/undo")
    assert [one["women"] for one in await talk.kept()] == [62]
