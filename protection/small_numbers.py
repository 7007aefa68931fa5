"""Small numbers: what an audience that isn't ours may learn of how many people there were.

Everything such an audience is told is worked out from what `Audience.told` leaves of each entry, never from its real numbers: in
the place of a small one stands the smallest or the largest of them, drawn by chance. Every small number may have given either.
So whatever is asked, combined and subtracted, none is pinned and none ruled out, and sums of many come out right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from records import people
from records.kind import Kind
from records.periods import is_calendar
from records.problem import Problem
from records.question import Question, Search

STEP = 5
NOT_PEOPLE = frozenset({"sessions", "minutes"})
"""Measures that number no people; every other one is masked, to be on the safe side."""
WITHIN: Mapping[str, tuple[str, ...]] = {
    **{name: people.ROOM[of] for name, of in people.OF.items()},
    **dict.fromkeys(("boarded", "expected", "new"), people.CELLS),
}
"""What may say the same people again, and the cells of theirs: two such numbers side by side give away what is hidden in one."""
ROUTE = frozenset({"from", "to", "origin"})
"""Fields that give a coming journey away."""
UNSETTLED = "unsettled"
"""The status of what nobody can tell yet whether it has happened."""
SLIVER = 1 / 20
"""How often at least a small number is told as the stand-in that lies farther from it."""


def thrown(secret: bytes, ref: str, name: str) -> float:
    """A number from 0 up to 1 by chance, always the same for a measure of an entry, and for nobody without the secret to know.

    Raises ValueError where secret or reference is missing: such throws could be repeated by anybody.
    """
    if not (secret and ref):
        raise ValueError(f"no secret or no entry to throw for: {name}")
    drawn = blake2b(f"{ref}\0{name}".encode(), key=secret, digest_size=8).digest()
    return int.from_bytes(drawn) / 2**64


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads numbers of people. Masked: below `threshold` only that it is below, the rest rounded to the nearest five.

    `secret` decides what stands for which small number; a team has one for good (`storage.teams.secret`).
    """

    masked: bool = False
    threshold: int = 5
    secret: bytes = field(default=b"", repr=False)

    def shown(self, number: int) -> "Shown":
        """The number as this audience may see it."""
        if not self.masked:
            return Shown(number)
        if self.small(number):
            return Shown(self.least, below=True)
        return Shown((number + STEP // 2) // STEP * STEP)

    @property
    def least(self) -> int:
        """The smallest number that is told; whatever would round to nothing is below it as well."""
        return max(self.threshold, STEP // 2 + 1)

    def small(self, number: int) -> bool:
        """Whether of that number no more may be learned than that it is one of the small ones."""
        return 0 < number < self.least

    def chance(self, number: int) -> float:
        """How often the largest small number stands for that one, and else 1: so that it is right on average, but for a sliver."""
        return min(max((number - 1) / (self.least - 2), SLIVER), 1 - SLIVER)

    def told(self, measures: Mapping[str, int], ref: str) -> Mapping[str, int]:
        """What may be worked with of one entry's measures: in the place of a small one stands 1 or the largest of them, by chance.

        The throw hangs on the entry's reference and the measure, not on the number: the same question never gets another one.
        What says the same people again, such as the unaccompanied among the children, is told as those if it lies where they
        may lie; else the one would tell how many of the other there are.
        """
        if not self.masked:
            return measures
        small = range(1, self.least)
        said = {
            name: self._stand_in(number, ref, name) if number in small and name not in NOT_PEOPLE else number
            for name, number in measures.items()
        }
        for name in measures.keys() & WITHIN.keys():
            if not self.small(measures[name]) and self._may_be_all(measures[name], WITHIN[name], measures):
                said[name] = sum(said.get(cell, 0) for cell in WITHIN[name])
        return said

    def veiled(self, cells: Mapping[str, int]) -> bool:
        """Whether a sum of these is no bound for this audience: a small number among them may count for more than it is."""
        return self.masked and any(self.small(number) for number in cells.values())

    def _stand_in(self, number: int, ref: str, name: str) -> int:
        return self.least - 1 if thrown(self.secret, ref, name) < self.chance(number) else 1

    def _may_be_all(self, number: int, cells: tuple[str, ...], measures: Mapping[str, int]) -> bool:
        """Whether so many may be all the people of these cells, for all that may be known of them."""
        of = [measures.get(cell, 0) for cell in cells]
        fewest = sum(1 if self.small(one) else one for one in of)
        most = sum(self.least - 1 if self.small(one) else one for one in of)
        return fewest <= number <= most

    def veils(self, kind: Kind) -> frozenset[str]:
        """Statuses in which no more of an entry than its day and number may be told: of a journey ahead or under way."""
        if not self.masked or not kind.by_name.keys() >= ROUTE:
            return frozenset()
        return frozenset(one.name for one in kind.statuses if one.coming or one.name == UNSETTLED)

    def refused(self, asked: Question | Search) -> tuple[Problem, ...]:
        """Why this audience may not ask that.

        Stretches and slices that could be subtracted from one another tell of few people, and looking for a route finds the
        journeys that are still ahead.
        """
        if not self.masked:
            return ()
        found = [Problem(name, "route_hidden") for name, _ in asked.filters if name in ROUTE]
        if isinstance(asked, Question):
            found += [] if is_calendar(asked.since, asked.until) else [Problem("period", "calendar_only")]
            found += [Problem("by", "filter_with_by")] if asked.filters and asked.by else []
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Shown:
    """A number fit to be shown: itself, or a bound it stays below."""

    number: int
    below: bool = False


EXACT = Audience()
"""Members in their private chats."""
MASKED = Audience(masked=True)
"""Groups, unless the config says otherwise; where numbers of people are told, with their team's secret."""
