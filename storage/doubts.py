"""Pairs of entries that may be one thing told twice, until somebody says that they aren't."""

from datetime import date, timedelta

from records.entry import Entry, State
from records.kind import Kind
from records.question import Question
from records.same import alike
from storage.changes import standing
from storage.conditions import FILTERS, between, matching
from storage.entries import by_id, read
from storage.transaction import Tx

# Entries of some days that a new one may be again.
NEAR = """
SELECT * FROM entries
WHERE team = :team AND kind = :kind AND id <> :id AND withdrawn IS NULL AND day >= :since AND day <= :until
"""

# However many sessions of a kind a site holds on a day, a post costs no more.
LATEST = " ORDER BY id DESC LIMIT :most"
MOST = 20

# A pair to be asked about, unless it was already.
ASK = """
INSERT INTO doubts (team, entry, other, state) VALUES (:team, :entry, :other, 'asked')
ON CONFLICT (team, entry, other) DO NOTHING
"""

# What was still open about an entry that says something else now.
DROP = "DELETE FROM doubts WHERE team = :team AND state = 'asked' AND (entry = :entry OR other = :entry)"

# Both are kept, and nobody asks again.
KEEP = "UPDATE doubts SET state = 'kept' WHERE team = :team AND entry = :entry AND other = :other AND state = 'asked'"

# What an entry may be again.
OTHERS = """
SELECT entries.* FROM doubts JOIN entries ON entries.team = doubts.team AND entries.id = doubts.other
WHERE doubts.team = :team AND doubts.entry = :entry AND doubts.state = 'asked' AND entries.withdrawn IS NULL
ORDER BY entries.id
"""

# Entries that may be others again.
UNDECIDED = """
SELECT kind, ref, body FROM entries
WHERE team = :team AND withdrawn IS NULL AND id IN (
  SELECT doubts.entry FROM doubts JOIN entries AS earlier ON earlier.team = doubts.team AND earlier.id = doubts.other
  WHERE doubts.team = :team AND doubts.state = 'asked' AND earlier.withdrawn IS NULL
)
"""
ASKED_ABOUT = " AND kind = :kind AND day >= :since AND day <= :until"
IN_ORDER = " ORDER BY day, id"


def look_again(tx: Tx, kind: Kind, entry: Entry) -> None:
    """Keeps what this entry may be again, or what may be this one; what it is no longer like is no question any more."""
    if kind.same is None:
        return
    tx.run(DROP, team=entry.team, entry=entry.id)
    for other in _near(tx, kind, entry):
        if alike(kind, entry.values, other.values):
            later, earlier = max(entry.id, other.id), min(entry.id, other.id)
            tx.run(ASK, team=entry.team, entry=later, other=earlier)


def _near(tx: Tx, kind: Kind, entry: Entry) -> list[Entry]:
    """Entries of the days around with the same values where there are columns of them."""
    same = kind.same
    if same is None:
        return []
    columns = [(name, str(entry.values[name])) for name in same.fields if name in FILTERS and name in entry.values]
    conditions, params = matching(columns)
    day, apart = date.fromisoformat(str(entry.values["date"])), timedelta(days=same.days)
    params |= {"team": entry.team, "kind": kind.name, "id": entry.id, "most": MOST, **between(day - apart, day + apart)}
    return [read(row) for row in tx.all(NEAR + conditions + LATEST, **params)]


def asked(tx: Tx, team: int, entry: int) -> tuple[Entry | None, list[Entry]]:
    """An entry, and what it may be again: what nobody has decided on; nothing of one that is withdrawn."""
    later = by_id(tx, team, entry)
    if later is None or later.withdrawn is not None:
        return later, []
    return later, [read(row) for row in tx.all(OTHERS, team=team, entry=entry)]


def keep(tx: Tx, team: int, entry: int, other: int) -> None:
    """Both are kept: the pair is never asked about again."""
    tx.run(KEEP, team=team, entry=entry, other=other)


def undecided(tx: Tx, team: int) -> list[State]:
    """All entries that may be others again."""
    return [standing(row) for row in tx.all(UNDECIDED + IN_ORDER, team=team)]


def undecided_in(tx: Tx, team: int, question: Question) -> list[str]:
    """The references of those that a question counts."""
    conditions, params = matching(question.filters)
    params |= {"team": team, "kind": question.kind, **between(question.since, question.until)}
    return [row["ref"] for row in tx.all(UNDECIDED + ASKED_ABOUT + conditions + IN_ORDER, **params)]
