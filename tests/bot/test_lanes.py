"""Lanes: order within a chat, many chats at once, and nothing lost when something fails."""

import asyncio
import json
import random
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram.error import BadRequest, Forbidden, TimedOut

from bot.lanes import Lanes
from bot.request import NotDone
from storage import asides, inbox
from storage.door import Door

NOW = datetime(2026, 11, 3, 8, tzinfo=UTC)
PATIENCE = 10.0
QUICK = (0.001, 0.001, 0.001)


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    opened = await Door.open(f"sqlite:///{tmp_path}/wayhome.db")
    yield opened
    await opened.close()


class Desk:
    """Lanes, and what they told to whom."""

    def __init__(self, door: Door, process: Callable[[inbox.Row], Awaitable[bool]], **more: float) -> None:
        self.door = door
        self.apologies: list[tuple[int, str]] = []
        slots = int(more.pop("slots", 8))
        limit = more.pop("limit", PATIENCE)
        self.lanes = Lanes(process, door, apologise=self._apologise, waits=QUICK, slots=slots, limit=limit)

    async def _apologise(self, row: inbox.Row, reference: str) -> None:
        self.apologies.append((row.update_id, reference))

    async def aside(self) -> list[tuple[int, str]]:
        """What the admins are to be told of, with references."""
        waiting = await self.door.read(asides.untold)
        return [*waiting.first] if waiting else []

    async def takes(self, *updates: tuple[int, int]) -> None:
        """Updates as (id, chat)."""
        rows = [inbox.Row(number, chat, "{}") for number, chat in updates]
        await self.door.change(inbox.add, rows, NOW)
        self.lanes.put(rows)

    async def idle(self) -> None:
        await asyncio.wait_for(self.lanes.below(1), PATIENCE)

    async def waiting(self) -> list[int]:
        """What stands in the inbox unfinished."""
        return [row.update_id for row in await self.door.read(inbox.waiting)]


async def test_a_chat_is_served_in_order_and_all_are_served(door: Door) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    served: dict[int, list[int]] = defaultdict(list)

    async def process(row: inbox.Row) -> bool:
        for _ in range(dice.randrange(4)):
            await asyncio.sleep(0)
        served[row.lane].append(row.update_id)
        if dice.random() < 0.1:
            raise ValueError
        return False

    desk = Desk(door, process, slots=5)
    updates = [(number, dice.randrange(20)) for number in range(400)]
    await desk.takes(*updates[:250])
    await desk.takes(*updates[250:])
    await desk.idle()
    for chat, numbers in served.items():
        assert list(dict.fromkeys(numbers)) == [number for number, of in updates if of == chat]
    assert sum(len(set(numbers)) for numbers in served.values()) == 400
    assert not await desk.waiting()


async def test_one_stuck_update_delays_no_other_chat(door: Door) -> None:
    stuck, served = asyncio.Event(), []

    async def process(row: inbox.Row) -> bool:
        if row.lane == 1:
            await stuck.wait()
        served.append(row.update_id)
        return False

    desk = Desk(door, process, slots=2)
    await desk.takes(*((number, 1) for number in range(1, 101)), (200, 2), (300, 3), (301, 3))
    await asyncio.wait_for(desk.lanes.below(101), PATIENCE)
    assert served == [200, 300, 301]
    stuck.set()
    await desk.idle()
    assert len(served) == 103


