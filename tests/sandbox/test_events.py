"""What people see as it happens, and how the stream goes on after a break."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from sandbox import Clock, doors
from tests.sandbox.conftest import Line


class Stream:
    """An open event stream."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self.last = 0

    async def line(self) -> str:
        async with asyncio.timeout(5):
            return (await self._answer.content.readline()).decode()

    async def next(self) -> dict[str, Any]:
        while not (line := await self.line()).startswith("data: "):
            if line.startswith("id: "):
                self.last = int(line[4:])
        body: dict[str, Any] = json.loads(line[6:])
        return body


@asynccontextmanager
async def listening(line: Line, query: str = "", **headers: str) -> AsyncIterator[Stream]:
    async with line.http.get(f"/events{query}", headers=headers) as answer:
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        yield Stream(answer)


async def test_everything_that_happens(chat: Line) -> None:
    async with listening(chat, "?person=1001") as stream:
        said = await chat.say("/help")
        event = await stream.next()
        assert (event["type"], event["chat"], event["message"]) == ("message", 1001, said)
        markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
        sent = await chat.ok("sendMessage", chat_id=1001, text="x", reply_markup=markup)
        assert (await stream.next())["message"] == sent
        edited = await chat.ok(
            "editMessageText", chat_id=1001, message_id=sent["message_id"], text="y", reply_markup=markup
        )
        event = await stream.next()
        assert (event["type"], event["message"]) == ("edited", edited)
        press = await chat.do("/person/1001/press", message=sent["message_id"], data="b")
        event = await stream.next()
        assert (event["type"], event["callback"], event["data"], event["person"]) == (
            "pressed",
            press["callback"],
            "b",
            1001,
        )
        await chat.ok("answerCallbackQuery", callback_query_id=press["callback"], text="ok")
        event = await stream.next()
        assert (event["type"], event["callback"], event["text"], event["show_alert"]) == (
            "answered",
            press["callback"],
            "ok",
            False,
        )


async def test_what_is_no_message(chat: Line) -> None:
    sent = await chat.ok("sendMessage", chat_id=1001, text="x")
    async with listening(chat, "?person=1001") as stream:
        await chat.ok("setMessageReaction", chat_id=1001, message_id=1, reaction=[{"type": "emoji", "emoji": "👍"}])
        event = await stream.next()
        assert (event["type"], event["reactions"]) == ("reaction", [{"user": 7000000001, "emoji": "👍"}])
        await chat.ok("sendChatAction", chat_id=1001, action="typing")
        event = await stream.next()
        assert (event["type"], event["action"]) == ("action", "typing")
        await chat.ok("deleteMessage", chat_id=1001, message_id=sent["message_id"])
        event = await stream.next()
        assert (event["type"], event["message_id"]) == ("deleted", sent["message_id"])
        await chat.do("/clock", forward=5)
        assert (await stream.next())["type"] == "clock"
        await chat.do("/chats", title="New", members=[1001])
        assert [(await stream.next())["type"] for _ in range(2)] == ["message", "chat"]
        await chat.do("/reset")
        assert (await stream.next())["type"] == "reset"


async def test_each_sees_only_their_own_chats(chat: Line) -> None:
    group = await chat.group()
    async with listening(chat, "?person=1002") as omar, listening(chat) as everyone:
        await chat.say("private")
        await chat.say("/all", chat=group)
        assert (await omar.next())["message"]["text"] == "/all"
        assert [(await everyone.next())["message"]["text"] for _ in range(2)] == ["private", "/all"]


async def test_after_a_break_nothing_is_missing(chat: Line) -> None:
    async with listening(chat) as stream:
        await chat.say("one")
        await stream.next()
        last = stream.last
    await chat.say("two")
    async with listening(chat, **{"Last-Event-ID": str(last)}) as stream:
        assert (await stream.next())["message"]["text"] == "two"
        assert stream.last == last + 1 == (await chat.see("/world"))["event"]
    async with listening(chat, f"?after={last}&person=1001") as stream:
        assert (await stream.next())["message"]["text"] == "two"


async def test_a_quiet_stream_gives_signs_of_life(chat: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "HEARTBEAT", 0.01)
    async with listening(chat) as stream:
        while await stream.line() != ": quiet\n":
            pass


async def test_the_clock(line: Line, clock: Clock) -> None:
    before = await line.see("/clock")
    assert abs(before["offset"]) < 1
    after = await line.do("/clock", forward=3600)
    assert after["offset"] == pytest.approx(3600, abs=1)
    assert (await line.say("x"))["date"] >= before["now"] + 3600
    assert (await line.do("/clock", set=1_559_294_400))["now"] == 1_559_294_400
    assert clock.now().year == 2019
    for wrong in ({}, {"forward": -1}, {"forward": "1"}, {"set": 1e18}, {"set": None}):
        assert (await line.cant("/clock", **wrong))[0] == 400
