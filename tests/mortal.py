"""A desk in a process of its own that dies, by SIGKILL, at a moment it was given: before or after a commit or a call."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot import app, logs
from bot.request import AiohttpRequest
from bot.settings import Database, Digest, Limits, Settings, Team, Telegram
from sandbox import TOKEN
from storage import writer

NEVER = 0
BEAT = 0.1

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.mortal"])


class Fuse:
    """Burns down by one at each dangerous moment; at nothing the process is gone."""

    def __init__(self, length: int) -> None:
        self.left = length

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def live(folder: str, url: str, who: int, clock: Any, fuse: int) -> None:
    """Runs the desk for that owner until SIGTERM, or until its fuse has burned down; its log goes to a file."""
    with Path(folder, "log").open("a", encoding="utf-8") as log:
        logs.set_up(log)
        sys.stderr = log
        _set(Fuse(fuse))
        app.BEAT = BEAT  # type: ignore[misc]
        app.utc_now = lambda: datetime.fromtimestamp(clock.value, UTC)
        app.opened.__wrapped__.__kwdefaults__["now"] = app.utc_now  # type: ignore[attr-defined]
        asyncio.run(app.run(settings(folder, url, who)))


def settings(folder: str, url: str, who: int) -> Settings:
    return Settings.apart(
        telegram=Telegram(token=SecretStr(TOKEN), api_url=url),
        database=Database(url=f"sqlite:///{folder}/wayhome.db"),
        team=Team(owners=(who,)),
        digest=Digest(default="daily 08:00"),
        limits=Limits.none(),
    )


def _set(fuse: Fuse) -> None:
    """Lays the fuse: each commit and each call of the Bot API is dangerous before it and after it."""
    commit, call = writer.commit_together, AiohttpRequest.do_request

    def commit_together(db: Any, acts: Sequence[Callable[..., Any]]) -> Any:
        fuse.burn()
        outcomes = commit(db, acts)
        fuse.burn()
        return outcomes

    async def do_request(self: AiohttpRequest, *args: Any, **named: Any) -> tuple[int, bytes]:
        fuse.burn()
        answer = await call(self, *args, **named)
        fuse.burn()
        return answer

    writer.commit_together = commit_together
    AiohttpRequest.do_request = do_request  # type: ignore[method-assign]


class Mortal:
    """A desk that is started again whenever it was killed."""

    def __init__(self, folder: Path, url: str, who: int, start: datetime) -> None:
        self.folder, self.url, self.who = folder, url, who
        self.clock = PROCESSES.Value("d", start.timestamp())
        self.deaths = 0
        self._process: BaseProcess | None = None

    def start(self, fuse: int = NEVER) -> None:
        process = PROCESSES.Process(target=live, args=(str(self.folder), self.url, self.who, self.clock, fuse))
        process.start()
        self._process = process

    def forward(self, seconds: float) -> None:
        self.clock.value += seconds

    def look(self) -> None:
        """Starts it again if it was killed; any other end is a mistake."""
        if self._process is None or self._process.exitcode is None:
            return
        assert self._process.exitcode == -signal.SIGKILL, (self._process.exitcode, self.log)
        self.deaths += 1
        self.start()

    async def stop(self) -> None:
        """Ends it by SIGTERM, cleanly, even if it was to die just then."""
        assert self._process is not None
        self._process.terminate()
        async with asyncio.timeout(10):
            while self._process.exitcode is None:
                await asyncio.sleep(0.01)
        if self._process.exitcode == -signal.SIGKILL:
            begun = self.log.count("ready")
            self.look()
            async with asyncio.timeout(10):
                while self.log.count("ready") == begun:
                    await asyncio.sleep(0.01)
            await self.stop()
        assert self._process.exitcode == 0, self.log

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")
