"""The entry a reference means, or what to say instead: nothing of that name, or not to be told here."""

from handlers.ask import Ask, Reply, Way
from handlers.house import House
from records.entry import Entry
from render.answers import turned_away, which_entry
from render.problems import not_found
from storage import answers, entries, references
from storage.door import Tx


async def find(house: House, ask: Ask, ref: str) -> Entry | Reply:
    """The team's entry of that reference, whatever its case; without one, that of the card which was replied to.

    A group that sees rounded figures gets only what was posted there: a card would tell the exact ones.
    """
    if not ref and (shown := await replied_to(house, ask)) is not None:
        return shown if may_show(house, ask.way, shown) else _elsewhere(house, ask)
    if not ref:
        return Reply(which_entry(ask.command, house.speak(ask.way.language)))
    entry = await house.door.read(entries.by_ref, house.team.id, ref)
    if entry is None:
        near = await house.door.read(references.near_refs, house.team.id, ref)
        return Reply(not_found(ref, near, house.speak(ask.way.language)))
    return entry if may_show(house, ask.way, entry) else _elsewhere(house, ask)


async def replied_to(house: House, ask: Ask) -> Entry | None:
    """The entry that the message shows which was replied to, or that was posted with it; None if it is no such reply."""
    if ask.replied is None:
        return None
    return await house.door.read(_behind, house.team.id, ask.way.chat, ask.replied)


def _behind(tx: Tx, team: int, chat: int, message: int) -> Entry | None:
    shown = answers.entry_of(tx, team, chat, message)
    return entries.by_message(tx, team, chat, message) if shown is None else entries.by_id(tx, team, shown)


def _elsewhere(house: House, ask: Ask) -> Reply:
    return Reply(turned_away("private_only", house.speak(ask.way.language)))


def may_show(house: House, way: Way, entry: Entry) -> bool:
    """Whether that chat may see the entry's card."""
    return entry.chat == way.chat or not house.audience(private=way.private).masked
