"""Each chat's updates in their order, many chats at once; what fails is tried again, then set aside, and the lane goes on."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count
from typing import Concatenate, Final, ParamSpec, TypeAlias, TypeVar

from telegram.error import TelegramError

from bot.logs import told
from bot.reference import new_reference
from bot.transport import REFUSED, Outcome, outcome_of
from digests.outcomes import NotEver, NotNow, Uncertain
from handlers.doors import Unreadable
from storage import inbox
from storage.door import Door, Tx
from storage.errors import StorageError

log = logging.getLogger(__name__)

SLOTS: Final = 256
LIMIT: Final = 60.0
"""Seconds one try may take."""
WAITS: Final = (1.0, 5.0, 25.0)
"""Seconds after each failed try; there are as many tries as waits."""

P = ParamSpec("P")
T = TypeVar("T")
Process: TypeAlias = Callable[[inbox.Row], Awaitable[bool | None]]
"""Handles a row and returns once its answer has left; True if it has closed the row itself (inbox.done), which saves a step."""
Tell: TypeAlias = Callable[[inbox.Row, str], Awaitable[None]]
"""Tells someone of a failed update by its reference."""


class _Stopped(Exception):  # noqa: N818  (no error: the desk is being stopped)
    """The row stays in the inbox as it is, for the next start."""


class Lanes:
    """One task for each chat with waiting updates; only the update at a lane's head takes one of the `slots`.

    `process` handles a row; `apologise` answers the chat when an update fails the first time, with the reference the log has.
    """

    def __init__(
        self,
        process: Process,
        door: Door,
        *,
        apologise: Tell,
        slots: int = SLOTS,
        limit: float = LIMIT,
        waits: Sequence[float] = WAITS,
    ) -> None:
        """Nothing runs before the first row is put."""
        self._process, self._apologise = process, apologise
        self._door = door
        self._slots = asyncio.Semaphore(slots)
        self._limit, self._waits = limit, waits
        self._queues: dict[int, deque[inbox.Row]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._fewer = asyncio.Event()
        self._stopping = asyncio.Event()

    async def refill(self) -> int:
        """Puts what an earlier run left unfinished; how many that was. To be called before anything new is put."""
        rows = await self._door.read(inbox.waiting)
        self.put(rows)
        return len(rows)

    def put(self, rows: Iterable[inbox.Row]) -> None:
        """Hands rows of the inbox over, each to its chat's lane. After `stop` they are left in the inbox."""
        for row in () if self._stopping.is_set() else rows:
            self._waiting += 1
            queue = self._queues.get(row.lane)
            if queue is not None:
                queue.append(row)
                continue
            self._queues[row.lane] = queue = deque([row])
            task = asyncio.create_task(self._serve(row.lane, queue), name=f"lane {row.lane}")
            self._tasks.add(task)
            task.add_done_callback(self._served)

    async def below(self, most: int) -> None:
        """Returns once fewer than `most` rows wait or are in hand; with 1, once all is done."""
        while self._waiting >= most:
            self._fewer.clear()
            await self._fewer.wait()

    async def stop(self, within: float = 2.5) -> None:
        """Finishes what is in hand, for at most `within` seconds; all the rest stays in the inbox for the next start."""
        self._stopping.set()
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _serve(self, lane: int, queue: deque[inbox.Row]) -> None:
        try:
            while queue:
                await self._through(queue[0])
                queue.popleft()
                self._less(1)
        except _Stopped:
            pass
        finally:
            del self._queues[lane]
            self._less(len(queue))

    def _less(self, rows: int) -> None:
        self._waiting -= rows
        self._fewer.set()

    def _served(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("%s broke off, its updates wait for the next start: %s", task.get_name(), told(error))

    async def _through(self, row: inbox.Row) -> None:
        """Sees one row through to its end. Raises _Stopped."""
        reference, passed = "", 0
        while isinstance(closed := await self._tried(row), Exception):
            error, outcome = closed, _outcome_of(closed)
            reference = reference or new_reference()
            if isinstance(outcome, NotEver) and outcome.reason != REFUSED:
                log.warning("update %d: its chat can't be written to, so no answer: %s", row.update_id, told(error))
                break
            # A line that broke may have carried the answer, but twice is better than never: after an outage every connection
            # that was open breaks in the middle of a call, more of them than any count of tries.
            if isinstance(outcome, NotNow | Uncertain) or isinstance(error, StorageError):
                wait = max(outcome.after.total_seconds() if isinstance(outcome, NotNow) else 0.0, self._pause(passed))
                passed += 1
            elif (tries := await self._failed(row, error, reference)) < len(self._waits):
                wait = self._waits[tries - 1]
            else:
                return
            await self._rest(wait)
            # The failed try may have committed the effect: then only the answer is owed, or not even that.
            now = await self._record(inbox.get, row.update_id)
            if now is None or now.state not in {"new", "owed"}:
                return
            row = now
        if closed is not True:
            await self._record(inbox.done, row.update_id)

    async def _failed(self, row: inbox.Row, error: Exception, reference: str) -> int:
        """Counts a failure and tells of it; the last one sets the row aside, or one that no try will mend. How many there were."""
        tries: int = await self._record(inbox.failed, row.update_id)
        log.error("update %d failed, try %d, reference %s: %s", row.update_id, tries, reference, told(error))
        hopeless = isinstance(error, Unreadable)
        if tries == 1 and _ours(error) and not hopeless:
            await self._apologised(row, reference)
        if hopeless or tries >= len(self._waits):
            await self._record(inbox.aside, row.update_id, reference)
            return len(self._waits)
        return tries

    async def _tried(self, row: inbox.Row) -> bool | Exception | None:
        """True if the row was closed with it, or what went wrong."""
        async with self._slots:
            if self._stopping.is_set():
                raise _Stopped
            return await self._outcome(self._process(row))

    async def _outcome(self, work: Awaitable[T]) -> T | Exception:
        """What the work gives or ends in. The one place where an update's errors are caught, whatever they are."""
        try:
            async with asyncio.timeout(self._limit):
                return await work
        except Exception as error:  # noqa: BLE001
            return error

    async def _apologised(self, row: inbox.Row, reference: str) -> None:
        """Telling of a failure may fail too: Telegram may be why."""
        async with self._slots:
            if isinstance(error := await self._outcome(self._apologise(row, reference)), Exception):
                log.warning("nobody could be told of failure %s: %s", reference, told(error))

    async def _record(self, act: Callable[Concatenate[Tx, P], T], *details: P.args, **named: P.kwargs) -> T:
        """Writes to the inbox, however long the disk refuses. Raises _Stopped if it still does when the desk is stopped."""
        for passed in count():
            try:
                return await self._door.change(act, *details, **named)
            except StorageError as error:
                log.warning("the inbox can't be written, trying again: %s", told(error))
            await self._rest(self._pause(passed))
        raise AssertionError  # count() has no end

    def _pause(self, passed: int) -> float:
        """Seconds to wait for the world to mend, longer each time."""
        return min(self._limit, self._waits[0] * 2.0 ** min(passed, 16))

    async def _rest(self, seconds: float) -> None:
        """Waits without holding a slot. Raises _Stopped as soon as the desk is stopped."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        if self._stopping.is_set():
            raise _Stopped


def _outcome_of(error: Exception) -> Outcome | None:
    return outcome_of(error) if isinstance(error, TelegramError) else None


def _ours(error: Exception) -> bool:
    """Whether no answer can have left: where Telegram may have passed it on, an apology would only confuse."""
    return isinstance(_outcome_of(error), NotEver | None)
