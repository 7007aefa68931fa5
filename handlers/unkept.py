"""Messages whose words never came this far: they told of one person, or came after too many others.

The first are deleted where that may be, and the rules are told.
"""

from dataclasses import dataclass

from telegram import Message, Update

from handlers.ask import Reply, Way
from handlers.deleting import deleted
from handlers.house import House
from handlers.ways import to_desk
from protection.admit import PERSONAL, TOO_MANY
from records.entry import Entry
from render.answers import turned_away
from render.html import Html, plain
from render.personal import told_of_a_person
from storage import corrections, entries, typed
from storage.door import Tx


@dataclass(frozen=True, slots=True)
class Why:
    """Which rules a message broke, and whether it was a command for the desk."""

    rules: tuple[str, ...]
    command: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What a message did before it was edited: posted or corrected an `entry`, or told a form something."""

    entry: Entry | None
    told: bool


def why(update: Update) -> Why | None:
    """Why nothing was kept of the message; None if it was kept."""
    found = update.api_kwargs.get(PERSONAL)
    return Why(tuple(found["rules"]), found["command"]) if found else None


def hurried(update: Update) -> bool:
    """Whether it came after so many others of the same person that nothing of it was read."""
    return bool(update.api_kwargs.get(TOO_MANY))


def wait(house: House, way: Way) -> Reply | None:
    """What a member hears who sent too much at once; None where the desk doesn't listen to them."""
    if way.role is None or not way.linked:
        return None
    told = turned_away("too_many", house.speak(way.language))
    return Reply(None, toast=plain(Html(told.html))) if way.query else Reply(told, fresh=True)


async def refused(house: House, message: Message, way: Way, why: Why) -> Reply | None:
    """The rules and how to say it instead; None in a group to what people say to each other, which is theirs.

    What the message did before it was edited stays: its entry, its correction, its word in a form.
    """
    before = await house.door.read(_before, house.team.id, way) if way.edited else Before(None, told=False)
    if not (way.private or why.command or before.told or to_desk(message)):
        return None
    gone = await deleted(message.get_bot(), way)
    page = told_of_a_person(why.rules, house.speak(way.language), deleted=gone, stays=before.entry)
    return Reply(page, fresh=before.told)


def _before(tx: Tx, team: int, way: Way) -> Before:
    corrected = corrections.by_message(tx, team, way.chat, way.message)
    entry = (
        entries.by_id(tx, team, corrected.entry)
        if corrected is not None
        else entries.by_message(tx, team, way.chat, way.message)
    )
    return Before(entry, entry is not None or typed.by_message(tx, team, way.chat, way.message) is not None)
