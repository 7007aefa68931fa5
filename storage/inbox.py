"""Telegram's updates from the moment they are acknowledged until their answer has left: each has its effect exactly once.

new -> owed (the effect is committed, its answer is not out) -> done | aside (given up). Rows of all teams: an update comes
before anybody knows whose it is.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage import asides, door
from storage.door import Tx
from storage.errors import AlreadyDone
from storage.moments import text

State: TypeAlias = Literal["new", "owed", "done", "aside"]

# An update that came in; one that came before stays as it is.
ADD = """
INSERT INTO inbox (update_id, lane, state, tries, at, payload) VALUES (:update_id, :lane, 'new', 0, :at, :payload)
ON CONFLICT (update_id) DO NOTHING
"""

# What an earlier run left unfinished, as it came in.
WAITING = "SELECT * FROM inbox WHERE state IN ('new', 'owed') ORDER BY at, update_id"

# When the last of that came in.
LATEST = "SELECT MAX(at) AS at FROM inbox WHERE state IN ('new', 'owed')"

# One update.
BY_ID = "SELECT * FROM inbox WHERE update_id = :update_id"

# The effect is committed with this: the payload is now what is owed.
OWE = "UPDATE inbox SET state = 'owed', payload = :owed WHERE update_id = :update_id AND state = 'new'"

# Its answer is out; what was said is no more needed.
DONE = "UPDATE inbox SET state = 'done', payload = NULL WHERE update_id = :update_id AND state IN ('new', 'owed')"

# Another try went wrong.
FAILED = "UPDATE inbox SET tries = tries + 1 WHERE update_id = :update_id RETURNING tries"

# Given up; somebody may look into it by the reference.
ASIDE = (
    "UPDATE inbox SET state = 'aside', reference = :reference WHERE update_id = :update_id AND state IN ('new', 'owed')"
)

# Rows so old that Telegram repeats none of them any more.
PRUNE = "DELETE FROM inbox WHERE state IN ('done', 'aside') AND at < :before"


@dataclass(frozen=True, slots=True)
class Row:
    """An update: `payload` is the update itself as JSON while it is new, what is owed once that is its state.

    `lane` is the chat whose order it belongs to, `tries` how often it went wrong.
    """

    update_id: int
    lane: int
    payload: str
    state: State = "new"
    tries: int = 0


def add(tx: Tx, rows: Sequence[Row], at: datetime) -> list[int]:
    """Takes updates in; the ids of those that had not come before, in the order given.

    None is kept as earlier than what waits already: a clock that was set back would turn their order round.
    """
    latest = tx.one(LATEST)
    kept = max(text(at), (latest and latest["at"]) or "")
    return [
        one.update_id
        for one in rows
        if tx.run(ADD, update_id=one.update_id, lane=one.lane, at=kept, payload=one.payload) == 1
    ]


def waiting(tx: Tx) -> list[Row]:
    """All that is new or owed, in the order it came."""
    return [read(row) for row in tx.all(WAITING)]


def get(tx: Tx, update_id: int) -> Row | None:
    """One update as it stands now; None if it was never taken in, or was pruned."""
    row = tx.one(BY_ID, update_id=update_id)
    return read(row) if row else None


def owe(tx: Tx, update_id: int, owed: Mapping[str, object]) -> None:
    """Belongs to the change that is the update's effect: both are committed or neither. `owed` is what its answer needs.

    Raises AlreadyDone if the effect was committed before: then nothing of this change may stay.
    """
    if tx.run(OWE, update_id=update_id, owed=json.dumps(owed, ensure_ascii=False)) != 1:
        raise AlreadyDone(f"update {update_id}")


def done(tx: Tx, update_id: int) -> None:
    """Its answer is out, or it needs none. Asking again does nothing."""
    tx.run(DONE, update_id=update_id)


def failed(tx: Tx, update_id: int) -> int:
    """Counts a try that went wrong; how many there were now."""
    rows = tx.all(FAILED, update_id=update_id)
    return int(rows[0]["tries"]) if rows else 0


def aside(tx: Tx, update_id: int, reference: str) -> None:
    """Gives an update up. Its payload stays until it is pruned, for whoever looks into it; the admins are owed word."""
    if tx.run(ASIDE, update_id=update_id, reference=reference):
        asides.add(tx, update_id, reference)


def prune(tx: Tx, before: datetime) -> int:
    """Forgets what is finished and came before that moment; how many rows. Telegram repeats an update for 24 hours."""
    return tx.run(PRUNE, before=text(before))


def read(row: door.Row) -> Row:
    """An update from its row."""
    return Row(row["update_id"], row["lane"], row["payload"] or "", row["state"], row["tries"])
