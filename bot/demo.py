"""The demo: the desk and the sandbox in one process by one clock, with people, a group and published figures already posted."""

import asyncio
import re
import tempfile
import tomllib
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import aiohttp
from pydantic import SecretStr

from bot import sentences
from bot.app import opened
from bot.settings import Database, Limits, Settings, Team, Telegram
from bot.stopping import until_told
from sandbox import TOKEN, Clock, Sandbox

SCRIPT: Final = Path(__file__).with_name("demo.toml")
DAYS_AHEAD: Final = re.compile(r"\{\+(\d+)\}")
PATIENCE: Final = 20.0
"""Seconds the desk may take to answer a post."""


@dataclass(frozen=True, slots=True)
class Script:
    """Who is in the demo, the group they share, and what each posts. The `owner` invites those who are in `joins`, as what."""

    owner: int
    joins: Mapping[int, str]
    people: Sequence[Mapping[str, object]]
    group: Mapping[str, object]
    posts: Sequence[tuple[int, str]]

    @classmethod
    def read(cls, today: datetime) -> "Script":
        """The script with its coming days put in."""
        data = tomllib.loads(SCRIPT.read_text("utf-8"))

        def day(found: re.Match[str]) -> str:
            return f"{today + timedelta(days=int(found[1])):%d.%m.%Y}"

        posts = [(int(post["who"]), DAYS_AHEAD.sub(day, post["text"].strip())) for post in data["posts"]]
        joins = {int(one["id"]): str(one.pop("joins")) for one in data["people"] if "joins" in one}
        return cls(data["owner"], joins, data["people"], data["group"], posts)

    @property
    def members(self) -> tuple[int, ...]:
        """Those the desk listens to."""
        return (self.owner, *self.joins)


async def demo(port: int, *, browser: bool) -> None:
    """Runs until SIGTERM or Ctrl-C; nothing is left behind."""
    await until_told(_show(port, browser=browser))


async def _show(port: int, *, browser: bool) -> None:
    clock = Clock()
    script = Script.read(clock.now())
    with tempfile.TemporaryDirectory(prefix="wayhome-demo-") as folder:
        async with Sandbox(port, clock=clock) as sandbox:
            settings = Settings.apart(
                telegram=Telegram(token=SecretStr(TOKEN), api_url=sandbox.url),
                database=Database(url=f"sqlite:///{folder}/wayhome.db"),
                team=Team(name="Wayhome demo", owners=(script.owner,)),
                limits=Limits.none(),
            )
            async with opened(settings, now=clock.now):
                await play(sandbox.url, script)
                print(sentences.DEMO_READY.format(url=f"{sandbox.url}/"), flush=True)  # noqa: T201
                if browser:
                    await asyncio.to_thread(webbrowser.open, f"{sandbox.url}/")
                await asyncio.Event().wait()


async def play(url: str, script: Script) -> None:
    """Brings the people in into the team and the group to it, and has each post what the script says, one after the other."""
    async with aiohttp.ClientSession(raise_for_status=True) as http:
        for person in script.people:
            await http.post(f"{url}/people", json=person)
        async with http.post(f"{url}/chats", json={"type": "supergroup", **script.group}) as made:
            group = int((await made.json())["id"])
        for who, role in script.joins.items():
            invitation = await _answer(http, url, script.owner, f"/invite {role}")
            link = invitation["reply_markup"]["inline_keyboard"][0][0]["copy_text"]["text"]
            await _answer(http, url, who, f"/start {link.partition('?start=')[2]}")
        await _answer(http, url, script.owner, "/link", group)
        for who, text in script.posts:
            await _answer(http, url, who, text)


async def _answer(
    http: aiohttp.ClientSession, url: str, who: int, text: str, chat: int | None = None
) -> dict[str, Any]:
    """What the desk says below what somebody says, in private or in that chat."""
    where = who if chat is None else chat
    async with http.post(f"{url}/person/{who}/say", json={"text": text, "chat": where}) as said:
        message = int((await said.json())["message_id"])
    async with asyncio.timeout(PATIENCE):
        while True:
            async with http.get(f"{url}/person/{who}/messages?chat={where}&after={message}") as found:
                for one in await found.json():
                    return dict(one)
            await asyncio.sleep(0.02)
