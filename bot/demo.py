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
from typing import Final

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
    """Who is in the demo, the group they share, and what each posts."""

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
        return cls(data["people"], data["group"], posts)

    @property
    def members(self) -> tuple[int, ...]:
        """Those the desk listens to: the people of the group."""
        members = self.group["members"]
        return tuple(members) if isinstance(members, list) else ()


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
                team=Team(name="Wayhome demo", owners=script.members),
                limits=Limits(per_second=0, per_chat_per_second=0, per_group_per_minute=0),
            )
            async with opened(settings, now=clock.now):
                await play(sandbox.url, script)
                print(sentences.DEMO_READY.format(url=f"{sandbox.url}/"), flush=True)  # noqa: T201
                if browser:
                    await asyncio.to_thread(webbrowser.open, f"{sandbox.url}/")
                await asyncio.Event().wait()


async def play(url: str, script: Script) -> None:
    """Brings the people in and has each post what the script says, one after the other."""
    async with aiohttp.ClientSession(raise_for_status=True) as http:
        for person in script.people:
            await http.post(f"{url}/people", json=person)
        await http.post(f"{url}/chats", json={"type": "supergroup", **script.group})
        for who, text in script.posts:
            async with http.post(f"{url}/person/{who}/say", json={"text": text}) as said:
                message = int((await said.json())["message_id"])
            async with asyncio.timeout(PATIENCE):
                await _answered(http, f"{url}/person/{who}/messages?chat={who}&after={message}")


async def _answered(http: aiohttp.ClientSession, chat: str) -> None:
    """Returns once something stands below the message that was posted."""
    while True:
        async with http.get(chat) as found:
            if await found.json():
                return
        await asyncio.sleep(0.02)
