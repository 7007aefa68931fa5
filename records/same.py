"""Whether two records are probably one thing told twice."""

from datetime import date

from records.kind import Field, Kind, Moment, Values


def alike(kind: Kind, one: Values, other: Values) -> bool:
    """Whether somebody should be asked if the one is the other again, whatever their counts."""
    same = kind.same
    if same is None or not (same.applies(one) and same.applies(other)):
        return False
    apart = date.fromisoformat(str(one["date"])) - date.fromisoformat(str(other["date"]))
    return abs(apart.days) <= same.days and all(
        _compared(kind.field(name), one) == _compared(kind.field(name), other) for name in same.fields
    )


def _compared(field: Field, values: Values) -> str | None:
    """The value as it is compared: of a moment the hour, for its day is told by the record's own."""
    value = values.get(field.name)
    if value is None:
        return None
    return str(value).rpartition("T")[2] if isinstance(field.shape, Moment) else str(value)
