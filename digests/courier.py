"""Carrying letters, one at a time: each exactly once, or where nobody can know, once more and marked."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from digests.outcomes import Moved, NotEver, NotNow, Transport, Uncertain
from records.digest import Letter, Schedule
from storage import letters, schedules
from storage.door import Door
from storage.errors import DatabaseLocked
from storage.transaction import Tx

P = ParamSpec("P")
T = TypeVar("T")
Clock: TypeAlias = Callable[[], datetime]
May: TypeAlias = Callable[[Tx, Schedule], bool]
TellAdmins: TypeAlias = Callable[[Schedule, str], Awaitable[None]]

LONGEST = timedelta(minutes=15)
NO_RIGHT = "no_right"
"""The reason of a schedule that was paused because its readers may not read any more."""


class Courier:
    """Carries waiting letters. Any number of tasks may call `send_one` at once; parts of one chat stay in order."""

    def __init__(self, door: Door, transport: Transport, clock: Clock, may: May, tell_admins: TellAdmins) -> None:
        """`may` is asked right before sending, in the step that takes the letter; `tell_admins` when a chat can't be reached."""
        self._door = door
        self._transport = transport
        self._clock = clock
        self._may = may
        self._tell_admins = tell_admins
        self._in_hand: set[int] = set()
        self._taking = asyncio.Lock()

    async def send_one(self) -> bool:
        """Carries the next letter that may go now; whether there was one.

        A letter is "sending" from one committed step to another. One found so in nobody's hand was cut in the middle,
        by a crash or a cancelled task: it goes once more, marked, and if that is cut too, counts as sent.
        """
        letter = await self._take()
        if letter is None:
            return False
        try:
            await self._carry(letter)
        finally:
            self._in_hand.discard(letter.id)
        return True

    async def _take(self) -> Letter | None:
        async with self._taking:
            letter = await self._door.change(take, self._clock(), frozenset(self._in_hand), self._may)
            if letter is not None:
                self._in_hand.add(letter.id)
            return letter

    async def _carry(self, letter: Letter) -> None:
        try:
            message = await self._transport.send(letter)
        except NotNow as outcome:
            wait = max(outcome.after, back_off(letter.tries))
            await self._record(letters.put_off, letter, self._clock() + wait, marked=letter.marked)
        except Uncertain:
            if letter.marked:
                await self._record(letters.sent, letter, None)
            else:
                await self._record(letters.put_off, letter, self._clock() + back_off(letter.tries), marked=True)
        except Moved as outcome:
            again = self._clock() + (back_off(letter.tries) if letter.tries else timedelta(0))
            await self._record(letters.moved, letter, outcome.chat, again)
        except NotEver as outcome:
            schedule = await self._record(letters.give_up, letter, outcome.reason)
            await self._tell_admins(schedule, outcome.reason)
        else:
            await self._record(letters.sent, letter, message)

    async def _record(self, act: Callable[Concatenate[Tx, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Keeps what became of a letter, however long another program holds the database: forgotten, it would go out again."""
        while True:
            try:
                return await self._door.change(act, *args, **named)
            except DatabaseLocked:
                continue  # the door has waited already


def back_off(tries: int) -> timedelta:
    """How long to wait after so many tries: 2 s, 4 s, 8 s … up to a quarter of an hour."""
    return min(timedelta(seconds=2 ** min(tries + 1, 10)), LONGEST)


def take(tx: Tx, now: datetime, in_hand: frozenset[int], may: May) -> Letter | None:
    """The next letter to carry, now "sending"; those cut in the middle are put back first, schedules without a right paused."""
    letters.put_back(tx, in_hand, now)
    while letter := letters.next_waiting(tx, now):
        schedule = schedules.by_id(tx, letter.schedule)
        if may(tx, schedule):
            letters.sending(tx, letter)
            return letter
        letters.pause(tx, schedule.id, NO_RIGHT)
    return None
