"""Entries that may be others told twice: the question on the card, and its two buttons."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from desk.acts import Done, Refused, Stale
from desk.decide import keep_all, withdraw_this
from handlers.ask import Press, Reply, Way
from handlers.buttons import NUMBER, given_back
from handlers.finding import may_show
from handlers.house import House
from handlers.posting import done, shown, teller
from handlers.presses import stale
from records.entry import Entry
from render import doubts as told
from render.catalogue import Words
from render.html import Html
from storage import doubts

DATA: Final = given_back(f"d:(?P<what>[kw]):(?P<entry>{NUMBER}):(?P<revision>{NUMBER}):(?P<seal>[0-9]{{8}})")
"""What the buttons give back: "k" keeps all entries, "w" withdraws the one whose card it is."""


async def with_question(house: House, way: Way, reply: Reply) -> Reply:
    """The reply; if it is a card of an entry that may be another one again, the card asks. One question at a time.

    A question is put in a message of its own, unless the card under the edited message puts it: a reaction asks nothing.
    """
    if reply.entry is None or reply.answer is None or reply.asks or reply.unlike:
        return reply
    entry, others = await _asked(house, way, reply.entry)
    if entry is None or not others:
        return reply
    answer = told.with_question(
        reply.answer,
        entry,
        others,
        house.kind(entry.kind),
        house.speak(way.language),
        house.places,
        today=house.context(house.now()).today,
        audience=house.audience(private=way.private),
    )
    return replace(reply, answer=answer, receipt=reply.receipt and way.edited)


async def _asked(house: House, way: Way, entry_id: int) -> tuple[Entry | None, list[Entry]]:
    """The entry, and what it may be again as far as it may be named there."""
    entry, others = await house.door.read(doubts.asked, house.team.id, entry_id)
    return entry, [one for one in others if _may_name(house, way, one)]


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
    entry, others = await _asked(house, press.way, int(found["entry"]))
    if entry is None or not may_show(house, press.way, entry):
        return Reply(None, toast=words.text("press.unknown"))
    if not others or told.seal(others) != found["seal"]:  # of no question at all there is a seal, too
        late = await stale(house, press, entry, int(found["revision"]))
        return replace(late, toast=words.text("press.stale", ref=entry.ref)) if others else late
    kept = found["what"] == "k"
    try:
        act = await _decided(house, press.way, entry, others, int(found["revision"]), kept=kept)
    except Stale as moved:
        return await stale(house, press, moved.entry, int(found["revision"]))
    except Refused:
        return Reply(None, toast=words.text("press.unknown"))
    toast = words.text("doubt.kept", refs=_refs([act.entry, *others], words)) if kept else ""
    return replace(shown(house, press.way, act), toast=toast, revised=act.entry.revision)


async def _decided(house: House, way: Way, entry: Entry, others: Sequence[Entry], revision: int, *, kept: bool) -> Done:
    ids, told_by = [one.id for one in others], teller(house, way)
    if kept:
        return await done(house, way, keep_all, entry.id, ids, revision, told_by)
    words = house.speak(way.language)
    reason = words.text("doubt.reason", refs=_refs(others, words))
    return await done(house, way, withdraw_this, house.kind(entry.kind), entry.id, ids, revision, reason, told_by)


def _refs(some: Sequence[Entry], words: Words) -> Html:
    return told.refs([one.ref for one in some], words)
