"""How much somebody may send before the rest is not looked at, as arithmetic. No clock, no waiting, nothing of Telegram.

Times are seconds since any moment.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

MINUTE: Final = 60.0
KNOWN: Final = 10_000
"""People or chats that are remembered before those of long ago are forgotten again."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many updates a minute are taken in: of a stranger, of all strangers in one chat, of a member; 0: any number."""

    stranger: int = 20
    strangers_of_chat: int = 60
    member: int = 120


class Ruling(Enum):
    """What becomes of an update before anything is done with it."""

    TAKEN = auto()
    DROPPED = auto()
    WAIT = auto()
    """It isn't read, and its sender is told so."""


@dataclass(slots=True)
class _Rest:
    """Nothing of somebody is read until then, which these chats were told."""

    until: float
    told: set[int] = field(default_factory=set)


class Buckets:
    """A bucket for each id: everything that goes in fills it by one, and a minute empties a full one."""

    def __init__(self, most: int) -> None:
        """All are empty."""
        self._most = most
        self._levels: dict[int, tuple[float, float]] = {}

    def take(self, one: int, at: float) -> bool:
        """Whether there was room for one more, which is in it now."""
        if not self._most:
            return True
        level, since = self._levels.pop(one, (0.0, at))
        level = max(0.0, level - max(0.0, at - since) * self._most / MINUTE)
        room = level + 1 <= self._most
        self._levels[one] = (level + room, at)
        if len(self._levels) > KNOWN:
            del self._levels[next(iter(self._levels))]
        return room


class Bursts:
    """Keeps account of what everybody sent lately."""

    def __init__(self, allowed: Allowed) -> None:
        """Nobody sent anything yet."""
        self._strangers = Buckets(allowed.stranger)
        self._chats = Buckets(allowed.strangers_of_chat)
        self._members = Buckets(allowed.member)
        self._rests: dict[int, _Rest] = {}

    def of_stranger(self, who: int, chat: int, at: float) -> Ruling:
        """What becomes of a stranger's update that came in at that moment: what is too much is dropped without a word."""
        both = self._strangers.take(who, at), self._chats.take(chat, at)
        return Ruling.TAKEN if all(both) else Ruling.DROPPED

    def of_member(self, who: int, chat: int, at: float, *, press: bool) -> Ruling:
        """What becomes of what a member sent at that moment.

        From the one that was too many on nothing of theirs is read for a minute: each chat is told once, each press answered.
        """
        rest = self._rests.get(who)
        if rest is None or at >= rest.until:
            if self._members.take(who, at):
                return Ruling.TAKEN
            rest = self._rests[who] = _Rest(at + MINUTE)
        if chat in rest.told and not press:
            return Ruling.DROPPED
        rest.told.add(chat)
        return Ruling.WAIT
