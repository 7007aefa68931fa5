"""A bot's updates: kept for a day, fetched by one long poll or carried by a webhook, gone once confirmed."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.oracle import ORACLE, MismatchError
from sandbox.refusals import RefusedError, conflict
from sandbox.shapes import Object

KEPT_SECONDS = 24 * 3600
# Only sent to bots that ask for them by name.
ON_REQUEST = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
USUAL = ORACLE.update_kinds - ON_REQUEST
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
OTHER_HOOK = "terminated by setWebhook request"


class UntrueError(Exception):
    """The sandbox was about to send something the Bot API doesn't have: a bug of its own."""


@dataclass(slots=True, frozen=True, eq=False)
class Waiting:
    """An update nobody has confirmed yet."""

    id: int
    at: float
    lane: int  # updates of one chat are carried in order
    body: Object


class Inbox:
    """One bot's updates."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids = itertools.count(100_000_001)
        self._poll: asyncio.Future[None] | None = None
        self.waiting: deque[Waiting] = deque()
        self.allowed: frozenset[str] = USUAL
        self.narrowed = False
        self.on_new: Callable[[], None] | None = None  # the webhook, when there is one

    def add(self, kind: str, payload: Object, lane: int) -> None:
        """One more update, if the bot asked for its kind."""
        if kind not in self.allowed:
            return
        try:
            ORACLE.updates[kind](payload)
        except MismatchError as mismatch:
            raise UntrueError(f"{kind}: {mismatch}") from mismatch
        number = next(self._ids)
        self.waiting.append(Waiting(number, self._clock.time(), lane, {"update_id": number, kind: payload}))
        if self.on_new:
            self.on_new()
        elif self._poll and not self._poll.done():
            self._poll.set_result(None)

    @property
    def is_polled(self) -> bool:
        """Whether someone waits for the next update."""
        return self._poll is not None

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds come from now on; None leaves it as it was, an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or USUAL
            self.narrowed = bool(kinds)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Object]:
        """What is waiting, or what comes within the time. Whoever polled before is told of the conflict."""
        self.interrupt(OTHER_POLL)
        self._confirm(offset)
        if not self.waiting and seconds > 0:
            await self._wait(seconds)
        return [update.body for update in itertools.islice(self.waiting, limit)]

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def interrupt(self, reason: str) -> None:
        """Refuse the poll that is waiting, if one is."""
        self._refuse(conflict(reason))

    def close(self) -> None:
        """The world ends: a waiting poll gets a server error, as when Telegram restarts."""
        self._refuse(RefusedError(502, "Bad Gateway"))

    def _refuse(self, refusal: RefusedError) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(refusal)
        self._poll = None

    def _confirm(self, offset: int) -> None:
        self.drop_old()
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while self.waiting and self.waiting[0].id < offset:
            self.waiting.popleft()

    def drop_old(self) -> None:
        """Nothing is kept for longer than a day."""
        oldest = self._clock.time() - KEPT_SECONDS
        while self.waiting and self.waiting[0].at < oldest:
            self.waiting.popleft()
