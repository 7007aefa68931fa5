"""Each person is spoken to in their own language, a group in its own."""

from pathlib import Path

import pytest

from render.catalogue import languages
from tests.house import AIGUL, TIMUR, Talk, talking, town, working

OTHERS = [one for one in languages() if one != "en"]


@pytest.mark.parametrize("spoken", languages())
async def test_a_language_is_chosen_by_its_button_and_stays_after_a_restart(tmp_path: Path, spoken: str) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            offer = await talk.says("/language")
            assert len(offer.buttons) == len(languages())
            label = next(key for key, data in offer.buttons.items() if data == f"g:{spoken}")
            _, chosen = await talk.presses(offer, label)
            assert label in chosen.text
            told = (await talk.says("/help")).text
        async with working(place, tmp_path) as talk:
            assert (await talk.says("/help")).text == told


async def test_who_chose_nothing_is_spoken_to_as_telegram_says(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        english = (await talk.says("/help")).text
        for spoken in OTHERS:
            await talk.people.call("/people", {"id": AIGUL, "first_name": "Aigul", "language_code": f"{spoken}-XX"})
            assert (await talk.says("/help")).text != english


async def test_one_person_changing_language_changes_nobody_elses(talk: Talk) -> None:
    before = (await talk.says("/help", who=TIMUR)).text
    for spoken in OTHERS:
        await talk.says(f"/language {spoken}", who=AIGUL)
    assert (await talk.says("/help", who=TIMUR)).text == before


async def test_a_groups_language_is_its_own(talk: Talk) -> None:
    group = await talk.group()
    before = (await talk.says("/help", chat=group)).text
    for spoken in OTHERS:
        await talk.says(f"/language {spoken}")
        assert (await talk.says("/help", chat=group)).text == before
        await talk.says(f"/language {spoken}", chat=group)
        assert (await talk.says("/help", chat=group)).text != before
        await talk.says("/language en", chat=group)


async def test_a_digest_speaks_the_language_chosen_after_it_was_set(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        english = (await talk.says("/digest now")).text
        for spoken in OTHERS:
            await talk.says(f"/language {spoken}")
            assert (await talk.says("/digest now")).text != english


async def test_a_digest_names_what_it_is_narrowed_to_as_a_heading_does(talk: Talk) -> None:
    await talk.says("/language ru")
    assert "Занятия · Центр: Актау" in (await talk.says("/digest daily 09:00 only sessions for site Aktau")).text


async def test_places_to_choose_from_are_named_in_the_language_of_the_answer(talk: Talk) -> None:
    await talk.says("/language ru")
    assert "Амман или Оман" in (await talk.says("/stats flights from عمان")).text
