"""A record the desk keeps: what was said, who told it, from which message, when, and how often it was revised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from records.kind import Values


@dataclass(frozen=True, slots=True)
class Record:
    """What happened, checked and complete; `said` is what the message itself gave, nothing derived or by default."""

    kind: str
    values: Values
    said: Values


@dataclass(frozen=True, slots=True)
class Entry:
    """A record plus its reference, teller, message, time and revision; `chat` and `message` are None without a message."""

    team: int
    id: int
    kind: str
    ref: str
    revision: int
    values: Values
    said: Values
    who: int
    chat: int | None
    message: int | None
    recorded: datetime
    withdrawn: datetime | None = None

    @property
    def emptied(self) -> bool:
        """Whether it was withdrawn so long ago that only its reference is left."""
        return not self.values


@dataclass(frozen=True, slots=True)
class State:
    """An entry as it stood at one line of the journal."""

    kind: str
    ref: str
    values: Values
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept in columns of an entry so that it can be counted and found without reading its body."""

    day: date
    status: str
    counted: bool
    """Its people are in the sums."""
    attend_from: date | None
    columns: Mapping[str, str]
    """country, origin, departure, destination, site, type, operation, provider, mode: what there is of them."""
    measures: Mapping[str, int]
    """Counts by measure name, the people as disjoint cells; what was not stated is absent."""
    approx: bool = False
    """Its figures are not exact: a sum that holds them shows ≈."""
    stands_for: int = 1
    """How many flights, or sessions, it is; 0 for a summary of flights nobody listed."""
    sought: str = ""
    """Its words, folded, a line per field: what it can be found by beside its reference and the places that are known."""


NOTHING: Final = Facts(day=date.min, status="", counted=False, attend_from=None, columns={}, measures={}, stands_for=0)
"""What there is to count and find of an entry that was emptied."""
