"""What was acknowledged is kept: the process is killed again and again while people post."""

import asyncio
import random
import signal
import sqlite3
import sys
from asyncio.subprocess import Process
from pathlib import Path

from sandbox import TOKEN, Sandbox
from tests.talk import People

CHATS = 50
POSTS = 500
KILLS = 20
FIRST = 2001


def config(folder: Path, url: str) -> Path:
    """A configuration whose owners are all who post."""
    path = folder / "wayhome.toml"
    owners = list(range(FIRST, FIRST + CHATS))
    path.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{url}"\n[database]\nurl = "sqlite:///{folder}/wayhome.db"\n'
        f'[team]\nowners = {owners}\n[digest]\ndefault = ""\n'
        "[limits]\nper_second = 0\nper_chat_per_second = 0\n",
        encoding="utf-8",
    )
    return path


async def start(path: Path) -> Process:
    """The desk in a process of its own, polling."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(path), stderr=asyncio.subprocess.DEVNULL
    )


async def test_nothing_acknowledged_is_lost_when_the_process_is_killed_twenty_times(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    async with Sandbox() as sandbox, People.at(sandbox.url) as people:
        for person in range(FIRST, FIRST + CHATS):
            await people.call("/people", {"id": person, "first_name": f"P{person}"})
        path = config(tmp_path, sandbox.url)
        posting = asyncio.create_task(_post(people, dice))
        process = await start(path)
        for _ in range(KILLS):
            await _moved(tmp_path / "wayhome.db", dice.randint(5, 25), process)
            process.send_signal(signal.SIGKILL)
            await process.wait()
            process = await start(path)
        said = await posting
        await _all_done(tmp_path / "wayhome.db")
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
        with sqlite3.connect(tmp_path / "wayhome.db") as db:
            kept = sorted(ref for (ref,) in db.execute("SELECT ref FROM entries"))
        db.close()
        assert kept == sorted(said)
        for person in range(FIRST, FIRST + CHATS):
            heard = "\n".join(one.text for one in await people.sees(person) if one.raw["from"]["is_bot"])
            for ref, who in said.items():
                assert who != person or ref in heard, f"{ref} was never answered"
        verified = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "journal", "verify", "--config", str(path)
        )
        assert await verified.wait() == 0


async def _post(people: People, dice: random.Random) -> dict[str, int]:
    said: dict[str, int] = {}
    for number in range(POSTS):
        who = FIRST + dice.randrange(CHATS)
        ref = f"K-{number:04}"
        await people.tells(f"/session 03.06.2019 site Aktau type education {number} children ref {ref}", who)
        said[ref] = who
        await asyncio.sleep(dice.random() / 20)
    return said


async def _moved(database: Path, entries: int, process: Process) -> None:
    """Waits until the desk has kept that many more entries (or all there are), so that each kill finds it at work."""
    before = _count(database, "SELECT count(*) FROM entries")
    async with asyncio.timeout(60):
        while _count(database, "SELECT count(*) FROM entries") < min(before + entries, POSTS):
            assert process.returncode is None, "the desk stopped by itself"
            await asyncio.sleep(0.005)


async def _all_done(database: Path) -> None:
    """Waits until every message has been taken in and answered."""
    async with asyncio.timeout(120):
        while _count(database, "SELECT count(*) FROM inbox WHERE state = 'done'") < POSTS:
            await asyncio.sleep(0.05)


def _count(database: Path, query: str) -> int:
    if not database.exists():
        return 0
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(db.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()
