"""The rows of a workbook as text. Runs in the process that `reading` starts, where calamine may take what it takes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TypeAlias

from python_calamine import CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from exchange.limits import Limits
from exchange.shapes import Unreadable

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta
_EXACT = 10**15
_SOME_DAY = date(2000, 1, 1)
_HALF = timedelta(milliseconds=500)


def rows(file: BytesIO, limits: Limits) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """The name and the rows, by number, of the first worksheet in sight that holds something.

    What rows and columns are hidden is not asked, a filter hides them too; of merged cells the first holds the text.
    """
    book = load_workbook(file)
    for index, one in enumerate(book.sheets_metadata):
        if one.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
            raise Unreadable("macros")
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_index(index)
            if sheet.width > limits.columns:
                raise Unreadable("too_many_columns", limits.columns)
            if any(cell.strip() for _, cells in _rows(sheet) for cell in cells):
                return one.name, _rows(sheet)
    raise Unreadable("empty")


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [shown(value) for value in row]


def shown(value: Value) -> str:
    """The text of a cell: days and times as ISO 8601 has them, numbers with the 15 digits a spreadsheet keeps."""
    match value:
        case str():
            return value
        case bool():
            return str(value).upper()
        case int() | float():
            return str(int(value)) if abs(value) < _EXACT and value == int(value) else format(value, ".15g")
        case _:
            return _moment(value)


def _moment(value: time | date | datetime | timedelta) -> str:
    """Rounded to the second, since a spreadsheet counts in fractions of a day; a midnight is the day itself."""
    match value:
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{'-' * (minutes < 0)}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
        case time():
            return _clock(datetime.combine(_SOME_DAY, value) + _HALF)
        case datetime():
            whole = value + _HALF
            day = whole.date().isoformat()
            return day if whole.replace(microsecond=0).time() == time() else f"{day}T{_clock(whole)}"
        case _:
            return value.isoformat()


def _clock(whole: datetime) -> str:
    return whole.time().isoformat("seconds" if whole.second else "minutes")
