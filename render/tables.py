"""Tables for a narrow screen: monospaced, at most 34 characters wide."""

from collections.abc import Sequence

from render import html
from render.catalogue import RIGHT_TO_LEFT
from render.html import Html

WIDEST = 34
NARROWEST_NAME = 8
FEWEST = 2
"""Columns that are always shown."""
GAP = " "


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, rtl: bool = False) -> Html:
    """The first column names to the left, the others numbers to the right; names give way where there is no room.

    Where even that is too wide, the last columns are left out. A row of one cell is a heading. Cells are plain text. For
    readers of a right-to-left language (`rtl`) the columns run that way, each cell in its own direction.
    """
    header, rows = _bare(header), [_bare(row) for row in rows]
    shown = len(header)
    while shown > FEWEST and _numbers_width(header, rows, shown) > WIDEST - NARROWEST_NAME:
        shown -= 1
    widths = [max(len(row[at]) for row in (header, *rows) if at < len(row)) for at in range(1, shown)]
    room = WIDEST - sum(widths) - len(widths) * len(GAP)
    name = min(room, max(len(row[0]) for row in (header, *rows) if len(row) > 1))
    lines = (_row(row[:shown], name, widths) for row in (header, *rows))
    return html.pre(
        html.lines(*(_turned(line) for line in lines) if rtl else (GAP.join(line).rstrip() for line in lines))
    )


def _bare(row: Sequence[str]) -> Sequence[str]:
    """The cells without direction marks, which take no room; a line that is turned brings its own."""
    return [html.plain(html.escape(cell)).replace(RIGHT_TO_LEFT, "") for cell in row]


def _numbers_width(header: Sequence[str], rows: Sequence[Sequence[str]], shown: int) -> int:
    return sum(max(len(row[at]) for row in (header, *rows) if at < len(row)) + len(GAP) for at in range(1, shown))


def _row(row: Sequence[str], name: int, widths: Sequence[int]) -> Sequence[str]:
    """The cells of a line, each as wide as its column."""
    if len(row) == 1:
        return (html.clip(row[0], WIDEST),)
    numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths, strict=False))
    return (html.clip(row[0], name).ljust(name), *numbers)


def _turned(cells: Sequence[str]) -> Html:
    """A line that runs from right to left."""
    return Html(RIGHT_TO_LEFT + html.join(GAP, (html.isolated(one, rtl=True) for one in cells)))
