import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage import teams
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


BEFORE_THROWS = 19
"""The last version in which small numbers were not drawn by chance."""


def test_each_team_that_is_there_gets_a_secret_of_its_own(tmp_path: Path) -> None:
    db = opened(tmp_path / "a.db")
    upgrade(db, known()[:BEFORE_THROWS])
    db.executemany("INSERT INTO teams (name, head) VALUES (?, '')", [("Aktau desk",), ("Almaty desk",)])
    upgrade(db, known())
    db.execute("BEGIN")
    teams.ensure(Tx(db), "New desk")
    secrets = {teams.secret(Tx(db), number) for number in (1, 2, 3)}
    assert len(secrets) == 3
    assert {len(one) for one in secrets} == {32}
    db.execute("COMMIT")
    db.close()


SCHEDULE = """
INSERT INTO schedules (id, team, chat, thread, who, rule, zone, language, filter, when_empty, due_at, told, told_at, state)
VALUES (:id, 1, :chat, 0, 7, 'daily 08:00', 'Asia/Almaty', 'kk', :filter, 'send', '2026-05-05', 4, '2026-05-04', :state)
"""
BEFORE_SEVERAL = 7
"""The last version in which a chat had one digest."""


def test_digests_and_their_letters_keep_their_ids_when_a_chat_may_have_several(tmp_path: Path) -> None:
    db = opened(tmp_path / "a.db")
    db.execute("PRAGMA foreign_keys = ON")
    upgrade(db, known()[:BEFORE_SEVERAL])
    db.execute("INSERT INTO teams (id, name, seq, head) VALUES (1, 'Aktau desk', 4, '')")
    for number, state in ((3, "on"), (8, "paused")):
        db.execute(SCHEDULE, {"id": number, "chat": number, "filter": "", "state": state})
    db.execute("INSERT INTO pages (id, team, html) VALUES (2, 1, 'page')")
    db.execute(
        "INSERT INTO letters (id, schedule, due_at, part, parts, since, since_at, until, page, state, marked, tries, not_before)"
        " VALUES (5, 8, '2026-05-04', 1, 1, 0, '2026-05-03', 4, 2, 'waiting', 0, 0, '2026-05-04')"
    )
    before = {table: [dict(row) for row in db.execute(f"SELECT * FROM {table}")] for table in ("schedules", "letters")}
    upgrade(db, known())
    for table, rows in before.items():
        kept = [dict(row) for row in db.execute(f"SELECT * FROM {table}")]
        assert [{name: row[name] for name in was} for row, was in zip(kept, rows, strict=True)] == rows
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute(SCHEDULE, {"id": 9, "chat": 3, "filter": "citizens=KZ", "state": "on"})
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        db.execute(SCHEDULE, {"id": 10, "chat": 3, "filter": "citizens=KZ", "state": "on"})
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute("UPDATE letters SET schedule = 99")
    db.close()
