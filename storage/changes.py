"""What a digest reads: the steps of entries since a bookmark, entries of coming days, entries that need someone."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from records.entry import State
from storage.moments import text
from storage.transaction import Row, Tx


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an entry's journal as a digest reads it; `state` is None once the line, or the entry, was emptied.

    `emptied` is what is left of an entry at the line it was emptied with, and `gone` the line since which it was withdrawn.
    """

    entry: int
    seq: int
    state: State | None
    reason: str
    act: str = ""
    emptied: State | None = None
    gone: int = 0


# Lines about entries since a bookmark, in the journal's order.
SINCE = """
SELECT entry, seq, act, payload FROM journal
WHERE team = :team AND seq > :since AND seq <= :until AND entry IS NOT NULL
ORDER BY seq
"""

# The last line about an entry before that.
BEFORE = """
SELECT entry, seq, act, payload FROM journal WHERE team = :team AND entry = :entry AND seq <= :since
ORDER BY seq DESC LIMIT 1
"""

# The last line recorded up to a moment: where the bookmark of a first digest begins.
BOOKMARK = "SELECT COALESCE(MAX(seq), 0) AS seq FROM journal WHERE team = :team AND at <= :at"

# Entries of one kind whose day lies ahead.
COMING = """
SELECT kind, ref, body FROM entries
WHERE team = :team AND kind = :kind AND day >= :since AND day <= :until AND withdrawn IS NULL
ORDER BY day, ref_folded
"""

# Entries that need someone by a day.
ATTENTION = """
SELECT id, kind, ref, body FROM entries
WHERE team = :team AND attend_from <= :today AND withdrawn IS NULL
ORDER BY attend_from, ref_folded
"""


def steps(tx: Tx, team: int, since: int, until: int) -> list[Step]:
    """What happened to entries after `since` up to `until`, and of each the last line before, in the journal's order."""
    told = tx.all(SINCE, team=team, since=since, until=until)
    touched = dict.fromkeys(row["entry"] for row in told)
    before = [row for entry in touched for row in tx.all(BEFORE, team=team, entry=entry, since=since)]
    return [step(row) for row in (*sorted(before, key=lambda row: int(row["seq"])), *told)]


def bookmark(tx: Tx, team: int, at: datetime) -> int:
    """The last line recorded up to a moment; 0 if none was."""
    return int(tx.all(BOOKMARK, team=team, at=text(at))[0]["seq"])


def coming(tx: Tx, team: int, kind: str, since: date, until: date) -> list[State]:
    """Entries of a kind with their day between two days, both included."""
    rows = tx.all(COMING, team=team, kind=kind, since=since.isoformat(), until=until.isoformat())
    return [standing(row) for row in rows]


def attention(tx: Tx, team: int, today: date) -> dict[int, State]:
    """Entries that may need someone by that day, by their ids, those that have waited longest first."""
    return {row["id"]: standing(row) for row in tx.all(ATTENTION, team=team, today=today.isoformat())}


def step(row: Row) -> Step:
    """One line as a digest reads it."""
    if row["payload"] is None:
        return Step(row["entry"], row["seq"], None, "", row["act"])
    payload = json.loads(row["payload"])
    state = State(payload["kind"], payload["ref"], payload["values"], payload["withdrawn"])
    if not state.values:
        return Step(row["entry"], row["seq"], None, "", row["act"], state, payload["gone"])
    return Step(row["entry"], row["seq"], state, payload.get("reason", ""), row["act"])


def standing(row: Row) -> State:
    """An entry as it stands."""
    return State(row["kind"], row["ref"], json.loads(row["body"]), withdrawn=False)
