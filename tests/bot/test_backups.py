"""Copies of the database: made beside a desk at work, looked through before they are restored, one a night."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.backups import nightly
from bot.settings import Backup
from storage import chain
from tests.bot.test_cli import Ended, config, wayhome
from tests.house import TIMUR, Talk, Town, town, working
from tests.storage.made import behind_its_back

POST = "/flight women 3 from Syria to Aktau yesterday arrived"
HOUR = 3_600


def beside(folder: Path, pattern: str = "*") -> list[Path]:
    return sorted(folder.glob(pattern))


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def content(file: Path) -> bytes:
    return file.read_bytes()


def held(file: Path, query: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


async def shell(folder: Path, *words: str) -> Ended:
    return await wayhome(*words, "--config", config(folder))


@pytest.fixture
async def place() -> AsyncIterator[Town]:
    """One town for the desks before and after: its messages go on being numbered."""
    async with town() as place:
        yield place


@pytest.fixture
async def copied(place: Town, tmp_path: Path) -> Path:
    """A copy of a desk's database with two entries; the desk is stopped and its database stands in `desk`."""
    (tmp_path / "desk").mkdir()
    async with working(place, tmp_path / "desk") as talk:
        await talk.says(POST)
        await talk.says(POST.replace("Syria", "Iraq"))
        await talk.quiet()
        made = await talk.shell("db", "backup", str(tmp_path / "copy.db"))
        assert "copy.db: a copy" in made
    return tmp_path / "copy.db"


async def test_a_copy_is_whole_private_and_without_what_people_are_just_saying(copied: Path) -> None:
    assert mode(copied) == 0o600
    assert [one.name for one in beside(copied.parent, "copy*")] == ["copy.db"]
    assert held(copied, "SELECT COUNT(*) FROM inbox") == [(0,)]
    assert held(copied, "SELECT ref FROM entries ORDER BY id") == [("F-0001",), ("F-0002",)]


async def test_people_post_while_a_copy_is_made_and_it_holds_one_moment(talk: Talk) -> None:
    await talk.says(POST)
    copying = asyncio.create_task(talk.shell("db", "backup", str(talk.folder / "copy.db")))
    posted = 1
    while not copying.done():
        await talk.says(POST.replace("3", str(posted + 3)), TIMUR)
        posted += 1
    await copying
    [(entries,)] = held(talk.folder / "copy.db", "SELECT COUNT(*) FROM entries")
    [(lines,)] = held(talk.folder / "copy.db", "SELECT COUNT(*) FROM journal WHERE act = 'posted'")
    assert 1 <= entries <= posted
    assert lines == entries
    assert held(talk.folder / "copy.db", "PRAGMA integrity_check") == [("ok",)]


async def test_a_copy_overwrites_nothing(copied: Path) -> None:
    before = content(copied)
    ended = await shell(copied.parent / "desk", "db", "backup", str(copied))
    assert (ended.code, ended.out) == (1, "")
    assert "is there already" in ended.err
    assert content(copied) == before


async def test_a_restored_desk_goes_on_where_the_copy_was_made(place: Town, copied: Path) -> None:
    new = copied.parent / "new"
    new.mkdir()
    ended = await shell(new, "db", "restore", str(copied))
    assert (ended.code, ended.err) == (0, "")
    assert "the journal is whole: 2 lines" in ended.out
    async with working(place, new) as talk:
        assert "3" in (await talk.says("/show F-0002")).text
        assert "F-0003" in (await talk.says(POST.replace("Syria", "Jordan"))).text
        assert (await talk.desk.house.door.read(chain.verify, talk.desk.house.team.id)).ok


async def test_a_database_in_use_is_restored_over_by_force_only_and_kept(place: Town, copied: Path) -> None:
    desk = copied.parent / "desk"
    async with working(place, desk) as talk:
        await talk.says(POST.replace("Syria", "Jordan"))
    refused = await shell(desk, "db", "restore", str(copied))
    assert refused.code == 1
    assert "--force" in refused.err
    assert held(desk / "wayhome.db", "SELECT COUNT(*) FROM entries") == [(3,)]
    assert (await shell(desk, "db", "restore", "--force", str(copied))).code == 0
    assert held(desk / "wayhome.db", "SELECT COUNT(*) FROM entries") == [(2,)]
    [kept] = beside(desk, "wayhome.db.before-*")
    assert held(kept, "SELECT COUNT(*) FROM entries") == [(3,)]


async def test_nothing_is_restored_under_a_desk_at_work(place: Town, copied: Path) -> None:
    async with working(place, copied.parent / "desk") as talk:
        ended = await shell(talk.folder, "db", "restore", "--force", str(copied))
        assert ended.code == 1
        assert "another desk is at work" in ended.err
        assert "F-0003" in (await talk.says(POST.replace("Syria", "Jordan"))).text


async def test_a_copy_that_was_tampered_with_is_not_restored(copied: Path) -> None:
    behind_its_back(f"sqlite:///{copied}", "UPDATE entries SET women = 30 WHERE id = 2")
    new = copied.parent / "new"
    new.mkdir()
    ended = await shell(new, "db", "restore", str(copied))
    assert ended.code == 1
    assert "F-0002 is not what the journal says: women" in ended.err
    assert not (new / "wayhome.db").exists()


async def test_what_is_no_database_is_not_restored(tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("nothing of the kind " * 500, encoding="utf-8")
    for name in ("copy.db", "absent.db"):
        ended = await shell(tmp_path, "db", "restore", str(tmp_path / name))
        assert ended.code == 1
        assert ended.err
    assert not (tmp_path / "wayhome.db").exists()
    assert not beside(tmp_path, "*.restoring*")


async def test_a_whole_database_is_found_whole_and_a_changed_one_is_not(copied: Path) -> None:
    desk = copied.parent / "desk"
    well = await shell(desk, "db", "verify")
    assert (well.code, well.err) == (0, "")
    assert "the database is whole" in well.out
    assert "the journal is whole: 2 lines" in well.out
    database = f"sqlite:///{desk}/wayhome.db"
    behind_its_back(database, "INSERT INTO doubts (team, entry, other, state) VALUES (1, 7, 8, 'asked')")
    ill = await shell(desk, "db", "verify")
    assert (ill.code, ill.out) == (1, "")
    assert "damaged: doubts" in ill.err
    behind_its_back(database, "DELETE FROM doubts WHERE entry = 7", "DELETE FROM migrations WHERE number > 14")
    assert "version 14" in (await shell(desk, "db", "verify")).err


async def test_a_copy_is_made_each_night_and_old_ones_go(talk: Talk) -> None:
    await talk.says(POST)
    folder = talk.folder / "copies"
    folder.mkdir()
    (folder / "wayhome-mine.db").write_text("not ours", encoding="utf-8")
    wanted, database = Backup(folder=str(folder), keep=2, hour=3), talk.folder / "wayhome.db"
    house = replace(talk.desk.house, now=talk.clock.now)
    for _ in range(4 * 24):
        assert not await nightly(house, database, wanted)
        talk.clock.forward(HOUR)
    kept = [one.name for one in beside(folder)]
    assert len(kept) == 3
    assert kept[-1] == "wayhome-mine.db"
    assert kept[:2] == ["wayhome-2026-03-05.db", "wayhome-2026-03-06.db"]
    assert held(folder / kept[0], "SELECT ref FROM entries") == [("F-0001",)]


async def test_no_folder_no_copies(talk: Talk) -> None:
    assert not await nightly(talk.desk.house, talk.folder / "wayhome.db", Backup())
    assert not beside(talk.folder, "wayhome-*.db")
