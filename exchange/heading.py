"""Finds the head of a table among its rows. Runs in the process that `reading` starts."""

from collections.abc import Iterable

from exchange.limits import Limits
from exchange.shapes import Line, Sheet, Unreadable
from exchange.signs import unmarked

_HIGHEST = 10
"""Lines that a title may take."""


def sheet(name: str, rows: Iterable[tuple[int, list[str]]], limits: Limits) -> Sheet:
    """The sheet: its head is the first line with two cells among the first ten, or the first line if each of them has one."""
    found = _lines(rows, limits)
    if not found:
        raise Unreadable("empty")
    top = next(
        (place for place, line in enumerate(found[:_HIGHEST]) if sum(map(bool, map(str.strip, line.cells))) > 1), 0
    )
    above, below = found[:top], found[top + 1 :]
    if len(below) > limits.rows:
        raise Unreadable("too_many_rows", limits.rows)
    width = max(len(line.cells) for line in found[top:])
    head = tuple(cell.strip() for cell in _wide(found[top].cells, width))
    return Sheet(head, tuple(Line(line.number, _wide(line.cells, width)) for line in below), tuple(above), name)


def _lines(rows: Iterable[tuple[int, list[str]]], limits: Limits) -> list[Line]:
    """The lines that aren't empty, each up to its last cell that isn't."""
    lines: list[Line] = []
    for number, row in rows:
        width = next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
        if width > limits.columns:
            raise Unreadable("too_many_columns", limits.columns, number)
        if any(len(cell) > limits.cell for cell in row[:width]):
            raise Unreadable("long_cell", limits.cell, number)
        if width:
            lines.append(Line(number, tuple(map(unmarked, row[:width]))))
        if len(lines) > limits.rows + _HIGHEST:
            raise Unreadable("too_many_rows", limits.rows)
    return lines


def _wide(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
