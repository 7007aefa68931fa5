"""Killed at any statement of forgetting, before it and after it: what is left is whole, and the next start forgets the rest."""

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk.age import age, forget
from records.kinds import KINDS
from records.terms import Terms
from storage import audit, chain, teams
from storage.door import Door
from storage.transaction import Cell, Tx
from tests.house import talking
from tests.mortal import NEVER, PROCESSES, Fuse

DAYS = 120
WORDS = ("blankets", "consul", "told twice", "kinsmen", "Skyward")
POST = "/flight women 3 from Syria to Aktau yesterday arrived\nnote: bring the blankets\nsource: the consul\ncarrier: Skyward"


async def forgotten(folder: Path, now: datetime, fuse: Fuse) -> None:
    """All that is due, as the heartbeat forgets it, by a desk that burns its fuse at every statement."""
    async with await Door.open(f"sqlite:///{folder}/wayhome.db") as door:
        team = await door.change(teams.ensure, "Our team")
        executed = Tx._executed

        def burning(tx: Tx, sql: str, params: Mapping[str, Cell]) -> sqlite3.Cursor:
            fuse.burn()
            cursor = executed(tx, sql, params)
            fuse.burn()
            return cursor

        Tx._executed = burning  # type: ignore[method-assign, assignment]
        try:
            while await door.change(age, team, KINDS, Terms(), now):
                fuse.burn()
            await door.change(forget, Terms(), now)
        finally:
            Tx._executed = executed  # type: ignore[method-assign]
        await door.shorten_log()


def die(folder: Path, now: datetime, moment: int) -> None:
    asyncio.run(forgotten(folder, now, Fuse(moment)))


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(f"file:{folder}/wayhome.db?mode=ro", uri=True)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("wayhome.db*"))


async def whole(folder: Path) -> None:
    """The chain holds, every entry is what the journal says, and none is half emptied: it tells all of its words or none."""
    async with await Door.open(f"sqlite:///{folder}/wayhome.db") as door:
        team = await door.change(teams.ensure, "Our team")
        assert (await door.read(chain.verify, team)).ok
        assert await door.read(audit.differences, team, KINDS) == []
    done = {entry for (entry,) in rows(folder, "SELECT entry FROM journal WHERE act IN ('emptied', 'blanked')")}
    for entry, words in rows(folder, "SELECT id, body || said || COALESCE(sought, '') FROM entries"):
        told = rows(folder, f"SELECT payload FROM journal WHERE entry = {entry} AND payload IS NOT NULL")
        kept = [word for word in WORDS if word in f"{words}{told}"]
        assert bool(kept) == (entry not in done), (entry, kept, done)
        assert len(kept) in (0, len(WORDS) - (entry == 2)), (entry, kept)  # nobody told why of the second


@pytest.fixture
async def old(tmp_path: Path) -> tuple[Path, datetime]:
    """A database in which a withdrawn entry is to be emptied and another's words to be taken out, and the moment for it."""
    (tmp_path / "desk").mkdir()
    async with talking(tmp_path / "desk") as talk:
        for place in ("Syria", "Iraq"):
            await talk.says(POST.replace("Syria", place))
        for ref in ("F-0001", "F-0002"):
            await talk.says(f"/figure {ref} people 9 source kinsmen")
        await talk.says("/edit F-0002 women 4")
        await talk.says("/withdraw F-0001 told twice")
        await talk.says("/flight")  # a form nobody ends
        await talk.quiet()
        now = talk.clock.now() + timedelta(days=DAYS)
    return tmp_path / "desk", now


async def test_a_kill_at_any_statement_of_forgetting_leaves_everything_whole(old: tuple[Path, datetime]) -> None:
    desk, now = old
    fuse = Fuse(NEVER)
    shutil.copytree(desk, desk.with_name("alive"))
    await forgotten(desk.with_name("alive"), now, fuse)
    moments = -fuse.left
    assert moments > 60
    for moment in range(1, moments + 1):
        folder = desk.with_name(str(moment))
        shutil.copytree(desk, folder)
        process = PROCESSES.Process(target=die, args=(folder, now, moment))
        process.start()
        while process.exitcode is None:
            await asyncio.sleep(0.01)
        assert process.exitcode == -signal.SIGKILL
        await whole(folder)
        await forgotten(folder, now, Fuse(NEVER))
        await whole(folder)
        assert [word for word in WORDS if word.encode() in on_disk(folder)] == [], moment
        assert rows(folder, "SELECT act FROM journal ORDER BY seq") == rows(
            desk.with_name("alive"), "SELECT act FROM journal ORDER BY seq"
        )
        shutil.rmtree(folder)
