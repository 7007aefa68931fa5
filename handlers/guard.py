"""The one place that decides who is listened to: every update passes here before a door opens. Deny by default."""

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from telegram import Message

from handlers.ask import Way
from handlers.lately import Lately

TOLD_AGAIN: Final = timedelta(days=1)
"""When a stranger is told once more who the desk is for."""


class Ruling(Enum):
    """What becomes of a message before anybody reads it."""

    MAY = auto()
    STRANGER = auto()
    """Somebody the desk doesn't listen to, who hasn't been told so lately."""
    SILENCE = auto()
    FORWARDED = auto()
    CHANNEL = auto()
    """Sent by a channel, or in its name: there, or in a group that it is passed on to."""
    NOT_LINKED = auto()
    """A member's command in a group that isn't the team's."""
    ANONYMOUS = auto()
    """Sent for the whole group, so that nobody can be held to it."""


class Guard:
    """Knows whom to listen to by their role, and remembers which strangers were told that they are none of the team."""

    def __init__(self) -> None:
        """Nobody was told anything yet."""
        self._told = Lately(TOLD_AGAIN)

    def rule(self, message: Message, way: Way, now: datetime, *, command: bool) -> Ruling:
        """What becomes of a message. In groups only commands are refused aloud: what else people say is theirs."""
        if message.sender_chat is not None or message.from_user is None:
            channel = "channel" in {message.chat.type, message.sender_chat and message.sender_chat.type}
            sender = Ruling.CHANNEL if channel else Ruling.ANONYMOUS
            return sender if command and way.linked else Ruling.SILENCE
        if not way.linked:
            return Ruling.NOT_LINKED if command and way.role is not None else Ruling.SILENCE
        if way.role is None:
            spoken_to = command or message.chat.type == "private"
            told = spoken_to and self._told.once_more(message.from_user.id, now)
            return Ruling.STRANGER if told else Ruling.SILENCE
        if message.forward_origin is not None and command:
            return Ruling.FORWARDED
        return Ruling.MAY
