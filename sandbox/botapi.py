"""The way of one Bot API call: token, method, parameters, faults, the method itself, the answer."""

import asyncio
import inspect
import json
from dataclasses import dataclass

from aiohttp import web

from sandbox.bugs import own_up
from sandbox.calls import Calls, Logged
from sandbox.faults import Faults, Trouble
from sandbox.files import Upload
from sandbox.methods import METHODS
from sandbox.methods.call import Call
from sandbox.oracle import ORACLE, Method
from sandbox.parameters import decode, read
from sandbox.refusals import RefusedError, not_built
from sandbox.shapes import Json, Object
from sandbox.world import Bot, World

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SILENCE = 120.0  # seconds

UNAUTHORIZED = RefusedError(401, "Unauthorized")
NOT_FOUND = RefusedError(404, "Not Found")


@dataclass(slots=True)
class _Asked:
    """A call that was read and decoded, before it is done."""

    bot: Bot
    method: Method
    given: Object
    uploads: dict[str, Upload]


class BotApi:
    """Answers what bots ask."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.faults = Faults()
        self.calls = Calls()
        world.by_webhook = self._called_by_webhook

    async def method(self, request: web.Request) -> web.StreamResponse:
        """`/bot<token>/<method>`"""
        bot = self._world.bot(request.match_info["token"])
        if bot is None:
            return _refusal(UNAUTHORIZED)
        bot.called = True
        name = request.match_info["method"]
        try:
            raw, uploads = await read(request)
        except RefusedError as refused:
            self.calls.add(name, {}, self._world.clock.time()).status = refused.code
            return _refusal(refused)
        logged = self.calls.add(name, raw | uploads, self._world.clock.time())
        trouble = Trouble()
        try:
            asked = self._asked(bot, name, raw, uploads, logged)
            trouble = self.faults.meet(asked.method.name, asked.given.get("chat_id"))
            answer = await self._do(asked, trouble)
        except RefusedError as refused:
            answer = _refusal(refused)
        return await self._answer(request, answer, trouble, logged)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """`/file/bot<token>/<path>`"""
        if self._world.bot(request.match_info["token"]) is None:
            return _refusal(UNAUTHORIZED)
        stored = self._world.files.at(request.match_info["path"])
        if stored is None:
            return _refusal(NOT_FOUND)
        return web.Response(body=stored.upload.data, content_type="application/octet-stream")

    def _asked(self, bot: Bot, name: str, raw: Object, uploads: dict[str, Upload], logged: Logged) -> _Asked:
        method = ORACLE.methods.get(name.lower())
        if method is None:
            raise NOT_FOUND
        logged.method = method.name
        if method.name not in METHODS:
            raise not_built(f"{method.name}")
        given = decode(method, raw, uploads)
        logged.parameters = given
        return _Asked(bot, method, given, uploads)

    async def _do(self, asked: _Asked, trouble: Trouble) -> web.Response:
        if trouble.error:
            await self.faults.keep_back(trouble.latency)
            return _refusal(trouble.error)
        if trouble.cut == "before":
            return web.Response(status=502)
        try:
            result = self._run(asked)
            if inspect.isawaitable(result):
                result = await result
            asked.method.result(result)
        except RefusedError:
            raise
        except Exception as error:  # noqa: BLE001 - a bot must get an answer whatever is broken here
            raise RefusedError(500, f"Internal Server Error: {own_up(error)}") from None
        return _json(200, {"ok": True, "result": result})

    def _run(self, asked: _Asked) -> Json:
        call = Call(self._world, asked.bot, asked.method.name, asked.given, asked.uploads)
        call.refuse_unbuilt()
        self.faults.limits.check(asked.bot.id, asked.method.name, asked.given.get("chat_id"))
        return METHODS[asked.method.name](call)

    async def _answer(
        self, request: web.Request, answer: web.Response, trouble: Trouble, logged: Logged
    ) -> web.StreamResponse:
        if trouble.latency and not trouble.error:
            await self.faults.keep_back(trouble.latency)
        if trouble.silent:
            # The client's leaving cancels this; a patient one is cut off in the end.
            await asyncio.sleep(_SILENCE)
        if (trouble.silent or trouble.cut) and request.transport:
            request.transport.abort()
        else:
            logged.status = answer.status
        return answer

    def _called_by_webhook(self, bot: Bot, body: Object) -> None:
        name = str(body.pop("method"))
        logged = self.calls.add(name, body, self._world.clock.time())
        try:
            asked = self._asked(bot, name, body, {}, logged)
            if asked.method.name == "getUpdates":
                logged.status = NOT_FOUND.code
            else:
                asked.method.result(self._run(asked))
                logged.status = 200
        except RefusedError as refused:
            logged.status = refused.code
        except Exception as error:  # noqa: BLE001 - nobody waits for an answer that could tell
            own_up(error)
            logged.status = 500


def _refusal(refused: RefusedError) -> web.Response:
    return _json(refused.code, refused.answer())


def _json(status: int, body: Object) -> web.Response:
    return web.Response(status=status, body=_encode(body).encode(), content_type="application/json")
