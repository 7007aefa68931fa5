"""What was typed into forms, message by message: its values, never its words."""

import json
from dataclasses import dataclass
from datetime import datetime

from records.kind import Values
from storage.moments import text
from storage.transaction import Tx

# What a message says now.
KEEP = """
INSERT INTO typed (team, chat, message, draft, field, said, at) VALUES (:team, :chat, :message, :draft, :field, :said, :at)
ON CONFLICT (team, chat, message) DO UPDATE SET said = excluded.said, at = excluded.at
"""

# What a message said.
BY_MESSAGE = "SELECT draft, field, said, entry FROM typed WHERE team = :team AND chat = :chat AND message = :message"

# A form became an entry.
POSTED = "UPDATE typed SET entry = :entry WHERE team = :team AND draft = :draft"

# Messages of forms that nobody touches any more.
PRUNE = "DELETE FROM typed WHERE at < :before"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a message told a form that asked for the field ("": none); `entry` is what the form became, None if it did not."""

    draft: int
    field: str
    said: Values
    entry: int | None = None


def keep(tx: Tx, team: int, chat: int, message: int, what: Typed, at: datetime) -> None:
    """The message told the form that; what it told before is forgotten."""
    said = json.dumps(dict(what.said), ensure_ascii=False)
    tx.run(KEEP, team=team, chat=chat, message=message, draft=what.draft, field=what.field, said=said, at=text(at))


def by_message(tx: Tx, team: int, chat: int, message: int) -> Typed | None:
    """What a message told a form; None if it told none, or long ago."""
    row = tx.one(BY_MESSAGE, team=team, chat=chat, message=message)
    return Typed(row["draft"], row["field"], json.loads(row["said"]), row["entry"]) if row else None


def posted(tx: Tx, team: int, draft: int, entry: int) -> None:
    """The form is that entry from now on."""
    tx.run(POSTED, team=team, draft=draft, entry=entry)


def prune(tx: Tx, before: datetime) -> int:
    """Forgets what was typed before that moment; how many messages."""
    return tx.run(PRUNE, before=text(before))
