"""An entry put right or taken back by command."""

from collections.abc import Sequence
from typing import Final

from desk.acts import Refused, Teller
from desk.correct import correct
from desk.figure import figure
from desk.restore import restore
from desk.undo import last_change, undo
from desk.withdraw import withdraw
from handlers import importing
from handlers.ask import Ask, Reply, Way
from handlers.finding import find, may_show, replied_to
from handlers.house import House
from handlers.posting import done, shown, teller
from handlers.reading import card_of
from records.command import Command, Reading, read, read_edit, read_ref, read_withdraw
from records.entry import Entry
from records.problem import Problem
from render.answers import (
    acted_before,
    already_withdrawn,
    not_undone,
    not_withdrawn,
    nothing_changed,
    turned_away,
    which_entry,
)
from render.problems import refusal
from storage import corrections, entries, journal
from storage.door import Tx

ONCE: Final = frozenset({"withdrawn", "restored", "figured"})
"""Acts that editing their message doesn't do again, on another entry."""


async def edited(house: House, ask: Ask) -> Reply:
    """`/edit F-0003 women 68`: the card, before → after."""
    ref, rest = read_edit(ask.rest)
    entry = await find(house, ask, ref)
    return entry if isinstance(entry, Reply) else await _corrected(house, ask, entry, _read(house, ask, entry, rest))


async def replied(house: House, ask: Ask) -> Reply | None:
    """`women 68` in reply to a card: what `/edit` says to it.

    None if it is no reply to a card, or in a group just talk about it: what people say to each other is theirs.
    """
    entry = await replied_to(house, ask) if ask.rest else None
    if entry is None or not may_show(house, ask.way, entry):
        return None
    reading = _read(house, ask, entry, ask.rest)
    talk = reading.problems and not reading.changes and not ask.way.private
    return None if talk else await _corrected(house, ask, entry, reading)


def astray(house: House, ask: Ask) -> Reply | None:
    """What to say to words that would correct an entry, in reply to a message of the desk in a group that shows none.

    None if they would not: then they are people's own.
    """
    context = house.context(ask.at, ask.way.language)
    readings = (read(ask.rest, kind, house.vocabulary, context, editing=True) for kind in house.kinds)
    meant = any(one.changes and not one.problems for one in readings)
    return Reply(which_entry(ask.command, house.speak(ask.way.language))) if meant else None


async def lost(house: House, way: Way) -> Reply | None:
    """What to say when a message that corrected an entry was edited into something that corrects nothing: all stays as it was."""
    entry = await house.door.read(_corrected_by, house.team.id, way.chat, way.message)
    if entry is None:
        return None
    kind, problem = house.kind(entry.kind), Problem("", "correction_gone", entry.ref)
    return Reply(refusal([problem], kind, f"edit {entry.ref}", "", house.speak(way.language), stays=entry), fresh=True)


async def acted(house: House, way: Way, said: Sequence[Command]) -> Reply | None:
    """What to say when a message that did what no edit takes back says something else now: what it did, and that it does no more.

    One that gave another source's figure may still tell another figure of that entry.
    """
    found = await house.door.read(_done_by, house.team.id, way.chat, way.message)
    if found is None:
        return None
    act, entry = found
    one = said[0] if len(said) == 1 else None
    again = act == "figured" and one is not None and one.name == "figure"
    if again and one is not None and read_edit(one.rest)[0].casefold() == entry.ref.casefold():
        return None
    return Reply(acted_before(entry, act, house.speak(way.language)), fresh=True)


def _done_by(tx: Tx, team: int, chat: int, message: int) -> tuple[str, Entry] | None:
    found = corrections.by_message(tx, team, chat, message)
    entry = entries.by_id(tx, team, found.entry) if found is not None and found.act in ONCE else None
    return (found.act, entry) if found is not None and entry is not None else None


def _corrected_by(tx: Tx, team: int, chat: int, message: int) -> Entry | None:
    found = corrections.by_message(tx, team, chat, message)
    return entries.by_id(tx, team, found.entry) if found is not None else None


