"""The sandbox as a whole: a world, its Bot API and its doors, behind one port on loopback."""

import asyncio
import logging
from types import TracebackType
from typing import Self, cast

from aiohttp import web

from sandbox.botapi import BotApi
from sandbox.clock import Clock
from sandbox.doors import Doors, nowhere
from sandbox.tokens import hide
from sandbox.world import World

_LARGEST_BODY = 60 * 1024 * 1024
_LAST_ANSWERS = 1.0  # seconds for calls that are still under way when the sandbox stops


class _Quiet(logging.Filter):
    """aiohttp's own complaints may quote a request line, and so a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hide(record.getMessage()), ()
        if record.exc_info:
            kind = record.exc_info[0]
            record.msg = f"{record.msg}: {kind.__name__ if kind else 'error'}"
            record.exc_info = None
        return True


_log = logging.getLogger("sandbox.http")
_log.addFilter(_Quiet())
_no_log = logging.getLogger("sandbox.access")  # a log of requests would be one of tokens
_no_log.setLevel(logging.CRITICAL)


class _Connection(web.RequestHandler):
    """aiohttp answers a request it can't read with that request's own line, and so with a token: not here."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        return super().handle_error(request, status, exc, None if message is None else "the request can't be read")


class Sandbox:
    """A stand-in of the Bot API, in this process.

    `async with Sandbox() as sandbox:` then `sandbox.url` is the address; port 0 takes any free one.
    """

    def __init__(self, port: int = 0, *, clock: Clock | None = None, host: str = "127.0.0.1") -> None:
        self.clock = clock or Clock()
        self.world = World(self.clock)
        self.api = BotApi(self.world)
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None
        self._listener: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end; /bot<token>/ and /file/bot<token>/ are appended to it."""
        if self._listener is None:
            raise RuntimeError("the sandbox isn't running")
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._listener.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; raises OSError if the port is taken."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/bot{token:[^/]*}/{method}", self.api.method)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self.api.file)
        app.add_routes(Doors(self.world, self.api).routes())
        app.router.add_route("*", "/{path:.*}", nowhere)
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=_LAST_ANSWERS)
        await runner.setup()
        loop, server = asyncio.get_running_loop(), cast("web.Server", runner.server)
        try:
            self._listener = await loop.create_server(
                lambda: _Connection(server, loop=loop, logger=_log, access_log=_no_log), self._host, self._port
            )
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner

    async def stop(self) -> None:
        """Let go of everyone and close the port."""
        self.world.events.close()
        for bot in self.world.bots.values():
            bot.close()
        if self._listener is not None and self._runner is not None:
            self._listener.close()
            await self._runner.cleanup()
            self._listener = self._runner = None


async def serve(port: int, *, host: str = "127.0.0.1") -> None:
    """Run a sandbox until cancelled."""
    async with Sandbox(port, host=host):
        await asyncio.Event().wait()
