"""Bringing a database up to what this version knows: numbered files, each once, never edited after a release."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage.errors import DatabaseBroken, DatabaseNewer, rise
from storage.moments import text

FOLDER: Final = Path(__file__).parent / "migrations"

# Which migrations a database has had.
LEDGER = "CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL)"

# One more.
ADD = "INSERT INTO migrations (number, name, at) VALUES (:number, :name, :at)"

# The last one.
LAST = "SELECT COALESCE(MAX(number), 0) AS number FROM migrations"

# Whose database it is: SQLite's own list of tables.
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version to the next."""

    number: int
    name: str
    sql: str


def known(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The migrations of this version, in order; their numbers leave no gap."""
    files = sorted(folder.glob("[0-9]*_*.sql"))
    found = tuple(Migration(int(one.name[:4]), one.stem[5:], one.read_text(encoding="utf-8")) for one in files)
    if [one.number for one in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are not numbered one by one: {[one.name for one in files]}")
    return found


def upgrade(db: sqlite3.Connection, migrations: Sequence[Migration]) -> int:
    """Runs what the database hasn't had, all or nothing; how many that was. Raises DatabaseNewer, StorageError."""
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            done = version(db)
            if done > len(migrations):
                raise DatabaseNewer(f"the database is at version {done}, this program knows {len(migrations)}")
            for one in migrations[done:]:
                for statement in statements(one.sql):
                    db.execute(statement)
                db.execute(ADD, {"number": one.number, "name": one.name, "at": text(datetime.now(UTC))})
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
    except sqlite3.Error as error:
        rise(error)
    return len(migrations) - done


def version(db: sqlite3.Connection) -> int:
    """The number of the last migration the database had; a new one is made ready to have its first."""
    tables = {row["name"] for row in db.execute(TABLES)}
    if "migrations" not in tables:
        if tables:
            raise DatabaseBroken("the file holds a database of another program")
        db.execute(LEDGER)
    return int(db.execute(LAST).fetchone()["number"])


def statements(sql: str) -> Iterator[str]:
    """The statements of a file, one by one."""
    gathered = ""
    for line in sql.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if any(line.strip() and not line.startswith("--") for line in gathered.splitlines()):
        raise ValueError("a migration's last statement has no end")
