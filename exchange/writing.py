"""A table written into a file. Blocking: callers run it in a thread."""

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal, TypeAlias

import xlsxwriter

from exchange.shapes import Cell, Table
from exchange.signs import neutral, unmarked, writable

Form: TypeAlias = Literal["csv", "xlsx", "hxl", "json"]
"""The forms a table is written in; HXL is CSV with a second line of tags."""

ENDINGS: dict[Form, str] = {"csv": ".csv", "xlsx": ".xlsx", "hxl": ".csv", "json": ".json"}
"""How the name of such a file ends."""

MIME: dict[Form, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "hxl": "text/csv",
    "json": "application/json",
}
"""What such a file is called on the web."""

_QUOTED = re.compile(r'[,;\t|"\r\n]|\A\s|\s\Z')
"""Every delimiter a reader may try, so that none of them finds columns inside a cell."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST = 32_767
"""Characters that fit in a cell of a workbook."""
_DIGITS = 10**15
"""A workbook keeps numbers below this one to the last digit."""
_MOST_ROWS = 1_048_576
_WIDE = 40
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)


def written(table: Table, form: Form) -> bytes:
    """The file; the same table gives the same bytes, which tell nothing of the machine or the hour.

    Blocking, so it wants a thread. Raises OverflowError if a workbook can't hold that many rows.
    """
    return _FORMS[form](table)


def _csv(table: Table) -> bytes:
    return _lines(_rows([one.head for one in table.columns], table.rows))


def _hxl(table: Table) -> bytes:
    return _lines(_rows([one.head for one in table.columns], [[one.hxl for one in table.columns]], table.rows))


def _rows(head: Sequence[Cell], *parts: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield head
    for part in parts:
        yield from part


def _lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, commas, and line ends as RFC 4180 has them."""
    return "".join(("\ufeff", *(",".join(map(_quoted, row)) + "\r\n" for row in rows))).encode()


def _quoted(cell: Cell) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    text = neutral(writable(cell))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _json(table: Table) -> bytes:
    keys = [one.key for one in table.columns]
    objects = (
        dict(zip(keys, (writable(cell) if isinstance(cell, str) else cell for cell in row), strict=True))
        for row in table.rows
    )
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in objects)
    return f"[\n{lines}\n]\n".encode() if lines else b"[]\n"


def _xlsx(table: Table) -> bytes:
    file = BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,  # rows wait there, not in memory, until the workbook is put together
        xlsxwriter.Workbook(file, {**_OPTIONS, "tmpdir": folder}) as book,
    ):
        book.set_properties({"created": _NO_DAY})
        sheet = book.add_worksheet()
        _head(sheet, table, book.add_format({"bold": True}))
        for number, row in enumerate(table.rows, 1):
            if number >= _MOST_ROWS:
                raise OverflowError
            _row(sheet, number, row)
    return file.getvalue()


def _head(sheet: Any, table: Table, bold: Any) -> None:
    if table.rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for column, one in enumerate(table.columns):
        sheet.set_column(column, column, min(len(one.head) + 4, _WIDE))
        sheet.write_string(0, column, _text(one.head), bold)


def _row(sheet: Any, number: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(number, column, _text(cell))
        elif cell is not None and abs(cell) < _DIGITS:
            sheet.write_number(number, column, cell)
        elif cell is not None:
            sheet.write_string(number, column, str(cell))


def _text(text: str) -> str:
    """As a cell of text, which no spreadsheet runs: only what would be taken for marked when it is read gets the apostrophe."""
    text = writable(text)
    text = neutral(text) if unmarked(text) != text else text
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_FORMS: dict[Form, Callable[[Table], bytes]] = {"csv": _csv, "hxl": _hxl, "xlsx": _xlsx, "json": _json}
