"""An entry put right or taken back by command."""

from desk.acts import Refused
from desk.correct import correct
from desk.withdraw import withdraw
from handlers.ask import Ask, Reply
from handlers.finding import find
from handlers.house import House
from handlers.posting import done, shown, teller
from records.command import read, read_edit, read_withdraw
from render.answers import already_withdrawn, nothing_changed
from render.problems import refusal


async def edited(house: House, ask: Ask) -> Reply:
    """`/edit F-0003 women 68`: the card, before → after."""
    ref, rest = read_edit(ask.rest)
    entry = await find(house, ask, ref)
    if isinstance(entry, Reply):
        return entry
    kind = house.kind(entry.kind)
    context = house.context(ask.at, ask.way.language)
    reading = read(rest, kind, house.vocabulary, context, editing=True)
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
                else Reply(nothing_changed(act.entry, house.speak(ask.way.language)))
            )
    return Reply(
        refusal(
            problems, kind, f"{ask.command} {entry.ref}", reading.corrected, house.speak(ask.way.language), stays=entry
        )
    )


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
