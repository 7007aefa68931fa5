"""Digests as people get them: at their hour, once, everything since the one before, after an outage one for all."""

import asyncio
from pathlib import Path

import pytest

from tests.house import AIGUL, Talk, talking, town, unsealed, working
from tests.talk import PATIENCE, Heard

HOUR = 3_600
DAY = 24 * HOUR


def is_digest(heard: Heard) -> bool:
    """Whether a message of the desk is a digest: it ends with the journal's head."""
    return bool(heard.raw["from"]["is_bot"]) and "Journal " in heard.text.splitlines()[-1]


async def digests(talk: Talk) -> list[Heard]:
    """Every digest Aigul has got so far."""
    return [one for one in await talk.people.sees(AIGUL) if is_digest(one)]


async def test_the_morning_digest_tells_what_was_posted_and_comes_once(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        talk.people.forget()
        talk.clock.forward(22 * HOUR)
        told = await talk.people.hears(AIGUL)
        assert is_digest(told)
        assert "F-0001" in told.text
        talk.clock.forward(DAY)
        again = await talk.people.hears(AIGUL)
        assert is_digest(again)
        assert "F-0001" not in again.text.split("Totals")[0].split("attention")[0]
        assert len(await digests(talk)) == 2


async def test_three_missed_mornings_are_one_digest_that_names_the_days(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        place.clock.forward(3 * DAY)
        place.people.forget()
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            told = await talk.people.hears(AIGUL)
            await talk.says("/stats")
            assert "F-0001" in told.text
            for day in ("3 Mar", "4 Mar", "5 Mar"):
                assert day in told.text
            assert len(await digests(talk)) == 1


async def test_a_clock_that_ran_wild_and_was_put_right_costs_no_morning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.TIDY", 0.05)
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        right = talk.clock.now()
        talk.people.forget()
        talk.clock.forward(30 * DAY)
        assert "F-0001" in (await talk.people.hears(AIGUL)).text
        talk.clock.set(right)
        await talk.says("/session 01.03.2026 site Aktau type legal 3 women")
        async with asyncio.timeout(PATIENCE):
            while not talk.rows("SELECT 1 FROM schedules WHERE due_at < '2026-03-04'"):
                await asyncio.sleep(0.02)
        talk.people.forget()
        talk.clock.forward(DAY)
        assert "S-0001" in (await talk.people.hears(AIGUL)).text
        assert len(await digests(talk)) == 2


async def test_a_correction_and_a_withdrawal_are_told_in_the_next_digest(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        await talk.says("/session 01.03.2026 site Aktau type legal 3 women")
        talk.people.forget()
        talk.clock.forward(22 * HOUR)
        await talk.people.hears(AIGUL)
        await talk.says("/edit F-0001 women 14")
        withdrawn = await talk.says("/withdraw S-0001 told twice")
        talk.clock.forward(DAY)
        told = await talk.people.hears(AIGUL, after=withdrawn.id)
        assert "12" in told.text
        assert "14" in told.text
        assert "S-0001" in told.text
        assert "told twice" in told.text


async def test_digest_off_and_on_again_loses_nothing(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/digest off")
        await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        talk.clock.forward(DAY)
        await asyncio.sleep(0)
        await talk.says("/digest daily 9:30")
        assert await digests(talk) == []
        talk.people.forget()
        talk.clock.forward(DAY)
        assert "F-0001" in (await talk.people.hears(AIGUL)).text


async def test_digest_alone_says_what_is_set_and_now_moves_nothing(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        assert "08:00" in (await talk.says("/digest")).text
        first = await talk.says("/digest now")
        second = await talk.says("/digest now")
        assert "F-0001" in first.text
        assert first.text == second.text


@pytest.mark.parametrize("rule", ["/digest daily 25:00", "/digest sometimes", "/digest weekly 08:00"])
async def test_a_rule_that_is_none_is_explained_and_changes_nothing(tmp_path: Path, rule: str) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        before = (await talk.says("/digest")).text
        assert (await talk.says(rule)).text != before
        assert (await talk.says("/digest")).text == before


async def test_a_group_gets_its_own_digest_with_small_numbers_masked(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        group = await talk.group()
        await talk.says("/digest daily 08:00", chat=group)
        await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 3 women 31 children")
        talk.people.forget()
        talk.clock.forward(22 * HOUR)
        told = await talk.people.hears(group)
        assert is_digest(told)
        assert "31" not in unsealed(told.text)


@pytest.mark.parametrize("wish", ["daily 20:00", "weekly fri 09:30", "zone Europe/Berlin", "language ru"])
async def test_three_nights_offline_and_another_wish_waiting_still_name_the_days(tmp_path: Path, wish: str) -> None:
    async with town() as place:
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        place.clock.forward(3 * DAY)
        await place.people.tells(f"/digest {wish}", AIGUL)
        place.people.forget()
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            told = ""
            async with asyncio.timeout(PATIENCE):
                while "F-0001" not in told:
                    told = (await place.people.hears(AIGUL)).text
            await talk.quiet()
            days = told.split("F-0001")[0].casefold()
            for day in ("3", "4", "5"):
                assert f"{day} mar" in days or f"{day} мар" in days
            heard = [one.text for one in await place.people.sees(AIGUL) if "F-0001" in one.text]
            assert len(heard) == 2, "its card and one digest"


async def test_digests_of_one_chat_each_name_the_days_they_missed(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            await talk.says("/digest daily 08:30 only flights for citizens KZ for citizens UZ")
            await talk.says("/digest weekdays 09:00 only sessions")
            await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
            await talk.says("/session 01.03.2026 site Aktau type legal 3 women")
        place.clock.forward(3 * DAY)
        async with working(place, tmp_path, digest="daily 08:00") as talk:
            async with asyncio.timeout(PATIENCE):
                while len(await digests(talk)) < 3:
                    await asyncio.sleep(0.02)
            await talk.quiet()
            told = [one.text.split("Totals")[0] for one in await digests(talk)]
            assert len(told) == 3
            assert all(day in text for text in told for day in ("3 Mar", "4 Mar"))
            assert sorted(("F-0001" in text, "S-0001" in text) for text in told) == [
                (False, True),
                (True, False),
                (True, True),
            ]


async def test_a_correction_right_behind_a_digest_has_its_question_in_the_next(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="daily 08:00") as talk:
        await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children")
        await talk.says("/flight 20.02.2026 from Al-Hasakah to Aktau 12 women 31 children")
        talk.people.forget()
        talk.clock.forward(22 * HOUR)
        assert "told twice" not in (await talk.people.hears(AIGUL)).text
        await talk.says("/edit F-0002 date 01.03.2026")
        talk.clock.forward(DAY)
        while not is_digest(told := await talk.people.hears(AIGUL)):
            continue  # the cards of both are drawn anew meanwhile
        assert "told twice" in told.text
