"""Tables for a narrow screen: monospaced, at most 34 characters wide."""

from collections.abc import Sequence

from render import html
from render.html import Html

WIDEST = 34
NARROWEST_NAME = 8
FEWEST = 2
"""Columns that are always shown."""
GAP = " "


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    """The first column names to the left, the others numbers to the right; names give way where there is no room.

    Where even that is too wide, the last columns are left out. A row of one cell is a heading. Cells are plain text.
    """
    shown = len(header)
    while shown > FEWEST and _numbers_width(header, rows, shown) > WIDEST - NARROWEST_NAME:
        shown -= 1
    widths = [max(len(row[at]) for row in (header, *rows) if at < len(row)) for at in range(1, shown)]
    room = WIDEST - sum(widths) - len(widths) * len(GAP)
    name = min(room, max(len(row[0]) for row in (header, *rows) if len(row) > 1))
    return html.pre("\n".join(_row(row[:shown], name, widths) for row in (header, *rows)))


def _numbers_width(header: Sequence[str], rows: Sequence[Sequence[str]], shown: int) -> int:
    return sum(max(len(row[at]) for row in (header, *rows) if at < len(row)) + len(GAP) for at in range(1, shown))


def _row(row: Sequence[str], name: int, widths: Sequence[int]) -> str:
    if len(row) == 1:
        return html.clip(row[0], WIDEST)
    numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths, strict=False))
    return GAP.join((html.clip(row[0], name).ljust(name), *numbers)).rstrip()
