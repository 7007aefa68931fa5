"""Small numbers: what an audience that isn't ours may learn of how many people there were."""

from dataclasses import dataclass

from records.kind import Kind
from records.periods import is_calendar
from records.problem import Problem
from records.question import Question, Search

STEP = 5
ROUTE = frozenset({"from", "to", "origin"})
"""Fields that give a coming journey away."""
UNSETTLED = "unsettled"
"""The status of what nobody can tell yet whether it has happened."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads a number of people. Masked: below `threshold` only that it is below, the rest rounded to the nearest five."""

    masked: bool = False
    threshold: int = 5

    def shown(self, number: int) -> "Shown":
        """The number as this audience may see it."""
        if not self.masked:
            return Shown(number)
        least = max(self.threshold, STEP // 2 + 1)  # whatever would round to nothing is "below" as well
        if 0 < number < least:
            return Shown(least, below=True)
        return Shown((number + STEP // 2) // STEP * STEP)

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
