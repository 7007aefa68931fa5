"""What Telegram takes from a bot, as arithmetic: when a message may go, given what went before. No clock, no waiting.

Times are seconds of any clock that never goes back.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

HEADROOM: Final = 0.98
"""How much of the bot's rate letters use; the rest is what is lost where messages are late."""
SECOND: Final = 1.01
"""The second in which no more than the rate may go, a little longer than Telegram's."""
NEAR: Final = 15
"""Messages before and behind one whose quickest way there and back is the usual one at that time."""
CATCH_UP: Final = 0.25
"""Seconds of lateness that letters make up for; else each late turn of the loop would cost its time for good."""
EDITS_AHEAD: Final = 5
"""How many edits may follow each other at once in a chat: somebody who types on a form's keypad is quicker than one a second."""
MINUTE: Final = 60.0
KNOWN: Final = 4_096
"""Chats that are remembered before the first are forgotten again."""
PRIVATE_REFUSED, ANY_REFUSED = 2, 3
"""So many private chats, or chats of any kind, refused at the same time mean that the whole bot is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages Telegram takes from the bot in a second, in one chat in a second, in one group in a minute; 0: any."""

    per_second: int = 30
    per_chat_per_second: int = 1
    per_group_per_minute: int = 20


@dataclass(slots=True)
class Grant:
    """A message that may go: when it went, and when Telegram's answer came, None as long as there is none."""

    went: float
    answered: float | None = None


@dataclass(slots=True)
class _Chat:
    """What went to one chat last, and until when it was told to be left alone."""

    sent: deque[float] = field(default_factory=deque)
    halted: float = 0.0


class Budget:
    """Keeps account of one bot's messages."""

    def __init__(self, limits: Limits) -> None:
        """Nothing has gone yet."""
        self._limits = limits
        self._most = limits.per_second
        self._rate = limits.per_second * HEADROOM
        self._grants: deque[Grant] = deque(maxlen=self._most + NEAR)
        self._kept = max(EDITS_AHEAD * limits.per_chat_per_second, limits.per_group_per_minute)
        self._next_letter = 0.0
        self._halted = 0.0
        self._chats: dict[int, _Chat] = {}
        self._forget_at = KNOWN

    def opens(self, *, letter: bool = False) -> float:
        """From when the bot may send another message. Letters keep a distance, so that a person's answer finds a gap."""
        if not self._most:
            return self._halted
        window = self._counted(len(self._grants) - self._most) + SECOND if len(self._grants) >= self._most else 0.0
        return max(window, self._halted, self._next_letter if letter else 0.0)

    def chat_opens(self, chat: int, *, edit: bool = False) -> float:
        """From when that chat may get another message, or an edit of one."""
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        opens, often = known.halted, self._limits.per_chat_per_second
        if often:
            ahead = EDITS_AHEAD if edit else 1
            opens = max(opens, _window(known.sent, often * ahead, float(ahead)))
        if chat < 0 and self._limits.per_group_per_minute:
            opens = max(opens, _window(known.sent, self._limits.per_group_per_minute, MINUTE))
        return opens

    def spend(self, now: float) -> Grant:
        """One message goes now."""
        grant = Grant(now)
        if self._most:
            self._grants.append(grant)
            late = self._next_letter < now - CATCH_UP
            self._next_letter = (now if late else self._next_letter) + 1 / self._rate
        return grant

    def sent(self, chat: int, now: float) -> None:
        """It goes to that chat."""
        if self._kept and chat:
            if len(self._chats) >= self._forget_at:
                self._forget(now)
            known = self._chats.setdefault(chat, _Chat())
            known.sent.append(now)
            if len(known.sent) > self._kept:
                known.sent.popleft()

    def arrived(self, grant: Grant, chat: int, now: float) -> None:
        """Telegram has answered, so that it counted the message by now at the latest."""
        grant.answered = now
        known = self._chats.get(chat)
        if known is not None and known.sent:
            known.sent[-1] = max(known.sent[-1], now)

    def _counted(self, at: int) -> float:
        """When Telegram counted the message of that place, as far as anybody can tell.

        Where the machine, the network or Telegram stalls, messages that left evenly arrive all at once. So what tells is how much
        longer its answer took than those before it and those behind it. The network's own time doesn't count, also where it
        changes: then the one side is as slow.
        """
        grant, grants = self._grants[at], list(self._grants)
        if grant.answered is None:
            return grant.went
        before, behind = [*_ways(grants[max(0, at - NEAR) : at])], [*_ways(grants[at + 1 : at + 1 + NEAR])]
        sides = [side for side in (before, behind) if len(side) == NEAR] or [[*before, *behind]]
        usual = max(min(side, default=0.0) for side in sides)
        return max(grant.went, grant.answered - usual)

    def refused(self, chat: int, until: float, now: float) -> None:
        """Telegram wants to be left alone until then, not saying by whom: that chat, or, if others are refused too, the bot."""
        self._chats.setdefault(chat, _Chat()).halted = until
        halted = [one for one, known in self._chats.items() if known.halted > now]
        if len([one for one in halted if one > 0]) >= PRIVATE_REFUSED or len(halted) >= ANY_REFUSED:
            self._halted = max(self._halted, until)

    def _forget(self, now: float) -> None:
        """Chats that were left alone for a minute need no remembering."""
        self._chats = {
            chat: known
            for chat, known in self._chats.items()
            if known.halted > now or (known.sent and known.sent[-1] > now - MINUTE)
        }
        self._forget_at = max(KNOWN, 2 * len(self._chats))


def _ways(grants: Iterable[Grant]) -> Iterator[float]:
    """How long the answers took, of those that came."""
    return (one.answered - one.went for one in grants if one.answered is not None)


def _window(sent: deque[float], most: int, seconds: float) -> float:
    """From when at most that many fall into so many seconds."""
    return sent[-most] + seconds if len(sent) >= most else 0.0
