"""Carrying letters side by side: each exactly once, or where nobody can know, once more and marked."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from digests.outcomes import Moved, NotEver, NotNow, Plain, Transport, Uncertain
from records.digest import Letter, Schedule
from storage import alarms, letters, moves, pictures, schedules
from storage.door import Door
from storage.errors import DatabaseLocked
from storage.transaction import Tx

P = ParamSpec("P")
T = TypeVar("T")
Clock: TypeAlias = Callable[[], datetime]
May: TypeAlias = Callable[[Tx, Schedule], bool]
TellAdmins: TypeAlias = Callable[[Schedule, str], Awaitable[None]]

LONGEST = timedelta(minutes=15)
SILENT_FOR = timedelta(days=30)
"""How long the admins are not told again that a chat can't be reached for the same reason."""
APART = 1.0
"""Seconds between the parts of a digest, which Telegram wants in a chat: meanwhile others' letters can go."""
REST = timedelta(minutes=1)
"""No longer are all letters kept back because nobody could be reached."""
NO_RIGHT = "no_right"
"""The reason of a schedule that was paused because its readers may not read any more."""
PICTURES_OWN = frozenset({"refused", "no_rights"})
"""Reasons for which a picture doesn't go though its text did: no photos there, or our mistake."""
MOST_TRIES = 8
"""Of a picture: while others wait for it nothing else goes to its chat."""
BUSY, AWAY, MOVED = "busy", "away", "moved"
"""Why a letter goes later: Telegram wants a pause for that chat, reaches nobody, or knows the chat by another id."""


