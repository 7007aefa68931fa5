"""Returns of several countries' citizens are never one sum: whose they are is told, the team's country first."""

from collections.abc import Collection, Iterable, Mapping

from records.question import Counted, Question, Totals

CITIZENS = "citizens"
MOST = 6
"""Countries a digest names: a message, not a wall of text."""


def by_country(counted: Counted) -> Mapping[str, Totals]:
    """The sums by whose citizens they are, if the question was by citizens alone."""
    return {key[0]: totals for key, totals in counted.groups} if counted.question.by == (CITIZENS,) else {}


def told_apart(countries: Collection[str], country: str, question: Question | None = None) -> bool:
    """Whether it has to be said whose citizens people are: not only those of the team's own `country`, or of one asked about."""
    asked = {value for name, value in question.filters if name == CITIZENS} if question else set()
    return len(countries) > 1 or not set(countries) <= (asked or {country})


def home_first(keys: Iterable[str], country: str) -> list[str]:
    """Countries in order, the team's own first."""
    return sorted(keys, key=lambda key: (key != country, key))


def foremost(people: Mapping[str, int], country: str) -> tuple[list[str], int]:
    """The countries to name where there may be many, the team's own first, the largest next; and how many are left.

    `people` are counted as the audience may see them: the order tells nothing that the numbers don't.
    """
    ordered = sorted(people, key=lambda key: (key != country, -people[key], key))
    return ordered[:MOST], max(0, len(ordered) - MOST)
