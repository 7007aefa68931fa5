"""A file that somebody sent: fetched from Telegram, never more of it than may be read."""

from dataclasses import dataclass

from telegram import Bot, Message
from telegram.error import BadRequest, InvalidToken

from exchange.limits import LIMITS
from exchange.shapes import Unreadable


@dataclass(frozen=True, slots=True)
class Sent:
    """A file at Telegram, how large it is said to be, and the message that holds it. What it is called nobody asks."""

    id: str
    size: int
    message: int


class Gone(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """Telegram doesn't have the file any more."""


def sent(message: Message) -> Sent | None:
    """The file of a message, or else of the one that it answers."""
    for one in (message, message.reply_to_message):
        if one is not None and one.document is not None:
            return Sent(one.document.file_id, one.document.file_size or 0, one.message_id)
    return None


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
