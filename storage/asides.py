"""Updates that were set aside, as the admins are told of them: which they don't know yet, and when they were told last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.moments import moment, text
from storage.transaction import Tx

NAMED: Final = 20
"""So many of those the admins don't know are named; of the others they get the number."""

# Set aside, in whatever order; `at` is when it came in, like the update's own row, and goes with it.
ADD = """
INSERT INTO asides (update_id, reference, at) SELECT update_id, :reference, at FROM inbox WHERE update_id = :update_id
ON CONFLICT (update_id) DO NOTHING
"""

# How many the admins don't know, up to which.
UNTOLD = "SELECT COUNT(*) AS n, MAX(number) AS last FROM asides WHERE told IS NULL"

# The first of them.
FIRST = "SELECT update_id, reference FROM asides WHERE told IS NULL ORDER BY number LIMIT :most"

# When they were told last.
TOLD_AT = "SELECT MAX(told) AS at FROM asides"

# They know all up to that one.
TOLD = "UPDATE asides SET told = :at WHERE told IS NULL AND number <= :last"

# What is older than any row of the inbox.
PRUNE = "DELETE FROM asides WHERE at < :before"


@dataclass(frozen=True, slots=True)
class Untold:
    """What the admins don't know yet: how many, the first of them as (update, reference), the number of the last one."""

    count: int
    first: tuple[tuple[int, str], ...]
    last: int
    told_at: datetime | None
    """When they were told of others, if that is remembered."""


def add(tx: Tx, update_id: int, reference: str) -> None:
    """Belongs to the change that sets an update aside: nobody can forget to tell of it."""
    tx.run(ADD, update_id=update_id, reference=reference)


def untold(tx: Tx) -> Untold | None:
    """What the admins are to be told; None if they know all."""
    found = tx.one(UNTOLD)
    if found is None or not found["n"]:
        return None
    first = tuple((row["update_id"], row["reference"]) for row in tx.all(FIRST, most=NAMED))
    told = tx.one(TOLD_AT)
    return Untold(found["n"], first, found["last"], moment(told["at"]) if told and told["at"] else None)


def told(tx: Tx, last: int, at: datetime) -> None:
    """The admins have been told of all up to that one."""
    tx.run(TOLD, last=last, at=text(at))


def prune(tx: Tx, before: datetime) -> int:
    """Forgets those that came in before that moment; how many they were."""
    return tx.run(PRUNE, before=text(before))
