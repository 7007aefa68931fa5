"""From the pieces of a message to one value per field: days put on the calendar, what was said twice compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from records import days
from records.command.calendar import MomentSaid
from records.command.item import How, Item, Raw, Told
from records.command.row import Row
from records.days import NoDayError, Said
from records.kind import Context, Count, Day, Kind, Value
from records.problem import Problem

STATUS = "status"
EXPECTED = "expected"
CITIZENS = "citizens"


@dataclass(slots=True)
class Gathered:
    """What a way through the message comes to; `unclear` holds the pieces whose problems nothing can be offered for."""

    values: dict[str, Value] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Fields that were not only implied."""
    filling: list[Item] = field(default_factory=list)
    """Pieces that say nothing and are to be written otherwise all the same."""
    problems: list[tuple[Problem, Item | None]] = field(default_factory=list)
    """Each with the piece to leave out; None if nothing can be put right."""

    @property
    def plain(self) -> tuple[frozenset[tuple[str, Value]], frozenset[str]]:
        """For comparing with another."""
        return frozenset(self.values.items()), frozenset(self.removed)


def gather(row: Row, pieces: Sequence[Item]) -> Gathered:
    """All that the pieces tell."""
    result = Gathered()
    result.problems += [(problem, piece) for piece in pieces for problem in piece.problems]
    result.filling += [piece for piece in pieces if piece.fixes and not piece.problems]
    said = [(told, piece) for piece in pieces for told in piece.told]
    coming = speaks_of_coming(row.kind, [told for told, _ in said])
    for how in (How.NAMED, How.BARE, How.IMPLIED, How.REMOVED):
        for told, piece in said:
            if told.how is how:
                _tell(row, result, told, piece, coming=coming)
    for told, piece in said:
        if told.how is How.VAGUE:
            _country(row, result, told, piece)
    order = {name: at for at, name in enumerate(row.kind.by_name)}
    result.values = dict(sorted(result.values.items(), key=lambda one: order[one[0]]))
    return result


def speaks_of_coming(kind: Kind, said: Sequence[Told]) -> bool:
    """Whether a weekday speaks of what is ahead: by the status, else where no people are told (`expected` apart)."""
    statuses = [told.value for told in said if told.field == STATUS and told.how is not How.REMOVED]
    if statuses:
        return all(kind.status_named[str(one)].coming for one in statuses)
    counted = (told.field for told in said if isinstance(kind.field(told.field).shape, Count))
    return not any(name != EXPECTED for name in counted)


def _tell(row: Row, result: Gathered, told: Told, piece: Item, *, coming: bool) -> None:
    if told.how is How.REMOVED:
        if told.field in result.values:
            result.problems.append((_twice(row, told, piece, result.values[told.field]), None))
        result.removed.add(told.field)
        return
    try:
        value = settled(told.value, row.context, coming=coming)
    except NoDayError as wrong:
        result.problems.append((no_day(told, wrong.code, _typed(row, told, piece)), piece))
        return
    before = result.values.setdefault(told.field, value)
    if told.how is not How.IMPLIED:
        result.named.add(told.field)
    if before == value:
        return
    if told.how is How.IMPLIED:
        order = list(row.kind.status_named)
        if order.index(str(value)) < order.index(str(before)):
            return
        if told.field not in result.named:
            result.values[told.field] = value
            return
    if told.how is How.BARE and isinstance(row.kind.field(told.field).shape, Day):
        result.problems.append((Problem(told.field, "loose_day", _typed(row, told, piece)), None))
        return
    result.problems.append((_twice(row, told, piece, before), None))


def settled(value: Raw, context: Context, *, coming: bool) -> Value:
    """What was said as it is kept: days and moments put on the calendar. Raises NoDayError."""
    if isinstance(value, Said):
        return days.resolve(value, context.today, coming=coming).isoformat()
    if isinstance(value, MomentSaid):
        if value.day is None:
            return value.clock
        return f"{days.resolve(value.day, context.today, coming=coming).isoformat()}T{value.clock}"
    return value


def no_day(told: Told, code: str, typed: str) -> Problem:
    """A day that the calendar doesn't have, with the one meant if month and day were only swapped."""
    said = told.value.day if isinstance(told.value, MomentSaid) else told.value
    guesses: tuple[str, ...] = ()
    if isinstance(said, Said) and code == "no_such_day" and said.month > 12 >= said.day:  # noqa: PLR2004 - months
        year = f".{said.year}" if said.year else ""
        guesses = (f"{said.month:02}.{said.day:02}{year}",)
    about = {"least": days.FIRST_YEAR, "most": days.LAST_YEAR} if code == "year_out_of_range" else {}
    return Problem(told.field, code, typed, "day", guesses, about)


def _twice(row: Row, told: Told, piece: Item, before: Value) -> Problem:
    return Problem(told.field, "given_twice", _typed(row, told, piece), about={"first": str(before)})


def _typed(row: Row, told: Told, piece: Item) -> str:
    start = told.start if told.start >= 0 else piece.start
    return row.typed(min(start, piece.end - 1), piece.end)


def _country(row: Row, result: Gathered, told: Told, piece: Item) -> None:
    """A bare "country" is the citizens', unless it is the one they came from: then nobody knows."""
    origin = row.context.places.country_of(str(result.values.get("from", "")))
    known = result.values.get(told.field)
    if known is None and told.value == origin:
        about = {"country": str(told.value)}
        result.problems.append((Problem(told.field, "ambiguous_country", _typed(row, told, piece), about=about), None))
    elif known is None:
        result.values[told.field] = str(told.value)
    elif told.value not in (known, origin):
        result.problems.append((_twice(row, told, piece, known), None))
