"""Returns of several countries' citizens are never one sum: whose they are is told, the team's country first."""

from collections.abc import Collection, Iterable, Mapping

from records.question import Counted, Question, Totals

CITIZENS = "citizens"


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
