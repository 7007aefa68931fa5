"""The desk's beats: often enough, whatever happens."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.heartbeat import Heartbeat

PATIENCE = 10.0


class Counter:
    """A step that counts how often it was taken and lets a test wait for the next time."""

    def __init__(self, work: int = 0) -> None:
        self.taken = 0
        self.work = work
        self._again = asyncio.Event()

    async def __call__(self) -> bool:
        self.taken += 1
        self._again.set()
        self.work -= 1
        return self.work > 0

    async def next(self, times: int = 1) -> None:
        for _ in range(times):
            self._again.clear()
            await asyncio.wait_for(self._again.wait(), PATIENCE)


def beating() -> list[str]:
    """The beats that still have a task."""
    return [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("beat ")]


async def test_a_step_is_taken_at_the_start_and_again_and_again() -> None:
    step, heart = Counter(), Heartbeat()
    heart.add("digests", 0.02, step)
    heart.start()
    await step.next(3)
    await heart.stop()
    assert step.work <= -3
    assert not beating()


async def test_a_step_with_work_is_called_until_there_is_none() -> None:
    step, heart = Counter(work=50), Heartbeat()
    heart.add("letters", 3600, step)
    heart.start()
    while step.taken < 50:
        await step.next()
    await heart.stop()
    assert step.taken == 50


async def test_a_slow_beat_keeps_no_other_waiting_and_does_not_pile_up() -> None:
    slow, running, most = asyncio.Event(), 0, 0

    async def stuck() -> bool:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await slow.wait()
        running -= 1
        return False

    quick, heart = Counter(), Heartbeat()
    heart.add("stuck", 0.01, stuck)
    heart.add("quick", 0.01, quick)
    heart.start()
    await quick.next(5)
    slow.set()
    await heart.stop()
    assert most == 1


async def test_a_beat_that_fails_is_told_with_a_reference_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    taken = asyncio.Semaphore(0)

    async def failing() -> bool:
        taken.release()
        raise ValueError("what somebody wrote")

    heart = Heartbeat()
    heart.add("digests", 0.01, failing)
    heart.start()
    for _ in range(3):
        await asyncio.wait_for(taken.acquire(), PATIENCE)
    await heart.stop()
    assert "beat digests failed, reference " in caplog.text
    assert "what somebody wrote" not in caplog.text


async def test_stopping_waits_for_the_step_in_hand_and_makes_no_noise(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    begun, ended = asyncio.Event(), False

    async def step() -> bool:
        nonlocal ended
        begun.set()
        await asyncio.sleep(0.05)
        ended = True
        return True

    heart = Heartbeat()
    heart.add("letters", 0.01, step)
    heart.start()
    await begun.wait()
    await heart.stop()
    assert ended
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_stopping_does_not_wait_for_ever() -> None:
    begun = asyncio.Event()

    async def step() -> bool:
        begun.set()
        await asyncio.Event().wait()
        return False

    heart = Heartbeat()
    heart.add("stuck", 3600, step)
    heart.start()
    await begun.wait()
    await asyncio.wait_for(heart.stop(within=0.05), PATIENCE)
    assert not beating()


async def test_a_clock_set_back_does_not_stop_the_beat(caplog: pytest.LogCaptureFixture) -> None:
    step, heart = Counter(), Heartbeat(watch=0.02)
    heart.add("digests", 0.05, step)
    heart.start()
    await step.next(2)
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1), tick=True):
        await step.next(3)
        await heart.stop()
    assert "the clock was set back" in caplog.text


async def test_a_heart_that_never_beat_can_be_stopped() -> None:
    await Heartbeat().stop()
    assert not beating()


async def test_many_hands_take_a_step_while_there_is_work_and_one_looks_for_it() -> None:
    heart, hands, most, work = Heartbeat(), 0, 0, [True] * 20
    let_go, full, looked = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def step() -> bool:
        nonlocal hands, most
        if not work:
            looked.set()
            return False
        work.pop()
        if len(work) == 19:
            return True
        hands += 1
        most = max(most, hands)
        if hands == 5:
            full.set()
        await let_go.wait()
        hands -= 1
        return True

    heart.add("letters", 0.01, step, hands=5)
    heart.start()
    await asyncio.wait_for(full.wait(), PATIENCE)
    let_go.set()
    await asyncio.wait_for(looked.wait(), PATIENCE)
    await heart.stop()
    assert (most, work) == (5, [])


async def test_a_hand_that_is_stuck_keeps_no_other_from_the_work_and_is_let_go_at_the_stop() -> None:
    heart, work, stuck, done = Heartbeat(), [1, 2, 3], asyncio.Event(), asyncio.Event()
    cut_off: list[int] = []

    async def step() -> bool:
        if not work:
            return False
        if (one := work.pop(0)) == 2:
            stuck.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cut_off.append(one)
                raise
        if one == 4:
            done.set()
        return True

    heart.add("letters", 0.01, step, hands=2)
    heart.start()
    await asyncio.wait_for(stuck.wait(), PATIENCE)
    while work:
        await asyncio.sleep(0)
    work.append(4)
    await asyncio.wait_for(done.wait(), PATIENCE)
    await heart.stop(within=0.01)
    assert cut_off == [2]
