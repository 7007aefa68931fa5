"""What happens, as it happens: one counter over the whole world, for the page and for tests."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import islice

from sandbox.clock import Clock
from sandbox.shapes import Object

KEPT = 10_000


@dataclass(slots=True, frozen=True)
class Event:
    """One thing that happened; `seen_by` is None if everyone may know."""

    number: int
    body: Object
    seen_by: frozenset[int] | None


class Events:
    """The last events, and everyone who listens."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: deque[Event] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Event] = set()
        self._closed = False
        self.latest = 0

    def add(self, kind: str, chat: int | None, seen_by: frozenset[int] | None, /, **more: object) -> None:
        """Tell that it happened, to those in the chat."""
        self.latest += 1
        self._kept.append(Event(self.latest, {"type": kind, "chat": chat, **more}, seen_by))
        self._wake()

    def close(self) -> None:
        """Nothing more will happen: every stream ends."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        for listener in self._waiting:
            listener.set()

    def since(self, after: int, person: int | None) -> list[Event]:
        """Events after that number which the person may see."""
        missed = self.latest - after
        if missed <= 0:
            return []
        # From the end, so that a listener who keeps up costs little however much is kept.
        recent = list(islice(reversed(self._kept), missed))
        return [e for e in reversed(recent) if person is None or e.seen_by is None or person in e.seen_by]

    async def stream(self, after: int, person: int | None, quiet: float) -> AsyncIterator[list[Event]]:
        """Batches of events; an empty one after each `quiet` seconds, so that a dead line is noticed."""
        wake = asyncio.Event()
        self._waiting.add(wake)
        try:
            while not self._closed:
                wake.clear()
                batch, after = self.since(after, person), self.latest
                if batch:
                    yield batch
                    continue
                try:
                    await asyncio.wait_for(wake.wait(), quiet)
                except TimeoutError:
                    yield []
        finally:
            self._waiting.discard(wake)
