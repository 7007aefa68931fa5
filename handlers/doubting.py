"""Entries that may be others told twice: the question on the card, and its two buttons."""

import re
from dataclasses import replace
from typing import Final

from desk.acts import Done, Refused, Stale
from desk.decide import keep_both, withdraw_this
from handlers.ask import Press, Reply, Way
from handlers.finding import may_show
from handlers.house import House
from handlers.posting import done, shown, teller
from handlers.presses import stale
from records.entry import Entry
from render import doubts as told
from storage import doubts

DATA: Final = re.compile(r"d:(?P<what>[kw]):(?P<entry>\d{1,18}):(?P<other>\d{1,18}):(?P<revision>\d{1,9})")
"""What the buttons give back: "k" keeps both entries, "w" withdraws the one whose card it is."""


async def with_question(house: House, way: Way, reply: Reply) -> Reply:
    """The reply; if it is a card of an entry that may be another one again, the card asks."""
    if reply.entry is None or reply.answer is None:
        return reply
    entry, others = await house.door.read(doubts.asked, house.team.id, reply.entry)
    other = next((one for one in others if _may_name(house, way, one)), None)
    if entry is None or other is None:
        return reply
    answer = told.with_question(
        reply.answer,
        (entry, other),
        house.kind(entry.kind),
        house.speak(way.language),
        house.places,
        today=house.context(house.now()).today,
        audience=house.audience(private=way.private),
    )
    return replace(reply, answer=answer)


def _may_name(house: House, way: Way, other: Entry) -> bool:
    """Whether the question gives nothing away: that a journey is like this one tells where it goes, and when."""
    kind = house.kind(other.kind)
    veiled = kind.status(other.values).name in house.audience(private=way.private).veils(kind)
    return not veiled or may_show(house, way, other)


async def pressed(house: House, press: Press) -> Reply:
    """What an answer to the question leads to: the card as it stands then."""
    found = DATA.fullmatch(press.data)
    words = house.speak(press.way.language)
    if found is None:
        return Reply(None, toast=words.text("press.unknown"))
    entry, others = await house.door.read(doubts.asked, house.team.id, int(found["entry"]))
    if entry is None or not may_show(house, press.way, entry):
        return Reply(None, toast=words.text("press.unknown"))
    other = next((one for one in others if one.id == int(found["other"])), None)
    if other is None:
        return await stale(house, press, entry, int(found["revision"]))
    try:
        act = await _decided(house, press.way, found["what"], (entry, other), int(found["revision"]))
    except Stale as moved:
        return await stale(house, press, moved.entry, int(found["revision"]))
    except Refused:
        return Reply(None, toast=words.text("press.unknown"))
    toast = words.text("doubt.kept", ref=act.entry.ref, other=other.ref) if found["what"] == "k" else ""
    return replace(shown(house, press.way, act), toast=toast)


async def _decided(house: House, way: Way, what: str, pair: tuple[Entry, Entry], revision: int) -> Done:
    entry, other = pair
    told_by = teller(house, way)
    if what == "k":
        return await done(house, way, keep_both, entry.id, other.id, revision, told_by)
    kind = house.kind(entry.kind)
    reason = house.speak(way.language).text("doubt.reason", ref=other.ref)
    return await done(house, way, withdraw_this, kind, entry.id, other.id, revision, reason, told_by)
