"""A door in front of the sandbox through which a test slips updates no sandbox would make, as Telegram would deliver them."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from tests.bot.server import serving


class Front:
    """Passes everything on to the sandbox, but for updates that a test has slipped in: those are delivered first."""

    def __init__(self, sandbox: str, http: aiohttp.ClientSession) -> None:
        self.url = ""
        self._sandbox, self._http = sandbox, http
        self._slipped: list[list[Any]] = []
        self._offset: str | None = None
        self._hurry = asyncio.Event()

    def slips(self, updates: Sequence[Any]) -> None:
        """Delivers these next, in one batch."""
        self._slipped.append(list(updates))
        self._hurry.set()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What the sandbox answers, or what was slipped in."""
        if request.method == "GET":
            async with self._http.get(f"{self._sandbox}{request.path}") as file:
                return web.Response(body=await file.read(), status=file.status)
        if not request.path.lower().endswith("getupdates"):
            return await self._pass_on(request, await request.read(), request.headers.get("Content-Type", ""))
        form = {key: str(value) for key, value in (await request.post()).items()}
        if self._slipped:
            return web.json_response({"ok": True, "result": self._slipped.pop(0)})
        self._hurry.clear()
        form.pop("offset", None)
        passed = asyncio.ensure_future(
            self._pass_on(request, form | ({"offset": self._offset} if self._offset else {}))
        )
        hurry = asyncio.ensure_future(self._hurry.wait())
        await asyncio.wait({passed, hurry}, return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()
        if not passed.done():
            passed.cancel()
            await asyncio.gather(passed, return_exceptions=True)
            return web.json_response({"ok": True, "result": self._slipped.pop(0) if self._slipped else []})
        for update in json.loads((await passed).body).get("result", []):  # type: ignore[arg-type]
            self._offset = str(update["update_id"] + 1)
        return await passed

    async def _pass_on(self, request: web.Request, body: bytes | dict[str, str], sort: str = "") -> web.Response:
        headers = {"Content-Type": sort} if sort else None
        async with self._http.post(f"{self._sandbox}{request.path}", data=body, headers=headers) as answer:
            return web.Response(body=await answer.read(), status=answer.status, content_type="application/json")


@asynccontextmanager
async def front_of(sandbox: str) -> AsyncIterator[Front]:
    """The door, at `url`."""
    async with aiohttp.ClientSession() as http:
        front = Front(sandbox, http)
        async with serving(front.answer) as url:
            front.url = url
            yield front
