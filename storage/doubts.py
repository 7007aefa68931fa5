"""Pairs of entries that may be one thing told twice, until somebody says that they aren't."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from records.entry import Entry, State
from records.kind import Kind, Values
from records.question import Question
from records.same import alike
from records.sites import FIELDS as PLACES
from storage import sites
from storage.changes import standing
from storage.conditions import FILTERS, between, matching
from storage.entries import by_id, read
from storage.transaction import Tx

# Entries of some days that a new one may be again.
NEAR = """
SELECT id, body FROM entries
WHERE team = :team AND kind = :kind AND stands_for > 0 AND id <> :id AND withdrawn IS NULL
AND day >= :since AND day <= :until
"""

# Entries that sum up others, of days up to those of a new one.
SUMS = """
SELECT id, body FROM entries
WHERE team = :team AND kind = :kind AND stands_for = 0 AND id <> :id AND withdrawn IS NULL
AND day >= :since AND day <= :until
"""

# Entries that others of those days may be again, or that may hold their people.
CANDIDATES = """
SELECT id, ref, body FROM entries
WHERE team = :team AND kind = :kind AND withdrawn IS NULL AND ((day >= :since AND day <= :until) OR stands_for = 0)
ORDER BY id
"""

# However many sessions of a kind a site holds on a day, a post costs no more.
LATEST = " ORDER BY id DESC LIMIT :most"
MOST = 20

# A pair to be asked about from that line of the journal on, unless it was already.
ASK = """
INSERT INTO doubts (team, entry, other, state, seq) VALUES (:team, :entry, :other, 'asked', :seq)
ON CONFLICT (team, entry, other) DO NOTHING
"""

# What is still open about an entry: as the later one, and as the earlier.
OPEN = (
    "SELECT other FROM doubts WHERE team = :team AND entry = :entry AND state = 'asked'",
    "SELECT entry AS other FROM doubts WHERE team = :team AND other = :entry AND state = 'asked'",
)

# A pair that is no question any more.
DROP = "DELETE FROM doubts WHERE team = :team AND entry = :entry AND other = :other AND state = 'asked'"

# Both of a pair are kept, and nobody asks again.
KEEP = "UPDATE doubts SET state = 'kept' WHERE team = :team AND entry = :entry AND other = :other AND state = 'asked'"

# What an entry may be again.
OTHERS = """
SELECT * FROM entries
WHERE team = :team AND withdrawn IS NULL
AND id IN (SELECT other FROM doubts WHERE team = :team AND entry = :entry AND state = 'asked')
ORDER BY id
"""

# Entries that may be others again.
UNDECIDED = """
SELECT ref FROM entries
WHERE team = :team AND withdrawn IS NULL AND id IN (
  SELECT doubts.entry FROM doubts JOIN entries AS earlier ON earlier.team = doubts.team AND earlier.id = doubts.other
  WHERE doubts.team = :team AND doubts.state = 'asked' AND earlier.withdrawn IS NULL
)
"""

# Pairs nobody has decided on, as both stand.
PAIRS = """
SELECT later.id, later.kind, later.ref, later.body, doubts.seq,
  earlier.id AS other, earlier.kind AS other_kind, earlier.ref AS other_ref, earlier.body AS other_body
FROM doubts
JOIN entries AS later ON later.team = doubts.team AND later.id = doubts.entry
JOIN entries AS earlier ON earlier.team = doubts.team AND earlier.id = doubts.other
WHERE doubts.team = :team AND doubts.state = 'asked' AND later.withdrawn IS NULL AND earlier.withdrawn IS NULL
ORDER BY later.day, later.id, earlier.id
"""
ASKED_ABOUT = " AND kind = :kind AND day >= :since AND day <= :until"
IN_ORDER = " ORDER BY day, id"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one thing, the later one first, and the journal's line at which that became a question."""

    entry: int
    state: State
    other: int
    other_state: State
    seq: int


def candidates(tx: Tx, team: int, kind: Kind, since: date, until: date) -> Iterator[tuple[int, str, Values]]:
    """The id, the reference and the values of all that something of those days may be again."""
    rows = tx.all(CANDIDATES, team=team, kind=kind.name, **between(since, until))
    return ((row["id"], row["ref"], json.loads(row["body"])) for row in rows)


