"""The database beside other programs: looked into, copied, moved away, or wanted by a second desk."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from storage import teams
from storage.door import Door
from storage.errors import DatabaseBroken, DatabaseTaken
from storage.sole import sole

LOOK = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA wal_checkpoint")
print([name for (name,) in db.execute("SELECT name FROM teams ORDER BY id")])
db.close()
"""


async def seen_by_another_program(path: Path) -> str:
    """What a process of its own reads, which closes the database behind itself as SQLite's shell does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOOK, str(path), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out.decode().strip()


async def test_another_program_that_comes_and_goes_takes_nothing_with_it(url: str, tmp_path: Path) -> None:
    path = tmp_path / "wayhome.db"
    async with await Door.open(url) as door:
        await door.change(teams.ensure, "A")
        assert await seen_by_another_program(path) == "['A']"
        await door.change(teams.ensure, "B")
        assert await seen_by_another_program(path) == "['A', 'B']"
        assert (tmp_path / "wayhome.db-wal").exists()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM teams").fetchone() == (2,)
    db.close()


@pytest.mark.parametrize("gone", ["deleted", "replaced", "with its folder"])
async def test_nothing_is_promised_once_the_file_is_gone(gone: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "wayhome.db"
    url = f"sqlite:///{path}"
    async with await Door.open(url) as door:
        await door.change(teams.ensure, "A")
        if gone == "with its folder":
            folder.rename(tmp_path / "away")
        else:
            path.rename(folder / "away.db")
        if gone == "replaced":
            path.write_bytes(b"")
        with pytest.raises(DatabaseBroken):
            await door.change(teams.ensure, "B")


async def test_one_desk_to_a_database_and_the_next_one_as_soon_as_it_is_gone(url: str) -> None:
    async with sole(url):
        with pytest.raises(DatabaseTaken):
            async with sole(url, patience=0.0):
                pass
        waiting = asyncio.create_task(held(url))
        await asyncio.sleep(0)
        assert not waiting.done()
    await waiting
    with pytest.raises(DatabaseBroken):
        await held("sqlite:////nowhere/at/all.db")


async def held(url: str) -> None:
    async with sole(url):
        pass
