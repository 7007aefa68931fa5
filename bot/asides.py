"""Telling the admins what was set aside: the first at once, whatever follows within the hour as one message."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from digests.courier import back_off
from storage import asides
from storage.asides import Untold
from storage.door import Door

Tell: TypeAlias = Callable[[Untold], Awaitable[bool]]
"""Tells the admins; False if none of them could be reached, but may be later."""

APART: Final = timedelta(hours=1)
"""Between two such messages."""


class Asides:
    """A step of the heartbeat. What nobody was told before a crash is told after it; what was being told, perhaps twice."""

    def __init__(self, door: Door, tell: Tell, now: Callable[[], datetime]) -> None:
        """Nothing is told yet."""
        self._door, self._tell, self._now = door, tell, now
        self._tries = 0
        self._failed_at: datetime | None = None

    async def step(self) -> bool:
        """Tells what there is to tell, if it is time for it. Never more at once."""
        waiting = await self._door.read(asides.untold)
        if waiting is None or self._within(waiting.told_at, APART) or self._within(self._failed_at, self._pause()):
            return False
        if await self._tell(waiting):
            await self._door.change(asides.told, waiting.last, self._now())
            self._tries, self._failed_at = 0, None
        else:
            self._tries, self._failed_at = self._tries + 1, self._now()
        return False

    def _pause(self) -> timedelta:
        return back_off(self._tries)

    def _within(self, before: datetime | None, span: timedelta) -> bool:
        """Whether that was less than `span` ago; a moment to come was kept while the machine's clock ran wild."""
        return before is not None and timedelta(0) <= self._now() - before < span
