"""Whether two records are probably one thing told twice, or one of them sums up the other."""

from collections.abc import Sequence
from datetime import date

from records.kind import Kind, Moment, Values


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
