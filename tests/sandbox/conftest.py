"""A running sandbox, and short words for speaking to it over HTTP as a bot or as a person."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from sandbox import TOKEN, Clock, Sandbox

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03\x08\x02\x00\x00\x00"
    b"\x00\x00\x00\x00\x00\x00\x00\x00IEND\xaeB`\x82"
)


async def until(true: Callable[[], bool]) -> None:
    """Give way until it is so; nothing here is awaited by the clock."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0)


class Line:
    """One client's line to a sandbox."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.http = http
        self.token = TOKEN

    async def ask(self, verb: str, path: str, **more: Any) -> tuple[int, Any]:
        async with self.http.request(verb, path, **more) as answer:
            return answer.status, json.loads(await answer.read())

    async def call(self, method: str, /, **given: Any) -> tuple[int, Any]:
        return await self.ask("POST", f"/bot{self.token}/{method}", json=given)

    async def ok(self, method: str, /, **given: Any) -> Any:
        status, body = await self.call(method, **given)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def no(self, method: str, /, **given: Any) -> str:
        """The description of a refusal, its code in front unless it is 400."""
        status, body = await self.call(method, **given)
        assert body["ok"] is False, body
        assert body["error_code"] == status
        description: str = body["description"]
        return description.removeprefix("Bad Request: ") if status == 400 else f"{status} {description}"

    async def do(self, path: str, /, **body: Any) -> Any:
        status, answer = await self.ask("POST", path, json=body)
        assert status == 200, answer
        return answer

    async def cant(self, path: str, /, **body: Any) -> tuple[int, str]:
        status, answer = await self.ask("POST", path, json=body)
        assert status >= 400, answer
        return status, answer["error"]

    async def see(self, path: str) -> Any:
        status, answer = await self.ask("GET", path)
        assert status == 200, answer
        return answer

    async def updates(self, **given: Any) -> list[Any]:
        """What is waiting for the bot, confirmed at once."""
        found = await self.ok("getUpdates", **given)
        if found:
            await self.ok("getUpdates", offset=found[-1]["update_id"] + 1)
        return list(found)

    async def say(self, text: str, who: int = 1001, **more: Any) -> Any:
        return await self.do(f"/person/{who}/say", text=text, **more)

    async def polled(self) -> None:
        """Until one of the bots waits for updates."""
        await until(lambda: any(bot.inbox.is_polled for bot in self.sandbox.world.bots.values()))

    async def group(self, kind: str = "supergroup", **more: Any) -> int:
        """A group of Aigul and Omar with the bot, whose welcome was already read."""
        chat = await self.do("/chats", title="Reception", type=kind, members=[1001, 1002], **more)
        await self.updates()
        return int(chat["id"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
async def line(sandbox: Sandbox) -> AsyncIterator[Line]:
    """Two people are known; nobody has written yet."""
    async with aiohttp.ClientSession(sandbox.url) as http:
        line = Line(sandbox, http)
        await line.do("/people", id=1001, first_name="Aigul", language_code="ru", role="Aktau desk")
        await line.do("/people", id=1002, first_name="Omar", username="omar")
        yield line


@pytest.fixture
async def chat(line: Line) -> Line:
    """Aigul has written to the bot, and that was read."""
    await line.say("/start")
    await line.updates()
    return line
