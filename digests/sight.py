"""What a digest's readers get to see: its filter, and the fields that are told in private chats only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from records.entry import State
from records.filters import conditions, grouped
from records.kind import Kind
from records.places import NO_NAMES
from records.question import Counted, Totals
from records.sites import meant

Shown: TypeAlias = Callable[[State], bool]
KIND = "kind"


def shown_by(filter_: str, names: Mapping[str, str] = NO_NAMES) -> Shown:
    """Whether a state is told to readers with that filter: it isn't withdrawn and matches as `/stats` would count it.

    `names` are what the team calls places, and their keys.
    """
    wanted = grouped((name, meant(value, names)) for name, value in conditions(filter_))
    kinds = wanted.pop(KIND, None)

    def shown(state: State) -> bool:
        if state.withdrawn or (kinds is not None and state.kind not in kinds):
            return False
        return all(meant(str(state.values.get(name, "")), names) in values for name, values in wanted.items())

    return shown


class Eyes:
    """Takes out of states and sums what only private chats are told, unless `restricted` is to be seen."""

    def __init__(self, kinds: Sequence[Kind], *, restricted: bool) -> None:
        """`kinds` name the fields."""
        self.restricted = restricted
        self._hidden: Mapping[str, frozenset[str]] = {
            kind.name: frozenset(field.name for field in kind.fields if field.restricted and not restricted)
            for kind in kinds
        }

    def state(self, state: State) -> State:
        """The state as these eyes see it."""
        hidden = self._hidden[state.kind]
        if hidden.isdisjoint(state.values):
            return state
        return replace(state, values={name: value for name, value in state.values.items() if name not in hidden})

    def counted(self, counted: Counted) -> Counted:
        """The sums as these eyes see them."""
        hidden = self._hidden[counted.question.kind]
        groups = tuple((key, self._totals(totals, hidden)) for key, totals in counted.groups)
        return replace(counted, total=self._totals(counted.total, hidden), groups=groups)

    @staticmethod
    def _totals(totals: Totals, hidden: frozenset[str]) -> Totals:
        return replace(totals, cells={name: number for name, number in totals.cells.items() if name not in hidden})
