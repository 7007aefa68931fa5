"""Parameters arrive in every form Telegram takes, and what is wrong with them is told in its words."""

import json
from typing import Any

import aiohttp
import pytest

from sandbox import TOKEN, Sandbox
from tests.sandbox.conftest import Line

URL = f"/bot{TOKEN}/sendMessage"
UNREADABLE = (
    "a body of type text/plain can't be read: use one of application/json, "
    "application/x-www-form-urlencoded, multipart/form-data"
)
KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "x"}]]}


async def test_query_form_multipart_and_json_say_the_same(chat: Line) -> None:
    words = {"chat_id": "1001", "text": "<b>hi</b>", "parse_mode": "html", "protect_content": "True"}
    words["reply_markup"] = json.dumps(KEYBOARD)
    parts = aiohttp.MultipartWriter("form-data")
    for name, value in words.items():
        parts.append(value).set_content_disposition("form-data", name=name)
    ways: list[dict[str, Any]] = [
        {"params": words},
        {"data": words},
        {"data": parts},
        {"json": {**words, "chat_id": 1001, "protect_content": True, "reply_markup": KEYBOARD}},
        {"json": words},
        {"params": {"chat_id": "1001"}, "json": {k: v for k, v in words.items() if k != "chat_id"}},
    ]
    results = []
    for way in ways:
        status, body = await chat.ask("POST", URL, **way)
        assert status == 200, body
        results.append({k: v for k, v in body["result"].items() if k not in ("message_id", "date")})
    assert results[0]["reply_markup"] == KEYBOARD
    assert results[0]["has_protected_content"] is True
    assert all(result == results[0] for result in results)
    status, body = await chat.ask("GET", URL, params=words)
    assert status == 200, body


async def test_method_names_are_any_case(line: Line) -> None:
    for name in ("getMe", "getme", "GETME"):
        assert (await line.ok(name))["username"] == "wayhome_bot"


