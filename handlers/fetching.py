"""A file that somebody sent: fetched from Telegram, never more of it than may be read."""

from dataclasses import dataclass

from telegram import Bot, Document, Message
from telegram.error import BadRequest, InvalidToken

from exchange.limits import LIMITS
from exchange.shapes import Unreadable


@dataclass(frozen=True, slots=True)
class Sent:
    """A file at Telegram, and how large it is said to be. What it is called nobody asks."""

    id: str
    size: int


class Gone(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """Telegram doesn't have the file any more."""


def sent(message: Message) -> Sent | None:
    """The file of a message, or else of the one that it answers."""
    answered = message.reply_to_message.document if message.reply_to_message else None
    found: Document | None = message.document or answered
    return Sent(found.file_id, found.file_size or 0) if found else None


async def fetched(bot: Bot, file: Sent) -> bytes:
    """What the file holds. Raises Unreadable where it is too big, whatever was said of its size, Gone, and what Telegram raises."""
    if file.size > LIMITS.size:
        raise Unreadable("too_big", LIMITS.size)
    try:
        found = await bot.get_file(file.id)
    except BadRequest as refused:
        if "too big" in refused.message.lower():
            raise Unreadable("too_big", LIMITS.size) from None
        raise Gone from None
    try:
        return bytes(await found.download_as_bytearray())
    except (
        BadRequest,
        InvalidToken,
    ):  # its address is of no use any more; python-telegram-bot takes every 404 for that
        raise Gone from None
