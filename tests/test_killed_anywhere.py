"""Killed at any moment, before or after any commit and any call: everything happens once, and everybody is answered."""

import asyncio
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

from sandbox import TOKEN, Clock, Sandbox
from tests.house import AIGUL, MONDAY
from tests.mortal import Mortal
from tests.talk import Heard, People

DAY = 86_400
MOMENTS = 56
"""About so many dangerous moments there are in the day below."""
PICKED = 8
PATIENCE = 40.0
POST = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


async def test_whatever_the_moment_of_death_the_day_goes_on_as_if_nothing_had_been(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    moments = random.Random(seed).sample(range(1, MOMENTS), PICKED)
    days = [Day(tmp_path / str(moment), moment) for moment in moments]
    deaths = await asyncio.gather(*(day.passes() for day in days))
    assert sum(deaths) >= PICKED // 2, "the moments are not those of the day any more"


class Day:
    """An owner posts, presses a button, edits the message, and gets the digest next morning, from a desk that dies once."""

    def __init__(self, folder: Path, moment: int) -> None:
        folder.mkdir()
        self.folder, self.moment = folder, moment

    async def passes(self) -> int:
        """How often the desk died."""
        clock = Clock(MONDAY, running=False)
        async with Sandbox(clock=clock) as sandbox, aiohttp.ClientSession() as http:
            self.people = People(sandbox.url, http)
            await self.people.call("/people", {"id": AIGUL, "first_name": "Aigul"})
            self.desk = Mortal(self.folder, sandbox.url, AIGUL, MONDAY)
            self.desk.start(self.moment)
            try:
                await self._a_morning(clock)
                await self.desk.stop()
            finally:
                self.desk.kill()
            self._check()
            return self.desk.deaths

    async def _a_morning(self, clock: Clock) -> None:
        said = await self.people.tells(POST, AIGUL)
        card = await self.until(lambda heard: "F-0001" in heard.text)
        data = next(data for label, data in card.buttons.items() if "Departed" in label)
        body = {"chat": AIGUL, "message": card.id, "data": data}
        pressed = await self.people.call(f"/person/{AIGUL}/press", body)
        await self.until(lambda heard: heard.id == card.id and "Departed" not in "".join(heard.buttons))
        edit = {"chat": said.chat, "message": said.id, "text": POST.replace("48", "49")}
        await self.people.call(f"/person/{AIGUL}/edit", edit)
        await self.until(lambda heard: "49" in heard.text)
        clock.forward(DAY)
        self.desk.forward(DAY)
        await self.until(digest)
        await self.quiet()
        self.heard = [one for one in await self.people.sees(AIGUL) if one.raw["from"]["is_bot"]]
        answer = await self.people.call(f"/person/{AIGUL}/presses/{pressed['callback']}", method="GET")
        assert answer["answered"]

    async def until(self, wanted: Callable[[Heard], bool]) -> Heard:
        """The first message of the desk that is as wanted, the desk being started again when it dies."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    self.desk.look()
                    for heard in await self.people.sees(AIGUL):
                        if heard.raw["from"]["is_bot"] and wanted(heard):
                            return heard
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"moment {self.moment}: {self.desk.log}") from None

    async def quiet(self) -> None:
        """Returns once nothing is owed and no letter is on its way."""
        async with asyncio.timeout(PATIENCE):
            while self.rows("SELECT 1 FROM inbox WHERE state != 'done'") or self.rows(
                "SELECT 1 FROM letters WHERE state != 'sent'"
            ):
                self.desk.look()
                await asyncio.sleep(0.02)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        db = sqlite3.connect(f"file:{self.folder}/wayhome.db?mode=ro", uri=True)
        try:
            return db.execute(query).fetchall()
        finally:
            db.close()

    def _check(self) -> None:
        about = f"moment {self.moment}: {self.desk.log}"
        assert self.rows("SELECT ref, revision, status, expected FROM entries") == [("F-0001", 3, "departed", 49)], (
            about
        )
        acts = [act for (act,) in self.rows("SELECT act FROM journal ORDER BY seq")]
        assert acts == ["posted", "corrected", "corrected"], about
        told = [one for one in self.heard if digest(one)]
        assert len(told) == 1 or (len(told) == 2 and "repeat" in told[1].text), about
        assert len(self.rows("SELECT 1 FROM letters")) == 1, about
        for secret in (TOKEN.partition(":")[2], "Hasakah", "Traceback", "Aigul"):
            assert secret not in self.desk.log, about


def digest(heard: Heard) -> bool:
    """Whether a message is a digest: it ends with the journal's head."""
    return "Journal " in heard.text.splitlines()[-1]
