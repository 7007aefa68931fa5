"""The desk as its operator meets it: stopped in every weather within five seconds, started twice, started wrongly."""

import asyncio
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sandbox import TOKEN, Sandbox
from tests.house import AIGUL
from tests.talk import PATIENCE, People

STOPPED = 15.0
"""Seconds that tell a clean stop, promised within 5 on a machine that does nothing else, from waiting for Telegram or a lock."""


@dataclass
class Operator:
    """Starts desks and reads their logs."""

    sandbox: Sandbox
    people: People
    folder: Path
    started: list[Process] = field(default_factory=list)

    async def starts(self, *, url: str = "", owners: str = f"[{AIGUL}]", file: str = "wayhome.db") -> Process:
        config = self.folder / f"{len(self.started)}.toml"
        config.write_text(
            f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{url or self.sandbox.url}"\n[team]\nowners = {owners}\n'
            f'[database]\nurl = "sqlite:///{self.folder}/{file}"\n',
            encoding="utf-8",
        )
        command = (sys.executable, "-m", "bot", "run", "--config", str(config))
        process = await asyncio.create_subprocess_exec(*command, stderr=PIPE)
        self.started.append(process)
        return process

    async def reads(self, desk: Process, words: str = "ready") -> str:
        """The log up to the line with those words."""
        assert desk.stderr is not None
        lines = ""
        async with asyncio.timeout(PATIENCE):
            while words not in lines:
                line = (await desk.stderr.readline()).decode()
                assert line, f"it never said {words}: {lines}"
                lines += line
        return lines

    async def ended(self, desk: Process) -> tuple[int, str]:
        """Its exit code and the rest of its log, which never holds the token or a traceback."""
        _, log = await asyncio.wait_for(desk.communicate(), PATIENCE)
        assert TOKEN.partition(":")[2] not in log.decode()
        assert "Traceback" not in log.decode()
        assert desk.returncode is not None
        return desk.returncode, log.decode()

    async def stops(self, desk: Process, name: signal.Signals = signal.SIGTERM, times: int = 1) -> None:
        begun = time.monotonic()
        for _ in range(times):
            if desk.returncode is None:
                desk.send_signal(name)
                await asyncio.sleep(0.05 if times > 1 else 0)
        code, log = await self.ended(desk)
        assert code == 0, log
        assert time.monotonic() - begun < STOPPED


@pytest.fixture
async def operator(tmp_path: Path) -> AsyncIterator[Operator]:
    async with Sandbox() as sandbox, People.at(sandbox.url) as people:
        await people.call("/people", {"id": AIGUL, "first_name": "Aigul"})
        operator = Operator(sandbox, people, tmp_path)
        yield operator
        for desk in operator.started:
            if desk.returncode is None:
                desk.kill()
                await desk.communicate()


async def test_while_another_program_holds_the_database(operator: Operator) -> None:
    desk = await operator.starts()
    await operator.reads(desk)
    other = sqlite3.connect(operator.folder / "wayhome.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await operator.people.tells("/help", AIGUL)
    await operator.reads(desk, "the database can't be written")
    await operator.stops(desk)
    other.close()
    desk = await operator.starts()
    await operator.people.hears(AIGUL)
    await operator.stops(desk)


async def test_while_telegram_keeps_silent_and_however_often_it_is_told_to(operator: Operator) -> None:
    desk = await operator.starts()
    await operator.reads(desk)
    await operator.people.call("/faults", {"method": "sendMessage", "times": None, "fault": {"silent": True}})
    heard = await operator.people.tells("/help", AIGUL)
    await operator.people.hears(AIGUL, after=heard.id)
    await operator.stops(desk, signal.SIGINT, times=80)


async def test_while_telegram_is_away_and_nobody_may_use_it(operator: Operator) -> None:
    desk = await operator.starts(url="http://127.0.0.1:9", owners="[]")
    assert "owners is empty" in await operator.reads(desk, "can't be reached")
    await operator.stops(desk)


async def test_a_second_desk_is_kept_off_the_file_and_one_elsewhere_is_told_once(operator: Operator) -> None:
    first = await operator.starts()
    await operator.reads(first)
    second = await operator.starts()
    elsewhere = await operator.starts(file="other.db")
    log = await operator.reads(first, "another program asks Telegram")
    assert log.count("another program") == 1
    code, log = await operator.ended(second)
    assert (code, log.count("\n")) == (1, 1)
    assert "another desk" in log
    await operator.stops(elsewhere)
    await operator.stops(first)
