"""Figures that only private chats are told, posted in a group: taken all the same, and what shows them moved to the private chat.

Where the desk may, it deletes the message; its answer in the group shows none of it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from telegram import Bot, Message
from telegram.error import BadRequest, Forbidden

from handlers.ask import Reply, Way
from handlers.deleting import deleted
from handlers.house import House
from handlers.reading import card_of
from handlers.sending import said
from records.answer import Answer
from records.command import envelope, read
from records.entry import Entry
from render import html
from render.html import Html
from storage import answers, entries
from storage.door import Tx

WRITING: Final = ("edit", "figure")
"""Commands that tell figures, beside those of the kinds; one the desk doesn't know may be one of them, mistyped."""


def told_apart(house: House, message: Message, bot: str) -> bool:
    """Whether the message tells a group what only private chats are told."""
    text = message.text or message.caption or ""
    if message.chat.type == "private" or not text or message.forward_origin is not None:
        return False
    names = {one.name for one in house.commands}
    asking = names - {kind.name for kind in house.kinds} - {*WRITING}
    commands = envelope(text, bot, names)
    told = [one.rest for one in commands if one.name not in asking] if commands else [text]
    context = house.context(message.date)
    readings = (
        (kind, read(one, kind, house.vocabulary, context, editing=True)) for one in told for kind in house.kinds
    )
    return any(not kind.restricted.isdisjoint(reading.changes) for kind, reading in readings)


async def moved(bot: Bot, house: House, way: Way, reply: Reply) -> Reply:
    """What the group is answered with, once the person has in private what it isn't told: the whole card, or what was wrong."""
    if reply.answer is None:
        return reply
    gone, words = await deleted(bot, way), house.speak(way.language)
    kept = reply.entry is not None or reply.to is not None
    lines = [words.say("moved.kept" if kept else "moved.refused")]
    if reply.to is None:  # a form goes on where it stands
        lines.append(words.say("moved.there" if await _told(bot, house, way, reply) else "moved.begin"))
    note = html.lines(*lines, *([] if gone else [words.say("moved.delete")]))
    if not kept:
        return replace(reply, answer=Answer(note), more=())
    return replace(
        reply, answer=Answer(html.blocks(Html(reply.answer.html), note), reply.answer.buttons), receipt=False
    )


async def _told(bot: Bot, house: House, way: Way, reply: Reply) -> bool:
    """Whether the person could be told in private: only somebody who has begun a chat with the desk can be."""
    apart = Way(way.update, way.who, None, True, way.who, 0, house.tongues.spoken(way.who))
    entry = await house.door.read(_entry, house.team.id, reply.entry) if reply.entry is not None else None
    page = card_of(house, apart, entry).answer if entry is not None else reply.answer
    if page is None:
        return False
    try:
        number = await said(bot, apart, page)
    except (BadRequest, Forbidden):
        return False
    if entry is not None:
        await house.door.change(_keep, house.team.id, apart, number, entry.id, house.now())
    return True


def _entry(tx: Tx, team: int, entry: int) -> Entry | None:
    return entries.by_id(tx, team, entry)


def _keep(tx: Tx, team: int, way: Way, number: int, entry: int, at: datetime) -> None:
    """The card there answers no message, so it stands for itself."""
    answers.keep(tx, team, way.chat, number, answer=number, entry=entry, at=at, language=way.language)
