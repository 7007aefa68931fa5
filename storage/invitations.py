"""Invitations that are still open: known by a hash, gone once they are taken or have lapsed."""

from dataclasses import dataclass
from datetime import datetime

from records.rights import Role
from storage.moments import text
from storage.transaction import Tx

# One more.
ADD = """
INSERT INTO invitations (team, hash, role, label, who, until) VALUES (:team, :hash, :role, :label, :who, :until)
"""

# Those that may still be taken.
OPEN = "SELECT hash, role, label, who FROM invitations WHERE team = :team AND until > :now"

# One that was taken.
DROP = "DELETE FROM invitations WHERE team = :team AND hash = :hash"

# Whatever somebody who has left the team had offered.
DROP_OF = "DELETE FROM invitations WHERE team = :team AND who = :who"

# Those that have lapsed.
PRUNE = "DELETE FROM invitations WHERE until <= :now"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody is invited to be, and `who` invited them."""

    hash: str
    role: Role
    label: str
    who: int


def add(tx: Tx, team: int, one: Invitation, until: datetime) -> None:
    """It may be taken until then."""
    tx.run(ADD, team=team, hash=one.hash, role=one.role, label=one.label, who=one.who, until=text(until))


def still_open(tx: Tx, team: int, now: datetime) -> list[Invitation]:
    """All that may be taken now."""
    rows = tx.all(OPEN, team=team, now=text(now))
    return [Invitation(row["hash"], row["role"], row["label"], row["who"]) for row in rows]


def drop(tx: Tx, team: int, hash_: str) -> None:
    """It was taken: nobody else may."""
    tx.run(DROP, team=team, hash=hash_)


def drop_of(tx: Tx, team: int, who: int) -> None:
    """Nobody gets in any more by what that person offered."""
    tx.run(DROP_OF, team=team, who=who)


def prune(tx: Tx, now: datetime) -> int:
    """Forgets those that have lapsed; how many."""
    return tx.run(PRUNE, now=text(now))
