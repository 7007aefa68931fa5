"""A person's message taken away, where the desk may."""

from typing import Final

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.ask import Way

GONE: Final = "message to delete not found"


async def deleted(bot: Bot, way: Way) -> bool:
    """Whether the message is gone: in private the desk may delete it for two days, in a group as an admin only."""
    try:
        return await bot.delete_message(way.chat, way.message)
    except (BadRequest, ChatMigrated, Forbidden) as no:
        return GONE in no.message.lower()
