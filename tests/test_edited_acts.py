"""A message that withdrew, restored or gave another source's figure, and is edited: it never acts twice, and says so."""

from pathlib import Path

import pytest

from tests.house import TIMUR, Talk, town, working

FLIGHT = "/flight 09.05.2019 from Syria to {} people 231 women 59 children 156"


async def two(talk: Talk) -> None:
    await talk.says(FLIGHT.format("Aktau"))
    await talk.says(FLIGHT.format("Astana"))


async def standing(talk: Talk) -> list[str]:
    return [one["ref"] for one in await talk.kept()]


@pytest.mark.parametrize(
    "into",
    ["/withdraw F-0002", "/withdraw F-0001 told twice", "/restore F-0001", "/edit F-0002 women 60", "/list", "sorry"],
)
async def test_an_edited_withdrawal_does_nothing_more_and_says_what_it_did(talk: Talk, into: str) -> None:
    await two(talk)
    said, card = await talk.posts("/withdraw F-0001")
    told = await talk.edits(said, into)
    assert "withdrew" in told.text
    assert "new message" in told.text
    assert "/restore F-0001" in told.code()
    assert told.id != card.id
    assert await standing(talk) == ["F-0002"]
    assert [one["women"] for one in await talk.kept()] == [59]


async def test_an_edited_restoring_does_nothing_more_and_says_what_it_did(talk: Talk) -> None:
    await two(talk)
    await talk.says("/withdraw F-0001")
    await talk.says("/withdraw F-0002")
    said, _ = await talk.posts("/restore F-0001")
    told = await talk.edits(said, "/restore F-0002")
    assert "brought back" in told.text
    assert "/withdraw F-0001" in told.code()
    assert await standing(talk) == ["F-0001"]


async def test_a_withdrawal_that_found_nothing_is_put_right_by_editing(talk: Talk) -> None:
    await two(talk)
    said, _ = await talk.posts("/withdraw F-0009")
    assert "Withdrawn" in (await talk.edits(said, "/withdraw F-0002")).text
    assert await standing(talk) == ["F-0001"]


async def test_after_a_restart_it_is_still_known_what_a_message_withdrew(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            await two(talk)
            said, _ = await talk.posts("/withdraw F-0001")
        async with working(place, tmp_path) as talk:
            assert "withdrew" in (await talk.edits(said, "/withdraw F-0002")).text
            assert await standing(talk) == ["F-0002"]


async def test_an_edited_figure_takes_the_place_of_its_own_earlier_one(talk: Talk) -> None:
    await two(talk)
    said, _ = await talk.posts("/figure F-0001 people 229 source evening news")
    card = await talk.edits(said, "/figure F-0001 people 228 source morning news")
    assert ("228" in card.text, "morning news" in card.text) == (True, True)
    assert ("229" in card.text, "evening news" in card.text) == (False, False)
    card = await talk.edits(said, "/figure F-0001 people 227 source morning news")
    assert ("227" in card.text, "228" in card.text) == (True, False)
    assert await talk.shell("journal", "verify")


async def test_what_a_source_said_before_is_there_again_once_the_message_names_another(talk: Talk) -> None:
    await two(talk)
    await talk.says("/figure F-0001 people 230 source evening news")
    said, _ = await talk.posts("/figure F-0001 people 229 source evening news", who=TIMUR)
    card = await talk.edits(said, "/figure F-0001 people 229 source a report", who=TIMUR)
    assert ("230" in card.text, "229" in card.text, "a report" in card.text) == (True, True, True)


async def test_what_somebody_else_told_of_the_source_since_stays(talk: Talk) -> None:
    await two(talk)
    said, _ = await talk.posts("/figure F-0001 people 229 source evening news", who=TIMUR)
    await talk.says("/figure F-0001 people 230 source evening news")
    card = await talk.edits(said, "/figure F-0001 people 228 source a report", who=TIMUR)
    assert ("230" in card.text, "228" in card.text, "229" in card.text) == (True, True, False)


@pytest.mark.parametrize(
    "into", ["/figure F-0002 people 229 source evening news", "/withdraw F-0001", "/undo", "sorry"]
)
async def test_a_figure_edited_into_anything_else_stays_and_the_answer_says_so(talk: Talk, into: str) -> None:
    await two(talk)
    said, _ = await talk.posts("/figure F-0001 people 229 source evening news")
    told = await talk.edits(said, into)
    assert "new message" in told.text
    assert "/show F-0001" in told.code()
    assert "229" in (await talk.says("/show F-0001")).text
    assert "229" not in (await talk.says("/show F-0002")).text
    assert await standing(talk) == ["F-0001", "F-0002"]


async def test_a_figure_edited_into_what_cant_be_read_is_explained_and_stays(talk: Talk) -> None:
    await two(talk)
    said, _ = await talk.posts("/figure F-0001 people 229 source evening news")
    told = await talk.edits(said, "/figure F-0001 people many source evening news")
    assert "stays as it was" in told.text
    assert "229" in (await talk.says("/show F-0001")).text
