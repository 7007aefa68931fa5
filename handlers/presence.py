"""Whether somebody is still in a group: whoever left it has no rights there, whatever they are in the team."""

from datetime import datetime, timedelta
from typing import Final

from telegram import Bot, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.chats import INSIDE

KNOWN_FOR: Final = timedelta(minutes=10)
"""How long Telegram's word holds; that somebody leaves is told at once."""
MOST: Final = 10_000
GONE: Final = ("participant_id_invalid", "user not found", "user_not_participant")


class Presence:
    """Asks Telegram who is in a group, and remembers it until somebody leaves."""

    def __init__(self, bot: Bot) -> None:
        """Nobody was asked about yet."""
        self._bot = bot
        self._seen: dict[tuple[int, int], datetime] = {}

    async def there(self, chat: int, who: int, now: datetime) -> bool:
        """Whether they are in that group now. Raises TelegramError if Telegram can't be reached."""
        seen = self._seen.get((chat, who))
        if seen is not None and abs(now - seen) < KNOWN_FOR:
            return True
        if not await self._found(chat, who):
            return False
        if len(self._seen) >= MOST:
            self._seen.clear()
        self._seen[chat, who] = now
        return True

    async def _found(self, chat: int, who: int) -> bool:
        try:
            return _inside(await self._bot.get_chat_member(chat, who))
        except (
            BadRequest
        ) as refused:  # a group may hide its members: then what reaches the desk from there is all it has
            return not any(one in refused.message.lower() for one in GONE)
        except (ChatMigrated, Forbidden):
            return True

    def noticed(self, message: Message) -> bool:
        """Whether a message only says that somebody came or left, which is remembered with that."""
        if message.left_chat_member is not None:
            self._seen.pop((message.chat_id, message.left_chat_member.id), None)
            return True
        return bool(message.new_chat_members)

    def changed(self, change: ChatMemberUpdated) -> None:
        """Somebody came, left or was put out."""
        if not _inside(change.new_chat_member):
            self._seen.pop((change.chat.id, change.new_chat_member.user.id), None)


def _inside(member: ChatMember) -> bool:
    return member.status in INSIDE or (isinstance(member, ChatMemberRestricted) and member.is_member)
