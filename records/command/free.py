"""Free text and places nobody knows yet: how far they go, and what they must not swallow."""

from collections.abc import Iterator
from typing import TypeAlias

from records.command.calendar import clock_at, day_at
from records.command.figures import figures
from records.command.guesses import alike
from records.command.item import FREE_WORD
from records.command.row import Row, once
from records.command.tokens import Gap
from records.kind import Count, Text
from records.places import UNKNOWN
from records.vocabulary import Role

MOST_WORDS = 7
MOST_PLACE = 80
"""Characters of a place's name."""
_SHORT = 4

Stretch: TypeAlias = tuple[int, str, int]
"""Where it ends, its text, what it costs."""


def free_text(row: Row, shape: Text, at: int, *, line: bool) -> Iterator[Stretch]:
    """Text of a field: a tail, a quoted piece, some words; the whole line if `line` and its field's word begins it."""
    token = row.tokens[at]
    if token.tail or token.quoted:
        if len(token.text) <= shape.most and token.text != "-":
            yield at + 1, token.text, 0
        return
    if line and token.linked:
        end = row.line_end(at)
        text = row.line(at, end)
        if len(text) <= shape.most:
            yield end, text, FREE_WORD * (end - at) + 1
    free = free_until(row, at)
    for end in _ends(row, at):
        if end > free:
            return
        text = row.typed(at, end)
        if len(text) <= shape.most and not _nothing(row, at, end):
            yield end, text, FREE_WORD * (end - at)


def _nothing(row: Row, at: int, end: int) -> bool:
    """Whether those words are no text of their own: "plane with 95 people", "plane from Syria"."""
    if row.linked(at):
        return False
    filler = row.match(at, Role.FILLER) or row.match(at, Role.PREPOSITION)
    if len(row.typed(at, end)) == 1 or (filler is not None and filler.end == end):
        return True
    leads = row.match(at, Role.OPENER)
    return leads is not None and row.near(leads.end) and row.place(leads.end, loose=False) is not None


def unknown_place(row: Row, at: int, known: tuple[str, int] | None, *, opened: bool) -> Iterator[Stretch]:
    """A place nobody knows yet, marked; one that begins with a known place must end in what makes it another ("Aktau school").

    Behind a mere preposition (not `opened`) small letters are a place only if they say so: "in good health" is none. Where a
    script has none, the first word has to: "مدرسة الأمل".
    """
    if at >= row.end or row.tokens[at].tail:
        return
    token = row.tokens[at]
    if token.quoted:
        yield from _quoted(row, at, known)
        return
    capital, small = token.text[0].isupper(), token.text[0].islower()
    noun_first = not capital and not small and named(row, at)
    if not token.text[0].isalpha() or (row.matches[at] and not (capital or noun_first) and known is None):
        return
    free = min(free_until(row, at), one_place_until(row, at))
    for end in _ends(row, at):
        if end > free:
            return
        if known is not None and not _another(row, known[1], end):
            continue
        says_so = named(row, end - 1) if small else noun_first and end > at + 1
        if not (opened or capital or says_so):
            continue
        text = row.name(at, end)
        if len(text) <= MOST_PLACE:
            yield end, UNKNOWN + text, FREE_WORD * (end - at)


def _quoted(row: Row, at: int, known: tuple[str, int] | None) -> Iterator[Stretch]:
    """A name in quotes, and with the noun behind it that belongs to it: "«Шапағат» орталығы"."""
    text = row.tokens[at].text
    if known is None and len(text) <= MOST_PLACE:
        yield at + 1, UNKNOWN + text, 0
    noun = row.match(at + 1, Role.NOUN) if row.near(at + 1) else None
    if noun is not None:
        whole = f"{text} {row.name(at + 1, noun.end)}"
        keys = row.context.places.find_every(whole)
        yield from ((noun.end, key, 0) for key in keys)
        if not keys and len(whole) <= MOST_PLACE:
            yield noun.end, UNKNOWN + whole, FREE_WORD


def whole_line_place(row: Row, at: int) -> Iterator[Stretch]:
    """The place a line `field: …` names, whatever stands in it."""
    end = row.line_end(at)
    text = row.line(at, end)
    keys = row.context.places.find_every(text)
    yield from ((end, key, 0) for key in keys)
    if (
        not keys
        and len(text) <= MOST_PLACE
        and any(map(str.isalpha, text))
        and not any(_leads(row, one) for one in range(at + 1, end - 1))
    ):
        yield end, UNKNOWN + text, FREE_WORD * (end - at) + 1


def _ends(row: Row, at: int) -> Iterator[int]:
    end = at + 1
    while end - at <= MOST_WORDS:
        yield end
        if not row.near(end) or row.tokens[end].quoted:
            return
        end += 1


@once
def free_until(row: Row, start: int) -> int:
    """Where free text that begins at a word has to end: no day, no time and no count, perhaps misspelt, is ever hidden in it.

    The first word is the text's own ("Boeing 737"), and so is a word that stands behind the last number. Words further than free
    text goes are not looked at.
    """
    most = min(start + MOST_WORDS, row.end)
    for at in range(start + 1, most):
        if _tells(row, at):
            return at
        if at - 1 > start and _figure(row, at) and _counted(row, at - 1):
            return at
        if at - 1 > start and _figure(row, at - 1) and _counted(row, at):
            return at
    return most


@once
def _tells(row: Row, at: int) -> bool:
    """Whether a day, a time or a count stands there."""
    return bool(day_at(row, at) or clock_at(row, at) or _counts(row, at))


@once
def _figure(row: Row, at: int) -> bool:
    return next(figures(row, at), None) is not None


@once
def _counted(row: Row, at: int) -> bool:
    """Whether a word may be what a figure beside it counts."""
    return bool(row.match(at, Role.FIELD)) or alike(row.tokens[at].folded, row.lexicon)


def _counts(row: Row, at: int) -> bool:
    """Whether a word counts people or the like and has a figure on either side, be it beyond the text ("… children 12")."""
    if row.match(at, Role.AMOUNT):
        return True
    match = row.match(at, Role.FIELD)
    if match is None or not any(isinstance(row.kind.field(one.name).shape, Count) for one in match.of(Role.FIELD)):
        return False
    return any(one.isdecimal() for one in row.tokens[at - 1].text) or (
        row.near(match.end) and next(figures(row, match.end), None) is not None
    )


def _another(row: Row, known: int, end: int) -> bool:
    """Whether the words behind a known place make it another: the last one does, and none leads elsewhere ("taken to hospital")."""
    return known < end and named(row, end - 1) and not any(row.match(at, Role.OPENER) for at in range(known, end))


def named(row: Row, at: int) -> bool:
    """Whether a word makes a name of those before it ("Sunrise centre")."""
    return row.match(at, Role.NOUN) is not None


@once
def one_place_until(row: Row, start: int) -> int:
    """Where the name of a place that begins at a word has to end, as far as one may go: "Foo too Aktau" is two of them."""
    most = min(start + MOST_WORDS, row.end)
    return next((at + 1 for at in range(start + 1, most - 1) if _leads(row, at)), most)


@once
def _leads(row: Row, at: int) -> bool:
    """Whether a short word much like a preposition stands there, before a place that is known."""
    word = row.tokens[at].folded
    if len(word) > _SHORT or row.gap(at + 1) > Gap.SPACE:
        return False
    if row.place(row.past(at + 1, Role.FILLER), loose=False) is None:
        return False
    return bool(row.match(at, Role.OPENER)) or alike(word, row.lexicon, Role.OPENER)
