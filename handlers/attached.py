"""Photos, voice and the like: nobody looks into them, and the person is asked to delete them, once for a whole album."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from telegram import Message

from handlers.ask import Reply, Way
from handlers.house import House
from records.command import Command
from records.rights import may
from render.answers import only_words, turned_away
from storage import answers
from storage.door import Tx

UNREAD: Final = (
    *("photo", "live_photo", "video", "video_note", "animation", "paid_media", "story", "sticker", "document"),
    *("voice", "audio", "contact", "location", "venue"),
)
"""What the desk doesn't look into."""


def unread(message: Message) -> bool:
    """Whether the message holds something the desk doesn't look into, beside its words or without any."""
    return any(getattr(message, one) for one in UNREAD)


def looked_into(way: Way, said: Sequence[Command]) -> Way:
    """The way back; of a table to import nobody is told that it isn't looked into: where it isn't taken, its answer says so."""
    read = way.table and may(way.role, "import") and [one.name for one in said] == ["import"]
    return replace(way, unread=False) if read else way


def _may_import(way: Way) -> bool:
    return way.private and may(way.role, "import")


async def asking(house: House, way: Way, reply: Reply) -> Reply:
    """The reply to what was said beside a photo, asking to delete that, unless the person was asked about its album before.

    It is put in the answer to that message and on no other card, so that no reaction will do. Where nothing was read there is
    nothing else to say; what is read in a later item of the album takes the place of that, so that an album has one answer.
    """
    if not way.unread:
        return reply
    asked, line = await house.door.read(_asked, house.team.id, way) if way.album else (False, None)
    if asked and (line is None or reply.answer is None):
        return reply
    words = house.speak(way.language)
    if reply.answer is None:
        reason = "table_not_read" if way.table and _may_import(way) else "not_read"
        return replace(reply, answer=turned_away(reason, words), asks=answers.PICTURES)
    whole, *more = only_words(reply.answer, words)
    return replace(reply, answer=whole, more=(*more, *reply.more), receipt=False, over=line)


def _asked(tx: Tx, team: int, way: Way) -> tuple[bool, int | None]:
    """Whether another item of the album was answered, each being a message of its own, and the line that said nothing else."""
    first = answers.first_of_album(tx, team, way.chat, way.album)
    if first is None or first == way.message:
        return False, None
    return True, answers.line_of_album(tx, team, way.chat, way.album)