async def test_what_fails_three_times_is_set_aside_and_the_lane_goes_on(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []

    async def process(row: inbox.Row) -> bool:
        tried.append(row.update_id)
        if row.update_id == 1:
            raise KeyError("what somebody wrote")
        return False

    desk = Desk(door, process)
    await desk.takes((1, 7), (2, 7))
    await desk.idle()
    assert tried == [1, 1, 1, 2]
    assert [number for number, _ in desk.apologies] == [1]
    assert desk.apologies == await desk.aside()
    reference = (await desk.aside())[0][1]
    assert len(reference) == 6
    assert not await desk.waiting()
    assert caplog.text.count(reference) == 3
    assert "what somebody wrote" not in caplog.text


async def test_what_works_the_second_time_is_done(door: Door) -> None:
    tries = 0

    async def process(row: inbox.Row) -> bool:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise KeyError
        return False

    desk = Desk(door, process)
    await desk.takes((1, 7))
    await desk.idle()
    assert tries == 2
    assert len(desk.apologies) == 1
    assert not await desk.aside()
    assert not await desk.waiting()


async def test_a_second_try_knows_that_only_the_answer_is_owed(door: Door) -> None:
    seen: list[str] = []

    async def process(row: inbox.Row) -> bool:
        seen.append(row.state)
        if row.state == "new":
            await door.change(inbox.owe, row.update_id, {"entry": 5})
            raise TimedOut
        assert json.loads(row.payload) == {"entry": 5}
        return False

    desk = Desk(door, process)
    await desk.takes((1, 7))
    await desk.idle()
    assert seen == ["new", "owed"]
    assert not desk.apologies


async def test_a_row_the_doors_closed_is_not_closed_again(door: Door) -> None:
    async def process(row: inbox.Row) -> bool:
        await door.change(inbox.done, row.update_id)
        return True

    desk = Desk(door, process)
    await desk.takes((1, 7))
    await desk.idle()
    assert not await desk.waiting()


async def test_a_try_that_takes_too_long_counts_as_failed(door: Door) -> None:
    async def process(row: inbox.Row) -> bool:
        await asyncio.Event().wait()
        return False

    desk = Desk(door, process, limit=0.02)
    await desk.takes((1, 7))
    await desk.idle()
    assert len(await desk.aside()) == 1


async def test_while_telegram_is_away_nothing_is_given_up(door: Door) -> None:
    tries = 0

    async def process(row: inbox.Row) -> bool:
        nonlocal tries
        tries += 1
        if tries < 8:
            raise NotDone("no connection")
        return False

    desk = Desk(door, process)
    await desk.takes((1, 7))
    await desk.idle()
    assert tries == 8
    assert not desk.apologies
    assert not await desk.aside()
    assert not await desk.waiting()


async def test_a_chat_that_shut_the_desk_out_is_owed_nothing(door: Door) -> None:
    async def process(row: inbox.Row) -> bool:
        raise Forbidden("Forbidden: bot was blocked by the user")

    desk = Desk(door, process)
    await desk.takes((1, 7))
    await desk.idle()
    assert not await desk.aside()
    assert not await desk.waiting()


async def test_an_answer_telegram_takes_offence_at_is_our_failure(door: Door) -> None:
    async def process(row: inbox.Row) -> bool:
        raise BadRequest("Bad Request: can't parse entities")

    desk = Desk(door, process)
    await desk.takes((1, 7))
    await desk.idle()
    assert desk.apologies == await desk.aside() != []


async def test_a_failed_apology_stops_nothing(door: Door) -> None:
    async def process(row: inbox.Row) -> bool:
        raise KeyError

    async def apologise(row: inbox.Row, reference: str) -> None:
        raise NotDone("no connection")

    desk = Desk(door, process)
    desk.lanes._apologise = apologise
    await desk.takes((1, 7))
    await desk.idle()
    assert len(await desk.aside()) == 1


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest(door: Door) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def process(row: inbox.Row) -> bool:
        begun.set()
        await go.wait()
        return False

    desk = Desk(door, process)
    await desk.takes(*((number, 7) for number in range(5)))
    await begun.wait()
    stopping = asyncio.create_task(desk.lanes.stop(within=PATIENCE))
    await asyncio.sleep(0)
    go.set()
    await stopping
    assert await desk.waiting() == [1, 2, 3, 4]


async def test_stopping_waits_for_nobody_for_ever_and_the_next_start_goes_on(door: Door) -> None:
    begun = asyncio.Event()
    served: list[int] = []

    async def stuck(row: inbox.Row) -> bool:
        begun.set()
        await asyncio.Event().wait()
        return False

    async def process(row: inbox.Row) -> bool:
        served.append(row.update_id)
        return False

    desk = Desk(door, stuck)
    await desk.takes((1, 7), (2, 7), (3, 8))
    await begun.wait()
    await asyncio.wait_for(desk.lanes.stop(within=0.02), PATIENCE)
    assert await desk.waiting() == [1, 2, 3]

    again = Desk(door, process)
    assert await again.lanes.refill() == 3
    await again.idle()
    assert sorted(served) == [1, 2, 3]
    assert served.index(1) < served.index(2)


async def test_stopping_does_not_sit_out_a_wait(door: Door) -> None:
    failed = asyncio.Event()

    async def process(row: inbox.Row) -> bool:
        failed.set()
        raise KeyError

    desk = Desk(door, process)
    desk.lanes._waits = (3600.0, 3600.0, 3600.0)
    await desk.takes((1, 7))
    await failed.wait()
    await asyncio.wait_for(desk.lanes.stop(within=PATIENCE), PATIENCE)
    assert await desk.waiting() == [1]


async def test_after_a_stop_nothing_is_taken_on(door: Door) -> None:
    async def process(row: inbox.Row) -> bool:
        raise AssertionError

    desk = Desk(door, process)
    await desk.lanes.stop()
    await desk.takes((1, 7))
    await desk.idle()
    assert await desk.waiting() == [1]


async def test_while_another_program_holds_the_database_nothing_is_given_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "wayhome.db"
    async with await Door.open(f"sqlite:///{path}", patience=0.01) as door:
        other = sqlite3.connect(path, isolation_level=None)
        tries = 0

        async def process(row: inbox.Row) -> bool:
            nonlocal tries
            tries += 1
            if tries == 1:
                other.execute("BEGIN IMMEDIATE")
            return False

        desk = Desk(door, process)
        await desk.takes((1, 7))
        async with asyncio.timeout(PATIENCE):
            while "the inbox can't be written" not in caplog.text:
                await asyncio.sleep(0.005)
        other.execute("ROLLBACK")
        other.close()
        await desk.idle()
        assert tries == 1
        assert not await desk.waiting()
