"""Somebody who asks a masked audience's desk everything that may be asked at one moment, and solves for what is hidden.

What is heard are sums over sets of entries; sets that make another one up bind their sums. From bounds on each the attacker works
out tighter ones until nothing moves any more. They know the rule: that 1 or 4 stands for a small number, though not which.
"""

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TypeAlias

from protection.small_numbers import EXACT, MASKED, NOT_PEOPLE, Audience, Shown
from records.kind import Values
from records.people import CELLS
from records.periods import GRAINS, begin
from records.question import GROUPS as GROUPED
from records.record import facts
from render.counts import GROUPS
from tests.protection.worlds import SMALL, Told, world

Some: TypeAlias = frozenset[int]
"""Entries of a world, by their places in it."""
Cell: TypeAlias = tuple[Some, str]
"""What one number is of: so many entries' women, say, or their people."""
Bounds: TypeAlias = tuple[int, int]
WHOLES: Mapping[str, tuple[str, ...]] = {**GROUPS, "people": CELLS}
"""Totals, and the numbers they are made of."""
MOST = 10**9
STAND_INS = (SMALL[0], SMALL[-1])


@dataclass(frozen=True)
class Asked:
    """All that can be asked about: sets of entries that a question counts, and which of them make up which."""

    sets: frozenset[Some]
    made_up: tuple[tuple[Some, tuple[Some, ...]], ...]


def asked(of: Sequence[Told]) -> Asked:
    """Every calendar period, each narrowed by every one and two fields; what `by` breaks down are the same sets."""
    labels = [_labels(one.kind.name, one.values) for one in of]
    asking = _Asking(labels, sorted({name for one in labels for name in one} - {"kind", *GRAINS}))
    for everything in asking.split(frozenset(range(len(of))), "kind"):
        asking.ask(everything, 2)
        for grain in GRAINS:
            for period in asking.bound(everything, grain):
                asking.ask(period, 2)
                for inner in GRAINS:
                    asking.bound(period, inner)
    # Parts that nobody can ask for, such as those of a week that two months share, bind nothing.
    heard = (one for one in asking.made_up if len(one[1]) > 1 and asking.sets.issuperset(one[1]))
    return Asked(frozenset(asking.sets), tuple(heard))


class _Asking:
    """The questions asked so far."""

    def __init__(self, labels: Sequence[Mapping[str, str]], names: Sequence[str]) -> None:
        self.labels, self.names = labels, names
        self.sets: set[Some] = set()
        self.made_up: dict[tuple[Some, tuple[Some, ...]], None] = {}

    def split(self, some: Some, name: str) -> tuple[Some, ...]:
        """The entries by what they have under a name."""
        parts: dict[str, set[int]] = {}
        for at in sorted(some):
            parts.setdefault(self.labels[at].get(name, ""), set()).add(at)
        return tuple(frozenset(one) for one in parts.values())

    def bound(self, some: Some, name: str) -> tuple[Some, ...]:
        """The same, noted as what these entries are made up of."""
        parts = self.split(some, name)
        self.made_up[(some, parts)] = None
        return parts

    def ask(self, some: Some, depth: int) -> None:
        """About these, and so many times narrowed by each name."""
        self.sets.add(some)
        if depth:
            for name in self.names:
                for part in self.bound(some, name):
                    self.ask(part, depth - 1)


def _labels(kind: str, values: Values) -> dict[str, str]:
    day = date.fromisoformat(str(values["date"]))
    named = {name: str(values[name]) for name in GROUPED if name in values}
    return {**named, **{grain: begin(grain, day).isoformat() for grain in GRAINS}, "kind": kind}


def secret(number: int) -> bytes:
    """A team's secret for a test, always the same of that number."""
    return random.Random(number).randbytes(32)


def numbers(of: Sequence[Told], audience: Audience) -> list[Mapping[str, int]]:
    """What each entry adds to each number, totals too, as the audience is told it; nothing if it isn't counted."""
    found: list[Mapping[str, int]] = []
    for at, one in enumerate(of):
        fact = facts(one.kind, one.values)
        measures = audience.told(fact.measures, f"E-{at}") if fact.counted else {}
        totals = {name: sum(measures.get(cell, 0) for cell in cells) for name, cells in WHOLES.items()}
        found.append({**{name: n for name, n in measures.items() if name not in NOT_PEOPLE}, **totals})
    return found


@dataclass
class Attacker:
    """What somebody knows who believes that a number shown means what `reads` says of the sum behind it."""

    reads: Callable[[Shown], Bounds]

    def solve(self, to_ask: Asked, of: Sequence[Mapping[str, int]]) -> dict[Cell, Bounds]:
        """The bounds of every number that can be heard, when nothing tightens them any more; empty ones contradict each other."""
        names = sorted({name for one in of for name in one})
        known = {
            (some, name): self.reads(MASKED.shown(sum(of[at].get(name, 0) for at in some)))
            for some in to_ask.sets
            for name in names
        }
        rules = [*_rules(to_ask, names)]
        moved = True
        while moved:
            moved = sum(self._tightened(known, whole, parts) for whole, parts in rules) > 0
        return known

    @staticmethod
    def _tightened(known: dict[Cell, Bounds], whole: Cell, parts: Sequence[Cell]) -> bool:
        low, high = (sum(known[one][side] for one in parts) for side in (0, 1))
        was = known[whole]
        least, most = known[whole] = (max(was[0], low), min(was[1], high))
        moved = known[whole] != was
        for one in parts:
            own = known[one]
            now = (max(own[0], least - (high - own[1])), min(own[1], most - (low - own[0])))
            if now != own and now[0] <= now[1]:
                known[one], moved = now, True
                low, high = low + now[0] - own[0], high + now[1] - own[1]
        return moved and least <= most


