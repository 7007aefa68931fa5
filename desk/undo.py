"""A person's own last change taken back, and the one before it the next time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from desk.acts import Done, Refused, Teller
from records.entry import Entry
from records.kind import Kind
from records.problem import Problem
from records.record import facts
from storage import doubts, entries, journal, teams
from storage.door import Tx

REACH: Final = timedelta(hours=24)
"""How far back a change may lie to be taken back."""


def last_change(tx: Tx, teller: Teller) -> journal.Line | None:
    """The person's own last change within a day that they have not taken back yet; None if there is none.

    A line with a `batch` stands for the whole import it was written with.
    """
    taken_back: set[int | None] = set()
    for line in journal.since(tx, teller.team, teller.at - REACH):
        if line.who != teller.who or line.act == "reread":
            continue
        if line.undoes is not None:
            taken_back.add(line.undoes)
        elif line.seq not in taken_back:
            return line
    return None


def undo(tx: Tx, kind: Kind, line: journal.Line, teller: Teller) -> Done:
    """Takes back that change of the person: a new entry is withdrawn, a revised one is again what it was before.

    Refused if somebody changed the entry since, or if the change is no longer their last one.
    """
    seq = teams.begin(tx, teller.team)
    last, before = last_change(tx, teller), entries.by_id(tx, teller.team, line.entry)
    if before is None or last is None or last.seq != line.seq:
        raise Refused([Problem("", "nothing_to_undo")])
    lines = standing(journal.history(tx, teller.team, line.entry))
    if lines[-1].seq != line.seq:
        raise Refused([Problem("", "changed_since", before.ref)])
    after = as_before(before, lines[:-1], teller)
    taken = entries.by_ref(tx, teller.team, after.ref)
    if taken is not None and taken.id != after.id:
        raise Refused([Problem("ref", "ref_taken", taken.ref)])
    entries.update(tx, after, facts(kind, after.values), teller.at)
    doubts.look_again(tx, kind, after, seq)
    journal.append(tx, seq, teller.at, "undone", after, teller.who, undoes=line.seq)
    return Done(after, before, "undone")


def standing(lines: Sequence[journal.Line]) -> list[journal.Line]:
    """The lines that changed the entry and that nobody took back; it is now as the last of them left it."""
    taken_back = {one.undoes for one in lines}
    return [one for one in lines if one.undoes is None and one.seq not in taken_back and one.act != "reread"]


def as_before(entry: Entry, lines: Sequence[journal.Line], teller: Teller) -> Entry:
    """The entry's next revision, as the last of the lines left it. What its message says stays: the message still says it."""
    earlier = lines[-1] if lines else None
    if earlier is None or earlier.values is None:
        return replace(entry, revision=entry.revision + 1, withdrawn=teller.at)
    return replace(
        entry,
        ref=earlier.ref,
        revision=entry.revision + 1,
        values=earlier.values,
        withdrawn=earlier.at if earlier.withdrawn else None,
    )
