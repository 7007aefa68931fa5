"""From what was said to a record that is right, or to everything that is wrong with it; and from a record to its facts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from records import people
from records.entry import NOTHING, Facts, Record
from records.fold import fold
from records.kind import Changes, Choice, Code, Context, Count, Day, Kind, Moment, Place, Text, Value, Values
from records.places import UNKNOWN
from records.problem import Problem

MEASURES = (*people.CELLS, *people.SUBSETS, "boarded", "expected", "escorts", "new", "referrals", "sessions", "minutes")
"""Everything that is ever summed up; `minutes` in all, of all the sessions an entry stands for."""
COLUMNS = ("country", "origin", "departure", "destination", "site", "type", "operation", "provider", "mode")

FIRST_YEAR, LAST_YEAR = 2000, 2100
_EXPECTED: Mapping[type, str] = {Day: "day", Place: "place", Choice: "choice"}
"""What would fit where a field is missing."""


def settle(kind: Kind, said: Values, context: Context) -> tuple[Record | None, list[Problem]]:
    """A new record: what was said, what is missing by default, what follows from it; or every problem at once."""
    values = _kept(kind.prepare(said))
    problems = [
        Problem(one.name, "required", expected=_EXPECTED.get(type(one.shape), ""))
        for one in kind.fields
        if one.required and one.name not in values
    ]
    if "status" not in values and "date" in values:
        values["status"] = kind.status_for(values, context)
    if "status" in values:
        values = _expected(kind, {}, dict(kind.settle(values, context)))
    problems += _wrong(kind, values, context)
    return (None if problems else Record(kind.name, values, dict(said))), problems


def amend(kind: Kind, before: Values, changes: Changes, context: Context) -> tuple[Record | None, list[Problem]]:
    """A record corrected by `changes`, None taking a value away; or every problem at once. `said` holds what the changes gave.

    Nothing is worked out by default again, but what was worked out before moves along: totals with their parts, the number
    expected with the people of a coming flight, its leg with its countries. Figures that were only expected give way when
    people have come.
    """
    changes = kind.prepare(changes)
    problems = [
        Problem(one.name, "not_removable")
        for one in kind.fields
        if (one.required or one.name == "status") and one.name in changes and changes[one.name] is None
    ]
    if _arrives(kind, before, changes):
        changes = people.arrived(before, changes)
    after = dict(people.moved(before, changes))
    after.update({name: before[name] for name in (one.field for one in problems) if name in before})
    if "expected" not in changes:
        after = _expected(kind, before, after)
    after = dict(kind.follow(before, after, context))
    problems += _wrong(kind, after, context)
    return (None if problems else Record(kind.name, after, _kept(changes))), problems


def facts(kind: Kind, values: Values) -> Facts:
    """What can be counted and found of a record; nothing of one that was emptied."""
    if not values:
        return NOTHING
    status = kind.status(values)
    counts = {
        name: int(values[name])
        for name, field in kind.by_name.items()
        if isinstance(field.shape, Count) and name in values
    }
    measures = {**people.breakdown(values).cells, **counts, **kind.measures(values)}
    return Facts(
        day=date.fromisoformat(str(values["date"])),
        status=status.name,
        counted=status.counts and kind.counted(values),
        attend_from=kind.attention(values),
        columns={
            field.column: str(values[name]) for name, field in kind.by_name.items() if field.column and name in values
        },
        measures={name: measures[name] for name in MEASURES if name in measures},
        approx=bool(values.get("approx", False)),
        stands_for=kind.stands_for(values),
        sought="\n".join(fold(one) for one in _words(kind, values)),
    )


def _words(kind: Kind, values: Values) -> Iterator[str]:
    """What is told in words: texts and codes, and places nobody knows."""
    for name, field in kind.by_name.items():
        value = values.get(name)
        if value is None or field.restricted:
            continue
        if isinstance(field.shape, Text | Code) or (isinstance(field.shape, Place) and str(value).startswith(UNKNOWN)):
            yield str(value)


def asks(kind: Kind, values: Values, status: str) -> str | None:
    """The field a press that leads to that status asks for first; None where nothing is missing for it."""
    field = kind.status_named[status].asks
    if field == "people" and not kind.status(values).coming and people.stated(values):
        return None
    return field


def changed(kind: Kind, before: Values, after: Values) -> tuple[str, ...]:
    """Names of the fields that differ, in the kind's order."""
    return tuple(name for name in kind.by_name if before.get(name) != after.get(name))


def kind_named(kinds: Sequence[Kind], name: str) -> Kind:
    """The kind of that name; KeyError if there is none."""
    for one in kinds:
        if one.name == name:
            return one
    raise KeyError(name)


def _kept(changes: Changes) -> dict[str, Value]:
    return {name: value for name, value in changes.items() if value is not None}


def _arrives(kind: Kind, before: Values, changes: Changes) -> bool:
    """Whether what was only expected now came: a coming status gives way to one that counts."""
    now = changes.get("status")
    return now is not None and kind.status(before).coming and kind.status_named[str(now)].counts


def _expected(kind: Kind, before: Values, after: dict[str, Value]) -> dict[str, Value]:
    """`after` with the people of a coming record as the number expected, unless another number was."""
    total = people.breakdown(after).people
    if "expected" not in kind.by_name or not kind.status(after).coming or total is None:
        return after
    was = people.breakdown(before).people if before and kind.status(before).coming else None
    followed = was is not None and before.get("expected") == was and after.get("expected") == was
    return {**after, "expected": total} if "expected" not in after or followed else after


def _wrong(kind: Kind, values: Values, context: Context) -> list[Problem]:
    return [*_years(kind, values), *people.problems(values), *kind.check(values, context)]


def _years(kind: Kind, values: Values) -> list[Problem]:
    """Days outside of the years this desk is for are slips of the finger."""
    found = []
    for name, field in kind.by_name.items():
        value = str(values.get(name, ""))
        if isinstance(field.shape, Day | Moment) and "-" in value and not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            found.append(Problem(name, "year_out_of_range", value, about={"least": FIRST_YEAR, "most": LAST_YEAR}))
    return found
