"""Speaks to the desk as people do: through the sandbox, over HTTP, with a clock that is wound by hand."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp

PATIENCE = 60.0
"""Seconds a test waits for something that must come; never how long it takes."""
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03\x08\x06\x00\x00\x00"
    b"\xb9\xea\xde\x81\x00\x00\x00\x0bIDATx\x9cc`@\x07\x00\x00\x12\x00\x01\x00"
    b"\x8d\xb4\x1f\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""A picture of nothing."""


@dataclass(frozen=True)
class Heard:
    """One message as the person sees it."""

    raw: dict[str, Any]

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def chat(self) -> int:
        return int(self.raw["chat"]["id"])

    @property
    def text(self) -> str:
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def buttons(self) -> dict[str, str]:
        """What each callback button is called → what it gives back."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return {one["text"]: one["callback_data"] for row in rows for one in row if "callback_data" in one}

    @property
    def copies(self) -> list[str]:
        """What the copy buttons put on the clipboard."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [one["copy_text"]["text"] for row in rows for one in row if "copy_text" in one]

    def code(self) -> list[str]:
        """The pieces set as code, blocks and words."""
        units = self.text.encode("utf-16-le")
        return [
            units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
            for one in self.raw.get("entities", [])
            if one["type"] in {"code", "pre"}
        ]


class People:
    """The sandbox's people: what they say, what they hear."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self._http = http
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str) -> AsyncIterator["People"]:
        """Listens to everything that happens in that sandbox while inside."""
        async with aiohttp.ClientSession() as http:
            people = cls(url, http)
            listening = asyncio.Event()
            task = asyncio.create_task(people._listen(listening))
            await asyncio.wait_for(listening.wait(), PATIENCE)
            try:
                yield people
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError, aiohttp.ClientError):
                    await task

    async def _listen(self, listening: asyncio.Event) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._http.get(f"{self.url}/events", timeout=timeout) as stream:
            listening.set()
            async for line in stream.content:
                if line.startswith(b"data:"):
                    self._events.put_nowait(json.loads(line[5:]))

    async def call(self, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
        """One call of the sandbox's own interface."""
        async with self._http.request(method, f"{self.url}{path}", json=body) as answer:
            found = await answer.json()
            assert answer.status < 400, (path, answer.status, found)
            return found

    async def says(self, text: str, who: int, chat: int | None = None) -> Heard:
        """The desk's answer to what the person says: the next message of the desk in that chat."""
        said = await self.tells(text, who, chat)
        return await self.hears(said.chat, after=said.id)

    async def tells(self, text: str, who: int, chat: int | None = None) -> Heard:
        """What the person said, without waiting for an answer."""
        return Heard(await self.call(f"/person/{who}/say", {"chat": chat, "text": text}))

    async def sends(
        self,
        *captions: str,
        who: int,
        chat: int | None = None,
        name: str = "photo.png",
        mime: str = "image/png",
        content: bytes = PNG,
    ) -> list[Heard]:
        """The photos that were sent, or files of another kind, one for each caption; several are an album."""
        data = aiohttp.FormData()
        data.add_field("chat", "" if chat is None else str(chat))
        for caption in captions:
            data.add_field("file", BytesIO(content), filename=name, content_type=mime)
            data.add_field("caption", caption)
        async with self._http.post(f"{self.url}/person/{who}/send", data=data) as answer:
            assert answer.status == 200, await answer.text()
            found = await answer.json()
        return [Heard(one) for one in (found if isinstance(found, list) else [found])]

    async def edits(self, said: Heard, text: str, who: int) -> Heard:
        """The desk's reaction to an edited message: the next message it sends or edits in that chat."""
        self.forget()
        await self.call(f"/person/{who}/edit", {"chat": said.chat, "message": said.id, "text": text})
        await self.event(lambda one: one["type"] == "edited" and one["message"]["message_id"] == said.id)
        return await self.hears(said.chat)

    async def presses(self, heard: Heard, label: str, who: int) -> tuple[str, Heard]:
        """What pops up after pressing the button of that label, and the message as it stands then."""
        data = next(value for key, value in heard.buttons.items() if label.lower() in key.lower())
        body = {"chat": heard.chat, "message": heard.id, "data": data}
        pressed = await self.call(f"/person/{who}/press", body)
        answered = await self.event(lambda one: one["type"] == "answered" and one["callback"] == pressed["callback"])
        now = await self.sees(who, heard.chat)
        return str(answered.get("text") or ""), next(one for one in now if one.id == heard.id)

    async def sees(self, who: int, chat: int | None = None) -> list[Heard]:
        """The chat as the person sees it now, oldest first."""
        found = await self.call(f"/person/{who}/messages?chat={who if chat is None else chat}", method="GET")
        return [Heard(one) for one in found]

    async def hears(self, chat: int, after: int = 0) -> Heard:
        """The next message the desk sends or edits in that chat, none but those that came after that one."""
        found = await self.event(
            lambda one: (
                one["type"] in {"message", "edited"}
                and one.get("chat") == chat
                and one["message"].get("from", {}).get("is_bot", False)
                and one["message"]["message_id"] > after
            )
        )
        return Heard(found["message"])

    async def event(self, wanted: Any) -> dict[str, Any]:
        """The next event that is wanted; what comes before it is passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                one = await self._events.get()
                if wanted(one):
                    return one

    def forget(self) -> None:
        """Passes over all that has happened so far."""
        while not self._events.empty():
            self._events.get_nowait()
