"""What the tests of the door share: small changes, a way to look past it, and one that keeps the writer busy."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from storage.door import Door, Tx

FOREVER = "WITH RECURSIVE n (i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
PUT = "INSERT INTO teams (name, head) VALUES (:name, '')"
NAMES = "SELECT name FROM teams ORDER BY id"


def put(tx: Tx, name: str) -> str:
    tx.run(PUT, name=name)
    return name


def names(tx: Tx) -> list[str]:
    return [row["name"] for row in tx.all(NAMES)]


def seen_from_outside(url: str) -> list[str]:
    db = sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)
    try:
        return [name for (name,) in db.execute(NAMES)]
    finally:
        db.close()


def fails(tx: Tx, name: str) -> None:
    put(tx, name)
    raise LookupError(name)


class Held:
    """A change that keeps the writer busy until it is let go, so that others gather behind it."""

    def __init__(self, door: Door) -> None:
        self.begun = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._go = threading.Event()
        self.task = asyncio.create_task(door.change(self._wait))

    def _wait(self, tx: Tx) -> None:
        del tx
        self._loop.call_soon_threadsafe(self.begun.set)
        self._go.wait()

    async def let_go(self) -> None:
        self._go.set()
        await self.task


async def held(door: Door) -> Held:
    one = Held(door)
    await one.begun.wait()
    return one


def content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


async def without_end(run: Callable[[Callable[[Tx], None]], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
    """A change or a look in the middle of a statement that never ends; `run` is the door's method."""
    begun, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell() -> int:
        loop.call_soon_threadsafe(begun.set)
        return 0

    def act(tx: Tx) -> None:
        tx._db.create_function("begun", 0, tell)
        tx.all(FOREVER)

    task = asyncio.create_task(run(act))
    await begun.wait()
    return task


async def all_begun(tasks: list[asyncio.Task[str]]) -> None:
    """Lets every task come as far as the writer's queue."""
    for _ in tasks:
        await asyncio.sleep(0)
