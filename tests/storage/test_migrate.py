import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage.door import Door, Tx
from storage.errors import DatabaseNewer
from storage.migrate import Migration, known, statements, upgrade

SCHEMA = "SELECT name, sql FROM sqlite_master ORDER BY name"


def opened(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


def schema(tx: Tx) -> list[tuple[str, str]]:
    return [(row["name"], row["sql"]) for row in tx.all(SCHEMA)]


async def test_opening_again_changes_nothing(url: str) -> None:
    async with await Door.open(url) as door:
        made = await door.read(schema)
    async with await Door.open(url) as door:
        assert await door.read(schema) == made
        ledger = await door.read(lambda tx: [row["number"] for row in tx.all("SELECT number FROM migrations")])
    assert ledger == list(range(1, len(known()) + 1))


async def test_two_that_open_a_new_database_at_once_make_it_once(url: str) -> None:
    doors = await asyncio.gather(*(Door.open(url) for _ in range(4)))
    assert await asyncio.gather(*(door.change(lambda tx: tx.run("DELETE FROM teams")) for door in doors)) == [0] * 4
    for door in doors:
        await door.close()


def test_every_older_version_comes_to_the_same_schema(tmp_path: Path) -> None:
    schemas = []
    for version in range(len(known()) + 1):
        db = opened(tmp_path / f"{version}.db")
        assert upgrade(db, known()[:version]) == version
        assert upgrade(db, known()) == len(known()) - version
        assert upgrade(db, known()) == 0
        schemas.append([tuple(row) for row in db.execute(SCHEMA)])
        db.close()
    assert schemas == [schemas[0]] * len(schemas)


async def test_a_database_of_a_newer_version_is_left_alone(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = (*known(), Migration(len(known()) + 1, "later", "CREATE TABLE later (id INTEGER);\n"))
    monkeypatch.setattr("storage.door.known", lambda: later)
    async with await Door.open(url) as door:
        made = await door.read(schema)
    monkeypatch.undo()
    with pytest.raises(DatabaseNewer, match=f"version {len(later)}, this program knows {len(known())}"):
        await Door.open(url)
    monkeypatch.setattr("storage.door.known", lambda: later)
    async with await Door.open(url) as door:
        assert await door.read(schema) == made


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    db = opened(tmp_path / "a.db")
    upgrade(db, known())
    before = [tuple(row) for row in db.execute(SCHEMA)]
    bad = Migration(len(known()) + 1, "bad", "CREATE TABLE one (id INTEGER);\nCREATE TABLE teams (id INTEGER);\n")
    with pytest.raises(sqlite3.OperationalError):
        upgrade(db, (*known(), bad))
    assert [tuple(row) for row in db.execute(SCHEMA)] == before
    assert not db.in_transaction
    db.close()


def test_numbers_leave_no_gap(tmp_path: Path) -> None:
    for name in ("0001_one.sql", "0003_three.sql"):
        (tmp_path / name).write_text("SELECT 1;\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"0003_three"):
        known(tmp_path)


def test_a_file_is_taken_apart_at_the_ends_of_its_statements() -> None:
    sql = "-- one; two\nCREATE TABLE a (x TEXT DEFAULT ';');\n\nCREATE TABLE b (\n  y TEXT -- a; b\n);\n-- the end\n"
    assert len(list(statements(sql))) == 2
    with pytest.raises(ValueError, match="no end"):
        list(statements("CREATE TABLE a (x TEXT)\n"))
