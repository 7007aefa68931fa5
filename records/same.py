"""Whether two records are probably one thing told twice, or one of them sums up the other."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from records.kind import Kind, Moment, Values

MOST: Final = 20
"""Entries that one is said to be like: the latest of them."""
LOOKED_AT: Final = 1_000
"""Sums, and what they may hold, that one record is held against: the latest of them."""


class Likes:
    """Many records of a kind, so that what one more of them is like is found without asking each."""

    def __init__(self, kind: Kind) -> None:
        """None yet."""
        self._kind, self._same = kind, kind.same
        self._days: defaultdict[Hashable, deque[tuple[int, Values]]] = defaultdict(lambda: deque(maxlen=MOST))
        self._sums: defaultdict[Hashable, deque[tuple[int, Values]]] = defaultdict(lambda: deque(maxlen=LOOKED_AT))
        self._all: defaultdict[Hashable, deque[tuple[int, Values]]] = defaultdict(lambda: deque(maxlen=LOOKED_AT))

    def add(self, name: int, values: Values) -> None:
        """One more, by a name of the caller's."""
        if self._same is None:
            return
        if not self._kind.stands_for(values):
            self._sums[self._key(self._same.summed, values)].append((name, values))
            return
        self._days[self._key(self._same.fields, values), _first_day(values)].append((name, values))
        self._all[self._key(self._same.summed, values)].append((name, values))

    def of(self, values: Values) -> tuple[int, ...]:
        """The names of those that it is like, the latest that were added."""
        found = (name for name, other in self._near(values) if alike(self._kind, values, other))
        return tuple(sorted(found)[-MOST:])

    def _near(self, values: Values) -> Iterator[tuple[int, Values]]:
        same = self._same
        if same is None:
            return
        summed = self._key(same.summed, values)
        if not self._kind.stands_for(values):
            yield from self._all.get(summed, ())
        else:
            key, day = self._key(same.fields, values), _first_day(values)
            days = (day + timedelta(days=at) for at in range(-same.days, same.days + 1))
            for one in days:
                yield from self._days.get((key, one), ())
        yield from self._sums.get(summed, ())

    def _key(self, fields: Sequence[str] | None, values: Values) -> Hashable:
        return tuple(_compared(self._kind, name, values) for name in fields or ())


def comparable(kind: Kind, values: Values) -> Hashable:
    """All of a record that whether it is like another one depends on."""
    same = kind.same
    if same is None:
        return ()
    fields = tuple(_compared(kind, name, values) for name in (*same.fields, *(same.summed or ())))
    return fields, _first_day(values), kind.last_day(values), kind.stands_for(values) == 0, kind.counted(values)


def alike(kind: Kind, one: Values, other: Values) -> bool:
    """Whether somebody should be asked if the one is the other again, or holds its people, whatever their counts."""
    same = kind.same
    if same is None:
        return False
    if not sums_up(kind, one, other):
        return _days_apart(kind, one, other) <= same.days and _agree(kind, same.fields, one, other)
    return (
        same.summed is not None
        and kind.counted(one) == kind.counted(other)
        and _days_apart(kind, one, other) <= 0
        and _agree(kind, same.summed, one, other)
    )


def sums_up(kind: Kind, one: Values, other: Values) -> bool:
    """Whether one of the two sums up others, so that it may hold the other's people."""
    return 0 in (kind.stands_for(one), kind.stands_for(other))


def _days_apart(kind: Kind, one: Values, other: Values) -> int:
    """How many days lie between the end of the one and the start of the other; 0 or less where they overlap."""
    (first, until), (since, last) = ((_first_day(values), kind.last_day(values)) for values in (one, other))
    return max((since - until).days, (first - last).days)


def _first_day(values: Values) -> date:
    return date.fromisoformat(str(values["date"]))


def _agree(kind: Kind, fields: Sequence[str], one: Values, other: Values) -> bool:
    return all(_compared(kind, name, one) == _compared(kind, name, other) for name in fields)


def _compared(kind: Kind, name: str, values: Values) -> str | None:
    """The value as it is compared: of a moment the hour, for its day is told by the record's own."""
    value = values.get(name)
    if value is None:
        return None
    return str(value).rpartition("T")[2] if isinstance(kind.field(name).shape, Moment) else str(value)
