"""Reads a post: from the text behind `/flight` to values, or to everything that is wrong with it at once."""

from dataclasses import dataclass
from functools import partial

from records.command.corrected import corrected
from records.command.gathered import Gathered, gather
from records.command.items import items
from records.command.lexicon import Lexicon
from records.command.paths import ways
from records.command.repair import repaired
from records.command.row import MOST_WORDS, Row
from records.command.template import template
from records.kind import Changes, Context, Kind, Value
from records.problem import Problem
from records.vocabulary import Vocabulary

_READINGS = 8
"""How many ways through a message are compared."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: values if there are no problems, else as much as could be made out.

    `removed` names the fields taken away by `field -`. `corrected` is the message put right (the argument only, without the
    command), ready to copy; "" if nothing can be offered.
    """

    values: dict[str, Value]
    problems: tuple[Problem, ...] = ()
    corrected: str = ""
    removed: frozenset[str] = frozenset()

    @property
    def changes(self) -> Changes:
        """The values, and None for each field taken away."""
        return {**self.values, **dict.fromkeys(self.removed)}


def read(text: str, kind: Kind, words: Vocabulary, context: Context, *, editing: bool = False) -> Reading:
    """Reads what stands behind the command; never raises, whatever was typed.

    `field -` says that nothing is known of it; when `editing` that takes its value away.
    """
    row = Row(text, kind, lexicon(words, kind), context)
    if not row.tokens:
        return Reading({}, (Problem("", "nothing_said"),))
    if row.too_long:
        return Reading({}, (Problem("", "too_many_words", about={"most": MOST_WORDS}),))
    result = _plain(row, words)
    if result is not None and not result.problems and not (result.values or (editing and result.removed)):
        return Reading({}, (Problem("", "nothing_said"),))
    if result is not None and not result.problems:
        return _reading(result, editing=editing)
    if result is None:
        result = gather(row, repaired(row))
    problems = tuple(problem for problem, _ in result.problems)
    offer = corrected(row, result)
    if offer and not _reads(offer, row, words):
        offer = ""
    return _reading(result, problems, offer, editing=editing)


def _reading(result: Gathered, problems: tuple[Problem, ...] = (), offer: str = "", *, editing: bool) -> Reading:
    return Reading(result.values, problems, offer, frozenset(result.removed) if editing else frozenset())


def lexicon(words: Vocabulary, kind: Kind) -> Lexicon:
    """The vocabulary as that kind understands it; built once."""
    return words.kept(kind.name, kind, lambda: Lexicon.of_kind(words, kind))


def _reads(text: str, row: Row, words: Vocabulary) -> bool:
    again = Row(text, row.kind, row.lexicon, row.context)
    result = _plain(again, words) if again.tokens and not again.too_long else None
    return result is not None and not result.problems and bool(result.values)


def _plain(row: Row, words: Vocabulary) -> Gathered | None:
    """The best complete reading, perhaps with problems between its fields; None if some word is left over."""
    found = [(step.cost, gather(row, step.pieces())) for step in ways(row, partial(items, row), _READINGS)]
    if not found:
        return None
    cost, best = min(found, key=lambda one: (len(one[1].problems), one[0]))
    if not best.problems:
        same = [one for price, one in found if price == cost and not one.problems and one.plain != best.plain]
        if same:
            best.problems.append((_which(row, best, same[0], words), None))
    return best


def _which(row: Row, one: Gathered, other: Gathered, words: Vocabulary) -> Problem:
    """Two readings that nothing decides between: how to write each so that it is clear."""
    guesses = []
    for mine, theirs in ((one.values, other.values), (other.values, one.values)):
        differ = {name: value for name, value in mine.items() if theirs.get(name) != value}
        guesses.append(template(differ, row.kind, words, row.context).replace("\n", ", ").replace(": ", " "))
    return Problem("", "two_readings", row.typed(0, row.end), guesses=tuple(one for one in guesses if one))
