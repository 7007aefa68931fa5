"""What a stretch of a message was read as."""

from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import TypeAlias

from records.command.calendar import MomentSaid
from records.days import Said
from records.kind import Value
from records.problem import Problem

Fix: TypeAlias = tuple[int, int, str]
"""Words from, up to (not including), and what to write instead; "" drops them."""
Raw: TypeAlias = Value | Said | MomentSaid
"""A value, a day or a moment still as it was said."""


class Order(IntEnum):
    """Whether a count stood after its word or before it; a message keeps to one, or at least each of its clauses does."""

    EITHER = 0
    WORD_FIRST = 1
    NUMBER_FIRST = 2


class How(Enum):
    """How surely something was said."""

    NAMED = auto()
    BARE = auto()
    """Without its field's word."""
    IMPLIED = auto()
    """A status that came with a time or a place ("departed 06:15"): a later one outweighs it."""
    VAGUE = auto()
    """By a word that may mean something else ("country")."""
    REMOVED = auto()
    """`field -`: the value is taken away."""


@dataclass(frozen=True, slots=True)
class Told:
    """One field's value as told at one place of the message."""

    field: str
    value: Raw
    how: How = How.NAMED
    start: int = -1
    """The word its value begins with; -1 for the piece's first."""


@dataclass(frozen=True, slots=True)
class Item:
    """The words from `start` up to, not including, `end`, and what they say; `cost` weighs one reading against another.

    Of an item that is wrong, `fixes` is what to write in its stead: words from, to, and the text; None leaves nothing to be
    offered.
    """

    start: int
    end: int
    cost: int
    told: tuple[Told, ...] = ()
    order: Order = Order.EITHER
    turns: bool = False
    """What follows may keep to another order ("of which")."""
    problems: tuple[Problem, ...] = ()
    fixes: tuple["Fix", ...] | None = ()

    def dearer(self, by: int) -> "Item":
        """The same at a higher cost; by hand, since `replace` takes thrice as long and this is done most of all."""
        more = self.cost + by
        return Item(self.start, self.end, more, self.told, self.order, self.turns, self.problems, self.fixes)


ITEM = 10
"""What one well-formed piece costs."""
FILLING = 6
FREE_WORD = 12
"""A word of free text, or of an unknown place: more than half a well-formed piece, so that those win."""
SKIPPED = 1
SHORTER = 15
"""A phrase though a longer one begins there."""
TURN = 8
"""Changing the order of counts between two clauses."""
GUESSED = 450
WRONG = 500
LEFT_OVER = 1_000
"""No complete reading costs as much."""
