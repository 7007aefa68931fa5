"""The way to the Bot API: what arrives there, and what is known of a call that failed."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.request import AiohttpRequest, NotDone
from sandbox import TOKEN, Sandbox
from tests.bot.server import Answer, serving
from tests.talk import People

SECRET = TOKEN.partition(":")[2]


def requests(**times: float) -> tuple[AiohttpRequest, AiohttpRequest]:
    return AiohttpRequest(**times), AiohttpRequest(1, **times)  # type: ignore[arg-type]


@asynccontextmanager
async def desk(url: str, **times: float) -> AsyncIterator[Bot]:
    """A bot without its first getMe, so that each test decides what comes first."""
    one, other = requests(**times)
    bot = Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", request=one, get_updates_request=other)
    await one.initialize()
    await other.initialize()
    try:
        yield bot
    finally:
        await one.shutdown()
        await other.shutdown()


def answering(status: int, body: object = None, *, text: str | None = None) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response(body, status=status) if text is None else web.Response(status=status, text=text)

    return answer


def refusal(status: int, description: str, **parameters: int) -> Answer:
    body = {"ok": False, "error_code": status, "description": description}
    return answering(status, body | ({"parameters": parameters} if parameters else {}))


async def fails(url: str, **times: float) -> TelegramError:
    """What a sendMessage against that address ends in; its text never holds the token."""
    async with desk(url, **times) as bot:
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(1001, "hello")
    error: TelegramError = caught.value
    assert SECRET not in f"{error} {error!r}"
    assert error.__cause__ is None or SECRET not in f"{error.__cause__} {error.__cause__!r}"
    return error


async def test_a_message_goes_to_the_sandbox_and_back() -> None:
    async with Sandbox() as sandbox, People.at(sandbox.url) as people, desk(sandbox.url) as bot:
        await people.call("/people", {"id": 1001, "first_name": "Aigul"})
        await people.tells("/start", 1001)
        message = await bot.send_message(1001, "Сәлем <b>& salam</b> 🕊", parse_mode="HTML")
        assert [one.text for one in await people.sees(1001)][-1] == "Сәлем & salam 🕊"
        assert message.chat_id == 1001


async def test_a_file_arrives_with_its_own_name_and_nothing_that_could_break_a_header() -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        upload = form["document"]
        assert isinstance(upload, web.FileField)
        seen.update(name=upload.filename, content=upload.file.read(), type=upload.content_type, caption=form["caption"])
        chat = {"id": 1001, "type": "private"}
        return web.json_response({"ok": True, "result": {"message_id": 1, "date": 1, "chat": chat}})

    async with serving(answer) as url, desk(url) as bot:
        await bot.send_document(1001, InputFile(b"a,b\n1,2\n", 'Рейсы\r\n "mai" %41.csv'), caption="Рейсы & 1")
    assert seen == {"name": 'Рейсы "mai" %41.csv', "content": b"a,b\n1,2\n", "type": "text/csv", "caption": "Рейсы & 1"}


async def test_what_telegram_refuses_is_told_by_class() -> None:
    cases: list[tuple[Answer, type[TelegramError]]] = [
        (refusal(400, "Bad Request: chat not found"), BadRequest),
        (refusal(401, "Unauthorized"), InvalidToken),
        (refusal(404, "Not Found"), InvalidToken),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1005), ChatMigrated),
        (refusal(429, "Too Many Requests: retry after 3", retry_after=3), RetryAfter),
        (refusal(429, "Too Many Requests"), NotDone),
        (refusal(500, "Internal Server Error"), NotDone),
        (refusal(502, "Bad Gateway"), NotDone),
    ]
    for answer, kind in cases:
        async with serving(answer) as url:
            assert type(await fails(url)) is kind


async def test_a_proxy_that_answers_is_not_taken_for_telegram() -> None:
    page = f"<html>The requested URL /bot{TOKEN}/sendMessage was not found</html>"
    for status in (302, 401, 403, 404, 407, 503):
        async with serving(answering(status, text=page)) as url:
            assert type(await fails(url)) is NotDone
    async with serving(answering(504, text=page)) as url:
        assert type(await fails(url)) is NetworkError


async def test_a_redirect_is_not_followed() -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with serving(answer) as url:
        assert type(await fails(url)) is NotDone
    assert len(asked) == 1


@pytest.mark.parametrize("text", ["<html>Sign in to the network</html>", "[]", '{"ok": true}', ""])
async def test_an_answer_that_is_none_leaves_it_uncertain(text: str, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(answering(200, text=text)) as url:
        assert type(await fails(url)) is NetworkError
    assert not caplog.records


async def test_a_closed_port_means_certainly_not_sent() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert type(await fails(f"http://127.0.0.1:{bound.getsockname()[1]}")) is NotDone


async def test_an_unknown_host_means_certainly_not_sent() -> None:
    assert type(await fails("http://no-such-host.invalid", connect=2.0)) is NotDone


async def test_a_full_pool_means_certainly_not_sent() -> None:
    entered = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        entered.set()
        await asyncio.Event().wait()
        return web.Response()

    async with serving(answer) as url:
        request = AiohttpRequest(1, connect=0.05, pool=0.05, read=30.0)
        async with request:
            first = asyncio.create_task(request.do_request(f"{url}/bot{TOKEN}/getMe", "POST"))
            await entered.wait()
            with pytest.raises(NotDone):
                await request.do_request(f"{url}/bot{TOKEN}/getMe", "POST")
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)


async def test_no_answer_in_time_leaves_it_uncertain() -> None:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.Event().wait()
        return web.Response()

    async with serving(answer) as url:
        assert type(await fails(url, read=0.1)) is TimedOut


async def test_an_answer_that_drips_is_bounded_by_the_sum_of_all_times() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse()
        await stream.prepare(request)
        while True:
            await stream.write(b" ")
            await asyncio.sleep(0.01)

    async with serving(answer) as url:
        assert type(await fails(url, read=0.2, write=0.1, connect=0.1, pool=0.1)) is TimedOut


async def test_a_cut_connection_leaves_it_uncertain() -> None:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with serving(answer) as url:
        assert type(await fails(url)) is NetworkError


async def test_a_closed_way_is_told_and_nothing_is_sent() -> None:
    async with Sandbox() as sandbox:
        request = AiohttpRequest()
        with pytest.raises(NotDone):
            await request.do_request(f"{sandbox.url}/bot{TOKEN}/getMe", "POST")


@pytest.mark.parametrize(
    "fault",
    [
        {"error": {"code": 500, "description": "Internal Server Error"}},
        {"error": {"code": 401, "description": "Unauthorized"}},
        {"silent": True},
        {"cut": "before"},
        {"cut": "after"},
    ],
)
async def test_no_fault_puts_the_token_into_the_log(
    fault: dict[str, object], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    async with Sandbox() as sandbox, People.at(sandbox.url) as people, desk(sandbox.url, read=0.2) as bot:
        await people.call("/faults", {"method": "*", "times": None, "fault": fault})
        for call in (bot.get_me, bot.get_updates):
            with pytest.raises(TelegramError) as caught:
                await call()
            logging.getLogger("a room").error("it failed", exc_info=caught.value)
    out, err = capfd.readouterr()
    assert SECRET not in caplog.text + out + err
