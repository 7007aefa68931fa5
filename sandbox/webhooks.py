"""Carrying updates to a bot's own server: in order within a chat, many chats at once, again until it is taken."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from itertools import takewhile
from json import JSONDecodeError

import aiohttp

from sandbox.shapes import Object
from sandbox.updates import Inbox, Waiting

_FIRST_PAUSE = 0.25  # seconds; doubled with each failure
_LONGEST_PAUSE = 60.0
_PATIENCE = aiohttp.ClientTimeout(total=60)
_TAKEN = range(200, 300)


class Hook:
    """One bot's webhook; it lives until closed."""

    def __init__(self, inbox: Inbox, url: str, secret: str, connections: int, called: Callable[[Object], None]) -> None:
        """`called` gets what the bot's server says in its answer, if that is a call of a method."""
        self.url = url
        self.connections = connections
        self.last_error: Object = {}
        self._inbox = inbox
        self._secret = secret
        self._called = called
        self._lanes: dict[int, deque[Waiting]] = {}  # only those with something to carry
        self._latest = 0  # the newest update that is in a lane
        self._slots = asyncio.Semaphore(connections)
        self._new = asyncio.Event()
        self._new.set()
        self._carrying: set[asyncio.Task[None]] = set()
        inbox.on_new = self._new.set
        self._task = asyncio.create_task(self._run())

    def close(self) -> None:
        """Carry nothing more; what is under way is broken off and stays in the inbox."""
        self._inbox.on_new = None
        for task in (self._task, *self._carrying):
            task.cancel()

    async def _run(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        connector = aiohttp.TCPConnector(limit=self.connections)
        async with aiohttp.ClientSession(headers=headers, connector=connector, timeout=_PATIENCE) as session:
            while True:
                await self._new.wait()
                self._new.clear()
                self._inbox.drop_old()
                self._start(session)

    def _start(self, session: aiohttp.ClientSession) -> None:
        """Put what is new into its chat's lane; a lane that was empty begins to move."""
        new = list(takewhile(lambda update: update.id > self._latest, reversed(self._inbox.waiting)))
        for update in reversed(new):
            self._latest = update.id
            if update.lane in self._lanes:
                self._lanes[update.lane].append(update)
                continue
            self._lanes[update.lane] = deque((update,))
            task = asyncio.create_task(self._carry(session, update.lane))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

    async def _carry(self, session: aiohttp.ClientSession, lane: int) -> None:
        while updates := self._lanes[lane]:
            await self._insist(session, updates[0])
            updates.popleft()
        del self._lanes[lane]

    async def _insist(self, session: aiohttp.ClientSession, update: Waiting) -> None:
        """Again and again until it is taken, or too old."""
        pause = _FIRST_PAUSE
        while update in self._inbox.waiting:
            async with self._slots:
                wait = await self._post(session, update)
            if wait is None:
                self._inbox.waiting.remove(update)
                return
            await asyncio.sleep(wait or pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
            self._inbox.drop_old()

    async def _post(self, session: aiohttp.ClientSession, update: Waiting) -> float | None:
        """None if the update was taken, else how long the server wants to be left alone (0: it didn't say)."""
        try:
            async with session.post(self.url, json=update.body, allow_redirects=False) as answer:
                body = await answer.read()
                status, asked = answer.status, answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError) as error:
            # By class name only: the address may hold the bot's token.
            return self._failed(f"Connection failed: {type(error).__name__}", "")
        if status not in _TAKEN:
            return self._failed(f"Wrong response from the webhook: {status}", asked)
        self._take_call(body)
        return None

    def _failed(self, why: str, asked: str) -> float:
        self.last_error = {"last_error_date": int(time.time()), "last_error_message": why}
        return float(asked) if asked.isdigit() else 0.0

    def _take_call(self, body: bytes) -> None:
        if not body.lstrip().startswith(b"{"):
            return
        try:
            call = json.loads(body)
        except JSONDecodeError:
            return
        if isinstance(call.get("method"), str):
            self._called(call)
