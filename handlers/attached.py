"""Photos, voice and the like: nobody looks into them, and the person is asked to delete them, once for a whole album."""

from dataclasses import replace
from typing import Final

from telegram import Message

from handlers.ask import Reply, Way
from handlers.house import House
from render.answers import only_words, turned_away
from storage import answers

UNREAD: Final = (
    *("photo", "live_photo", "video", "video_note", "animation", "paid_media", "story", "sticker", "document"),
    *("voice", "audio", "contact", "location", "venue"),
)
"""What the desk doesn't look into."""


def unread(message: Message) -> bool:
    """Whether the message holds something the desk doesn't look into, beside its words or without any."""
    return any(getattr(message, one) for one in UNREAD)


async def asking(house: House, way: Way, reply: Reply) -> Reply:
    """The reply to what was said beside a photo, asking to delete that, unless the person was asked about its album before.

    It is put in the answer to that message and on no other card, so that no reaction will do. Where nothing was read there is
    nothing else to say.
    """
    if not way.unread or await _asked(house, way):
        return reply
    words = house.speak(way.language)
    if reply.answer is None:
        return replace(reply, answer=turned_away("not_read", words))
    whole, *more = only_words(reply.answer, words)
    return replace(reply, answer=whole, more=(*more, *reply.more), receipt=False)


async def _asked(house: House, way: Way) -> bool:
    """Whether another item of the album was answered: each is a message of its own, and whichever comes first is told."""
    if not way.album:
        return False
    first = await house.door.read(answers.first_of_album, house.team.id, way.chat, way.album)
    return first is not None and first != way.message
