"""When a chat's digest is due, as a rule of wall-clock time; the arithmetic stands in `digests/due.py`."""

import re
from dataclasses import dataclass

AT = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
CADENCES = ("daily",)


@dataclass(frozen=True, slots=True)
class Rule:
    """`cadence` at the wall-clock time `at` ("08:00"). Its `text` is what is stored, and what `Rule.parse` reads back."""

    cadence: str = "daily"
    at: str = "08:00"

    @property
    def text(self) -> str:
        """The rule as it is stored: "daily 08:00"."""
        return f"{self.cadence} {self.at}"

    @property
    def hour_minute(self) -> tuple[int, int]:
        """The time of day as two numbers."""
        hour, minute = self.at.split(":")
        return int(hour), int(minute)

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """The rule of a stored or configured text; ValueError if it is none."""
        cadence, _, at = text.partition(" ")
        if cadence not in CADENCES or not AT.fullmatch(at):
            raise ValueError(f"not a rule of a digest: {text!r}")
        return cls(cadence, at)
