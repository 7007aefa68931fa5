"""What the admins hear of messages that were set aside: the first at once, a flood as one message an hour."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from desk.age import forget
from handlers import reading
from handlers.ask import Ask, Reply
from handlers.house import House
from storage import inbox
from storage.door import Tx
from tests.house import AIGUL, MONDAY, TIMUR, Talk, talking, town, working
from tests.talk import Heard
from tests.test_carrying import until

HOUR = 3_600
AWAY = {"error": {"code": 502, "description": "Bad Gateway"}}


@pytest.fixture(autouse=True)
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(house: House, ask: Ask) -> Reply:
        raise ValueError(ask.rest)

    monkeypatch.setattr(reading, "show", broken)


async def told(talk: Talk, who: int = AIGUL) -> list[Heard]:
    """What somebody was told of that was set aside."""
    return [one for one in await talk.people.sees(who) if "set aside" in one.text or "отложен" in one.text]


def many(talk: Talk, number: int, who: int = AIGUL) -> Callable[[], Awaitable[list[Heard]]]:
    """The messages, once there are that many."""

    async def look() -> list[Heard]:
        found = await told(talk, who)
        return found if len(found) >= number else []

    return look


async def fails(talk: Talk, times: int) -> list[str]:
    """So many messages that are set aside; their numbers."""
    before = {row["update_id"] for row in talk.rows("SELECT update_id FROM asides")}
    for _ in range(times):
        await talk.tells("/show F-0001", who=TIMUR)
    await talk.quiet()
    return [
        str(row["update_id"])
        for row in talk.rows("SELECT update_id FROM asides ORDER BY number")
        if row["update_id"] not in before
    ]


def untold(talk: Talk) -> int:
    return int(talk.rows("SELECT count(*) AS n FROM asides WHERE told IS NULL")[0]["n"])


async def until_all_told(talk: Talk) -> None:
    async def look() -> bool:
        return untold(talk) == 0

    await until(look)


async def test_the_first_is_told_at_once_and_a_flood_once_an_hour(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.says("/start")
        (first,) = await fails(talk, 1)
        (alone,) = await until(many(talk, 1))
        assert first in alone.text
        assert "1 message or press was" in alone.text
        flood = await fails(talk, 25)
        talk.clock.forward(seconds=HOUR - 60)
        more = await fails(talk, 1)
        assert len(await told(talk)) == 1
        talk.clock.forward(seconds=60)
        together = (await until(many(talk, 2)))[-1]
        assert "26 messages or presses were" in together.text
        assert all(one in together.text for one in flood[:20])
        assert not any(one in together.text for one in (*flood[20:], *more))
        assert "and 6 more" in together.text
        await until_all_told(talk)
        talk.clock.forward(seconds=5 * HOUR)
        (late,) = await fails(talk, 1)
        assert late in (await until(many(talk, 3)))[-1].text


async def test_every_admin_is_told_in_their_language(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.says("/start")
        await talk.says("/language ru", who=TIMUR)
        (number,) = await fails(talk, 1)
        for who, start in (
            (AIGUL, "⚠️ 1 message or press was"),
            (TIMUR, "⚠️ После последней попытки отложено 1 сообщение или нажатие"),
        ):
            (line,) = await until(many(talk, 1, who))
            assert line.text.startswith(start)
            assert number in line.text


async def test_what_nobody_was_told_before_a_stop_is_told_after_it(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            await talk.says("/start")
            await fails(talk, 1)
            await until(many(talk, 1))
            await until_all_told(talk)
            (number,) = await fails(talk, 1)
            assert untold(talk) == 1
        place.clock.forward(seconds=2 * HOUR)
        async with working(place, tmp_path) as talk:
            assert number in (await until(many(talk, 2)))[-1].text


def set_aside(tx: Tx) -> None:
    """An update that nobody wrote fails for good."""
    inbox.add(tx, [inbox.Row(77, TIMUR, "{}")], MONDAY)
    inbox.aside(tx, 77, "K7QX23")


async def test_while_telegram_is_away_nothing_counts_as_told(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.says("/start")
        await talk.people.call("/faults", {"method": "sendMessage", "times": None, "fault": AWAY})
        await talk.desk.house.door.change(set_aside)

        async def tried() -> bool:
            calls = await talk.people.call("/calls?after=0", method="GET")
            return any(one["method"] == "sendMessage" for one in calls)

        await until(tried)
        assert untold(talk) == 1
        await talk.people.call("/faults", method="DELETE")
        assert not await told(talk)
        talk.clock.forward(seconds=HOUR)
        (line,) = await until(many(talk, 1))
        assert "77" in line.text


async def test_what_was_set_aside_is_forgotten_with_its_update(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.says("/start")
        await fails(talk, 1)
        await until(many(talk, 1))
        talk.clock.forward(seconds=49 * HOUR)
        house = talk.desk.house
        await house.door.change(forget, house.terms, house.now())
        assert not talk.rows("SELECT 1 FROM asides")
