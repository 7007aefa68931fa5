"""Who sends too much: strangers are dropped, members are told to wait, and what was said over a night offline is no burst."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.bursts import KNOWN, MINUTE, Allowed, Buckets, Bursts, Ruling
from bot.crowd import Crowd
from bot.settings import Limits
from bot.updates import Raw
from render.catalogue import languages
from tests.house import AIGUL, MONDAY, TIMUR, VISITOR, Talk, talking
from tests.render.stage import words
from tests.talk import Heard

TAKEN, DROPPED, WAIT = Ruling.TAKEN, Ruling.DROPPED, Ruling.WAIT


@pytest.fixture
async def few(tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk that takes three messages a minute of a stranger and five of a member."""
    allowed = Limits.none().model_copy(update={"stranger_per_minute": 3, "member_per_minute": 5})
    async with talking(tmp_path, owners=(AIGUL,), limits=allowed) as talk:
        yield talk


async def heard(talk: Talk, who: int) -> list[Heard]:
    await talk.quiet()
    return [one for one in await talk.people.sees(who) if one.raw["from"]["is_bot"]]


def test_a_bucket_takes_so_many_at_once_and_as_many_more_as_time_went_by() -> None:
    buckets = Buckets(6)
    assert [buckets.take(1, 0) for _ in range(8)] == [True] * 6 + [False] * 2
    assert [buckets.take(1, 20) for _ in range(3)] == [True, True, False]
    assert buckets.take(2, 20)
    assert [buckets.take(1, 20 + MINUTE) for _ in range(7)] == [True] * 6 + [False]
    assert all(Buckets(0).take(1, 0) for _ in range(1_000))


def test_a_clock_set_back_locks_nobody_out() -> None:
    buckets = Buckets(2)
    assert [buckets.take(1, 10_000) for _ in range(3)] == [True, True, False]
    assert [buckets.take(1, at) for at in (0, 30, 60)] == [False, True, True]


def test_buckets_of_long_ago_are_forgotten() -> None:
    buckets = Buckets(1)
    for one in range(KNOWN + 5):
        buckets.take(one, 0)
    assert len(buckets._levels) == KNOWN
    assert not buckets.take(KNOWN, 0)
    assert buckets.take(0, 0)


def test_strangers_are_counted_by_person_and_by_chat() -> None:
    bursts = Bursts(Allowed(stranger=3, strangers_of_chat=5, member=0))
    assert [bursts.of_stranger(1, -7, 0) for _ in range(4)] == [TAKEN] * 3 + [DROPPED]
    assert [bursts.of_stranger(2, -7, 0) for _ in range(2)] == [TAKEN, DROPPED]
    assert bursts.of_stranger(3, -8, 0) is TAKEN


def test_a_member_is_told_once_in_each_chat_and_each_press_is_answered() -> None:
    bursts = Bursts(Allowed(member=2))
    rulings = [bursts.of_member(1, chat, 0, press=press) for chat, press in [(1, False)] * 4 + [(-7, False), (1, True)]]
    assert rulings == [TAKEN, TAKEN, WAIT, DROPPED, WAIT, WAIT]
    assert bursts.of_member(1, 1, MINUTE - 1, press=False) is DROPPED
    assert bursts.of_member(1, 1, MINUTE, press=False) is TAKEN
    assert bursts.of_member(2, 1, 0, press=False) is TAKEN


def message(number: int, date: int, **what: Any) -> dict[str, Any]:
    said = {
        "message_id": number,
        "date": date,
        "chat": {"id": 1, "type": "private"},
        "from": {"id": 1},
        "text": "/list",
    }
    return {"update_id": number, "message": said | what}


async def _members() -> frozenset[int]:
    return frozenset({1})


async def test_what_is_asked_for_again_is_counted_once_and_a_night_offline_is_no_burst() -> None:
    crowd = Crowd(Bursts(Allowed(member=2)), _members, lambda: MONDAY)
    batch = [message(number, 1_000 + 60 * number) for number in range(50)]
    assert await crowd.sift(batch) == batch
    assert await crowd.sift(batch) == batch
    burst = [message(number, 9_000) for number in range(50, 54)]
    taken = await crowd.sift(burst)
    assert [one["update_id"] for one in taken] == [50, 51, 52]
    assert "text" not in str(taken[2])
    assert await crowd.sift(burst) == taken


async def test_what_telegram_tells_of_a_chat_is_never_dropped() -> None:
    crowd = Crowd(Bursts(Allowed(stranger=1)), _members, lambda: MONDAY)
    stranger = {"from": {"id": 9}, "chat": {"id": -9, "type": "group"}}
    news = [message(number, 5, **stranger, migrate_to_chat_id=-100) for number in range(5)]
    said = [message(number, 5, **stranger) for number in range(5, 9)]
    changes: list[Raw] = [
        {"update_id": 20 + one, "my_chat_member": {"chat": {"id": -9}, "from": {"id": 9}}} for one in range(5)
    ]
    assert await crowd.sift([*said, *news, *changes]) == [said[0], *news, *changes]


async def test_a_strangers_burst_reaches_nothing_and_keeps_no_member_waiting(few: Talk) -> None:
    for _ in range(30):
        await few.tells("/list", VISITOR)
    assert len(await heard(few, VISITOR)) == 1
    assert len(few.rows(f"SELECT * FROM inbox WHERE lane = {VISITOR}")) == 3
    assert "F-0001" in (await few.says("/flight tomorrow from Erbil to Aktau expected 9")).text


@pytest.mark.parametrize("spoken", languages())
async def test_a_member_who_sends_too_much_is_told_once_and_heard_a_minute_later(few: Talk, spoken: str) -> None:
    await few.enrol(TIMUR, "reporter")
    await few.says(f"/language {spoken}", TIMUR)
    for day in range(10, 20):
        await few.tells(f"/flight {day}.03.2026 from Erbil to Aktau expected 9", TIMUR)
    told = await heard(few, TIMUR)
    assert [one.text for one in told if "F-0" not in one.text][1:] == [words(spoken).text("turned_away.too_many")]
    assert len(await few.kept()) == 4
    few.clock.forward(MINUTE)
    assert "F-0005" in (await few.says("/flight 25.03.2026 from Erbil to Aktau expected 9", TIMUR)).text
    assert "F-0006" in (await few.says("/flight 28.03.2026 from Erbil to Aktau expected 9")).text


async def test_a_press_too_many_is_answered_and_does_nothing(few: Talk) -> None:
    card = await few.says("/flight tomorrow from Erbil to Aktau expected 9")
    for _ in range(4):
        await few.says("/stats")
    toast, now = await few.presses(card, "Departed")
    assert "wait a minute" in toast
    assert now.text == card.text
    assert [one["status"] for one in await few.kept()] == ["planned"]
