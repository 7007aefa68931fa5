"""SQLite through aiosqlite: opening a connection as this house wants it, and running whole functions on its thread."""

import asyncio
import errno
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import aiosqlite

from storage.errors import DatabaseBroken, DatabaseUnknown, rise

T = TypeVar("T")

SCHEME: Final = "sqlite:///"
STATEMENTS: Final = 256
"""How many prepared statements a connection keeps: more than there are in this house."""

BETWEEN_TRIES: Final = 0.01
"""Seconds until a lock SQLite doesn't wait for is asked for again."""

PRAGMAS: Final = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)


def path_of(url: str) -> Path:
    """The file an address names: "sqlite:///wayhome.db" beside where the program runs, "sqlite:////srv/wayhome.db" anywhere.

    Raises DatabaseUnknown. The address itself is not repeated: it may hold a password meant for another database.
    """
    scheme, found, path = url.partition(SCHEME)
    if scheme or not found:
        raise DatabaseUnknown('a database is named as "sqlite:///file.db" or "sqlite:////folder/file.db"')
    if not path or path == ":memory:" or "?" in path or "#" in path:
        raise DatabaseUnknown("the address of the database has to end in the path of a file, with nothing after it")
    return Path(path)


async def connect(path: Path, patience: float, *, reads_only: bool = False) -> aiosqlite.Connection:
    """An open connection that waits at most `patience` seconds for another program's lock. Raises StorageError."""
    connection = aiosqlite.connect(path, timeout=patience, isolation_level=None, cached_statements=STATEMENTS)
    try:
        make_private(path)
        await connection
    except sqlite3.Error as error:
        rise(error)
    except OSError as error:
        raise DatabaseBroken(f"{error.strerror}: {path}") from error
    try:
        await on_thread(connection, prepare, reads_only=reads_only)
    except BaseException:
        await close(connection)
        raise
    return connection


def make_private(path: Path) -> None:
    """Makes a new database's file readable by its owner only; SQLite gives the files beside it the same rights.

    One that is there is left alone: closing a file takes every lock of this process off it, those of its open connections
    too, and the next program to look in would think itself alone and throw the write-ahead log away.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        code = 0 if os.access(path, os.R_OK | os.W_OK) else errno.EACCES
        if code := errno.EISDIR if path.is_dir() else code:
            raise OSError(code, os.strerror(code)) from None


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at that path, None if none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def prepare(db: sqlite3.Connection, *, reads_only: bool) -> None:
    """Sets a new connection up."""
    db.row_factory = sqlite3.Row
    try:
        for pragma in PRAGMAS:
            db.execute(pragma)
        if reads_only:
            db.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        rise(error)


def keep_log(db: sqlite3.Connection, patience: float) -> None:
    """Makes a database keep a write-ahead log, so that looks and changes don't wait for each other.

    The first time needs the database for itself, and SQLite doesn't wait for that on its own as it does for other locks.
    """
    give_up = time.monotonic() + patience
    mode = ""
    while not mode:
        try:
            mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.Error as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                rise(error)
            time.sleep(BETWEEN_TRIES)
    if mode != "wal":
        raise DatabaseBroken("the database's folder is no place for a write-ahead log, as on some network drives")


async def on_thread(connection: aiosqlite.Connection, work: Callable[..., T], /, *args: object, **kwargs: object) -> T:
    """Runs `work(db, …)` whole on the connection's thread; cancelling the wait doesn't stop it.

    aiosqlite has no public way to this: each of its own methods is a hop of its own. Its `_execute` does it; the version is
    pinned, and `tests/storage/test_sqlite.py` fails if that ever changes.
    """
    result: T = await connection._execute(work, connection._conn, *args, **kwargs)  # type: ignore[no-untyped-call]  # noqa: SLF001
    return result


async def close(connection: aiosqlite.Connection) -> None:
    """Closes the connection even if the one who asked is cancelled: its thread would keep the process alive for ever."""
    closing = asyncio.ensure_future(connection.close())
    try:
        await asyncio.shield(closing)
    except asyncio.CancelledError:
        await closing
        raise
