"""Who belongs to a team. The configured owners are admins without being written down here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from records.rights import Role
from storage.moments import moment, text
from storage.transaction import Row, Tx

# One member.
BY_ID = "SELECT * FROM members WHERE team = :team AND who = :who"

# Everybody, in the order they came.
ALL = "SELECT * FROM members WHERE team = :team ORDER BY since, who"

# Their ids alone.
NUMBERS = "SELECT who FROM members WHERE team = :team"

# Somebody is of the team in that role, whatever they were before.
KEEP = """
INSERT INTO members (team, who, role, label, since) VALUES (:team, :who, :role, :label, :since)
ON CONFLICT (team, who) DO UPDATE SET role = excluded.role, label = excluded.label
"""

# Somebody is of the team no more.
DROP = "DELETE FROM members WHERE team = :team AND who = :who"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team; `label` is what histories call them, "" for none."""

    who: int
    role: Role
    label: str
    since: datetime


def get(tx: Tx, team: int, who: int) -> Member | None:
    """The member of that id; None if there is none."""
    row = tx.one(BY_ID, team=team, who=who)
    return _read(row) if row else None


def everybody(tx: Tx, team: int) -> list[Member]:
    """All members, those who came first in front."""
    return [_read(row) for row in tx.all(ALL, team=team)]


def numbers(tx: Tx, team: int) -> frozenset[int]:
    """The ids of all members."""
    return frozenset(int(row["who"]) for row in tx.all(NUMBERS, team=team))


def labels(tx: Tx, team: int) -> Mapping[int, str]:
    """What histories call members, by id; those without a label are not in it."""
    return {one.who: one.label for one in everybody(tx, team) if one.label}


def keep(tx: Tx, team: int, member: Member) -> None:
    """They are of the team in that role and by that label from now on."""
    tx.run(KEEP, team=team, who=member.who, role=member.role, label=member.label, since=text(member.since))


def drop(tx: Tx, team: int, who: int) -> bool:
    """They are of the team no more; whether they were."""
    return tx.run(DROP, team=team, who=who) == 1


def _read(row: Row) -> Member:
    return Member(row["who"], row["role"], row["label"], moment(row["since"]))
