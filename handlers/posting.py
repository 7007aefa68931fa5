"""A new record told by command, and its message edited afterwards."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Concatenate, Final, ParamSpec

from desk.acts import Done, Refused, Teller, owing
from desk.correct import correct_from_message
from desk.post import post
from desk.rights import hold
from handlers.ask import Ask, Reply, Way
from handlers.house import House
from records.command import Command, read
from records.contest import marked
from records.entry import Entry
from records.kind import Kind, Values
from records.problem import Problem
from records.record import settle
from render.cards import card
from render.contest import contest
from render.help import how_to_post
from render.problems import refusal
from storage import entries, journal
from storage.door import Tx

P = ParamSpec("P")
NOTED: Final = frozenset({"undone", "restored", "figured"})
"""Acts the card itself doesn't show, so that it says them."""


async def posted(house: House, ask: Ask, kind: Kind, form: Callable[[House, Ask, Kind], Awaitable[Reply]]) -> Reply:
    """The card of the new entry, or everything that kept it from being one; the `form` if the command stands alone."""
    if ask.way.edited:
        entry = await house.door.read(entries.by_message, house.team.id, ask.way.chat, ask.way.message)
        if entry is not None:
            return await _reread(house, ask, entry)
    if not ask.rest.strip():
        return await form(house, ask, kind)
    context = house.context(ask.at, ask.way.language)
    reading = read(ask.rest, kind, house.vocabulary, context)
    if any(one.code == "nothing_said" for one in reading.problems):  # a form sent back as it was
        return Reply(how_to_post(kind, house.speak(ask.way.language)))
    record, wrong = settle(kind, reading.values, context)
    problems = _each_once(reading.problems, wrong)
    if record is None or problems:
        return Reply(refusal(problems, kind, ask.command, reading.corrected, house.speak(ask.way.language)))
    try:
        return shown(house, ask.way, await done(house, ask.way, post, kind, record, teller(house, ask.way)))
    except Refused as no:
        return Reply(refusal(no.problems, kind, ask.command, "", house.speak(ask.way.language)))


async def lost(house: House, way: Way, said: Sequence[Command]) -> Reply | None:
    """What to say when the message of an entry was edited into something that posts nothing: the entry stays as it was."""
    names = {one.name for one in said}
    if len(said) == 1 and names <= {kind.name for kind in house.kinds}:
        return None
    entry = await house.door.read(entries.by_message, house.team.id, way.chat, way.message)
    if entry is None:
        return None
    kind = house.kind(entry.kind)
    problem = Problem("", "command_gone", entry.ref)
    return Reply(refusal([problem], kind, f"edit {entry.ref}", "", house.speak(way.language), stays=entry), fresh=True)


async def _reread(house: House, ask: Ask, entry: Entry) -> Reply:
    """The message of an entry says something else now: the difference corrects the entry, or is explained and changes nothing."""
    kind = house.kind(entry.kind)
    if ask.command != kind.name:
        other = Problem("", "other_kind", entry.ref, about={"kind": kind.name})
        return Reply(refusal([other], kind, ask.command, "", house.speak(ask.way.language), stays=entry), fresh=True)
    context = house.context(ask.at, ask.way.language)
    reading = read(ask.rest, kind, house.vocabulary, context)
    problems: Sequence[Problem] = reading.problems
    if not problems:
        told = teller(house, ask.way)
        try:
            act = await done(house, ask.way, correct_from_message, kind, entry.id, reading.values, context, told)
            return shown(house, ask.way, act)
        except Refused as no:
            problems = no.problems
    return Reply(
        refusal(
            problems, kind, ask.command, reading.corrected, house.speak(ask.way.language), stays=entry, reread=True
        ),
        fresh=True,
    )


def _each_once(unread: Sequence[Problem], wrong: Sequence[Problem]) -> list[Problem]:
    """Every mistake once: a field that could not be read is not also called missing."""
    told = {one.field for one in unread}
    return [*unread, *(one for one in wrong if one.field not in told)]


async def done(
    house: House, way: Way, act: Callable[Concatenate[Tx, P], Done], /, *args: P.args, **kwargs: P.kwargs
) -> Done:
    """Does the act and leaves its answer owed by that way, in one change. Raises what the act raises, and Denied."""

    def held(tx: Tx, act: Done) -> None:
        hold(tx, act, house.kind(act.entry.kind), way.who, house.team.owners)

    return await house.door.change(owing, way.update, way.route, held, act, *args, **kwargs)


def teller(house: House, way: Way) -> Teller:
    """Who tells it, and that the desk learns of it now."""
    return Teller(house.team.id, way.who, house.now(), way.chat, None if way.query else way.message)


def shown(house: House, way: Way, act: Done) -> Reply:
    """The card of what an act left, before → after where it changed something, or what is to be asked first."""
    if act.contested:
        return _asked(house, way, act.entry, act.contested, changed=act.changed)
    before = {"ref": act.before.ref, **act.before.values} if act.before is not None and act.changed else None
    return replace(_card(house, way, act.entry, before, act.act, changed=act.changed), unlike=act.unlike)


async def as_it_is(house: House, way: Way, entry_id: int, *, changed: bool, contested: Sequence[str] = ()) -> Reply:
    """The card of an entry as it is now, whatever led to it; before → after of its last change if it was one."""
    entry, lines = await house.door.read(_with_history, house.team.id, entry_id)
    if contested:
        return _asked(house, way, entry, contested, changed=changed)
    earlier = next((one for one in reversed(lines) if one.revision == entry.revision - 1), None) if changed else None
    before = {"ref": earlier.ref, **earlier.values} if earlier is not None and earlier.values is not None else None
    return _card(house, way, entry, before, lines[-1].act if changed else "", changed=changed)


def _asked(house: House, way: Way, entry: Entry, fields: Sequence[str], *, changed: bool) -> Reply:
    kind, words = house.kind(entry.kind), house.speak(way.language)
    question = contest(entry, kind, fields, words, house.places, private=way.trusted(entry.who))
    return Reply(question, entry=entry.id, revised=entry.revision if changed else 0, asks=marked(kind, fields))


def _card(house: House, way: Way, entry: Entry, before: Values | None, act: str, *, changed: bool) -> Reply:
    words = house.speak(way.language)
    page = card(
        entry,
        house.kind(entry.kind),
        words,
        house.places,
        short=not way.private,
        private=way.trusted(entry.who),
        before=before,
        notes=(words.say(f"card.{act}"),) if act in NOTED else (),
    )
    revised = entry.revision if changed else 0
    return Reply(page, entry=entry.id, revised=revised, receipt=_receipted(way, act, changed=changed))


def _receipted(way: Way, act: str, *, changed: bool) -> bool:
    """Whether a group's card that changes in place is answer enough: not to `/undo`, which has yet to say what it took back."""
    asked_by_message = not way.private and not way.query
    return asked_by_message and (changed or way.edited) and act != "undone"


def _with_history(tx: Tx, team: int, entry_id: int) -> tuple[Entry, list[journal.Line]]:
    entry = entries.by_id(tx, team, entry_id)
    if entry is None:
        raise KeyError(entry_id)
    return entry, journal.history(tx, team, entry_id)
