"""Ways through a message: pieces laid end to end over all of its words, the likeliest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from records.command import item
from records.command.item import Item, Order
from records.command.row import Row
from records.command.tokens import Gap


@dataclass(frozen=True, slots=True)
class Step:
    """A way up to some word: its last piece and the way before that."""

    cost: int
    order: Order
    free: bool
    """The next count may keep to another order."""
    last: Item | None = None
    before: "Step | None" = None

    def pieces(self) -> list[Item]:
        """The pieces from the first to the last."""
        found: list[Item] = []
        step: Step | None = self
        while step is not None and step.last is not None:
            found.append(step.last)
            step = step.before
        return found[::-1]


def ways(row: Row, pieces: Callable[[int], Iterable[Item]], most: int, *, mixed: bool = False) -> list[Step]:
    """Up to `most` complete ways, the cheapest first; none if some word belongs to no piece.

    `mixed` lets the order of counts change anywhere.
    """
    table: list[dict[tuple[Order, bool], list[Step]]] = [{} for _ in range(row.end + 1)]
    table[0][Order.EITHER, True] = [Step(0, Order.EITHER, free=True)]
    for at in range(row.end):
        if not table[at]:
            continue
        reached = [step for steps in table[at].values() for step in steps]
        opens = mixed or row.gap(at) >= Gap.LINK
        for piece in pieces(at):
            for step in reached:
                _reach(table[piece.end], step, piece, opens=opens, most=most)
    return _cheapest((step for steps in table[row.end].values() for step in steps), most)


def _reach(cell: dict[tuple[Order, bool], list[Step]], step: Step, piece: Item, *, opens: bool, most: int) -> None:
    order, cost = step.order, step.cost + piece.cost
    free = step.free or opens or piece.turns
    if piece.order is not Order.EITHER:
        if order not in (Order.EITHER, piece.order):
            if not free:
                return
            cost += item.TURN
        order, free = piece.order, False
    steps = cell.setdefault((order, free), [])
    if len(steps) < most or cost < steps[-1].cost:
        steps.append(Step(cost, order, free, piece, step))
        steps.sort(key=lambda one: one.cost)
        del steps[most:]


def _cheapest(steps: Iterable[Step], most: int) -> list[Step]:
    found: Sequence[Step] = sorted(steps, key=lambda one: one.cost)
    return list(found[:most])
