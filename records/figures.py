"""Figures that other sources give of the same people: kept with a record beside its own, and never counted."""

import json
from typing import Final

from records.kind import Value, Values
from records.people import HEADS, SUBSETS

KEPT: Final = "figures"
"""The value that holds them; it is no field of any kind, so nothing sums it up or lets it be typed."""
COUNTS: Final = (*HEADS, *SUBSETS)
"""What another source may give a figure of."""


def figures(values: Values) -> dict[str, Values]:
    """What each other source says, by its name: counts, and whether they are approximate."""
    found: dict[str, Values] = json.loads(str(values.get(KEPT, "{}")))
    return found


def with_figure(values: Values, source: str, said: Values) -> Values:
    """The values with what that source says now, in place of what it said before."""
    return {**values, KEPT: json.dumps({**figures(values), source: dict(said)}, ensure_ascii=False)}


def without_figure(values: Values, source: str) -> Values:
    """The values without what that source says."""
    left = {name: said for name, said in figures(values).items() if name != source}
    rest = {name: value for name, value in values.items() if name != KEPT}
    return {**rest, KEPT: json.dumps(left, ensure_ascii=False)} if left else rest


def counted(said: Values) -> dict[str, Value]:
    """What of it is a figure."""
    return {name: value for name, value in said.items() if name in (*COUNTS, "approx")}
