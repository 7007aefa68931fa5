"""Faults and flood limits on demand, and the log of calls."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from sandbox import TOKEN
from tests.sandbox.conftest import Line

FLOOD = {"code": 429, "description": "Too Many Requests: retry after 3", "parameters": {"retry_after": 3}}


async def seen(line: Line) -> list[str]:
    return [message["text"] for message in await line.see("/person/1001/messages")]


async def test_an_error_for_so_many_times(chat: Line) -> None:
    await chat.do("/faults", method="sendMessage", times=2, fault={"error": FLOOD})
    for _ in range(2):
        status, body = await chat.call("sendMessage", chat_id=1001, text="x")
        assert (status, body["parameters"]) == (429, {"retry_after": 3})
        assert await chat.ok("getMe")
    assert await chat.ok("sendMessage", chat_id=1001, text="y")
    assert await seen(chat) == ["/start", "y"]


async def test_a_fault_for_one_chat_until_cleared(chat: Line) -> None:
    group = await chat.group()
    fault = await chat.do("/faults", method="*", times=None, chat=group, fault={"error": {"code": 500}})
    for _ in range(3):
        assert await chat.no("sendMessage", chat_id=str(group), text="x") == "500 Error 500"
    assert await chat.ok("sendMessage", chat_id=1001, text="x")
    listed = (await chat.see("/faults"))["faults"]
    assert listed == [
        {"id": fault["id"], "method": "*", "times": None, "chat": group, "fault": {"error": {"code": 500}}}
    ]
    assert (await chat.ask("DELETE", f"/faults/{fault['id']}"))[0] == 200
    assert (await chat.ask("DELETE", f"/faults/{fault['id']}"))[0] == 404
    assert await chat.ok("sendMessage", chat_id=group, text="x")


async def test_latency(chat: Line) -> None:
    await chat.do("/faults", method="sendmessage", fault={"latency": 0.05})
    await chat.do("/faults", method="*", fault={"latency": 0.05})
    began = time.monotonic()
    await chat.ok("sendMessage", chat_id=1001, text="x")
    assert time.monotonic() - began >= 0.1
    assert (await chat.see("/faults"))["faults"] == []


@pytest.mark.parametrize(("when", "texts"), [("before", ["/start"]), ("after", ["/start", "x"])])
async def test_a_cut_line(chat: Line, when: str, texts: list[str]) -> None:
    await chat.do("/faults", fault={"cut": when})
    with pytest.raises(aiohttp.ClientConnectionError):
        await chat.call("sendMessage", chat_id=1001, text="x")
    assert await seen(chat) == texts
    assert [call["status"] for call in await chat.see("/calls")][-1] is None


async def test_silence(chat: Line) -> None:
    await chat.do("/faults", fault={"silent": True})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await chat.call("sendMessage", chat_id=1001, text="x")
    assert await seen(chat) == ["/start", "x"]
    assert [call["status"] for call in await chat.see("/calls")][-1] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"fault": {}},
        {"fault": {"latency": -1}},
        {"fault": {"latency": 1, "silent": True}},
        {"fault": {"silent": False}},
        {"fault": {"cut": "twice"}},
        {"fault": {"error": {"code": 200}}},
        {"fault": {"error": {"code": 400, "parameters": 3}}},
        {"fault": {"quake": 9}},
        {"fault": {"silent": True}, "times": 0},
        {"fault": {"silent": True}, "chat": "x"},
        {"fault": {"silent": True}, "method": ""},
        {"limits": {"per_second": 0}},
        {"limits": {"per_day": 1}},
        {"limits": 3},
    ],
)
async def test_faults_that_make_no_sense(line: Line, wrong: dict[str, Any]) -> None:
    assert (await line.cant("/faults", **wrong))[0] == 400


async def test_flood_limits(chat: Line) -> None:
    group = await chat.group()
    assert (await chat.see("/faults"))["limits"] is None
    await chat.do("/faults", limits={"per_second": 3, "per_chat_per_second": 1, "per_group_per_minute": 1})
    assert (await chat.see("/faults"))["limits"]["per_second"] == 3
    await chat.say("hi", 1002)
    await chat.ok("sendMessage", chat_id=1001, text="x")
    status, body = await chat.call("sendMessage", chat_id=1001, text="y")
    assert (status, body["description"]) == (429, "Too Many Requests: retry after 1")
    assert body["parameters"] == {"retry_after": 1}
    await chat.ok("sendMessage", chat_id=group, text="x")
    assert (await chat.call("sendMessage", chat_id=group, text="y"))[1]["parameters"]["retry_after"] > 50
    await chat.ok("sendMessage", chat_id=1002, text="x")
    assert (await chat.call("sendMessage", chat_id=1002, text="x"))[0] == 429
    assert await chat.ok("sendChatAction", chat_id=1001, action="typing")
    await chat.ask("DELETE", "/faults")
    for _ in range(5):
        await chat.ok("sendMessage", chat_id=1001, text="z")
    assert (await chat.see("/faults"))["limits"] is None


async def test_the_log_of_calls(chat: Line) -> None:
    last = (await chat.see("/calls"))[-1]["n"]
    await chat.ok("SENDMESSAGE", chat_id="1001", text=f"my token is {TOKEN}", reply_markup={"force_reply": True})
    await chat.no("sendSmoke", text=[TOKEN])
    first, second = await chat.see(f"/calls?after={last}")
    assert first["n"] == last + 1
    assert (first["method"], first["status"]) == ("sendMessage", 200)
    assert first["parameters"] == {
        "chat_id": 1001,
        "text": "my token is <token>",
        "reply_markup": {"force_reply": True},
    }
    assert (second["method"], second["status"], second["parameters"]) == ("sendSmoke", 404, {"text": ["<token>"]})
    assert await chat.see(f"/calls?after={last + 2}") == []
    assert (await chat.ask("GET", "/calls?after=x"))[0] == 400


async def test_a_broken_request_line_shows_no_token(chat: Line, caplog: pytest.LogCaptureFixture) -> None:
    port = int(chat.sandbox.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /bot{TOKEN}/get Me HTTP/1.1\r\nBad\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert b"400" in answer
    assert TOKEN.encode() not in answer
    assert TOKEN not in caplog.text