def _rules(to_ask: Asked, names: Sequence[str]) -> Iterator[tuple[Cell, list[Cell]]]:
    for whole, parts in to_ask.made_up:
        for name in names:
            yield (whole, name), [(part, name) for part in parts]
    for some in to_ask.sets:
        for name, cells in WHOLES.items():
            yield (some, name), [(some, cell) for cell in cells if cell in names]


def as_rounded(shown: Shown) -> Bounds:
    """What a number says that was rounded by itself: the old rule, and what somebody believes who never read the docs."""
    if shown.below:
        return (SMALL[0], SMALL[-1])
    return (shown.number - 2, shown.number + 2) if shown.number else (0, 0)


def as_told(shown: Shown) -> Bounds:
    """What a number says of the sum of what is told: below five it is the larger stand-in, or up to four of the smaller."""
    return STAND_INS if shown.below else as_rounded(shown)


def behind(known: Mapping[Cell, Bounds]) -> dict[Cell, Bounds]:
    """The bounds of the real numbers, for somebody who knows how what is told came about: by each entry, and by the sum."""
    single = {one: _real(*bounds) for one, bounds in known.items() if len(one[0]) == 1 and one[1] not in WHOLES}
    heard, found = {name for _, name in known}, {}
    for (some, name), (low, high) in known.items():
        cells = [cell for cell in WHOLES.get(name, (name,)) if cell in heard]
        of = [single.get((frozenset({at}), cell), (0, MOST)) for at in some for cell in cells]
        least, most = (sum(one[side] for one in of) for side in (0, 1))
        fewest, many = STAND_INS
        found[(some, name)] = (max(least, -(-low * SMALL[0] // many)), min(most, high * SMALL[-1] // fewest))
    return found


def _real(low: int, high: int) -> Bounds:
    """What one entry's number may be, if what is told of it lies between these."""
    least = 0 if low <= 0 else SMALL[0] if low <= STAND_INS[-1] else low
    most = high if high > SMALL[-1] else SMALL[-1] if high >= STAND_INS[0] else 0
    return (least, most)


def small(known: Iterable[Cell], of: Sequence[Mapping[str, int]]) -> dict[Cell, int]:
    """Those numbers that are small ones in truth."""
    true = {(some, name): sum(of[at].get(name, 0) for at in some) for some, name in known}
    return {one: number for one, number in true.items() if number in SMALL}


@dataclass
class Found:
    """What became of the small numbers that can be heard: how many there are, of how many one value is left, of how many fewer.

    `before` with each number rounded by itself, `after` as it is now.
    """

    small: int = 0
    pinned_before: int = 0
    narrowed_before: int = 0
    pinned: int = 0
    narrowed: int = 0
    wrong: int = 0
    """Numbers that lie outside of what was worked out."""
    single: int = 0
    drawn: int = 0
    """Small numbers of one entry each that can be asked for, and how many of them whose stand-in was worked out."""

    def attack(self, of: Sequence[Told], audience: Audience) -> None:
        """Takes one world in, as it is told to that audience."""
        to_ask, true = asked(of), numbers(of, EXACT)
        before = Attacker(as_rounded).solve(to_ask, true)
        told = Attacker(as_told).solve(to_ask, numbers(of, audience))
        after = behind(told)
        for cell, number in small(before, true).items():
            if len(cell[0]) == 1 and cell[1] not in WHOLES:
                self.single += 1
                self.drawn += told[cell] != STAND_INS
            (least, most), (fewest, many) = before[cell], after[cell]
            self.small += 1
            self.pinned_before += least == most
            self.narrowed_before += least > SMALL[0] or most < SMALL[-1]
            self.pinned += fewest == many
            # That two entries hold some of them is no secret: then there are two at least.
            self.narrowed += fewest > _holding(true, cell) or many < SMALL[-1]
            self.wrong += not fewest <= number <= many


def _holding(of: Sequence[Mapping[str, int]], cell: Cell) -> int:
    """How many numbers of entries that are not nothing go into a sum."""
    return sum(of[at].get(name, 0) > 0 for at in cell[0] for name in WHOLES.get(cell[1], (cell[1],)))


def made(seed: int) -> list[Told]:
    """The small world of a seed."""
    dice = random.Random(seed)
    return world(dice, dice.randint(3, 7))


def pairs(some: Sequence[str]) -> list[tuple[str, ...]]:
    """Each by itself, and each with another."""
    return [(one,) for one in some] + list(combinations(some, 2))


if __name__ == "__main__":
    found = Found()
    for seed in range(int(sys.argv[1])):
        found.attack(made(seed), Audience(masked=True, secret=secret(seed)))
    print(found)
