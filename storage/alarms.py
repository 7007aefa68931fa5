"""Which chats the admins were told can't be reached, and why: once for each chat and reason, however many letters fail."""

from dataclasses import dataclass
from datetime import datetime

from storage.moments import text
from storage.transaction import Tx

# The admins are to be told, unless they were told the same not long ago.
RING = """
INSERT INTO alarms (team, chat, reason, schedule, at, told) VALUES (:team, :chat, :reason, :schedule, :at, 0)
ON CONFLICT (team, chat, reason) DO UPDATE SET schedule = excluded.schedule, at = excluded.at, told = 0
WHERE alarms.at < :unless_since
"""

# What the admins don't know yet.
UNTOLD = "SELECT id, schedule, reason FROM alarms WHERE told = 0 ORDER BY id"

# They know.
TOLD = "UPDATE alarms SET told = 1 WHERE id = :id"

# What they were told long ago.
PRUNE = "DELETE FROM alarms WHERE told = 1 AND at < :before"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A schedule whose chat can't be reached; `reason` is a short code."""

    id: int
    schedule: int
    reason: str


def ring(tx: Tx, team: int, chat: int, reason: str, *, schedule: int, now: datetime, unless_since: datetime) -> None:
    """The admins are to be told of that chat, unless they were told of it for that reason after `unless_since`."""
    tx.run(
        RING,
        team=team,
        chat=chat,
        reason=reason,
        schedule=schedule,
        at=text(now),
        unless_since=text(unless_since),
    )


def untold(tx: Tx) -> list[Alarm]:
    """What the admins are still to be told, in order."""
    return [Alarm(row["id"], row["schedule"], row["reason"]) for row in tx.all(UNTOLD)]


def told(tx: Tx, alarm: int) -> None:
    """The admins have been told."""
    tx.run(TOLD, id=alarm)


def prune(tx: Tx, before: datetime) -> int:
    """Forgets what the admins were told before that moment; how many it were."""
    return tx.run(PRUNE, before=text(before))