def ask(tx: Tx, team: int, entry: int, others: Sequence[int], seq: int) -> None:
    """Keeps that an entry may be others again, found out elsewhere."""
    for other in others:
        tx.run(ASK, team=team, entry=max(entry, other), other=min(entry, other), seq=seq)


def look(tx: Tx, kind: Kind, entry: Entry, seq: int) -> frozenset[int]:
    """Keeps what this entry, as the journal's line of that number has it, may be again, or what may be this one; their ids."""
    found = frozenset(other for other, values in _near(tx, kind, entry) if _alike(tx, kind, entry, values))
    for other in sorted(found):
        tx.run(ASK, seq=seq, **_pair(entry, other))
    return found


def _alike(tx: Tx, kind: Kind, entry: Entry, other: Values) -> bool:
    """Whether the two are alike, each place standing for what it is called by now."""
    one, two = (_standing(tx, entry.team, values) for values in (entry.values, other))
    return alike(kind, one, two)


def _standing(tx: Tx, team: int, values: Values) -> Values:
    held = [(name, str(values[name])) for name in PLACES if name in values]
    return {**values, **dict(sites.resolved(tx, team, held))}


def look_again(tx: Tx, kind: Kind, entry: Entry, seq: int) -> None:
    """The same for one that says something else now, or counts again: what it is no longer like is no question any more.

    Of a withdrawn one nothing is asked, so that its questions are looked for when it counts again.
    """
    found = look(tx, kind, entry, seq) if entry.withdrawn is None else ()
    for other in [row["other"] for sql in OPEN for row in tx.all(sql, team=entry.team, entry=entry.id)]:
        if other not in found:
            tx.run(DROP, **_pair(entry, other))


def _pair(entry: Entry, other: int) -> dict[str, int]:
    return {"team": entry.team, "entry": max(entry.id, other), "other": min(entry.id, other)}


def _near(tx: Tx, kind: Kind, entry: Entry) -> Iterator[tuple[int, Values]]:
    """Entries of the days around, and those that sum up its days; with the same values where there are columns of them."""
    same = kind.same
    if same is None:
        return
    first, last = date.fromisoformat(str(entry.values["date"])), kind.last_day(entry.values)
    around, own = timedelta(days=same.days), same.fields if kind.stands_for(entry.values) else same.summed
    looks = [(NEAR, own, first - around, last + around), (SUMS, same.summed, None, last)]
    for sql, fields, since, until in looks:
        if fields is None:
            continue
        conditions, params = matching(sites.spread(tx, entry.team, _columns(fields, entry.values)))
        params |= {"team": entry.team, "kind": kind.name, "id": entry.id, "most": MOST, **between(since, until)}
        yield from ((row["id"], json.loads(row["body"])) for row in tx.all(sql + conditions + LATEST, **params))


def _columns(fields: Sequence[str], values: Values) -> list[tuple[str, str]]:
    return [(name, str(values[name])) for name in fields if name in FILTERS and name in values]


def asked(tx: Tx, team: int, entry: int) -> tuple[Entry | None, list[Entry]]:
    """An entry, and what it may be again: what nobody has decided on; nothing of one that is withdrawn."""
    later = by_id(tx, team, entry)
    if later is None or later.withdrawn is not None:
        return later, []
    return later, [read(row) for row in tx.all(OTHERS, team=team, entry=entry)]


def keep(tx: Tx, team: int, entry: int, others: Sequence[int]) -> None:
    """All are kept: nobody is asked again whether the entry is one of the others."""
    for other in others:
        tx.run(KEEP, team=team, entry=entry, other=other)


def undecided(tx: Tx, team: int) -> list[Pair]:
    """All pairs nobody has decided on, by the later one's day."""
    return [
        Pair(
            entry=row["id"],
            state=standing(row),
            other=row["other"],
            other_state=State(row["other_kind"], row["other_ref"], json.loads(row["other_body"]), withdrawn=False),
            seq=row["seq"],
        )
        for row in tx.all(PAIRS, team=team)
    ]


def undecided_in(tx: Tx, team: int, question: Question) -> list[str]:
    """The references of those that a question counts."""
    conditions, params = matching(sites.spread(tx, team, question.filters))
    params |= {"team": team, "kind": question.kind, **between(question.since, question.until)}
    return [row["ref"] for row in tx.all(UNDECIDED + ASKED_ABOUT + conditions + IN_ORDER, **params)]
