"""When a chat's digest is due, as a rule of wall-clock time; the arithmetic stands in `digests/due.py`."""

import re
from dataclasses import dataclass
from typing import Final

CADENCES: Final = ("daily", "weekdays", "weekly", "monthly")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_DAY: Final = 31
_TEXT: Final = re.compile(
    rf"(?:(?P<plain>daily|weekdays)|weekly (?P<weekday>{'|'.join(WEEKDAYS)})|monthly (?P<day>[1-9]|[12][0-9]|3[01]))"
    r" (?P<at>(?:[01][0-9]|2[0-3]):[0-5][0-9])"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`cadence` at the wall-clock time `at` ("08:00"). Its `text` is what is stored, and what `Rule.parse` reads back.

    `day` is the day of the week (1 = Monday) of a weekly rule and the day of the month of a monthly one, else 0. Where a month
    has no such day, its last day is meant.
    """

    cadence: str = "daily"
    at: str = "08:00"
    day: int = 0

    @property
    def text(self) -> str:
        """The rule as it is stored: "daily 08:00", "weekly mon 08:00", "monthly 1 08:00"."""
        day = WEEKDAYS[self.day - 1] if self.cadence == "weekly" and self.day else str(self.day or "")
        return " ".join(filter(None, (self.cadence, day, self.at)))

    @property
    def hour_minute(self) -> tuple[int, int]:
        """The time of day as two numbers."""
        hour, minute = self.at.split(":")
        return int(hour), int(minute)

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """The rule of a stored or configured text; ValueError if it is none."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValueError(f"not a rule of a digest: {text!r}")
        if found["weekday"]:
            return cls("weekly", found["at"], WEEKDAYS.index(found["weekday"]) + 1)
        if found["day"]:
            return cls("monthly", found["at"], int(found["day"]))
        return cls(found["plain"], found["at"])
