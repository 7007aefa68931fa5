"""While everything goes wrong that can, neither the token nor a refused text is in anything that was written."""

import asyncio
import contextlib
import io
import json
import logging
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from bot import logs
from bot.request import AiohttpRequest
from handlers import posting, reading
from sandbox import TOKEN
from storage import backup
from storage.sealing import make_key, read_key, unseal
from tests.house import AIGUL, Talk
from tests.storage.test_door import limit
from tests.talk import PATIENCE
from tests.test_telegram_unwell import fault, refused

SECRET = TOKEN.partition(":")[2]
REFUSED = "Zyxwvutq"
"""Stands in every text that is refused; no hash can spell it."""
SAID = "Qwvzkjxp"
"""Stands in a text that is kept, and belongs into no log."""
POST = f"/flight women 3 from Syria to Aktau yesterday arrived\nnote: {SAID}"
PERSONAL = f"/flight women 3 from Syria to Aktau yesterday arrived\nnote: call Mr {REFUSED} on +7 701 555 01 23"
SECONDS = 0.3

Trouble = Callable[[Talk, pytest.MonkeyPatch], AbstractAsyncContextManager[None]]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that the log says at its most talkative, and all else that goes to standard error."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.set_up(stream, logging.DEBUG)
    with contextlib.redirect_stderr(stream):
        yield stream
    root.handlers[:] = before
    root.setLevel(level)


def fails(method: str, what: dict[str, Any]) -> Trouble:
    """Telegram does that to some calls."""

    @asynccontextmanager
    async def trouble(talk: Talk, _: pytest.MonkeyPatch) -> AsyncIterator[None]:
        await fault(talk, method, what)
        yield

    return trouble


def answers(code: int, body: bytes) -> Trouble:
    """Something between answers in Telegram's name, and knows the token and the text."""

    @asynccontextmanager
    async def trouble(_: Talk, patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
        real, left = AiohttpRequest.do_request, [3]

        async def do_request(self: AiohttpRequest, url: str, *args: Any, **named: Any) -> tuple[int, bytes]:
            if "getUpdates" not in url and "get_Updates" not in url and left[0]:
                left[0] -= 1
                return code, body
            return await real(self, url, *args, **named)

        patch.setattr(AiohttpRequest, "do_request", do_request)
        yield

    return trouble


@asynccontextmanager
async def full_disk(talk: Talk, _: pytest.MonkeyPatch) -> AsyncIterator[None]:
    writer = talk.desk.house.door._writer
    await writer.alone(limit, 0)
    letting_go = asyncio.create_task(_later(lambda: writer.alone(limit, 100_000)))
    yield
    await letting_go


async def _later(act: Callable[[], Any]) -> None:
    await asyncio.sleep(SECONDS)
    await act()


@asynccontextmanager
async def locked(talk: Talk, _: pytest.MonkeyPatch) -> AsyncIterator[None]:
    other = sqlite3.connect(talk.folder / "wayhome.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def let_go() -> None:
        other.close()

    letting_go = asyncio.create_task(_later(let_go))
    yield
    await letting_go


@asynccontextmanager
async def crash(_: Talk, patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A mistake of ours whose own words quote everything."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"{TOKEN} {SAID} {REFUSED}") from ValueError(f"{TOKEN} {SAID}")

    patch.setattr(posting, "settle", broken)
    patch.setattr(reading, "card_of", broken)
    yield


GARBLED = f"<html>https://api.telegram.org/bot{TOKEN}/sendMessage {SAID} {REFUSED}".encode()
MISSHAPEN = json.dumps({"ok": True, "result": {"token": TOKEN, "text": SAID}}).encode()
SAYS = json.dumps({"ok": False, "error_code": 500, "description": f"bot{TOKEN} failed: '{SAID}'"}).encode()
TROUBLES: dict[str, Trouble] = {
    "no answer": fails("sendMessage", {"cut": "before"}),
    "an answer lost": fails("sendMessage", {"cut": "after"}),
    "unauthorized": fails("getUpdates", refused(401, "Unauthorized")),
    "another poller": fails("getUpdates", refused(409, "Conflict: terminated by other getUpdates request")),
    "too many": fails("sendMessage", refused(429, "Too Many Requests: retry after 1", retry_after=1)),
    "bad gateway": fails("*", refused(502, "Bad Gateway")),
    "the message is refused": fails("sendMessage", refused(400, f"Bad Request: can't parse '{SAID}'")),
    "garbled": answers(502, GARBLED),
    "garbled and well": answers(200, GARBLED),
    "misshapen": answers(200, MISSHAPEN),
    "an error that quotes": answers(500, SAYS),
    "a full disk": full_disk,
    "a locked database": locked,
    "a crash": crash,
}


def settled(talk: Talk, _: str) -> bool:
    """Whether everything was taken in, and is done with or set aside."""
    states = [one["state"] for one in talk.rows("SELECT state FROM inbox")]
    return len(states) == 4 and set(states) <= {"done", "aside"}


OVER: dict[str, Callable[[Talk, str], bool]] = {
    "unauthorized": lambda talk, _: talk.desk.taking.done(),
    "another poller": lambda _, log: "another program asks" in log,
}
"""What to wait for where the desk takes nothing more in: not for half a minute, or not at all."""


@pytest.mark.parametrize("name", TROUBLES)
async def test_whatever_goes_wrong_nothing_is_told(
    name: str, talk: Talk, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.says("/help")
    async with TROUBLES[name](talk, monkeypatch):
        for text in (POST, PERSONAL, "/show F-0001"):
            await talk.people.call(f"/person/{AIGUL}/say", {"chat": AIGUL, "text": text})
        async with asyncio.timeout(PATIENCE):
            while not OVER.get(name, settled)(talk, written.getvalue()):
                await asyncio.sleep(0.02)
    monkeypatch.undo()
    make_key(talk.folder / "key.txt")
    copies = talk.folder / "plain.copy", talk.folder / "sealed.copy"
    backup.copy(talk.folder / "wayhome.db", copies[0])
    backup.copy(talk.folder / "wayhome.db", copies[1], read_key(talk.folder / "key.txt"))
    unseal(copies[1], talk.folder / "opened.copy", read_key(talk.folder / "key.txt"))
    for file in talk.folder.iterdir():
        held = file.read_bytes() if file.is_file() else b""
        assert SECRET.encode() not in held, file.name
        assert REFUSED.encode() not in held, file.name
    for secret in (SECRET, REFUSED, SAID, "701 555", "Traceback"):
        assert secret not in written.getvalue(), written.getvalue()
    calls = [one for one in await talk.people.call("/calls", method="GET") if one["method"] != "getUpdates"]
    assert REFUSED not in str(calls)
    assert SECRET not in str(calls)


async def test_a_crash_is_in_the_log_by_its_way_and_nothing_else(
    talk: Talk, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with crash(talk, monkeypatch):
        await talk.people.call(f"/person/{AIGUL}/say", {"chat": AIGUL, "text": POST})
        async with asyncio.timeout(PATIENCE):
            while "RuntimeError at tests/test_nothing_leaks.py" not in written.getvalue():
                await asyncio.sleep(0.02)
    assert "because of ValueError" in written.getvalue()
    assert sys.stderr is not sys.__stderr__
