"""What messages did to an entry: what they said and what that replaced; its values, never its words."""

import json
from dataclasses import dataclass
from datetime import datetime

from records.kind import Changes
from storage.moments import text
from storage.transaction import Tx

# What a message says now.
KEEP = """
INSERT INTO corrections (team, chat, message, entry, said, was, act, at)
VALUES (:team, :chat, :message, :entry, :said, :was, :act, :at)
ON CONFLICT (team, chat, message) DO UPDATE
SET entry = excluded.entry, said = excluded.said, was = excluded.was, act = excluded.act, at = excluded.at
"""

# What a message said.
BY_MESSAGE = "SELECT entry, said, was, act FROM corrections WHERE team = :team AND chat = :chat AND message = :message"

# Messages that nobody edits any more.
PRUNE = "DELETE FROM corrections WHERE at < :before"


@dataclass(frozen=True, slots=True)
class Correction:
    """The entry that a message corrected, what it says of its fields, and what they were before it.

    `act` is what it did, by the journal's name: "corrected", "withdrawn", "restored" or "figured".
    """

    entry: int
    said: Changes
    was: Changes
    act: str = "corrected"


def keep(tx: Tx, team: int, chat: int, message: int, what: Correction, at: datetime) -> None:
    """The message corrected that; what it corrected before is forgotten."""
    said, was = (json.dumps(dict(one), ensure_ascii=False) for one in (what.said, what.was))
    tx.run(KEEP, team=team, chat=chat, message=message, entry=what.entry, said=said, was=was, act=what.act, at=text(at))


def by_message(tx: Tx, team: int, chat: int, message: int) -> Correction | None:
    """What a message corrected; None if it corrected nothing, or long ago."""
    row = tx.one(BY_MESSAGE, team=team, chat=chat, message=message)
    if row is None:
        return None
    return Correction(row["entry"], json.loads(row["said"]), json.loads(row["was"]), row["act"])


def prune(tx: Tx, before: datetime) -> int:
    """Forgets what was corrected before that moment; how many messages."""
    return tx.run(PRUNE, before=text(before))