class Courier:
    """Carries waiting letters. Any number of tasks may call `send_one` at once; parts of one chat stay in order."""

    def __init__(
        self,
        door: Door,
        transport: Transport,
        clock: Clock,
        may: May,
        tell_admins: TellAdmins,
        *,
        chance: Callable[[], float] = random.random,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`may` is asked right before sending, in the step that takes the letter; `tell_admins` when a chat can't be reached.

        `chance` gives numbers from 0 to 1 that spread what is tried again; `ticks` gives seconds and never goes back.
        """
        self._door = door
        self._transport = transport
        self._clock = clock
        self._may = may
        self._tell_admins = tell_admins
        self._in_hand: set[int] = set()
        self._taking = asyncio.Lock()
        self._telling = asyncio.Lock()
        self._to_tell = True  # perhaps a process that is gone didn't get round to it
        self._chance, self._ticks = chance, ticks
        self._just_sent: dict[int, float] = {}
        self._failed = 0
        self._rests_until: datetime | None = None

    async def send_one(self) -> bool:
        """Carries the next letter that may go now; False if there was none, or if nobody can be reached for the moment.

        A letter is "sending" from one committed step to another. One found so in nobody's hand was cut in the middle,
        by a crash or a cancelled task: it goes once more, marked, and if that is cut too, counts as sent.
        """
        if self._resting():
            return False
        letter = await self._take()
        if letter is None:
            await self._tell()
            return False
        try:
            await self._carry(letter)
        finally:
            self._in_hand.discard(letter.id)
        return self._rests_until is None

    async def _take(self) -> Letter | None:
        async with self._taking:
            now = self._ticks()
            self._just_sent = {schedule: at for schedule, at in self._just_sent.items() if now - at < APART}
            busy = frozenset(self._just_sent)
            letter = await self._door.change(take, self._clock(), frozenset(self._in_hand), self._may, busy)
            if letter is not None:
                self._in_hand.add(letter.id)
            return letter

    async def _carry(self, letter: Letter) -> None:
        try:
            message = await self._transport.send(letter)
        except NotNow as outcome:
            await self._put_off(letter, outcome)
        except Uncertain:
            if letter.marked:
                await self._record(letters.sent, letter, None, self._clock())
            else:
                again = self._clock() + self._pause(letter.tries)
                await self._record(letters.put_off, letter, again, marked=True, reason=letters.UNSURE)
        except Moved as outcome:
            again = self._clock() + (self._pause(letter.tries) if letter.tries else timedelta(0))
            await self._record(move, letter, outcome.chat, again)
        except NotEver as outcome:
            await self._give_up(letter, outcome)
        else:
            self._failed, self._rests_until = 0, None
            if letter.part < letter.parts:
                self._just_sent[letter.schedule] = self._ticks()
            plain = isinstance(message, Plain)
            await self._record(letters.sent, letter, message, self._clock(), plain=plain)

    async def _put_off(self, letter: Letter, outcome: NotNow) -> None:
        if outcome.everywhere:
            self._rest(outcome.after)
        if letter.chart and letter.tries + 1 >= MOST_TRIES:
            await self._record(pictures.drop, letter.id)
            return
        again = self._clock() + max(outcome.after, self._pause(letter.tries))
        why = AWAY if outcome.everywhere else BUSY
        await self._record(letters.put_off, letter, again, marked=letter.marked, reason=why)

    async def _give_up(self, letter: Letter, outcome: NotEver) -> None:
        if letter.chart and outcome.reason in PICTURES_OWN:
            await self._record(pictures.drop, letter.id)
            return
        await self._record(give_up, letter, outcome.reason, self._clock())
        self._to_tell = True
        await self._tell()

    def _resting(self) -> bool:
        """A rest longer than any was begun while the machine's clock ran wild."""
        return self._rests_until is not None and timedelta(0) < self._rests_until - self._clock() <= REST

    def _rest(self, after: timedelta) -> None:
        """Nobody can be reached: no other letter is taken for as long, so that not every one of them has to find out."""
        self._rests_until = self._clock() + max(after, min(self._pause(self._failed), REST))
        self._failed += 1

    def _pause(self, tries: int) -> timedelta:
        """The back-off with some chance in it: a crowd that was put off together doesn't come back as one."""
        return back_off(tries) * (1 + self._chance()) / 2

    async def _tell(self) -> None:
        """Tells the admins of chats that can't be reached, each once; a crash in between tells it again rather than never."""
        async with self._telling:
            if not self._to_tell:
                return
            self._to_tell = False
            for one, schedule in await self._record(untold):
                await self._tell_admins(schedule, one.reason)
                await self._record(alarms.told, one.id)

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


def take(tx: Tx, now: datetime, in_hand: frozenset[int], may: May, busy: frozenset[int] = frozenset()) -> Letter | None:
    """The next letter to carry, now "sending"; those cut in the middle are put back first, schedules without a right paused.

    What is next for a `busy` schedule lets others go first.
    """
    letters.put_back(tx, in_hand, now)
    while letter := letters.next_waiting(tx, now, busy):
        schedule = schedules.by_id(tx, letter.schedule)
        if too_late(letter, schedule, now):
            letters.hold(tx, letter, schedule.due_at + LONGEST)
        elif may(tx, schedule):
            letters.sending(tx, letter)
            return letter
        else:
            letters.pause(tx, schedule.id, NO_RIGHT, now)
    return None


def too_late(letter: Letter, schedule: Schedule, now: datetime) -> bool:
    """Whether a digest is better told within the next one: it was cut more than half of the time ago that lies between them.

    Not one that may have been seen, nor the second part of one: no other can take its place.
    """
    if letter.marked or letter.part > 1 or now >= schedule.due_at:
        return False
    return now - schedule.told_at > (schedule.due_at - schedule.told_at) / 2


def give_up(tx: Tx, letter: Letter, reason: str, now: datetime) -> None:
    """The chat can't be written to: its schedule is paused, and the admins are to be told unless they know."""
    letters.give_up(tx, letter, reason, now)
    alarms.ring(tx, letter.team, letter.chat, reason, schedule=letter.schedule, now=now, unless_since=now - SILENT_FOR)


def untold(tx: Tx) -> list[tuple[alarms.Alarm, Schedule]]:
    """The chats the admins are still to be told of."""
    return [(one, schedules.by_id(tx, one.schedule)) for one in alarms.untold(tx)]


def move(tx: Tx, letter: Letter, chat: int, not_before: datetime) -> None:
    """The chat has a new id: everything goes on under that, this letter too."""
    moves.move(tx, letter.chat, chat)
    letters.put_off(tx, letter, not_before, marked=letter.marked, reason=MOVED)
