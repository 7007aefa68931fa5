"""The doors: who may come in, what the stage takes, and the page itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox import Clock, doors
from tests.sandbox.conftest import Line


async def test_only_by_a_loopback_name_and_from_no_other_site(line: Line) -> None:
    port = line.sandbox.url.rpartition(":")[2]
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example"):
        status, body = await line.ask("GET", "/world", headers={"Host": host})
        assert (status, body["error"]) == (403, "only by a loopback name")
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert (await line.ask("GET", "/world", headers={"Host": host}))[0] == 200
    for origin in ("https://evil.example", "null", f"http://localhost:{port}", "http://127.0.0.1:1"):
        status, _ = await line.ask("POST", "/person/1001/say", json={"text": "x"}, headers={"Origin": origin})
        assert status == 403
    own = {"Origin": line.sandbox.url}
    assert (await line.ask("POST", "/person/1001/say", json={"text": "x"}, headers=own))[0] == 200


async def test_the_page(line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.mkdir()
    monkeypatch.setattr(doors, "PAGE", page)
    assert (await line.ask("GET", "/"))[0] == 404
    (page / "index.html").write_text("<p>hello", encoding="utf-8")
    (page / "talk.js").write_text("1", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    for path, kind in (("/", "text/html"), ("/page/index.html", "text/html"), ("/page/talk.js", "text/javascript")):
        async with line.http.get(path) as answer:
            assert (answer.status, answer.content_type) == (200, kind)
            assert answer.headers["Cache-Control"] == "no-store"
    for path in ("/page/../secret.txt", "/page/%2e%2e/secret.txt", "/page/..%2fsecret.txt", "/page//etc/hostname"):
        async with line.http.get(path) as answer:
            assert answer.status == 404


async def test_the_world(line: Line) -> None:
    world = await line.see("/world")
    assert world["bot"]["username"] == "wayhome_bot"
    assert world["people"][0] == {
        "id": 1001,
        "first_name": "Aigul",
        "username": None,
        "language_code": "ru",
        "role": "Aktau desk",
    }
    assert (await line.do("/people", first_name="Next"))["id"] == 1003
    group = await line.group()
    assert [chat["id"] for chat in (await line.see("/world"))["chats"]] == [group]
    await line.do("/reset")
    world = await line.see("/world")
    assert (world["people"], world["chats"], world["bot"]["id"]) == ([], [], 7000000001)


async def test_a_person_made_anew_keeps_their_chat(chat: Line) -> None:
    await chat.do("/people", id=1001, first_name="Aigul B.", username="aigul")
    sent = await chat.ok("sendMessage", chat_id=1001, text="x")
    assert sent["chat"] == {"id": 1001, "type": "private", "first_name": "Aigul B.", "username": "aigul"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/people", {}),
        ("/people", {"first_name": 5}),
        ("/people", {"first_name": "x", "id": "y"}),
        ("/people", {"first_name": "x", "id": 7000000001}),
        ("/people", {"first_name": "x", "name": "y"}),
        ("/chats", {"title": "", "members": [1001]}),
        ("/chats", {"title": "x", "members": []}),
        ("/chats", {"title": "x", "members": [5]}),
        ("/chats", {"title": "x", "members": [1001], "type": "channel"}),
        ("/chats", {"title": "x", "members": [1001], "type": "group", "is_forum": True}),
        ("/chats/-7/members", {}),
        ("/person/5/say", {"text": "x"}),
        ("/person/1001/say", {}),
        ("/person/1001/say", {"text": " "}),
        ("/person/1001/say", {"text": "x" * 4097}),
        ("/person/1001/say", {"text": "\ud800"}),
        ("/person/1001/say", {"text": "x", "chat": 5}),
        ("/person/1001/say", {"text": "x", "chat": "5"}),
        ("/person/1001/say", {"text": "x", "reply_to": 99}),
        ("/person/1001/say", {"text": "x", "thread": 99}),
        ("/person/1001/edit", {"message": 2, "text": "x"}),
        ("/person/1001/edit", {"message": None, "text": "x"}),
        ("/person/1001/react", {"message": 1, "emoji": "🚀"}),
        ("/person/1001/react", {"message": 1, "emoji": 5}),
        ("/person/1001/block", {}),
        ("/person/1001/block", {"blocked": True, "bot": 5}),
    ],
)
async def test_what_the_stage_does_not_take(chat: Line, path: str, body: dict[str, Any]) -> None:
    await chat.ok("sendMessage", chat_id=1001, text="the bot's")
    status, error = await chat.cant(path, **body)
    assert status in (400, 403, 404)
    assert error


async def test_bodies_that_are_no_json_object(line: Line) -> None:
    for data in (b"{", b"[]", b"[" * 100_000):
        status, body = await line.ask("POST", "/person/1001/say", data=data)
        assert (status, "JSON" in body["error"]) == (400, True)


async def test_messages_after_one(chat: Line) -> None:
    for text in "abc":
        await chat.say(text)
    assert [message["text"] for message in await chat.see("/person/1001/messages?after=2")] == ["b", "c"]
    assert [message["text"] for message in await chat.see("/person/1001/messages?chat=1001&after=3")] == ["c"]
    assert await chat.see("/person/1002/messages") == []
    assert [chat["last"] for chat in await chat.see("/person/1002/chats")] == [None]


def test_a_clock_that_stands_still() -> None:
    start = datetime(2019, 5, 31, 8, tzinfo=UTC)
    clock = Clock(start, running=False)
    assert clock.now() == clock.now() == start
    clock.forward(90)
    assert clock.now() == start + timedelta(seconds=90)
    assert clock.unix() == int(start.timestamp()) + 90
    clock.set(start - timedelta(days=1))
    assert clock.now() == start - timedelta(days=1)
    with pytest.raises(ValueError, match="forward only"):
        clock.forward(-1)
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2019, 5, 31))  # noqa: DTZ001 - that is what is refused


def test_a_running_clock_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    before = clock.time()
    monkeypatch.setattr("sandbox.clock.time.time", lambda: before - 100)
    assert clock.time() >= before
    clock.forward(10)
    assert clock.time() >= before + 10
