"""Small worlds of entries made up at random, and their twins: alike but for the small numbers."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from records.flight import FLIGHT
from records.kind import Context, Kind, Value, Values
from records.people import CELLS, OF, PARTS, ROOM, SEXES, SUBSETS, breakdown, problems
from records.record import changed, facts
from records.session import SESSION
from tests.render.stage import NOW, ZONE, places

SMALL = range(1, 5)
TRIES = 40
LAST = date(2019, 5, 30)
DAYS = (LAST, LAST - timedelta(days=1), LAST - timedelta(days=3), LAST - timedelta(days=28), LAST - timedelta(days=160))
"""Of one week, of two, of two months and of two years."""
FACTS: Mapping[str, tuple[Kind, Mapping[str, tuple[str, ...]]]] = {
    "flight": (
        FLIGHT,
        {
            "status": ("arrived", "arrived", "arrived", "handed_over", "planned", "cancelled"),
            "citizens": ("KZ", "KZ", "UZ"),
            "origin": ("SY", "IQ"),
            "from": ("al-hol", "al-hasakah"),
            "to": ("aktau", "almaty"),
            "type": ("charter", "military"),
            "operation": ("zhusan-1", "zhusan-2"),
        },
    ),
    "session": (
        SESSION,
        {
            "status": ("held", "held", "held", "planned"),
            "citizens": ("KZ", "KZ", "UZ"),
            "site": ("aktau", "karaganda"),
            "type": ("legal", "medical"),
            "provider": ("teacher", "doctor"),
            "mode": ("individual", "group"),
        },
    ),
}
TOTALLED = ("men", "women", "boys", "girls", "adults", "children", "people")
AGAIN = ("boarded", "expected", "new")
WITHIN = {**{name: ROOM[of] for name, of in OF.items()}, **dict.fromkeys(AGAIN, CELLS)}
"""What may say the same people again, and the cells of theirs."""
ALONE = ("escorts", "referrals")


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a world: what kind of thing it is, what is told of it now, and what was before it was corrected."""

    kind: Kind
    values: Values
    before: Values | None = None


def world(dice: random.Random, size: int) -> list[Told]:
    """So many entries, some of them corrected once."""
    made: list[Told] = []
    while len(made) < size:
        name = dice.choice(("flight", "session"))
        kind, options = FACTS[name]
        values: dict[str, Value] = {"date": dice.choice(DAYS).isoformat()}
        values |= {field: dice.choice(some) for field, some in options.items() if dice.random() < 0.9}
        values.setdefault("status", options["status"][0])
        values.setdefault("citizens", "KZ")
        values.setdefault("type", options["type"][0])
        values |= _counts(dice, kind)
        if right(kind, values):
            later = {**values, **_counts(dice, kind)}
            corrected = dice.random() < 0.3 and right(kind, later)
            made.append(Told(kind, later, values) if corrected else Told(kind, values))
    return made


def _number(dice: random.Random) -> int:
    return dice.choice((0, dice.randint(1, 4), dice.randint(1, 4), dice.randint(5, 9), dice.randint(5, 40)))


def _counts(dice: random.Random, kind: Kind) -> dict[str, Value]:
    """Parts, perhaps totals of them with something left over, and whatever is said besides."""
    said: dict[str, int] = {name: _number(dice) for name in PARTS if dice.random() < 0.6}
    for total, parts in (*SEXES.items(), ("people", TOTALLED)):
        if dice.random() < 0.3 or not said:
            least = breakdown(said).total(total) or sum(said.get(one, 0) for one in parts if one in PARTS)
            said[total] = least + dice.choice((0, _number(dice)))
    everyone = breakdown(said).people or 0
    for name in (*SUBSETS, *AGAIN, *ALONE):
        if name in kind.by_name and dice.random() < 0.25:
            said[name] = dice.choice((everyone, max(0, everyone - 1), _number(dice)))
    return dict(said)


def right(kind: Kind, values: Values) -> bool:
    """Whether the desk would take it."""
    return not problems(values) and not kind.check(values, _context())


@cache
def _context() -> Context:
    return Context(now=NOW, zone=ZONE, country="KZ", language="en", places=places())


def twins(dice: random.Random, some: Iterable[Told]) -> list[Told]:
    """The same world with other small numbers."""
    return [twin(dice, one) for one in some]


def twin(dice: random.Random, one: Told) -> Told:
    """The entry with other small numbers, and what says the same people again moved with them; itself where none was found.

    What is public of it stays: which numbers are small, which fields were corrected, and whether as many arrived as had boarded.
    """
    for _ in range(TRIES):
        swap = {
            name: dict(zip(SMALL, dice.sample(SMALL, len(SMALL)), strict=True)) for name in (*CELLS, *WITHIN, *ALONE)
        }
        now = _swapped(dice, one.kind, one.values, swap)
        was = _swapped(dice, one.kind, one.before, swap) if one.before else None
        if _alike(one.kind, one.values, now) and (was is None or _corrected_alike(one, was, now)):
            return Told(one.kind, now, was)
    return one


def _swapped(dice: random.Random, kind: Kind, values: Values, swap: Mapping[str, Mapping[int, int]]) -> Values:
    held = breakdown(values).cells
    cells = {name: swap[name].get(number, number) for name, number in held.items()}
    other: dict[str, Value] = {**values, **{name: cells[name] for name in PARTS if name in cells}}
    for name, inner in (("adults", "adults_not_stated"), ("children", "children_not_stated")):
        if name in values:
            other[name] = sum(cells.get(one, 0) for one in (*SEXES[name], inner))
    if "people" in values:
        other["people"] = sum(cells.get(one, 0) for one in CELLS)
    for name in (*WITHIN, *ALONE):
        number = int(values.get(name, 0))
        if name not in kind.by_name or name not in values:
            continue
        other[name] = swap[name].get(number, number)
        of = WITHIN.get(name, ())
        low, high = (
            sum(to if held.get(one) in SMALL else held.get(one, 0) for one in of) for to in (SMALL[0], SMALL[-1])
        )
        if number not in SMALL and low <= number <= high:  # anything that may be all of those people
            now = sum(cells.get(one, 0) for one in of)
            other[name] = min(high, max(5, low, now + dice.choice((0, 0, 0, -1, -2, 1)))) if low < high else number
    return other


def _corrected_alike(one: Told, was: Values, now: Values) -> bool:
    assert one.before is not None
    same = changed(one.kind, one.before, one.values) == changed(one.kind, was, now)
    return same and _alike(one.kind, one.before, was)


def _alike(kind: Kind, values: Values, other: Values) -> bool:
    """Whether it is an entry the desk would take, and what nobody hides is the same."""

    def public(of: Values) -> tuple[object, ...]:
        known, measures = breakdown(of), facts(kind, of).measures
        return (
            kind.worries(of, LAST + timedelta(days=400)),
            known.derived,
            {name: (number in SMALL, number == 0) for name, number in measures.items()},
        )

    return right(kind, other) and public(values) == public(other)
