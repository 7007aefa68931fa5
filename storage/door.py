"""The one door to everything that is kept: changes go in, looks come out, each a plain function run whole on a thread."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Concatenate, Final, ParamSpec, Self, TypeVar

import aiosqlite

from storage.errors import DatabaseBroken, DatabaseClosed, rise
from storage.migrate import known, upgrade
from storage.sqlite import close, connect, identity, keep_log, on_thread, path_of
from storage.transaction import Cell, Row, Tx
from storage.writer import Writer

__all__ = ["Cell", "Door", "Row", "Tx"]

P = ParamSpec("P")
T = TypeVar("T")

OLDEST: Final = (3, 35)
"""The first SQLite that knows RETURNING."""
READERS: Final = 2
PATIENCE: Final = 2.0
"""Seconds to wait for a lock that another program holds. SQLite can't be called off meanwhile, and stopping has to be quick."""
GRACE: Final = 2.0
"""Seconds that changes under way have when the door is closed."""
AT_ONCE: Final = 100
"""Milliseconds that shortening the log may wait for readers: the next beat tries again."""


class Door:
    """An open database. To be made by `Door.open`, and to be closed: its threads would keep the process alive for ever."""

    def __init__(self, path: Path, writer: Writer, readers: list[aiosqlite.Connection], patience: float) -> None:
        """Connections that are open to that file, their schema up to date."""
        self._path = path
        self._file = identity(path)
        self._writer = writer
        self._readers = readers
        self._idle: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._idle.put_nowait(reader)
        self._patience = patience
        self._open = True

    @classmethod
    async def open(cls, url: str, *, patience: float = PATIENCE) -> "Door":
        """Opens the database of that address and brings it up to date; makes it if it isn't there. Raises StorageError."""
        path = path_of(url)
        if sqlite3.sqlite_version_info < OLDEST:
            raise DatabaseBroken(
                f"SQLite {'.'.join(map(str, OLDEST))} is needed, this Python has {sqlite3.sqlite_version}"
            )
        opened = [await connect(path, patience)]
        try:
            await on_thread(opened[0], upgrade, known())
            await on_thread(opened[0], keep_log, patience)  # not before it is known to be ours
            for _ in range(READERS):
                opened.append(await connect(path, patience, reads_only=True))  # noqa: PERF401 - to be closed if one fails
        except BaseException:
            for connection in opened:
                await close(connection)
            raise
        return cls(path, Writer(opened[0]), opened[1:], patience)

    async def __aenter__(self) -> Self:
        """The door itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        await self.close()

    async def change(self, act: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `act(tx, …)` and gives what it gives, once that is committed; if it raises, nothing of it is kept.

        It may be run a second time, when others filled the disk, so it touches nothing but `tx`. Cancelled before its turn
        it is dropped, after that it is committed all the same. Raises StorageError.
        """
        if identity(self._path) != self._file:  # SQLite would write on to a file nobody will ever open again
            raise DatabaseBroken("the database's file was deleted, moved or replaced while it was open")
        return await self._writer.change(act, *args, **kwargs)

    async def read(self, look: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `look(tx, …)` and gives what it gives. Raises StorageError.

        It sees one state of everything, and in it every change that was resolved before. If it is cancelled, it is broken off.
        """
        self._check_open()
        reader = await self._idle.get()
        try:
            self._check_open()
            return await on_thread(reader, look_in, lambda tx: look(tx, *args, **kwargs))
        except asyncio.CancelledError:
            await reader.interrupt()  # or whoever reads next would wait for what nobody wants any more
            raise
        finally:
            self._idle.put_nowait(reader)

    def _check_open(self) -> None:
        if not self._open:
            raise DatabaseClosed("the database is closed")

    async def shorten_log(self) -> bool:
        """Moves all of the write-ahead log into the database and empties it; False if a reader was in the way."""
        return await self._writer.alone(shorten, self._patience)

    async def close(self) -> None:
        """Commits what waits, breaks looks off, and closes; asking again does nothing."""
        if not self._open:
            return
        self._open = False
        try:
            await self._writer.close(GRACE)
        finally:
            for reader in self._readers:
                await reader.interrupt()
                await close(reader)


def look_in(db: sqlite3.Connection, look: Callable[[Tx], T]) -> T:
    """Runs a look in a reading transaction of its own."""
    try:
        db.execute("BEGIN DEFERRED")
        try:
            return look(Tx(db))
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
    except sqlite3.Error as error:
        rise(error)


def shorten(db: sqlite3.Connection, patience: float) -> bool:
    """Empties the write-ahead log, without making changes wait for a long look."""
    try:
        db.execute(f"PRAGMA busy_timeout = {AT_ONCE:d}")
        try:
            return bool(db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        finally:
            db.execute(f"PRAGMA busy_timeout = {round(patience * 1000):d}")
    except sqlite3.Error as error:
        rise(error)
