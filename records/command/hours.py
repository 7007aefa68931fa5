"""The time of day that may follow a status, or a place."""

from collections.abc import Iterator
from dataclasses import replace

from records.command import item
from records.command.calendar import MomentSaid, day_at, moments
from records.command.item import Item, Raw, Told
from records.command.lexicon import Match
from records.command.row import Row
from records.command.tokens import Gap
from records.kind import Moment
from records.vocabulary import Role

STATUS = "status"


def clocks(row: Row, match: Match) -> tuple[str, ...]:
    """The moments a word may bring with it: its own ("arrival Aktau 14:30"), or its status's ("landed in Aktau at 14:30")."""
    own = (one.name for one in match.of(Role.FIELD) if isinstance(row.kind.field(one.name).shape, Moment))
    through = (row.lexicon.clock_of.get(one.option, "") for one in match.of(Role.CHOICE) if one.name == STATUS)
    return tuple(dict.fromkeys(one for one in (*own, *through) if one))


def with_time(row: Row, one: Item, clock: str, *, widest: Gap = Gap.SPACE) -> Iterator[Item]:
    if not row.near(one.end, widest):
        return
    for end, said, far in moments(row, one.end):
        if either(row, end, said):
            continue
        yield replace(one, end=end, cost=one.cost + far + item.SKIPPED, told=(*one.told, Told(clock, said)))


def or_people(row: Row, match: Match, at: int, said: Raw) -> bool:
    """Whether a time told at a word may as well be the people of the status before it: "arrived 1430".

    "arrived at 1430" and "arrived 0830" are times.
    """
    counts = any(one.name == STATUS and row.kind.status_named[one.option].counts for one in match.of(Role.CHOICE))
    plain = isinstance(said, MomentSaid) and said.figures and not said.clock.startswith("0")
    return counts and plain and row.match(at, Role.PREPOSITION) is None


def either(row: Row, end: int, said: Raw) -> bool:
    """Whether a time could be a day as well ("arrived 01.06"): it is neither then, unless its own field stands before it."""
    return isinstance(said, MomentSaid) and said.day is None and day_at(row, end - 1) is not None
