"""Copies of the database: made while a desk is at work, whole, and checked before they take a database's place.

A copy is one file, readable by its owner only. Telegram's updates are left out: they hold what people are saying just now.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from storage.errors import BackupRefused, DatabaseBroken, rise
from storage.scratch import scratch
from storage.sealing import Key, is_sealed, seal, unseal
from storage.sqlite import make_private, prepare

PATIENCE: Final = 10.0
"""Seconds to wait for a lock."""
PART: Final = ".part"
"""The end of a copy's name until it is whole."""
BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database's file."""

# What people are saying just now is nobody's but theirs.
LEAVE_OUT = "DELETE FROM inbox"

# One file, with nothing beside it.
ALONE = "PRAGMA journal_mode = DELETE"

# Whether a database holds anything.
USED = "SELECT 1 FROM journal LIMIT 1"


def copy(source: Path, target: Path, key: Key | None = None) -> None:
    """Copies a database as it stands at one moment, without holding up a desk at work with it. Raises BackupRefused, StorageError.

    The copy appears under its name when it is whole and on the disk; a file that is there is left alone. With a key only that
    opens it, and its plain text never lies anywhere but beside the database, while it is made.
    """
    if not source.exists():
        raise BackupRefused(f"{source} is not there")
    if target.exists():
        raise BackupRefused(f"{target} is there already")
    with _replacing(target) as part:
        if key is None:
            _drawn(source, part)
            return
        with scratch(source) as room:
            plain = room / "plain.db"
            _drawn(source, plain)
            seal(plain, part, key)


def open_copy(copied: Path, database: Path, room: Path, key: Key | None) -> Path:
    """Draws a copy into the room, ready to take the database's place. Raises BackupRefused, StorageError."""
    if not copied.is_file():
        raise BackupRefused(f"{copied} is not there")
    coming = room / database.name
    if not is_sealed(copied):
        _drawn(copied, coming)
        return coming
    plain = room / "plain.db"
    unseal(copied, plain, key)
    _drawn(plain, coming)
    plain.unlink()
    return coming


def _drawn(source: Path, target: Path) -> None:
    with _opened(target) as made:
        with _opened(source, reads_only=True) as db:
            db.backup(made)
        made.execute(LEAVE_OUT)
        made.execute(ALONE)


def put_in_place(copied: Path, target: Path) -> None:
    """Puts a copy, checked and closed, where the database stands. What stood there must have been copied: it is gone."""
    for beside in BESIDE:
        target.with_name(target.name + beside).unlink(missing_ok=True)
    copied.replace(target)
    _on_disk(target.parent)


def used(path: Path) -> bool:
    """Whether something stands there that a copy must not overwrite: a database anything was written to, or another file."""
    if not path.exists() or not path.stat().st_size:
        return False
    try:
        with _opened(path, reads_only=True) as db:
            return db.execute(USED).fetchone() is not None
    except (sqlite3.Error, DatabaseBroken):
        return True


@contextmanager
def _opened(path: Path, *, reads_only: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection of its own, closed at the end."""
    make_private(path)
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as db:
            prepare(db, reads_only=reads_only)
            yield db
    except sqlite3.Error as error:
        rise(error)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A name beside the target for what is not whole yet; it becomes the target at the end, or is gone."""
    part = target.with_name(target.name + PART)
    part.unlink(missing_ok=True)
    try:
        yield part
        _on_disk(part)
        part.replace(target)
        _on_disk(target.parent)
    finally:
        for name in (part, *(part.with_name(part.name + beside) for beside in BESIDE)):
            name.unlink(missing_ok=True)


def _on_disk(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
