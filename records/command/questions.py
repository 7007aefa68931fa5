"""What `/stats` and `/list` ask for: a kind, a period, what to break down by, what to look for."""

from collections.abc import Sequence

from records.command.asking import Asked, ask
from records.kind import Choice, Context, Kind
from records.problem import Problem
from records.question import GRAINS, Question, Search
from records.vocabulary import Vocabulary

MOST_GROUPS = 2


def read_question(
    text: str, kinds: Sequence[Kind], words: Vocabulary, context: Context
) -> Question | tuple[Problem, ...]:
    """The question behind `/stats`, or all that is wrong with it.

    Without a kind's name it is of the first kind that has all the fields asked for.
    """
    asked = ask(text, kinds, words, context)
    problems = asked.problems
    kind = next((one for one in kinds if one.name == asked.kind), None) or _fitting(asked, kinds)
    problems += not_of(kind, asked)
    if asked.page:
        problems.append(Problem("", "page_not_here", str(asked.page)))
    if len(asked.by) > MOST_GROUPS:
        problems.append(Problem("", "too_many_groups", asked.by[MOST_GROUPS], about={"most": MOST_GROUPS}))
    if problems:
        return tuple(problems)
    period = asked.period
    return Question(kind.name, period.since, period.until, tuple(asked.by), tuple(asked.filters), period.name)


def read_search(
    text: str, kinds: Sequence[Kind], words: Vocabulary, context: Context, *, page: int | None = None
) -> Search | tuple[Problem, ...]:
    """The search behind `/list`, or all that is wrong with it; without a kind's name it is of all kinds.

    `page` is the page a button turns to, whatever page the words name.
    """
    asked = ask(text, kinds, words, context)
    problems = asked.problems
    kind = next((one for one in kinds if one.name == asked.kind), None)
    if asked.by:
        problems.append(Problem("", "by_not_here", asked.by[0]))
    if kind is not None:
        problems += not_of(kind, asked)
    if problems:
        return tuple(problems)
    period, page = asked.period, page or asked.page or 1
    return Search(asked.kind or None, period.since, period.until, tuple(asked.filters), period.name, page)


def _fitting(asked: Asked, kinds: Sequence[Kind]) -> Kind:
    """The first kind that has all the fields asked for."""
    return next((one for one in kinds if not not_of(one, asked)), kinds[0])


def not_of(kind: Kind, asked: Asked) -> list[Problem]:
    """What that kind doesn't have: a field, or a choice of one."""
    about = {"kind": kind.name}
    names = dict.fromkeys((*asked.by, *(name for name, _ in asked.filters)))
    strange = [name for name in names if name not in GRAINS and name not in kind.by_name]
    found = [Problem(name, "not_of_kind", name, about=about) for name in strange]
    for name, value in asked.filters:
        field = kind.by_name.get(name)
        if field is not None and isinstance(field.shape, Choice) and value not in field.shape.options:
            options = ",".join(field.shape.options)
            found.append(Problem(name, "not_of_kind", value, "choice", about={**about, "options": options}))
    return found
