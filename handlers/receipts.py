"""A reaction as receipt: what a person of a group sent is kept, and a card that already stands shows it."""

from typing import Final

from telegram import Bot
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.ask import Way

RECEIPTS: Final = (ReactionEmoji.WRITING_HAND, ReactionEmoji.THUMBS_UP, ReactionEmoji.OK_HAND_SIGN)
"""The signs for "noted", the plainest first: a group may allow but some."""


async def given(bot: Bot, way: Way) -> bool:
    """Whether the message bears a receipt now; the group may allow none of them, or the message be gone.

    Tried rather than asked of the chat before: what it allows may change in between. Given twice it is still one.
    """
    for sign in RECEIPTS:
        if await _reacted(bot, way, sign):
            return True
    return False


async def taken_back(bot: Bot, way: Way) -> None:
    """Takes away the receipt of what the message said before, if it had one."""
    await _reacted(bot, way, None)


async def _reacted(bot: Bot, way: Way, sign: ReactionEmoji | None) -> bool:
    try:
        return await bot.set_message_reaction(way.chat, way.message, sign)
    except (BadRequest, ChatMigrated, Forbidden):  # a chat that takes no reaction may take a message
        return False
