"""The one way out: every message waits here for its turn within Telegram's limits, people first, letters in what is left."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.budget import Budget, Grant, Limits
from bot.request import NotDone

LETTER: Final = "letter"
"""What a call is given as `rate_limit_args` if it carries a letter; all others answer somebody."""
COUNTED: Final = ("send", "copy", "forward", "edit")
NOT_COUNTED: Final = "sendchataction"
SHARE: Final = 9
"""So many answers may overtake a letter that waits, then it goes."""
PATIENCE: Final = 20.0
"""Seconds an answer waits here; if it takes longer, whoever sends it is told so, and lets others use their hands meanwhile."""
LETTER_PATIENCE: Final = 1.5
"""Seconds a letter waits for its chat: as long as its second part needs. There are other letters."""

Answer: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
Waiting: TypeAlias = deque[asyncio.Future[Grant]]


class Pace(BaseRateLimiter[str]):
    """Holds calls back until they may go. What Telegram refuses all the same is not repeated here: the caller knows better."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`clock` gives seconds and never goes back; `sleep` waits by it."""
        self._budget = Budget(limits or Limits())
        self._clock, self._sleep = clock, sleep
        self._people: Waiting = deque()
        self._letters: Waiting = deque()
        self._overtaken = 0
        self._serving: asyncio.Task[None] | None = None
        self._at_door: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._closed = False

    async def initialize(self) -> None:
        """Nothing to be done."""

    async def shutdown(self) -> None:
        """Gives no more turns to anybody."""
        self.close()
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)

    def close(self) -> None:
        """Gives no more turns to letters: those that wait for one end in NotDone, for they were certainly not sent."""
        self._closed = True
        while self._letters:
            letter = self._letters.popleft()
            if not letter.done():
                letter.set_exception(_stopped())

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Answer:
        """What Telegram answers. Raises RetryAfter, without a call, if the message can't go for long yet."""
        method = endpoint.lower()
        if not method.startswith(COUNTED) or method == NOT_COUNTED:
            return await callback(*args, **kwargs)
        chat = number if isinstance(number := data.get("chat_id"), int) else 0
        grant = await self._turn(chat, edit=method.startswith("edit"), letter=rate_limit_args == LETTER)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as asked:
            now = self._clock()
            self._budget.refused(chat, now + _seconds(asked), now)
            raise
        finally:
            self._budget.arrived(grant, chat, self._clock())

    async def _turn(self, chat: int, *, edit: bool, letter: bool) -> Grant:
        """Returns when a message may go to that chat, which is then accounted for."""
        async with self._at_door.setdefault(chat, asyncio.Lock()):
            while (wait := self._budget.chat_opens(chat, edit=edit) - self._clock()) > 0:
                _check(wait, LETTER_PATIENCE if letter else PATIENCE)
                await self._sleep(wait)
            if letter and self._closed:
                raise _stopped()
            queue = self._letters if letter else self._people
            if queue or self._budget.opens(letter=letter) > self._clock():
                grant = await self._stand(queue)
            else:
                grant = self._budget.spend(self._clock())
            self._budget.sent(chat, self._clock())
            return grant

    async def _stand(self, queue: Waiting) -> Grant:
        """Waits in a queue for the bot's next free moment."""
        if queue is self._people:
            _check(self._budget.opens() - self._clock(), PATIENCE)
        turn: asyncio.Future[Grant] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve(), name="pace")
        return await turn

    async def _serve(self) -> None:
        """Gives turns until nobody stands here."""
        while queue := self._next():
            wait = self._budget.opens(letter=queue is self._letters) - self._clock()
            if wait > 0:
                self._send_away(wait)
                await self._sleep(min(wait, 1.0))
                continue
            self._overtaken = self._overtaken + 1 if queue is self._people and self._letters else 0
            queue.popleft().set_result(self._budget.spend(self._clock()))

    def _next(self) -> Waiting | None:
        """Whose turn is next: a person's, unless letters were overtaken for long enough."""
        for queue in (self._people, self._letters):
            while queue and queue[0].done():
                queue.popleft()
        if self._letters and (not self._people or self._overtaken >= SHARE):
            return self._letters
        return self._people or None

    def _send_away(self, wait: float) -> None:
        """Whoever answers somebody needn't stand here through a long halt."""
        while self._people and wait > PATIENCE:
            turn = self._people.popleft()
            if not turn.done():
                turn.set_exception(_not_for(wait))


def _check(wait: float, patience: float) -> None:
    if wait > patience:
        raise _not_for(wait)


def _not_for(seconds: float) -> RetryAfter:
    return RetryAfter(timedelta(seconds=seconds))


def _seconds(asked: RetryAfter) -> float:
    wait = asked.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _stopped() -> NotDone:
    return NotDone("the desk is being stopped")
