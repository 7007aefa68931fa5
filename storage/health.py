"""Whether a database is whole: its pages, what its rows point to, its version, its journal, and its entries by the journal."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from records.kind import Kind
from storage import audit, chain
from storage.audit import Difference
from storage.chain import Verdict
from storage.door import look_in
from storage.errors import BackupRefused, rise
from storage.migrate import known, version
from storage.sqlite import prepare
from storage.transaction import Tx

PATIENCE: Final = 10.0
"""Seconds to wait for a lock."""

# SQLite's own look at every page and index; one row "ok" if nothing is wrong.
PAGES = "PRAGMA integrity_check(10)"

# Rows that point to nothing.
POINTERS = "PRAGMA foreign_key_check"

# Whose journals there are.
TEAMS = "SELECT id, name FROM teams ORDER BY id"


@dataclass(frozen=True, slots=True)
class TeamHealth:
    """One team's journal, and the entries that are not what it says."""

    name: str
    verdict: Verdict
    different: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Health:
    """What was found: which version the database has of how many, what is damaged, and each team's journal.

    Journals are looked at only where nothing is damaged and the version is this program's.
    """

    version: int
    known: int
    damage: Sequence[str]
    teams: Sequence[TeamHealth] = ()

    @property
    def well(self) -> bool:
        """Whether nothing is wrong with it."""
        whole = not self.damage and self.version == self.known
        return whole and all(one.verdict.ok and not one.different for one in self.teams)


def health(path: Path, kinds: Sequence[Kind]) -> Health:
    """Looks through a whole database without changing anything; a desk may be at work. Raises BackupRefused, StorageError."""
    if not path.exists():
        raise BackupRefused(f"{path} is not there")
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as db:
            prepare(db, reads_only=True)
            found = Health(version(db), len(known()), damage(db))
            if found.damage or found.version != found.known:
                return found
            return Health(found.version, found.known, (), look_in(db, lambda tx: teams(tx, kinds)))
    except sqlite3.Error as error:
        rise(error)


def damage(db: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong, a line each."""
    pages = [row[0] for row in db.execute(PAGES) if row[0] != "ok"]
    return pages + [f"{row['table']}: a row points to nothing in {row['parent']}" for row in db.execute(POINTERS)]


def teams(tx: Tx, kinds: Sequence[Kind]) -> list[TeamHealth]:
    """Every team's journal and entries."""
    found = []
    for row in tx.all(TEAMS):
        verdict = chain.verify(tx, row["id"])
        different = audit.differences(tx, row["id"], kinds) if verdict.ok else []
        found.append(TeamHealth(row["name"], verdict, different))
    return found
