"""A withdrawn entry brought back: it counts again exactly as before."""

from dataclasses import replace

from desk.acts import Done, Refused, Teller, told_of
from records.kind import Kind
from records.problem import Problem
from records.record import facts
from storage import doubts, entries, journal, teams
from storage.door import Tx


def restore(tx: Tx, kind: Kind, entry_id: int, teller: Teller) -> Done:
    """Brings the entry back; one that is not withdrawn stays as it is."""
    seq = teams.begin(tx, teller.team)
    before = entries.by_id(tx, teller.team, entry_id)
    if before is None:
        raise Refused([Problem("", "not_found")])
    if before.withdrawn is None:
        return Done(before, before)
    if before.emptied:
        raise Refused([Problem("", "is_emptied", before.ref)])
    after = replace(before, revision=before.revision + 1, withdrawn=None)
    entries.update(tx, after, facts(kind, after.values), teller.at)
    doubts.look_again(tx, kind, after, seq)
    journal.append(tx, seq, teller.at, "restored", after, teller.who)
    told_of(tx, entry_id, "restored", teller)
    return Done(after, before, "restored")
