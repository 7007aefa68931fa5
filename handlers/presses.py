"""Buttons under the desk's own messages: each press is answered, works once, and does nothing to an entry that has moved on."""

import re
from dataclasses import replace
from typing import Final

from desk.acts import Refused, Stale
from desk.correct import correct
from handlers.ask import Press, Reply
from handlers.buttons import NUMBER, given_back
from handlers.finding import may_show
from handlers.house import House
from handlers.posting import done, shown, teller
from handlers.reading import card_of
from records.days import day_of
from records.entry import Entry
from records.kind import Changes, Day, Field, Kind
from records.record import asks
from render.asking import ask
from render.cards import differences
from render.html import clip, plain
from render.problems import sentence
from storage import entries, journal

DATA: Final = given_back(
    f"(?P<verb>[scb]):(?P<entry>{NUMBER}):(?P<revision>{NUMBER})(?::(?P<status>\\w+)(?::(?P<answer>[\\w-]+))?)?"
)
"""What buttons give back: "s" goes to a status or asks what that needs, "c" answers the question, "b" goes back to the card."""
PARTS: Final = {"b": (False, False), "s": (True, False), "c": (True, True)}
AS_EXPECTED: Final = "expected"
TOAST: Final = 200
"""Characters that pop up over a pressed button."""


async def pressed(house: House, press: Press) -> Reply:
    """What a press leads to."""
    found = DATA.fullmatch(press.data)
    entry = await house.door.read(entries.by_id, house.team.id, int(found["entry"])) if found else None
    if found is None or not _fits(found) or entry is None or not may_show(house, press.way, entry):
        return Reply(None, toast=house.speak(press.way.language).text("press.unknown"))
    if found["verb"] == "b":
        return card_of(house, press.way, entry)
    kind = house.kind(entry.kind)
    fresh = entry.withdrawn is None and entry.revision == int(found["revision"])
    if not fresh or found["status"] not in kind.status(entry.values).buttons:
        return await stale(house, press, entry, int(found["revision"]))
    field = asks(kind, entry.values, found["status"])
    if field is not None and found["verb"] == "s":
        return Reply(
            ask(
                entry,
                kind,
                found["status"],
                field,
                house.speak(press.way.language),
                today=house.context(house.now()).today,
            )
        )
    said = {} if field is None else _said(entry, kind.field(field), found["answer"])
    if None in said.values():
        return Reply(None, toast=house.speak(press.way.language).text("press.unknown"))
    return await changed(house, press, entry, kind, {"status": found["status"], **said})


def _fits(found: re.Match[str]) -> bool:
    """Whether such a button gives as much: "b" no status, "s" no answer, "c" both."""
    return (found["status"] is not None, found["answer"] is not None) == PARTS[found["verb"]]


def _said(entry: Entry, field: Field, answer: str) -> Changes:
    """What the pressed answer gives, a day or the people as they were expected; None if no button of the desk gives it."""
    if not isinstance(field.shape, Day):
        return {field.name: entry.values.get(AS_EXPECTED) if answer == AS_EXPECTED else None}
    return {field.name: day_of(answer)}


async def changed(house: House, press: Press, entry: Entry, kind: Kind, changes: Changes) -> Reply:
    """The card of the entry with the changes a press stands for, unless it has moved on or they don't fit."""
    context = house.context(house.now(), press.way.language)
    told = teller(house, press.way)
    try:
        act = await done(house, press.way, correct, kind, entry.id, changes, context, told, entry.revision)
    except Stale as moved:
        return await stale(house, press, moved.entry, entry.revision)
    except Refused as no:
        reasons = " ".join(plain(sentence(one, house.speak(press.way.language), kind)) for one in no.problems)
        return Reply(card_of(house, press.way, entry).answer, entry=entry.id, toast=clip(reasons, TOAST))
    return shown(house, press.way, act)


async def stale(house: House, press: Press, entry: Entry, shown: int) -> Reply:
    """The card as it is now, and what has changed since the revision that was shown: why the press did nothing."""
    words = house.speak(press.way.language)
    lines = await house.door.read(journal.history, house.team.id, entry.id)
    line = next((one for one in reversed(lines) if one.revision == shown and one.values is not None), None)
    before = {"ref": line.ref, **line.values} if line is not None and line.values is not None else None
    card = card_of(house, press.way, entry, before)
    if line is None or shown == entry.revision:
        return replace(card, toast=words.text("press.settled" if line else "press.stale", ref=entry.ref))
    told = [] if line.withdrawn or entry.withdrawn is None else [words.say("card.withdrawn")]
    told += differences(
        entry, house.kind(entry.kind), words, house.places, before=before, private=press.way.trusted(entry.who)
    )
    changes = " ".join(plain(one) for one in told)
    toast = (
        words.text("press.stale_by", ref=entry.ref, changes=changes)
        if changes
        else words.text("press.stale", ref=entry.ref)
    )
    return replace(card, toast=clip(toast, TOAST))
