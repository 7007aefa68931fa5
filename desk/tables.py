"""A file's rows as lines that were read, checked for personal data first: what tells of one person ends here, but for its rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Final

from exchange import shapes
from exchange.shapes import Sheet
from protection.personal import stops
from records.command.cells import Cells
from records.kind import Context, Kind
from records.problem import Problem
from records.sheet import Heading, Line, cells_of, heading, read_line
from records.vocabulary import Vocabulary

CHUNK: Final = 250
"""Rows read in one go: between two of them everybody else has a turn."""


@dataclass(frozen=True, slots=True)
class Headed:
    """The columns of a file, and the rules that its heads break, each with the column's letters: of such heads no word is told."""

    heading: Heading
    broken: tuple[tuple[str, str], ...] = ()


class Reader:
    """Reads the rows of one file."""

    def __init__(self, kind: Kind, words: Vocabulary, context: Context) -> None:
        """Nothing is read yet."""
        self._kind, self._words = kind, words
        self._cells = Cells(kind, words, context)
        self._stops: dict[str, tuple[str, ...]] = {}

    def headed(self, sheet: Sheet) -> Headed:
        """What the columns are."""
        first = sheet.lines[0].cells if sheet.lines else ()
        broken = [(letters(at), rule) for at, text in enumerate(sheet.head) for rule in self._broken(text)]
        if broken:
            return Headed(Heading(()), tuple(broken))
        found = heading(sheet.head, first, self._kind, self._words)
        return Headed(replace(found, problems=(*found.problems, *_headless(sheet, found))))

    def lines(self, heading: Heading, rows: Sequence[shapes.Line]) -> list[Line]:
        """What some of the rows say."""
        return [self._line(heading, one) for one in rows]

    def _line(self, heading: Heading, row: shapes.Line) -> Line:
        cells = cells_of(heading, row.cells)
        broken = [(name, rule) for name, text in cells.items() for rule in self._broken(text)]
        if broken:
            return Line(row.number, {}, broken=tuple(broken))
        return read_line(row.number, cells, self._cells)

    def _broken(self, text: str) -> tuple[str, ...]:
        """The rules a cell breaks; few differ in a table, and looking costs."""
        if text not in self._stops:
            self._stops[text] = stops(text) if text.strip() else ()
        return self._stops[text]


def letters(at: int) -> str:
    """What spreadsheets call a column: A, B … Z, AA."""
    before, last = divmod(at, len(ascii_uppercase))
    return (letters(before - 1) if before else "") + ascii_uppercase[last]


def _headless(sheet: Sheet, found: Heading) -> list[Problem]:
    """Columns in which something stands below no head: nothing that somebody filled in is dropped."""
    bare = [at for at, text in enumerate(sheet.head) if not text.strip() and not found.fields[at]]
    filled = [at for at in bare if any(one.cells[at].strip() for one in sheet.lines[found.tags :])]
    return [Problem("", "headless_column", letters(at)) for at in filled]
