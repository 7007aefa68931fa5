"""What `/find` looks for: words, and places by any of their names."""

from records.fold import fold, tidy
from records.kind import Context
from records.problem import Problem
from records.question import Sought, Term

MOST_TERMS = 8
"""More would only make a search that finds nothing dearer."""


def read_sought(text: str, context: Context, *, page: int = 1) -> Sought | tuple[Problem, ...]:
    """The terms of a search, or what is wrong with it; a place's name is one term, however many words it has."""
    words = tidy(text).split()
    terms: list[Term] = []
    at = 0
    while at < len(words):
        place = None if any(map(str.isdecimal, words[at])) else context.places.find_longest(words, at, loose=True)
        end = at + place[1] if place else at + 1
        typed = " ".join(words[at:end])
        if folded := fold(typed):
            terms.append(Term(typed, folded, place[0] if place else None))
        at = end
    if not terms:
        return (Problem("", "nothing_sought"),)
    if len(terms) > MOST_TERMS:
        return (Problem("", "too_many_words", about={"most": MOST_TERMS}),)
    return Sought(tuple(dict.fromkeys(terms)), page)
