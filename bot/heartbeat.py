"""The desk's beats: a few steps that are taken every so often, in this process's own rhythm.

APScheduler only knocks; each beat has a task of its own that does the work, so that a long one neither piles up nor is cut
off. Nothing is kept here: what is due stands in the database.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.logs import told
from bot.reference import new_reference

log = logging.getLogger(__name__)

Step: TypeAlias = Callable[[], Awaitable[bool]]
"""Does one thing and says whether there was work, in which case it is called again at once."""

WATCH: Final = 5.0
"""Seconds between two looks at the wall clock."""
SET_BACK: Final = 1.0
"""Seconds by which the wall clock may fall behind before it counts as set back."""


class Heartbeat:
    """Beats with their own tasks; a beat that is late is taken once, one that fails goes on next time."""

    def __init__(self, watch: float = WATCH) -> None:
        """Nothing beats before `start`."""
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._watch = watch
        self._beats: dict[str, tuple[float, Step, int]] = {}
        self._due: list[asyncio.Event] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    def add(self, name: str, seconds: float, step: Step, *, hands: int = 1) -> None:
        """Adds a beat, first taken at the start; to be called before it. `hands` take the step side by side while there is work."""
        self._beats[name] = (seconds, step, hands)

    def start(self) -> None:
        """Begins to beat."""
        for name, (seconds, step, hands) in self._beats.items():
            due = asyncio.Event()
            self._due.append(due)
            self._tasks.append(asyncio.create_task(self._beat(name, due, step, hands), name=f"beat {name}"))
            self._scheduler.add_job(
                _knock, "interval", (due,), seconds=seconds, id=name, next_run_time=datetime.now(UTC)
            )
        self._scheduler.start()
        self._tasks.append(asyncio.create_task(self._watch_clock(), name="clock watch"))

    async def stop(self, within: float = 2.5) -> None:
        """Lets the steps in hand end, for at most `within` seconds, and starts no other."""
        self._stopping.set()
        if not self._tasks:
            return
        self._scheduler.pause()
        for due in self._due:
            due.set()
        _, late = await asyncio.wait(self._tasks, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self._tasks.clear()
        self._scheduler.remove_all_jobs()
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # the scheduler shuts down in the loop's next turn

    async def _beat(self, name: str, due: asyncio.Event, step: Step, hands: int) -> None:
        busy: set[asyncio.Task[None]] = set()
        try:
            while not self._stopping.is_set():
                await due.wait()
                due.clear()
                # One looks first: mostly there is nothing to do. A hand that is stuck keeps no other from the work.
                if len(busy) < hands and await self._taken(name, step):
                    for _ in range(hands - len(busy)):
                        task = asyncio.create_task(self._work(name, step), name=f"hand of {name}")
                        busy.add(task)
                        task.add_done_callback(busy.discard)
            await asyncio.gather(*busy)
        finally:
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)

    async def _work(self, name: str, step: Step) -> None:
        """Takes the step until there is no work."""
        while await self._taken(name, step):
            pass

    async def _taken(self, name: str, step: Step) -> bool:
        """Whether there was work. The one place where a beat's errors are caught, whatever they are."""
        try:
            return not self._stopping.is_set() and await step()
        except Exception as error:  # noqa: BLE001
            log.error("beat %s failed, reference %s: %s", name, new_reference(), told(error))  # noqa: TRY400
            return False

    async def _watch_clock(self) -> None:
        """APScheduler waits for a time of day: where the clock is set back an hour, it would wait that hour."""
        ahead = time.time() - time.monotonic()
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._watch)
            now = time.time() - time.monotonic()
            if now < ahead - SET_BACK:
                log.warning("the clock was set back by %s; the beats go on", timedelta(seconds=round(ahead - now)))
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC))
            ahead = now


async def _knock(due: asyncio.Event) -> None:
    due.set()
