"""An entry taken back: out of every count, its history kept."""

from dataclasses import replace

from desk.acts import Done, Refused, Teller, told_of
from records.kind import Kind
from records.problem import Problem
from records.record import facts
from storage import entries, journal, teams
from storage.door import Tx


def withdraw(tx: Tx, kind: Kind, entry_id: int, reason: str, teller: Teller) -> Done:
    """Withdraws the entry for the reason; one that is withdrawn already stays as it is."""
    seq = teams.begin(tx, teller.team)
    before = entries.by_id(tx, teller.team, entry_id)
    if before is None:
        raise Refused([Problem("", "not_found")])
    if before.withdrawn is not None:
        return Done(before, before)
    after = replace(before, revision=before.revision + 1, withdrawn=teller.at)
    entries.update(tx, after, facts(kind, after.values), teller.at)
    journal.append(tx, seq, teller.at, "withdrawn", after, teller.who, reason=reason)
    told_of(tx, entry_id, "withdrawn", teller)
    return Done(after, before)
