"""Webhooks: carried in order, with the secret, until taken; an answer may hold a call."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox import webhooks
from tests.sandbox.conftest import Line, until


class Server:
    """A bot's own server that takes what comes, and answers as told."""

    def __init__(self) -> None:
        self.taken: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        answer = self.answers.pop(0) if self.answers else web.Response()
        self.taken.put_nowait(await request.json())
        return answer

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.taken.get(), 5)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_post("/hook", server.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield server
    await runner.cleanup()


async def test_updates_are_carried_with_the_secret_and_in_order(line: Line, server: Server) -> None:
    await line.say("before")
    assert await line.ok("setWebhook", url=server.url, secret_token="s3cret") is True
    await line.say("after")
    taken = [await server.next(), await server.next()]
    assert [update["message"]["text"] for update in taken] == ["before", "after"]
    assert server.secrets == ["s3cret", "s3cret"]
    info = await line.ok("getWebhookInfo")
    assert (info["url"], info["max_connections"], info["has_custom_certificate"]) == (server.url, 40, False)
    assert "allowed_updates" not in info


async def test_what_is_not_taken_comes_again(line: Line, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "_FIRST_PAUSE", 0.01)
    server.answers = [web.Response(status=503), web.Response(status=500)]
    await line.ok("setWebhook", url=server.url)
    await line.say("again")
    first, second, third = [await server.next() for _ in range(3)]
    assert first == second == third
    info = await line.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500"
    await line.say("next")
    assert (await server.next())["message"]["text"] == "next"


async def test_one_slow_chat_does_not_hold_up_another(
    line: Line, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "_FIRST_PAUSE", 60)
    await line.ok("setWebhook", url=server.url)
    server.answers = [web.Response(status=500)]
    await line.say("stuck")
    await server.next()
    await line.say("waits behind")
    await line.say("passes", 1002)
    assert (await server.next())["message"]["text"] == "passes"
    assert (await line.ok("getWebhookInfo"))["pending_update_count"] >= 2


async def test_a_method_in_the_answer_is_called(line: Line, server: Server) -> None:
    await line.say("/start")
    call = {"method": "sendMessage", "chat_id": 1001, "text": "welcome"}
    server.answers = [
        web.json_response(call),
        web.json_response({**call, "text": ""}),
        web.json_response({"method": "getUpdates"}),
        web.Response(text="{nonsense"),
    ]
    await line.ok("setWebhook", url=server.url)
    await server.next()
    for text in ("two", "three", "four", "five"):
        await line.say(text)
        await server.next()
    assert "welcome" in [message["text"] for message in await line.see("/person/1001/messages")]
    calls = [(call["method"], call["status"]) for call in await line.see("/calls")]
    assert calls[1:] == [("sendMessage", 200), ("sendMessage", 400), ("getUpdates", 404)]


async def test_polling_and_a_webhook_exclude_each_other(line: Line, server: Server) -> None:
    poll = asyncio.create_task(line.no("getUpdates", timeout=30))
    await line.polled()
    await line.ok("setWebhook", url=server.url, allowed_updates=["message"])
    assert await poll == "409 Conflict: terminated by setWebhook request"
    refused = await line.no("getUpdates")
    assert refused.startswith("409 Conflict: can't use getUpdates method while webhook is active")
    assert (await line.ok("getWebhookInfo"))["allowed_updates"] == ["message"]
    assert await line.ok("deleteWebhook") is True
    await line.say("x")
    assert (await line.ok("getWebhookInfo"))["pending_update_count"] == 1
    await line.ok("setWebhook", url="", drop_pending_updates=True)
    assert await line.ok("getUpdates") == []


async def test_a_server_that_is_not_there(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "_FIRST_PAUSE", 0.001)
    await line.say("x")
    await line.ok("setWebhook", url="http://127.0.0.1:9/hook")
    hook = line.sandbox.world.first_bot().hook
    await until(lambda: hook is not None and bool(hook.last_error))
    info = await line.ok("getWebhookInfo")
    assert info["last_error_message"] == "Connection failed: ClientConnectorError"
    await line.ok("setWebhook", url="http://127.0.0.1:9/other", drop_pending_updates=True)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"url": "https://e.org/hook"}, "bad webhook: the sandbox delivers to"),
        ({"url": "http://e.org/hook"}, "bad webhook: the sandbox delivers to"),
        ({"url": "http://localhost/hook", "secret_token": "with space"}, "secret token contains unallowed characters"),
        ({}, 'parameter "url" is required'),
    ],
)
async def test_webhooks_that_are_refused(line: Line, given: dict[str, Any], problem: str) -> None:
    assert (await line.no("setWebhook", **given)).startswith(problem)
