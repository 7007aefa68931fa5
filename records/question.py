"""What a reader asks for, and what counting it comes to: the shapes between the command language, `storage` and `render`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "citizens": "country",
        "origin": "origin",
        "from": "departure",
        "to": "destination",
        "site": "site",
        "type": "type",
        "status": "status",
        "operation": "operation",
        "provider": "provider",
        "mode": "mode",
        "day": "day",
        "week": "week",
        "month": "month",
    }
)
"""What an answer may be broken down by, as it is asked for, and the column (or the grain of days) it stands for."""
GRAINS = ("day", "week", "month")
"""Those of `GROUPS` that are stretches of the calendar: they take no value to filter by. Weeks begin on Monday."""


@dataclass(frozen=True, slots=True)
class Question:
    """What `/stats` counts: a kind's entries between two days (both included, None = open), broken down and filtered.

    `by` holds names of `GROUPS`, at most two; `filters` holds (name of `GROUPS`, value as it is kept) pairs; `period` is how
    the days were asked for ("this_month", "last_30_days", "2019-05", "all", "2019-05-01..2019-05-31").
    """

    kind: str
    since: date | None
    until: date | None
    by: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    period: str = "all"


@dataclass(frozen=True, slots=True)
class Search:
    """What `/list` shows: entries of a kind (None: of all) between two days (both included, None = open), page by page from 1."""

    kind: str | None
    since: date | None
    until: date | None
    filters: tuple[tuple[str, str], ...] = ()
    period: str = "all"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Term:
    """One thing `/find` looks for: words `typed`, the same `folded` to be compared, and the key of the place they name, if any."""

    typed: str
    folded: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What `/find` shows: entries in which every one of the terms is found, page by page from 1."""

    terms: tuple[Term, ...]
    page: int = 1


@dataclass(frozen=True, slots=True)
class Compared:
    """Attendance against expected, over the `entries` that are finished and have both."""

    attended: int = 0
    expected: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a group of entries, none of them withdrawn.

    `entries` counts them all, `by_status` how many stand in each status; `held` are those that count, and only their people
    are in `cells` (people as disjoint cells, subsets, boarded, minutes …; a measure nobody stated is absent). `approx` tells
    that a sum holds a figure that isn't exact, `revised` when one of the entries was last touched.
    """

    entries: int = 0
    by_status: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[str, int] = field(default_factory=dict)
    held: int = 0
    approx: bool = False
    compared: Compared = Compared()
    revised: datetime | None = None


def added(parts: Iterable[Totals]) -> Totals:
    """Several groups' sums as one."""
    some = tuple(parts)
    return Totals(
        entries=sum(one.entries for one in some),
        by_status=_summed(one.by_status for one in some),
        cells=_summed(one.cells for one in some),
        held=sum(one.held for one in some),
        approx=any(one.approx for one in some),
        compared=Compared(
            sum(one.compared.attended for one in some),
            sum(one.compared.expected for one in some),
            sum(one.compared.entries for one in some),
        ),
        revised=max((one.revised for one in some if one.revised), default=None),
    )


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in counts:
        for name, number in one.items():
            sums[name] = sums.get(name, 0) + number
    return sums


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer to a question: the sums of all, and of each group by its key (one part per name in `question.by`)."""

    question: Question
    total: Totals
    groups: tuple[tuple[tuple[str, ...], Totals], ...] = ()
