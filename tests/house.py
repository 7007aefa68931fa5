"""A whole desk for a test: the real application, the real SQLite, the sandbox over HTTP, and a clock wound by hand."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import Desk, opened
from bot.settings import Database, Limits, Settings, Team, Telegram
from bot.settings import Digest as DigestSettings
from records.kind import Kind
from records.kinds import KINDS
from records.rights import Role
from records.vocabulary import Vocabulary
from sandbox import TOKEN, Clock, Sandbox
from storage import groups, members
from storage.members import Member
from tests.talk import PATIENCE, Heard, People

AIGUL, TIMUR, SAMIRA, VISITOR = 1001, 1002, 1003, 1004
MONDAY = datetime.fromisoformat("2026-03-02T05:00:00+00:00")
"""A Monday, 10:00 at the team's clock."""


def unsealed(digest: str) -> str:
    """A digest without the journal's head, whose random digits may spell any number; other texts as they are."""
    lines = digest.splitlines()
    return "\n".join(one for one in lines if not one.startswith("Journal "))


UNLIMITED = Limits.none()
"""What the sandbox takes unless a test says otherwise."""


@dataclass
class Talk:
    """The desk as people know it: they say something, it answers. Aigul speaks in private unless told otherwise."""

    people: People
    sandbox: Sandbox
    clock: Clock
    folder: Path
    settings: Settings
    desk: Desk

    async def says(self, text: str, who: int = AIGUL, chat: int | None = None) -> Heard:
        """The desk's answer."""
        return await self.people.says(text, who, chat)

    async def tells(self, text: str, who: int = AIGUL, chat: int | None = None) -> Heard:
        """What was said; nobody waits for an answer."""
        return await self.people.tells(text, who, chat)

    async def posts(self, text: str, who: int = AIGUL) -> tuple[Heard, Heard]:
        """What was said, and the answer to it."""
        said = await self.people.tells(text, who)
        return said, await self.people.hears(said.chat, after=said.id)

    async def edits(self, said: Heard, text: str, who: int = AIGUL) -> Heard:
        """What the desk says or changes after that."""
        await self.quiet()
        return await self.people.edits(said, text, who)

    async def presses(self, heard: Heard, label: str, who: int = AIGUL) -> tuple[str, Heard]:
        """What pops up, and the message as it stands then."""
        return await self.people.presses(heard, label, who)

    async def group(self) -> int:
        """A group with Aigul, Timur, a visitor and the desk in it."""
        made = await self.people.call(
            "/chats", {"title": "Reception", "type": "supergroup", "members": [AIGUL, TIMUR, VISITOR]}
        )
        await self.links(int(made["id"]))
        return int(made["id"])

    async def links(self, chat: int) -> None:
        """Ties a group to the team, without a word."""
        house = self.desk.house
        await house.door.change(groups.link, house.team.id, chat, AIGUL, house.now())

    async def shell(self, *words: str) -> str:
        """What `wayhome …` prints, run as a process of its own on the same database; it must succeed."""
        config = self.folder / "wayhome.toml"
        config.write_text(f'[database]\nurl = "sqlite:///{self.folder}/wayhome.db"\n', encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, "--config", str(config), stdout=PIPE, stderr=PIPE
        )
        out, wrong = await process.communicate()
        assert process.returncode == 0, wrong.decode()
        return out.decode()

    async def enrol(self, who: int, role: Role, label: str = "") -> None:
        """Makes somebody a member, without an invitation and without a word."""
        house = self.desk.house
        await house.door.change(members.keep, house.team.id, Member(who, role, label, house.now()))

    async def dismiss(self, who: int) -> None:
        """Somebody is of the team no more, without a word."""
        house = self.desk.house
        await house.door.change(members.drop, house.team.id, who)

    async def quiet(self) -> None:
        """Returns once everything said so far was taken in and seen through."""
        async with asyncio.timeout(PATIENCE):
            while await self._waiting():
                await asyncio.sleep(0.01)
            await self.desk.lanes.below(1)

    async def _waiting(self) -> bool:
        pending = await self.people.call(f"/bot{TOKEN}/getWebhookInfo", {})
        unfinished = self.rows("SELECT count(*) AS n FROM inbox WHERE state IN ('new', 'owed')")[0]["n"]
        return bool(pending["result"]["pending_update_count"] or unfinished)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """What the database holds, read by a connection of the test's own."""
        db = sqlite3.connect(f"file:{self.folder}/wayhome.db?mode=ro", uri=True)
        try:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(query)]
        finally:
            db.close()

    async def kept(self) -> list[dict[str, Any]]:
        """The entries that are not withdrawn, once all is quiet."""
        await self.quiet()
        return self.rows("SELECT * FROM entries WHERE withdrawn IS NULL ORDER BY id")


@dataclass
class Town:
    """Telegram and the people in it, which go on while the desk is away."""

    sandbox: Sandbox
    people: People
    clock: Clock


@asynccontextmanager
async def town(start: datetime = MONDAY) -> AsyncIterator[Town]:
    """Four people and no desk yet, on a Monday morning."""
    clock = Clock(start, running=False)
    async with Sandbox(clock=clock) as sandbox, People.at(sandbox.url) as people:
        for who, name in ((AIGUL, "Aigul"), (TIMUR, "Timur"), (SAMIRA, "Samira"), (VISITOR, "Visitor")):
            await people.call("/people", {"id": who, "first_name": name})
        yield Town(sandbox, people, clock)


@asynccontextmanager
async def working(
    town: Town,
    folder: Path,
    *,
    kinds: tuple[Kind, ...] = KINDS,
    vocabulary: Vocabulary | None = None,
    digest: str = "",
    owners: tuple[int, ...] = (AIGUL, TIMUR, SAMIRA),
    waits: Sequence[float] = (0.02, 0.02, 0.02),
    api_url: str = "",
    limits: Limits = UNLIMITED,
) -> AsyncIterator[Talk]:
    """A desk in that town, with nobody's digest set unless `digest` is a rule."""
    settings = Settings.apart(
        telegram=Telegram(token=SecretStr(TOKEN), api_url=api_url or town.sandbox.url),
        database=Database(url=f"sqlite:///{folder}/wayhome.db"),
        team=Team(owners=owners),
        digest=DigestSettings(default=digest),
        limits=limits,
    )
    async with opened(settings, now=town.clock.now, kinds=kinds, vocabulary=vocabulary, waits=waits) as desk:
        yield Talk(town.people, town.sandbox, town.clock, folder, settings, desk)


@asynccontextmanager
async def talking(folder: Path, **how: Any) -> AsyncIterator[Talk]:
    """A desk at work in a town of its own; `how` is what `working` takes."""
    async with town() as place, working(place, folder, **how) as talk:
        yield talk
