"""A table as it comes out of a file or goes into one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Cell: TypeAlias = str | int | None
"""What stands in a cell that is written; None where nothing is known."""

Why: TypeAlias = Literal[
    "too_big",
    "too_many_rows",
    "too_many_columns",
    "long_cell",
    "quotes",
    "formulas",
    "bomb",
    "macros",
    "locked",
    "old_format",
    "not_a_table",
    "broken",
    "empty",
]
"""Why a file isn't read: `file.<why>` of the catalogue says it.

`bomb` is a file that takes more memory or time to read than a table should, `quotes` one with a quotation mark that is
never closed, `formulas` a workbook whose formulas were never worked out, `locked` one with a password, `not_a_table`
anything else that people send.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its number there, as a spreadsheet counts them, and its cells as text, "" for an empty one.

    A day is "2019-05-31", a time "08:30", a whole number has no point.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: the head of each column, and below it the lines that aren't empty, each as wide as the head.

    A cell to the right of the last head stands in a column whose head is "". `above` are the lines over the head: a
    title. `name` is the worksheet's, "" where there is none.
    """

    head: tuple[str, ...]
    lines: tuple[Line, ...]
    above: tuple[Line, ...] = ()
    name: str = ""


class Unreadable(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """The file isn't read, for that reason; `most` is the limit it broke and `row` where, None where there is none."""

    def __init__(self, why: Why, most: int | None = None, row: int | None = None) -> None:
        super().__init__(why)
        self.why: Why = why
        self.most = most
        self.row = row


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is written: what stands above it, its HXL tag ("" for none), and its key in JSON."""

    key: str
    head: str
    hxl: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What is written into a file; the rows are gone through once. `rtl` lays a workbook out from right to left."""

    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    rtl: bool = False
