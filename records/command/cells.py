"""Cells of a table: what stands below a field's head is read by the readers of `field value` in a message, and by no others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from records.columns import option_of
from records.command.free import whole_line_place
from records.command.gathered import no_day, settled, speaks_of_coming
from records.command.item import Raw, Told
from records.command.reading import lexicon
from records.command.row import Row
from records.command.tokens import QUOTES
from records.command.values import Found, values
from records.command.wrong import count_problem, misfit
from records.days import NoDayError
from records.fold import fold, tidy
from records.kind import Choice, Code, Context, Count, Day, Field, Flag, Kind, Moment, Place, Text, Value
from records.problem import Problem
from records.vocabulary import Role, Vocabulary

LONGEST: Final = 200
"""Characters of a cell that is no text: what is longer is none of the things a field may hold."""
_NOTHING: Final = frozenset("-–—―−")
_DAY_AND_TIME: Final = re.compile(r"(?<=\d{4}-\d\d-\d\d)T(?=\d)")
_MIDNIGHT: Final = re.compile(r"(?<=\d)[ T]0?0:00(?::00(?:\.0+)?)?$")
_WHOLE: Final = re.compile(r"(?<=\d)[.,]0$")


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says: its value, as it was said, and whether that was marked as not exact."""

    value: Raw
    approx: bool = False


Read: TypeAlias = Said | Problem | None
"""What a cell says, what is wrong with it, or that it is empty."""


class Cells:
    """Reads the cells of one table. Each text is read once for a field: few differ in a table."""

    def __init__(self, kind: Kind, words: Vocabulary, context: Context) -> None:
        """Nothing is read yet."""
        self._kind, self._words, self._context = kind, words, context
        self._lexicon = lexicon(words, kind)
        self._known: dict[tuple[str, str], Read] = {}
        self._flag = next((one.name for one in kind.fields if isinstance(one.shape, Flag)), None)

    def line(self, cells: Mapping[str, str]) -> tuple[dict[str, Value], list[Problem]]:
        """What a line's cells say, by field, in the kind's order; and everything that is wrong with them."""
        found = {name: self.cell(self._kind.field(name), text) for name, text in cells.items()}
        problems = [one for one in found.values() if isinstance(one, Problem)]
        told = [Told(name, one.value) for name, one in found.items() if isinstance(one, Said)]
        if (
            self._flag
            and self._flag not in found
            and any(isinstance(one, Said) and one.approx for one in found.values())
        ):
            told.append(Told(self._flag, value=True))
        coming = speaks_of_coming(self._kind, told)
        said: dict[str, Value] = {}
        for one in told:
            try:
                said[one.field] = settled(one.value, self._context, coming=coming)
            except NoDayError as wrong:
                problems.append(no_day(one, wrong.code, tidy(cells[one.field])))
        return {name: said[name] for name in self._kind.by_name if name in said}, problems

    def cell(self, field: Field, text: str) -> Read:
        """What a cell of that field says."""
        key = (field.name, text)
        if key not in self._known:
            self._known[key] = self._read(field, " ".join(tidy(text).split()))
        return self._known[key]

    def _read(self, field: Field, text: str) -> Read:
        most = field.shape.most if isinstance(field.shape, Text) else LONGEST
        if not text or set(text) <= _NOTHING:
            return None
        if len(text) > most:
            return Problem(field.name, "too_long", text[:most], "text", about={"most": most, "length": len(text)})
        if isinstance(field.shape, Text):
            return Said(text)
        return self._flagged(field, text) if isinstance(field.shape, Flag) else self._worded(field, _typed(field, text))

    def _worded(self, field: Field, text: str) -> Read:
        """What the readers of a message make of the whole cell."""
        ways = (text, _whole(text)) if isinstance(field.shape, Code) else (text,)
        rows = [Row(one, self._kind, self._lexicon, self._context) for one in ways]
        row = next((one for one in rows if any(_fitting(one, field))), rows[0])
        found = min((one.cost for one in _fitting(row, field)), default=None)
        best = [one for one in _fitting(row, field) if one.cost == found]
        if not best:
            option = option_of(text, field, self._kind, self._words) if isinstance(field.shape, Choice) else None
            return Said(option) if option is not None else _wrong(row, field, text)
        meant = list(dict.fromkeys(str(one.value) for one in best))
        if len(meant) > 1:
            return Problem(field.name, "two_readings", text, guesses=self._named(field, meant))
        return Said(best[0].value, any(one.approx for one in best))

    def _named(self, field: Field, meant: Sequence[str]) -> tuple[str, ...]:
        """Several places of one name, each by what it is called."""
        if not isinstance(field.shape, Place):
            return ()
        return tuple(self._context.places.name(one, self._context.language) for one in meant)

    def _flagged(self, field: Field, text: str) -> Read:
        """A flag is there if its own word stands below its head."""
        senses = self._words.senses.get(tuple(fold(text).split()), ())
        if any(one.role is Role.FIELD and one.name == field.name for one in senses):
            return Said(value=True)
        return Problem(field.name, "not_a_flag", text)


def _typed(field: Field, text: str) -> str:
    """What people type for what programs write: a day at midnight is that day, 12.0 people are 12."""
    match field.shape:
        case Day():
            return _MIDNIGHT.sub("", text)
        case Moment():
            return _DAY_AND_TIME.sub(" ", text)
        case Count():
            return _WHOLE.sub("", text)
        case _:
            return text


def _whole(text: str) -> str:
    """The text in quotes that it doesn't hold itself, so that it is one value; as it is if it holds them all."""
    return next((f"{a}{text}{b}" for a, b in QUOTES if a not in text and b not in text), text)


def _fitting(row: Row, field: Field) -> Iterator[Found]:
    """The ways to read the whole cell; a word that says nothing may stand behind ("30 чел.")."""
    if not row.tokens:
        return
    if isinstance(field.shape, Place):
        yield from (Found(*line) for line in whole_line_place(row, 0))
    for one in values(row, field, 0):
        if row.end in {one.end, row.past(one.end, Role.FILLER)}:
            yield one


def _wrong(row: Row, field: Field, text: str) -> Problem:
    if not row.tokens:
        return Problem(field.name, "unknown_word", text)
    if isinstance(field.shape, Count):
        found = count_problem(row, field, field.shape, 0)
        return found or Problem(field.name, "not_a_number", text, "number")
    return misfit(row, field, 0, row.end)
