"""Opening says what is wrong, closing never hangs."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from storage.door import Door, Tx
from storage.errors import DatabaseBroken, DatabaseClosed, DatabaseLocked, DatabaseUnknown
from storage.sqlite import close, connect, keep_log, on_thread
from tests.storage.doors import all_begun, content, names, put, seen_from_outside, without_end


def assert_no_thread_is_left() -> None:
    """A worker tells that it is done just before it is."""
    workers = [one for one in threading.enumerate() if "_connection_worker_thread" in one.name]
    for one in workers:
        one.join(5)
    assert not [one for one in workers if one.is_alive()]


async def test_closing_commits_what_waits_and_takes_nothing_new(url: str) -> None:
    door = await Door.open(url)
    waiting = [asyncio.create_task(door.change(put, f"team {number}")) for number in range(300)]
    await all_begun(waiting)
    await door.close()
    assert list(await asyncio.gather(*waiting)) == seen_from_outside(url)
    with pytest.raises(DatabaseClosed):
        await door.change(put, "too late")
    with pytest.raises(DatabaseClosed):
        await door.read(names)
    with pytest.raises(DatabaseClosed):
        await door.shorten_log()
    await door.close()
    assert_no_thread_is_left()


def nothing(tx: Tx) -> None:
    del tx


async def test_closing_breaks_off_what_would_never_end(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.door.GRACE", 0.05)
    door = await Door.open(url)
    change = await without_end(door.change)
    behind = asyncio.create_task(door.change(put, "behind"))
    looks = [await without_end(door.read) for _ in range(2)]
    looks += [asyncio.create_task(door.read(nothing)) for _ in range(2)]
    await all_begun([behind])
    await door.close()
    outcomes = await asyncio.gather(change, behind, *looks, return_exceptions=True)
    assert [type(one) for one in outcomes] == [DatabaseClosed] * 6
    assert seen_from_outside(url) == []


async def test_a_cancelled_close_closes_all_the_same(url: str) -> None:
    door = await Door.open(url)
    closing = asyncio.create_task(door.close())
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert_no_thread_is_left()


@pytest.mark.parametrize(
    "url",
    ["wayhome.db", "sqlite://wayhome.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "postgresql://me:secret@host/db",
     "sqlite:///a.db?mode=ro", "mysqlite:///a.db", ""],
)  # fmt: skip
async def test_an_address_that_names_no_file_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(DatabaseUnknown) as refused:
        await Door.open(url)
    assert "secret" not in str(refused.value)


async def test_an_address_may_be_beside_the_program_or_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite:///beside.db", f"sqlite:///{tmp_path}/anywhere.db"):
        async with await Door.open(url) as door:
            await door.change(put, "team")
        assert content(tmp_path / url.rpartition("/")[2])


def damage(file: Path) -> None:
    """Writes over everything but the first page."""
    size = file.stat().st_size
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\x5a" * (size - 4096))


async def test_a_damaged_database_is_named_wherever_it_shows(url: str) -> None:
    async with await Door.open(url) as door:
        await door.change(put, "team")
    damage(Path(url.removeprefix("sqlite:///")))
    with pytest.raises(DatabaseBroken, match="malformed") as broken:
        async with await Door.open(url) as door:
            await door.read(lambda tx: tx.one("SELECT name FROM teams"))
    assert isinstance(broken.value.__cause__, sqlite3.DatabaseError)
    assert_no_thread_is_left()


async def test_a_log_that_another_program_holds_up_is_waited_for_and_then_named(tmp_path: Path) -> None:
    file = tmp_path / "wayhome.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT, at TEXT)")
    other.execute("BEGIN")
    other.execute("SELECT * FROM migrations").fetchall()
    connection = await connect(file, 0.05)
    with pytest.raises(DatabaseLocked):
        await on_thread(connection, keep_log, 0.05)
    other.close()
    await on_thread(connection, keep_log, 5.0)
    await close(connection)


async def test_a_python_with_too_old_a_database_says_so(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(DatabaseBroken, match=r"SQLite 3\.35 is needed"):
        await Door.open(url)


async def test_only_its_owner_may_read_a_new_database(door: Door, url: str) -> None:
    await door.change(put, "team")
    file = Path(url.removeprefix("sqlite:///"))
    assert {one.stat().st_mode & 0o777 for one in file.parent.glob("wayhome.db*")} == {0o600}


def no_database(tmp_path: Path, kind: str) -> Path:
    file = tmp_path / "none" / "wayhome.db" if kind == "no folder" else tmp_path / "wayhome.db"
    if kind == "a folder":
        file.mkdir()
    if kind == "no database":
        file.write_bytes(b"a letter to my mother " * 100)
    if kind == "another program's":
        db = sqlite3.connect(file)
        db.execute("CREATE TABLE songs (name TEXT)")
        db.close()
    return file


@pytest.mark.parametrize("kind", ["no folder", "a folder", "no database", "another program's"])
async def test_what_is_no_database_of_ours_is_named_and_left_alone(tmp_path: Path, kind: str) -> None:
    file = no_database(tmp_path, kind)
    before = content(file)
    with pytest.raises(DatabaseBroken):
        await Door.open(f"sqlite:///{file}")
    assert_no_thread_is_left()
    assert content(file) == before