def _read(house: House, ask: Ask, entry: Entry, text: str) -> Reading:
    context = house.context(ask.at, ask.way.language)
    return read(text, house.kind(entry.kind), house.vocabulary, context, editing=True)


async def _corrected(house: House, ask: Ask, entry: Entry, reading: Reading) -> Reply:
    kind = house.kind(entry.kind)
    context = house.context(ask.at, ask.way.language)
    problems = reading.problems
    if not problems:
        told = teller(house, ask.way)
        try:
            act = await done(house, ask.way, correct, kind, entry.id, reading.changes, context, told)
        except Refused as no:
            problems = no.problems
        else:
            return (
                shown(house, ask.way, act)
                if act.changed
                else Reply(nothing_changed(act.entry, house.speak(ask.way.language)), receipt=ask.way.edited)
            )
    return Reply(
        refusal(
            problems, kind, f"{ask.command} {entry.ref}", reading.corrected, house.speak(ask.way.language), stays=entry
        )
    )


async def figured(house: House, ask: Ask) -> Reply:
    """`/figure F-0003 people 229 source …`: the card, with what another source says."""
    ref, rest = read_edit(ask.rest)
    entry = await find(house, ask, ref)
    if isinstance(entry, Reply):
        return entry
    kind, words = house.kind(entry.kind), house.speak(ask.way.language)
    reading = read(rest, kind, house.vocabulary, house.context(ask.at, ask.way.language))
    problems = reading.problems
    if not problems:
        told = teller(house, ask.way)
        try:
            act = await done(house, ask.way, figure, kind, entry.id, reading.values, told)
        except Refused as no:
            problems = no.problems
        else:
            return shown(house, ask.way, act) if act.changed else Reply(nothing_changed(act.entry, words))
    return Reply(refusal(problems, kind, f"{ask.command} {entry.ref}", reading.corrected, words, stays=entry))


async def withdrawn(house: House, ask: Ask) -> Reply:
    """`/withdraw F-0003 reason`: the card of an entry that counts no more."""
    ref, reason = read_withdraw(ask.rest)
    entry = await find(house, ask, ref)
    if isinstance(entry, Reply):
        return entry
    kind = house.kind(entry.kind)
    act = await done(house, ask.way, withdraw, kind, entry.id, reason, teller(house, ask.way))
    return (
        shown(house, ask.way, act)
        if act.changed
        else Reply(already_withdrawn(act.entry, house.speak(ask.way.language)))
    )


async def restored(house: House, ask: Ask) -> Reply:
    """`/restore F-0003`: the card of an entry that counts again; of one that was emptied, that it can't be brought back."""
    entry = await find(house, ask, read_ref(ask.rest))
    if isinstance(entry, Reply):
        return entry
    kind, words = house.kind(entry.kind), house.speak(ask.way.language)
    try:
        act = await done(house, ask.way, restore, kind, entry.id, teller(house, ask.way))
    except Refused:
        return card_of(house, ask.way, entry)
    return shown(house, ask.way, act) if act.changed else Reply(not_withdrawn(act.entry, words))


async def undone(house: House, ask: Ask) -> Reply:
    """`/undo`: the card of the entry the person changed last, as it was before. Editing the message takes back no more."""
    told, words = teller(house, ask.way), house.speak(ask.way.language)
    if ask.way.edited:
        return Reply(not_undone([Problem("", "undo_edited")], words), fresh=True)
    found = await house.door.read(_last_change, told)
    if found is None:
        return Reply(not_undone([Problem("", "nothing_to_undo")], words))
    line, entry = found
    if line.batch is not None:
        return await importing.undone(house, ask.way, line.batch)
    if not may_show(house, ask.way, entry):
        return Reply(turned_away("private_only", words))
    kind = house.kind(entry.kind)
    try:
        return shown(house, ask.way, await done(house, ask.way, undo, kind, line, told))
    except Refused as no:
        return Reply(not_undone(no.problems, words))


def _last_change(tx: Tx, told: Teller) -> tuple[journal.Line, Entry] | None:
    line = last_change(tx, told)
    entry = entries.by_id(tx, told.team, line.entry) if line is not None else None
    return (line, entry) if line is not None and entry is not None else None
