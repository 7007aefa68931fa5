"""`/link` and `/unlink`: which groups the desk works in."""

from desk import link as acts
from handlers.ask import Ask, Reply
from handlers.house import House
from render.answers import turned_away
from render.linking import linked, unlinked


async def link(house: House, ask: Ask) -> Reply:
    """`/link` in a group: it belongs to the team from now on."""
    words = house.speak(ask.way.language)
    if ask.way.private:
        return Reply(turned_away("only_in_groups", words))
    await house.door.change(acts.link, house.team.id, ask.way.chat, ask.way.who, house.team.owners, house.now())
    return Reply(linked(house.team.name, words), menu=True)


async def unlink(house: House, ask: Ask) -> Reply:
    """`/unlink` in a group: the desk does nothing there any more."""
    words = house.speak(ask.way.language)
    if ask.way.private:
        return Reply(turned_away("only_in_groups", words))
    await house.door.change(acts.unlink, house.team.id, ask.way.chat, ask.way.who, house.team.owners, house.now())
    return Reply(unlinked(words), menu=True)
