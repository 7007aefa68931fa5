"""Two people changing one field: what an edited message would overwrite of somebody else's correction."""

from collections.abc import Collection, Sequence

from records.entry import Entry
from records.kind import Changes, Count, Kind, Value, Values
from storage.journal import Line


def contested(lines: Sequence[Line], entry: Entry, changes: Changes, who: int) -> tuple[str, ...]:
    """Those of the changes that meet another value which somebody else gave since the message was last read.

    `lines` are the entry's history.
    """
    now = {"ref": entry.ref, **entry.values}
    return tuple(
        name
        for name, value in changes.items()
        if now.get(name) not in {entry.said.get(name), value} and _giver(lines, name) != who
    )


def mine(kind: Kind, said: Values, fields: Collection[str]) -> Changes:
    """The changes by which those fields say what the message says; the counts beside a status are what came."""
    changes: dict[str, Value | None] = {name: said.get(name) for name in fields}
    return {**counts(kind, said), **changes} if "status" in changes else changes


def counts(kind: Kind, said: Values) -> Values:
    """What was said of numbers."""
    return {
        name: value
        for name, value in said.items()
        if name in kind.by_name and isinstance(kind.field(name).shape, Count)
    }


def _giver(lines: Sequence[Line], field: str) -> int:
    """Who gave the field the value it has."""
    giver, last = 0, None
    for line in lines:
        value = {"ref": line.ref, **(line.values or {})}.get(field)
        if value != last or not giver:
            giver, last = line.who, value
    return giver
