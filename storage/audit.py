"""Whether the entries are what the journal says: the chain guards the journal, this guards what is counted and shown."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from records.entry import Entry
from records.kind import Kind
from records.record import facts, kind_named
from storage.entries import columns, read
from storage.transaction import Row, Tx

STEP: Final = 1_000
"""Entries looked at at a time."""

# The next entries after one, each with the journal's last line about it.
TOLD = """
SELECT entries.*, line.revision AS told_revision, line.payload
FROM entries
LEFT JOIN journal AS line ON line.team = entries.team AND line.entry = entries.id AND line.seq = (
  SELECT MAX(later.seq) FROM journal AS later WHERE later.team = entries.team AND later.entry = entries.id)
WHERE entries.team = :team AND entries.id > :after
ORDER BY entries.id LIMIT :step
"""

# Entries the journal tells of that are not there.
GONE = """
SELECT line.entry FROM journal AS line
WHERE line.team = :team AND line.entry IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.team = line.team AND entries.id = line.entry)
GROUP BY line.entry ORDER BY line.entry
"""

# Lines that were emptied without a later one that says so.
HOLLOW = """
SELECT line.seq, COALESCE(line.entry, 0) AS entry, COALESCE(entries.ref, '') AS ref FROM journal AS line
LEFT JOIN entries ON entries.team = line.team AND entries.id = line.entry
WHERE line.team = :team AND line.payload IS NULL AND NOT EXISTS (
  SELECT 1 FROM journal AS later
  WHERE later.team = line.team AND later.entry = line.entry AND later.seq > line.seq AND later.act IN ('emptied', 'blanked'))
ORDER BY line.seq
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that isn't what the journal says: in which columns.

    All of them ("*") if the journal never heard of it, or it is gone; then its `ref` is "". "line 5" if that line of
    the journal was emptied, and not by the desk.
    """

    entry: int
    ref: str
    columns: tuple[str, ...]


def differences(tx: Tx, team: int, kinds: Sequence[Kind]) -> list[Difference]:
    """Every entry that was changed, put in or removed past the journal, and every line that was emptied past the desk.

    What the desk emptied is told by the line it was emptied with.
    """
    changed = [found for row in _all(tx, team) if (found := _difference(row, kinds)) is not None]
    gone = [Difference(row["entry"], "", ("*",)) for row in tx.all(GONE, team=team)]
    hollow = [Difference(row["entry"], row["ref"], (f"line {row['seq']}",)) for row in tx.all(HOLLOW, team=team)]
    return changed + gone + hollow


def _all(tx: Tx, team: int) -> Iterator[Row]:
    after = -1
    while rows := tx.all(TOLD, team=team, after=after, step=STEP):
        yield from rows
        after = rows[-1]["id"]


def _difference(row: Row, kinds: Sequence[Kind]) -> Difference | None:
    if row["told_revision"] is None:
        return Difference(row["id"], row["ref"], ("*",))
    if row["payload"] is None:
        return None
    payload = json.loads(row["payload"])
    entry = read(row)
    told = replace(
        entry, kind=payload["kind"], ref=payload["ref"], revision=row["told_revision"], values=payload["values"]
    )
    wrong = [name for name, cell in _as_told(told, row, kinds).items() if row[name] != cell]
    if (entry.withdrawn is not None) != payload["withdrawn"]:
        wrong.append("withdrawn")
    return Difference(entry.id, entry.ref, tuple(wrong)) if wrong else None


def _as_told(told: Entry, row: Row, kinds: Sequence[Kind]) -> dict[str, str | int | None]:
    """The columns as the entry would have them now if it were kept as the journal tells it."""
    return {"kind": told.kind, **columns(told, facts(kind_named(kinds, told.kind), told.values), row["revised"])}
