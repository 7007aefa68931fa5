"""What was done lately, and for whom: so that it is not done to the same person too often."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

REMEMBERED: Final = 10_000


class Lately:
    """Lets somebody through so many times within a stretch of time; those of long ago are forgotten first."""

    def __init__(self, apart: timedelta, times: int = 1) -> None:
        """Nothing was done yet."""
        self._apart = apart
        self._times = times
        self._at: OrderedDict[int, list[datetime]] = OrderedDict()

    def may(self, who: int, now: datetime) -> bool:
        """Whether it may be done once more, without doing it."""
        return len(self._recent(who, now)) < self._times

    def once_more(self, who: int, now: datetime) -> bool:
        """Whether it may be done once more; if so, it counts as done."""
        recent = self._recent(who, now)
        if len(recent) >= self._times:
            return False
        self._at[who] = [*recent, now]
        self._at.move_to_end(who)
        if len(self._at) > REMEMBERED:
            self._at.popitem(last=False)
        return True

    def _recent(self, who: int, now: datetime) -> list[datetime]:
        return [one for one in self._at.get(who, ()) if abs(now - one) < self._apart]
