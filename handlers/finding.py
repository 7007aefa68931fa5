"""The entry a reference means, or what to say instead: nothing of that name, or not to be told here."""

from handlers.ask import Ask, Reply, Way
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
        return Reply(which_entry(ask.command, house.speak(ask.way.language)))
    entry = await house.door.read(entries.by_ref, house.team.id, ref)
    if entry is None:
        near = await house.door.read(references.near_refs, house.team.id, ref)
        return Reply(not_found(ref, near, house.speak(ask.way.language)))
    return (
        entry if may_show(house, ask.way, entry) else Reply(turned_away("private_only", house.speak(ask.way.language)))
    )


def may_show(house: House, way: Way, entry: Entry) -> bool:
    """Whether that chat may see the entry's card."""
    return entry.chat == way.chat or not house.audience(private=way.private).masked
