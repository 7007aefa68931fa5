"""What a group is answered tells nothing of small numbers, however it is asked: the whole desk, over the chat."""

from pathlib import Path

import pytest

from protection import small_numbers
from tests.house import AIGUL, MONDAY, Talk, town, working

QUESTIONS = (
    "/stats",
    "/stats flights all",
    "/stats flights 2026-03-01",
    "/stats flights this year by to",
    "/stats flights all by type and month",
    "/stats flights all citizens KZ type charter",
    "/list flights",
    "/find F-0001",
    "/digest now",
)

SUMS = ("/stats", "/stats sessions all by month", "/list sessions")


async def answers(talk: Talk, chat: int | None) -> list[str]:
    """What each question gets, a digest without its last line: the journal's head."""
    told = [(await talk.says(question, AIGUL, chat)).text for question in QUESTIONS]
    return [*told[:-1], told[-1].rpartition("\n")[0]]


def throws(monkeypatch: pytest.MonkeyPatch, high: str = "") -> None:
    """Each throw decides alike whatever the number is: the measures of that name are told as 4, all others as 1."""
    monkeypatch.setattr(small_numbers, "thrown", lambda _, __, name: 0.0 if name == high else 0.99)


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ar"])
async def test_a_small_number_may_change_and_no_answer_in_the_group_does(
    talk: Talk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    throws(monkeypatch, "orphans")
    group = await talk.group()
    await talk.says(f"/language {language}", chat=group)
    await talk.says("/flight 01.03.2026 from Al-Hol to Aktau type charter women 7 men 7 girls 4 boarded 18 orphans 4")
    before = await answers(talk, group)
    assert any("<5" in one for one in before)
    exact = await answers(talk, None)
    await talk.says("/edit F-0001 girls 2 boarded 16 orphans 1")
    assert await answers(talk, group) == before
    assert await answers(talk, None) != exact


async def test_the_sum_of_what_a_group_sees_is_near_the_sum_there_is(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    throws(monkeypatch, "women")
    group = await talk.group()
    await talk.says("/flight 01.03.2026 from Al-Hol to Aktau women 67 men 8 boys 90 girls 81")
    await talk.says("/flight 28.02.2026 from Al-Hol to Aktau women 3 children 1")
    told = (await talk.says("/stats flights all", chat=group)).text
    assert "250 people returned" in told
    assert "Last revised" in told
    alone = (await talk.says("/stats flights 2026-02-28", chat=group)).text
    assert "5 people returned" in alone
    assert "rounded to the nearest 5; those under 5 are hidden, and go into sums only roughly" in alone


async def test_a_restart_throws_nothing_anew(tmp_path: Path) -> None:
    async with town(MONDAY) as there:
        async with working(there, tmp_path) as talk:
            group = await talk.group()
            for day in range(1, 11):
                await talk.says(f"/session {day:02}.01.2026 Aktau legal individual 1 women 1 new 1")
            before = [(await talk.says(one, chat=group)).text for one in SUMS]
            secret = talk.desk.house.group_audience.secret
            assert len(secret) == 32
        async with working(there, tmp_path) as talk:
            assert [(await talk.says(one, chat=group)).text for one in SUMS] == before
            assert talk.desk.house.group_audience.secret == secret
            assert secret.hex() not in repr(talk.desk.house)
            assert repr(secret) not in repr(talk.desk.house)


async def test_a_route_of_which_only_a_summary_tells_has_its_row(talk: Talk) -> None:
    yard = await talk.group()
    await talk.says("/flight 01.02.2026 until 20.02.2026 type summary from Roj to Aktau people 369")
    await talk.says("/flight 20.05.2026 from Erbil to Almaty expected 40")
    told = (await talk.says("/stats flights this year by from", chat=yard)).text
    assert "Roj" in told
    assert "370" in told
    assert "Erbil" not in told
