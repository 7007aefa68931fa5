"""What a kind of record is: its fields, its statuses, what it counts. A kind is data; `flight.py` and `session.py` are two."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from records.problem import Problem

if TYPE_CHECKING:
    from records.places import Gazetteer

Value: TypeAlias = str | int | bool
"""One field's value as it is kept, ready for JSON.

Day "2019-05-09"; moment "2019-05-09T08:30" or "08:30", local to its place; place a key of the gazetteer ("SY", "aktau", "GYD",
or "~as typed" for an unknown one); country "KZ"; choice its name ("handed_over"); count a whole number; text as typed, tidied.
"""
Values: TypeAlias = Mapping[str, Value]
"""A record's values by field name; what was not stated is absent."""

Changes: TypeAlias = Mapping[str, Value | None]
"""What a correction says of some fields; None takes a field's value away."""

Worry: TypeAlias = Callable[[Values], date | None]
"""Something that may be the matter with a record: the first day on which it is, None for never."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that reading a message depends on beside its words."""

    now: datetime
    zone: ZoneInfo
    country: str
    language: str
    places: "Gazetteer"

    @property
    def today(self) -> date:
        """The day it is where the poster is."""
        return self.now.astimezone(self.zone).date()


# The shapes a field's value may have. They are data: `records/command` reads them, `render` writes them.
@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day, or a day and a time, local to the place the field speaks of."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer (a country too), or an unknown one kept as typed."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country, as ISO 3166 alpha-2."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options`; their words stand in the vocabulary under `choices.<field name>`."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number from `least` to `most`."""

    most: int = 9_999
    least: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Free text up to `most` characters; `line` = it runs to the line's end or `;`."""

    most: int
    line: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A short code such as `zhusan-3`: letters, digits, `-`, `/`, up to `most`; in lower case unless `keep_case`."""

    most: int = 32
    keep_case: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A word that is there or not, such as `approx`."""


Shape: TypeAlias = Day | Moment | Place | Country | Choice | Count | Text | Code | Flag


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    `column` is the shared column it fills (None: kept in the body only); `restricted` = told in private chats only.
    """

    name: str
    shape: Shape
    column: str | None = None
    required: bool = False
    restricted: bool = False
    hxl: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """One status of a kind: what it means for the sums, and what a press may lead to."""

    name: str
    counts: bool = False
    coming: bool = False
    """Ahead or under way: told under "coming up"; the people given are the expected ones."""
    buttons: tuple[str, ...] = ()
    """Statuses one press leads to, in the order shown."""
    asks: str | None = None
    """The field a press that leads here asks for first: a count ("people") or a day ("date")."""


def no_problems(values: Values, context: Context) -> list[Problem]:
    """For a kind without rules of its own."""
    del values, context
    return []


def as_said(values: Values, context: Context) -> Values:
    """For a kind that derives nothing."""
    del context
    return values


def as_typed(said: Changes) -> Changes:
    """For a kind that keeps what was said as it was said."""
    return said


def as_changed(before: Values, after: Values, context: Context) -> Values:
    """For a kind in which nothing follows from a correction."""
    del before, context
    return after


def no_measures(values: Values) -> Mapping[str, int]:
    """For a kind whose measures are its counts, as they stand."""
    del values
    return {}


def one(values: Values) -> int:
    """For a kind whose entries each stand for one."""
    del values
    return 1


def always(values: Values) -> bool:
    """For a kind whose people count whenever its status counts."""
    del values
    return True


def own_day(values: Values) -> date:
    """For a kind whose entries are of one day."""
    return date.fromisoformat(str(values["date"]))


@dataclass(frozen=True, slots=True)
class Same:
    """When two entries of a kind are probably one thing told twice: these fields are equal, and the days this near."""

    fields: tuple[str, ...]
    days: int = 0
    """How many days may lie between them."""
    summed: tuple[str, ...] | None = None
    """The fields to be equal where one of the two only sums up others and their days overlap; None for never."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The recipe of a record. Everything the house does with a kind follows from this; nothing else names it."""

    name: str
    letter: str
    fields: tuple[Field, ...]
    statuses: tuple[Status, ...]
    headline: tuple[str, ...]
    """The fields a headline names, joined by `joint`: from → to."""
    status_for: Callable[[Values, Context], str]
    """The status of a record that gave none."""
    joint: str = " · "
    prepare: Callable[[Changes], Changes] = as_typed
    """Brings what was said into the form it is kept in (a moment with a day is a day and a moment); before all else."""
    settle: Callable[[Values, Context], Values] = as_said
    """Adds what follows from what was said (a leg from the countries); called once, with the status already in."""
    follow: Callable[[Values, Values, Context], Values] = as_changed
    """Takes (before, after) of a correction and gives `after` with what had been worked out moved along with it."""
    check: Callable[[Values, Context], list[Problem]] = no_problems
    """Rules between fields."""
    counted: Callable[[Values], bool] = always
    """Whether its people are in the sums, given that its status counts."""
    concerns: Mapping[str, Worry] = made(default_factory=dict)
    """What may be the matter with it by code (`attention.<code>` of the catalogue), most pressing first."""
    measures: Callable[[Values], Mapping[str, int]] = no_measures
    """Measures that aren't simply the count of the same name (hours are minutes times sessions)."""
    stands_for: Callable[[Values], int] = one
    """How many flights, or sessions, an entry is; 0 for one that only sums up others."""
    last_day: Callable[[Values], date] = own_day
    """The last day it speaks of; the first is its date."""
    ahead: int = 7
    """How many days ahead a digest tells of it."""
    same: Same | None = None
    """When two entries are asked about; None for never."""
    seldom: frozenset[str] = frozenset()
    """Fields that a form to fill in leaves out: the desk works them out, or hardly anybody says them."""
    by_name: Mapping[str, Field] = made(init=False)
    status_named: Mapping[str, Status] = made(init=False)

    def __post_init__(self) -> None:
        """Makes the two look-ups."""
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})
        object.__setattr__(self, "status_named", {one.name: one for one in self.statuses})

    @property
    def restricted(self) -> frozenset[str]:
        """The fields that only private chats are told."""
        return frozenset(one.name for one in self.fields if one.restricted)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if the kind has none."""
        return self.by_name[name]

    def status(self, values: Values) -> Status:
        """The status these values are in."""
        return self.status_named[str(values["status"])]

    def attention(self, values: Values) -> date | None:
        """The first day on which it needs someone's attention, None for never; kept, so that a digest only looks it up."""
        return min((day for since in self.concerns.values() if (day := since(values))), default=None)

    def worries(self, values: Values, today: date) -> tuple[str, ...]:
        """What is the matter with it on that day, as codes, most pressing first."""
        return tuple(code for code, since in self.concerns.items() if (day := since(values)) and day <= today)
