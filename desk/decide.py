"""An answer to the question whether an entry is another one again: both are kept, or this one is taken back."""

from desk.acts import Done, Refused, Stale, Teller
from desk.withdraw import withdraw
from records.entry import Entry
from records.kind import Kind
from records.problem import Problem
from storage import doubts, journal, teams
from storage.door import Tx


def keep_both(tx: Tx, entry_id: int, other_id: int, revision: int, teller: Teller) -> Done:
    """Nobody asks about the two again. Stale if the question is no longer the one that was shown."""
    seq = teams.begin(tx, teller.team)
    entry, other = _open(tx, entry_id, other_id, revision, teller)
    doubts.keep(tx, teller.team, entry.id, other.id)
    told = {"entry": entry.ref, "other": other.ref}
    journal.note(tx, teller.team, seq, teller.at, "kept_both", who=teller.who, details=told)
    return Done(entry, entry)


def withdraw_this(tx: Tx, kind: Kind, entry_id: int, other_id: int, revision: int, reason: str, teller: Teller) -> Done:
    """Withdraws the later one for the reason. Stale if the question is no longer the one that was shown."""
    teams.begin(tx, teller.team)
    _open(tx, entry_id, other_id, revision, teller)
    return withdraw(tx, kind, entry_id, reason, teller)


def _open(tx: Tx, entry_id: int, other_id: int, revision: int, teller: Teller) -> tuple[Entry, Entry]:
    """The two entries, if the question about them is still open and the later one is as it was shown."""
    entry, others = doubts.asked(tx, teller.team, entry_id)
    if entry is None:
        raise Refused([Problem("", "not_found")])
    other = next((one for one in others if one.id == other_id), None)
    if other is None or entry.revision != revision:
        raise Stale(entry)
    return entry, other
