"""What the sandbox calls now."""

import time
from datetime import UTC, datetime


class Clock:
    """A clock that can be wound: it runs with the machine's, shifted, or stands still until told.

    It never goes backwards by itself, even when the machine's clock does.
    """

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        """Begin at `start` (aware; now if absent); `running=False` makes a clock that only moves when told."""
        self._running = running
        self._latest = 0.0
        self._offset = 0.0 if running else time.time()
        if start is not None:
            self.set(start)

    def time(self) -> float:
        """Seconds since 1970, with a fraction."""
        value = self._offset + (time.time() if self._running else 0.0)
        self._latest = max(self._latest, value)
        return self._latest

    def unix(self) -> int:
        """Whole seconds since 1970, as Telegram dates its messages."""
        return int(self.time())

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def offset(self) -> float:
        """How many seconds this clock is ahead of the machine's."""
        return self.time() - time.time()

    def forward(self, seconds: float) -> None:
        """Move ahead by that many seconds."""
        if seconds < 0:
            raise ValueError("forward only; use set to go back")
        self._offset += self.time() - self._raw() + seconds

    def set(self, moment: datetime) -> None:
        """Be at that moment (aware), earlier or later."""
        if moment.tzinfo is None:
            raise ValueError("an aware datetime is needed")
        self._latest = 0.0
        self._offset += moment.timestamp() - self._raw()

    def _raw(self) -> float:
        return self._offset + (time.time() if self._running else 0.0)
