"""The one place that decides who may: every update passes here before a door opens. Deny by default."""

from collections import OrderedDict
from collections.abc import Set as AbstractSet
from enum import Enum, auto

from telegram import Message

STRANGERS_REMEMBERED = 10_000


class Ruling(Enum):
    """What becomes of a message before anybody reads it."""

    MAY = auto()
    STRANGER = auto()
    """Somebody the desk doesn't listen to, who hasn't been told so yet."""
    SILENCE = auto()
    FORWARDED = auto()
    CHANNEL = auto()
    """Sent by a channel, or in its name: there, or in a group that it is passed on to."""
    ANONYMOUS = auto()
    """Sent for the whole group, so that nobody can be held to it."""


class Guard:
    """Knows who may, and remembers which strangers were told that they may not."""

    def __init__(self, owners: AbstractSet[int]) -> None:
        """Nobody was told anything yet."""
        self._owners = owners
        self._told: OrderedDict[int, None] = OrderedDict()

    def may(self, who: int) -> bool:
        """Whether the desk listens to this person."""
        return who in self._owners

    def rule(self, message: Message, *, command: bool) -> Ruling:
        """What becomes of a message. In groups only commands are refused aloud: what else people say is theirs."""
        if message.sender_chat is not None or message.from_user is None:
            channel = "channel" in {message.chat.type, message.sender_chat and message.sender_chat.type}
            sender = Ruling.CHANNEL if channel else Ruling.ANONYMOUS
            return sender if command else Ruling.SILENCE
        if not self.may(message.from_user.id):
            spoken_to = command or message.chat.type == "private"
            return Ruling.STRANGER if spoken_to and self._first_time(message.from_user.id) else Ruling.SILENCE
        if message.forward_origin is not None and command:
            return Ruling.FORWARDED
        return Ruling.MAY

    def _first_time(self, who: int) -> bool:
        """Whether this stranger has not been told yet; from now on they are."""
        if who in self._told:
            self._told.move_to_end(who)
            return False
        self._told[who] = None
        if len(self._told) > STRANGERS_REMEMBERED:
            self._told.popitem(last=False)
        return True
