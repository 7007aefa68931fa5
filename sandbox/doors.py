"""The doors for the page and for tests: HTTP in front of people and stage, shut to other websites."""

import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, web

from sandbox.botapi import NOT_FOUND, BotApi
from sandbox.bugs import own_up
from sandbox.files import Upload
from sandbox.people import People
from sandbox.refusals import MistakenError, RefusedError
from sandbox.shapes import Json, Object
from sandbox.stage import Stage
from sandbox.world import World

PAGE = Path(__file__).with_name("page")
HEARTBEAT = 15.0  # seconds between signs of life on a quiet event stream
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# Not guessed by the machine: a script of the wrong type wouldn't run.
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Doors:
    """Everything but the Bot API itself."""

    def __init__(self, world: World, api: BotApi) -> None:
        self._world = world
        self._api = api
        self._people = People(world)
        self._stage = Stage(world)

    def routes(self) -> list[web.RouteDef]:
        """Every door, each behind the guard."""
        return [web.route(method, path, _guarded(handler)) for method, path, handler in self._table()]

    def _table(self) -> list[tuple[str, str, _Handler]]:
        stage, person = self._stage, r"/person/{id:\d+}"
        return [
            ("GET", "/world", self._show(lambda _: stage.world())),
            ("POST", "/people", self._take(lambda _, body: stage.add_person(body))),
            ("POST", "/chats", self._take(lambda _, body: stage.add_chat(body))),
            ("POST", r"/chats/{id:-?\d+}/members", self._take(lambda r, body: stage.change_members(_id(r), body))),
            ("POST", r"/chats/{id:-?\d+}/migrate", self._take(lambda r, _: stage.migrate(_id(r)))),
            ("POST", r"/chats/{id:-?\d+}/reactions", self._take(lambda r, body: stage.allow_reactions(_id(r), body))),
            ("GET", "/clock", self._show(lambda _: stage.clock())),
            ("POST", "/clock", self._take(lambda _, body: stage.set_clock(body))),
            ("GET", "/faults", self._show(lambda _: self._faults())),
            ("POST", "/faults", self._take(lambda _, body: {"id": self._api.faults.add(body)})),
            ("DELETE", "/faults", self._show(lambda _: self._clear_faults(None))),
            ("DELETE", r"/faults/{id:\d+}", self._show(lambda r: self._clear_faults(_id(r)))),
            ("GET", "/calls", self._show(lambda r: self._api.calls.since(_number(r, "after") or 0))),
            ("POST", "/reset", self._show(lambda _: self._reset())),
            ("GET", "/events", self._events),
            ("GET", "/files/{file_id}", self._file),
            ("GET", "/", self._index),
            ("GET", "/page/{path:.+}", self._page),
            *((verb, person + path, handler) for verb, path, handler in self._person_table()),
        ]

    def _person_table(self) -> list[tuple[str, str, _Handler]]:
        people = self._people
        return [
            ("POST", "/say", self._take(lambda r, body: people.say(_id(r), body))),
            ("POST", "/edit", self._take(lambda r, body: people.edit(_id(r), body))),
            ("POST", "/delete", self._take(lambda r, body: people.delete(_id(r), body))),
            ("POST", "/press", self._take(lambda r, body: people.press(_id(r), body))),
            ("POST", "/react", self._take(lambda r, body: people.react(_id(r), body))),
            ("POST", "/block", self._take(lambda r, body: people.block(_id(r), body))),
            ("POST", "/send", self._send),
            ("GET", "/chats", self._show(lambda r: people.chats(_id(r)))),
            ("GET", "/menu", self._show(lambda r: people.menu(_id(r), _number(r, "chat")))),
            ("GET", "/about", self._show(lambda r: people.about(_id(r), _number(r, "chat")))),
            ("GET", "/presses/{callback}", self._show(lambda r: people.answer(_id(r), r.match_info["callback"]))),
            (
                "GET",
                "/messages",
                self._show(lambda r: people.messages(_id(r), _number(r, "chat"), _number(r, "after") or 0)),
            ),
        ]

    def _show(self, answer: Callable[[web.Request], Json]) -> _Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            return json_response(answer(request))

        return handler

    def _take(self, act: Callable[[web.Request, Object], Json]) -> _Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            return json_response(act(request, await _body(request)))

        return handler

    def _faults(self) -> Json:
        return {"faults": self._api.faults.all(), "limits": self._api.faults.limits.view()}

    def _clear_faults(self, number: int | None) -> Json:
        self._api.faults.clear(number)
        return {}

    def _reset(self) -> Json:
        self._world.reset()
        self._api.faults.clear()
        self._api.calls.clear()
        self._world.events.add("reset", None, None)
        return {}

    async def _send(self, request: web.Request) -> web.StreamResponse:
        if request.content_type != "multipart/form-data":
            raise MistakenError("send takes multipart/form-data")
        body: Object = {}
        items: list[tuple[Upload, str]] = []
        spare = ""
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or part.name not in ("chat", "caption", "file"):
                raise MistakenError("send takes chat, caption and file")
            if part.name == "file":
                mime = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
                upload = Upload(part.filename or "file", mime, bytes(await part.read(decode=False)))
                items.append((upload, spare))
                spare = ""
            elif part.name == "chat":
                body["chat"] = _whole(await part.text() or None, "chat")
            elif items:
                items[-1] = (items[-1][0], await part.text())
            else:
                spare = await part.text()
        if not items or not all(upload.data for upload, _ in items):
            raise MistakenError("send needs a file that isn't empty")
        if len(items) > 1:
            return json_response(self._people.send_album(_id(request), body, items))
        return json_response(self._people.send(_id(request), body, *items[0]))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        events = self._world.events
        last = request.headers.get("Last-Event-ID")
        after = _whole(last, "Last-Event-ID") if last else _number(request, "after")
        headers = {**_NO_STORE, "Content-Type": "text/event-stream; charset=utf-8"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        start = events.latest if after is None else after
        await response.write(b"retry: 1000\n: listening\n\n")
        # A page that goes away in the middle of a line is no error.
        with contextlib.suppress(ConnectionError):
            async for batch in events.stream(start, _number(request, "person"), HEARTBEAT):
                lines = [f"id: {event.number}\ndata: {_encode(event.body)}\n\n" for event in batch]
                await response.write("".join(lines).encode() or b": quiet\n\n")
        return response

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.get(request.match_info["file_id"])
        if stored is None:
            raise MistakenError("there is no such file", 404)
        # Whatever a bot uploads must not run as a page of this origin.
        shown = stored.kind == "photo" and stored.upload.mime.startswith("image/") and "svg" not in stored.upload.mime
        kind = stored.upload.mime if shown else "application/octet-stream"
        headers = {**_NO_STORE, "Content-Type": kind, "Content-Security-Policy": "sandbox"}
        return web.Response(body=stored.upload.data, headers=headers)

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return _static("index.html")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return _static(request.match_info["path"])


async def nowhere(request: web.Request) -> web.StreamResponse:
    """Where no door is: told as Telegram tells it, if a bot was asking."""
    if request.path.startswith(("/bot", "/file/bot")):
        return json_response(NOT_FOUND.answer(), NOT_FOUND.code)
    return json_response({"error": "there is nothing here"}, 404)


def json_response(body: Json, status: int = 200) -> web.Response:
    """An answer nobody keeps."""
    return web.Response(status=status, body=_encode(body).encode(), content_type="application/json", headers=_NO_STORE)


def _static(path: str) -> web.StreamResponse:
    file = (PAGE / path).resolve()
    if not file.is_relative_to(PAGE.resolve()) or not file.is_file():
        raise MistakenError("there is no such page", 404)
    kind = _KINDS.get(file.suffix, "application/octet-stream")
    return web.FileResponse(file, headers={**_NO_STORE, "Content-Type": kind})


def _guarded(handler: _Handler) -> _Handler:
    """Only for this machine's own pages and programs; mistakes are told in a sentence."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            _refuse_strangers(request)
            return await handler(request)
        except MistakenError as mistaken:
            return json_response({"error": str(mistaken)}, mistaken.status)
        except RefusedError as refused:
            return json_response({"error": refused.description}, refused.code)
        except Exception as error:  # noqa: BLE001 - people get an answer whatever is broken here
            return json_response({"error": own_up(error)}, 500)

    return guarded


def _refuse_strangers(request: web.Request) -> None:
    # A name that resolves to this machine (DNS rebinding) or another site's script must not speak for people here.
    if urlsplit(f"//{request.host}").hostname not in _LOOPBACK:
        raise MistakenError("only by a loopback name", 403)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise MistakenError("not from another site", 403)


async def _body(request: web.Request) -> Object:
    raw = await request.read()
    try:
        body = json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError):
        raise MistakenError("the body isn't JSON") from None
    if type(body) is not dict:
        raise MistakenError("the body must be a JSON object")
    return body


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _number(request: web.Request, name: str) -> int | None:
    return _whole(request.query.get(name) or None, name)


def _whole(text: str | None, name: str) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        raise MistakenError(f"{name} must be a whole number") from None
