"""aiosqlite's private `_execute`, on which the house relies in one place, does what that place needs."""

import asyncio
import sqlite3
import threading
from importlib.metadata import requires, version
from pathlib import Path

import pytest

from storage.sqlite import close, connect, on_thread


def test_aiosqlite_is_pinned_to_the_version_this_was_tried_with() -> None:
    wanted = [one for one in requires("wayhome") or [] if one.startswith("aiosqlite")]
    assert wanted == [f"aiosqlite=={version('aiosqlite')}"]


async def test_a_whole_function_runs_on_the_connections_own_thread(tmp_path: Path) -> None:
    connection = await connect(tmp_path / "a.db", 1)

    def where(db: sqlite3.Connection, *args: int, **kwargs: int) -> tuple[int, bool, tuple[int, ...], dict[str, int]]:
        return threading.get_ident(), db is connection._conn, args, kwargs

    first = await on_thread(connection, where, 1, two=2)
    assert first == (await on_thread(connection, where, 1, two=2))
    assert first[0] != threading.get_ident()
    assert first[1:] == (True, (1,), {"two": 2})
    await close(connection)


async def test_functions_run_one_after_another_in_the_order_asked_even_if_nobody_waits_any_more(tmp_path: Path) -> None:
    connection = await connect(tmp_path / "a.db", 1)
    ran: list[int] = []
    go, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def waits(db: sqlite3.Connection) -> None:
        del db
        loop.call_soon_threadsafe(begun.set)
        go.wait()

    def notes(db: sqlite3.Connection, number: int) -> None:
        del db
        ran.append(number)

    first = asyncio.create_task(on_thread(connection, waits))
    await begun.wait()
    tasks = [asyncio.create_task(on_thread(connection, notes, number)) for number in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    first.cancel()
    go.set()
    await asyncio.gather(first, *tasks, return_exceptions=True)
    assert ran == [0, 1, 2, 3, 4]
    await close(connection)


async def test_whatever_a_function_raises_comes_back(tmp_path: Path) -> None:
    connection = await connect(tmp_path / "a.db", 1)

    def raises(db: sqlite3.Connection) -> None:
        del db
        raise LookupError("here")

    with pytest.raises(LookupError, match="here"):
        await on_thread(connection, raises)
    await close(connection)
    await close(connection)