async def test_unknown_and_unbuilt_methods_and_bad_tokens(line: Line) -> None:
    assert await line.no("sendSmoke") == "404 Not Found"
    assert await line.no("sendPoll") == "501 Not Implemented: the sandbox doesn't have sendPoll"
    assert await line.no("logOut") == "501 Not Implemented: the sandbox doesn't have logOut"
    for token in ("x", "1:short", "", f"a{TOKEN}", f"{TOKEN}x"):
        status, body = await line.ask("GET", f"/bot{token}/getMe")
        assert (status, body) == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}), token
        status, body = await line.ask("GET", f"/file/bot{token}/photos/file_0.png")
        assert status == 401
    for path in ("/bot", f"/bot{TOKEN}", f"/bot{TOKEN}/", f"/bot{TOKEN}/getMe/x", "/file/bot"):
        assert await line.ask("GET", path) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    assert await line.ask("GET", "/nowhere") == (404, {"error": "there is nothing here"})
    assert await line.ask("PUT", "/world") == (404, {"error": "there is nothing here"})
    status, body = await line.ask("GET", "/bot123:" + "A" * 35 + "/getMe")
    assert (body["result"]["id"], body["result"]["username"]) == (123, "sandbox123_bot")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "chat_id is empty"),
        ({"chat_id": 1001}, "message text is empty"),
        ({"chat_id": 1001, "text": ""}, "message text is empty"),
        ({"chat_id": 1001, "text": " \n "}, "message text is empty"),
        ({"chat_id": 1001, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": -5, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": [], "text": "x"}, "chat not found"),
        (
            {"chat_id": 1001, "text": "x", "parsemode": "HTML"},
            'sendMessage has no parameter "parsemode" (Telegram would ignore it)',
        ),
        ({"chat_id": 1001, "text": "x", "parse_mode": "html5"}, "unsupported parse_mode"),
        ({"chat_id": 1001, "text": ["x"]}, "can't parse text: must be of type String"),
        (
            {"chat_id": 1001, "text": "x", "protect_content": "maybe"},
            "can't parse protect_content: must be of type Boolean",
        ),
        (
            {"chat_id": 1001, "text": "x", "message_thread_id": "x"},
            "can't parse message_thread_id: must be of type Integer",
        ),
        ({"chat_id": 1001, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": 1001, "text": "x", "entities": "["}, "can't parse entities JSON object"),
        (
            {"chat_id": 1001, "text": "x", "reply_parameters": {"message": 1}},
            'can\'t parse reply_parameters: ReplyParameters has no field "message"',
        ),
        ({"chat_id": 1001, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 1001, "text": "👍" * 2049}, "message is too long"),
        ({"chat_id": 1001, "text": "x\ud800"}, "strings must be encoded in UTF-8"),
    ],
)
async def test_refusals(chat: Line, given: dict[str, Any], problem: str) -> None:
    assert await chat.no("sendMessage", **given) == problem


async def test_the_limit_counts_after_entities(chat: Line) -> None:
    sent = await chat.ok("sendMessage", chat_id=1001, text=f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    assert sent["text"] == "<" * 4096
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_bodies_that_cannot_be_read(chat: Line) -> None:
    for data, kind, problem in (
        (b"{", "application/json", "can't parse JSON object"),
        (b"[" * 100_000, "application/json", "can't parse JSON object"),
        (b"[1]", "application/json", "object expected as JSON body"),
        (
            b"text=x",
            "text/plain",
            UNREADABLE,
        ),
        (b"nonsense", "multipart/form-data; boundary=x", "can't parse multipart body"),
        (b"nonsense", "multipart/form-data", "can't parse multipart body"),
    ):
        status, body = await chat.ask("POST", URL, data=data, headers={"Content-Type": kind})
        assert (status, body["description"]) == (400, f"Bad Request: {problem}")
    assert [call["status"] for call in await chat.see("/calls")][-6:] == [400] * 6


async def test_what_is_not_built_is_never_accepted_in_silence(chat: Line) -> None:
    for name, value in (("business_connection_id", "x"), ("message_effect_id", "x"), ("direct_messages_topic_id", 5)):
        said = await chat.no("sendMessage", chat_id=1001, text="x", **{name: value})
        assert said == f"501 Not Implemented: the sandbox doesn't have {name} of sendMessage"
    said = await chat.no("sendMessage", chat_id=1001, text="*x*", parse_mode="MarkdownV2")
    assert said == "501 Not Implemented: the sandbox doesn't have parse_mode MarkdownV2; use HTML or entities"
    said = await chat.no("editMessageText", inline_message_id="x", text="x")
    assert said.startswith("501")


async def test_entities_may_be_given_ready(chat: Line) -> None:
    entities: list[dict[str, Any]] = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "pre", "offset": 3, "length": 1, "language": "c"},
        {"type": "text_link", "offset": 5, "length": 1, "url": "e.org"},
        {"type": "text_mention", "offset": 7, "length": 1, "user": {"id": 1002, "is_bot": False, "first_name": "?"}},
        {"type": "url", "offset": 0, "length": 1},
    ]
    sent = await chat.ok("sendMessage", chat_id=1001, text="👍 x y z", entities=entities)
    kept = sent["entities"]
    assert [entity["type"] for entity in kept] == ["bold", "pre", "text_link", "text_mention"]
    assert kept[2]["url"] == "http://e.org/"
    assert kept[3]["user"]["first_name"] == "Omar"
    for wrong, problem in (
        (
            {"type": "bold", "offset": 3, "length": 9},
            "entity beginning at UTF-16 offset 3 ends after the end of the text",
        ),
        ({"type": "bold", "offset": -1, "length": 1}, "Receive an entity with incorrect offset -1"),
        ({"type": "loud", "offset": 0, "length": 1}, 'can\'t parse entities: unknown type "loud"'),
        ({"type": "text_link", "offset": 0, "length": 1, "url": "javascript:x"}, "Entity URL is invalid"),
        ({"type": "custom_emoji", "offset": 0, "length": 1}, "Invalid custom emoji identifier specified"),
    ):
        assert await chat.no("sendMessage", chat_id=1001, text="abcd", entities=[wrong]) == problem
    sent = await chat.ok("sendMessage", chat_id=1001, text='<a href="tg://user?id=9">x</a>', parse_mode="HTML")
    assert "entities" not in sent


async def test_an_untrue_answer_is_a_loud_500(
    chat: Line, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bot = chat.sandbox.world.first_bot()
    monkeypatch.setattr(bot, "user", {**bot.user, "shoe_size": 43})
    status, body = await chat.call("getMe")
    assert (status, body["error_code"]) == (500, 500)
    assert body["description"].endswith('User has no field "shoe_size"')
    monkeypatch.setattr(chat.sandbox.world.people[1001], "user", {"id": 1001, "is_bot": False})
    status, error = await chat.cant("/person/1001/say", text="x")
    assert (status, "needs the field" in error) == (500, True)
    monkeypatch.setattr(chat.sandbox.world.people[1001], "user", {"token": TOKEN})
    assert await chat.cant("/person/1001/say", text="x") == (500, "the sandbox's own bug: KeyError: 'id'")
    assert len(caplog.records) == 3
    assert TOKEN not in caplog.text


async def test_a_taken_port_is_an_oserror(sandbox: Sandbox) -> None:
    with pytest.raises(OSError, match="in use"):
        await Sandbox(int(sandbox.url.rpartition(":")[2])).start()
    with pytest.raises(RuntimeError, match="isn't running"):
        _ = Sandbox().url
