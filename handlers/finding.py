"""The entry a reference means, or what to say instead: nothing of that name, or not to be told here."""

from handlers.ask import Ask, Reply
from handlers.house import House
from records.entry import Entry
from render.answers import turned_away, which_entry
from render.problems import not_found
from storage import entries, references


async def find(house: House, ask: Ask, ref: str) -> Entry | Reply:
    """The team's entry of that reference, whatever its case.

    A group that sees rounded figures gets only what was posted there: a card would tell the exact ones.
    """
    if not ref:
        return Reply(which_entry(ask.command, house.words))
    entry = await house.door.read(entries.by_ref, house.team.id, ref)
    if entry is None:
        near = await house.door.read(references.near_refs, house.team.id, ref)
        return Reply(not_found(ref, near, house.words))
    if house.audience(private=ask.way.private).masked and entry.chat != ask.way.chat:
        return Reply(turned_away("private_only", house.words))
    return entry
