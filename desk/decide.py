"""An answer to the question whether an entry is another one again: all are kept, or this one is taken back."""

from collections.abc import Sequence

from desk.acts import Done, Refused, Stale, Teller
from desk.withdraw import withdraw
from records.entry import Entry
from records.kind import Kind
from records.problem import Problem
from storage import doubts, journal, teams
from storage.door import Tx


def keep_all(tx: Tx, entry_id: int, others: Sequence[int], revision: int, teller: Teller) -> Done:
    """Nobody asks about the entry and the others again. Stale if the question is no longer the one that was shown."""
    seq = teams.begin(tx, teller.team)
    entry, kept = _open(tx, entry_id, others, revision, teller)
    doubts.keep(tx, teller.team, entry.id, others)
    told = {"entry": entry.ref, "others": " ".join(one.ref for one in kept)}
    journal.note(tx, teller.team, seq, teller.at, "kept_all", who=teller.who, details=told)
    return Done(entry, entry)


def withdraw_this(
    tx: Tx, kind: Kind, entry_id: int, others: Sequence[int], revision: int, reason: str, teller: Teller
) -> Done:
    """Withdraws the later one for the reason. Stale if the question is no longer the one that was shown."""
    teams.begin(tx, teller.team)
    _open(tx, entry_id, others, revision, teller)
    return withdraw(tx, kind, entry_id, reason, teller)


def _open(tx: Tx, entry_id: int, others: Sequence[int], revision: int, teller: Teller) -> tuple[Entry, Sequence[Entry]]:
    """The entry and the others, if the question about all of them is still open and the entry is as it was shown."""
    entry, asked = doubts.asked(tx, teller.team, entry_id)
    if entry is None:
        raise Refused([Problem("", "not_found")])
    known = [one for one in asked if one.id in others]
    if len(known) != len(others) or entry.revision != revision:
        raise Stale(entry)
    return entry, known
