"""Makes the most of a message that doesn't read: what was meant, what is wrong with it, and what nobody understands."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from records.command import item
from records.command.item import Fix, Item, Order
from records.command.items import items
from records.command.meant import meant
from records.command.paths import ways
from records.command.row import Row
from records.command.wrong import left_over, wrong_values
from records.problem import Problem


def repaired(row: Row) -> list[Item]:
    """The likeliest way through the message, its wrong pieces with their problems."""
    mixed = _mixed(row)
    if mixed:
        return mixed
    guessed = meant(row)

    def pieces(at: int) -> Iterable[Item]:
        yield from items(row, at)
        yield from guessed.pieces(at)
        yield from wrong_values(row, at)
        yield left_over(row, at, guessed.words.get(at, ()))

    found = ways(row, pieces, 1)
    return list(_merged(row, _tidied(row, [guessed.explained(row, one) for one in found[0].pieces()])))


def _mixed(row: Row) -> list[Item]:
    """A message whose only fault is that counts stand before their words here and behind them there."""
    found = ways(row, lambda at: items(row, at), 1, mixed=True)
    if not found:
        return []
    pieces = found[0].pieces()
    fixes: list[Fix] = []
    order = Order.EITHER
    for before, one in pairwise(pieces):
        order = before.order or order
        if one.order is not Order.EITHER and order not in (Order.EITHER, one.order) and row.near(one.start):
            fixes.append((before.start, before.end, row.typed(before.start, before.end) + ","))
    problem = Problem("", "mixed_order", row.typed(0, row.end))
    return [replace(pieces[0], problems=(problem,), fixes=tuple(fixes)), *pieces[1:]]


def _tidied(row: Row, pieces: Iterable[Item]) -> Iterator[Item]:
    """Filling that followed a word now left out goes with it."""
    gone = False
    for one in pieces:
        filling = not one.told and not one.problems and one.cost == item.FILLING
        if gone and filling and row.near(one.start):
            yield replace(one, fixes=((one.start, one.end, ""),))
            continue
        gone = any(problem.code == "unknown_word" for problem in one.problems) and not one.told
        yield one


def _merged(row: Row, pieces: Iterable[Item]) -> Iterator[Item]:
    """Neighbouring words that nobody understands, and nothing is like, are one problem."""
    run: Item | None = None
    for one in pieces:
        plain = len(one.problems) == 1 and one.problems[0].code == "unknown_word" and not one.problems[0].guesses
        if plain and run is not None and run.end == one.start:
            problem = Problem("", "unknown_word", row.typed(run.start, one.end))
            run = replace(run, end=one.end, problems=(problem,), fixes=((run.start, one.end, ""),))
            continue
        if run is not None:
            yield run
        run = one if plain else None
        if run is None:
            yield one
    if run is not None:
        yield run
