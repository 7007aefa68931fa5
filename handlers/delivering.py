"""`/digest log`: who got which digest when, what failed and why; coordinators see it of the whole team, in private."""

from typing import Final

from handlers.ask import Press, Reply, Way
from handlers.buttons import NUMBER, given_back
from handlers.house import House
from records.rights import may
from render import deliveries as told
from render.schedules import Told
from storage import deliveries

PAGE: Final = 6
"""Digests on one page of the log."""
PAGED: Final = given_back(f"j:(?P<before>{NUMBER}?)")
"""What buttons give back: j:id for what is older than that, j:0 for the newest, j: for these in a message of their own."""


async def log(house: House, way: Way, before: int | None = None) -> Reply:
    """The newest page, or that of what is older than the digest of that id: of the whole team, or of this chat and topic only."""
    chat = None if way.private and may(way.role, "deliveries") else way.chat
    found = await house.door.read(
        deliveries.latest, house.team.id, chat, before or deliveries.NEWEST, PAGE + 1, thread=way.thread or 0
    )
    page, telling = found[:PAGE], Told(house.speak(way.language), house.kinds, house.places)
    return Reply(told.log(page, telling, chat, older=len(found) > PAGE, before=before))


async def turned(house: House, press: Press) -> Reply:
    """Another page, in place; from the buttons of `/digest` in a message of its own."""
    found = PAGED.fullmatch(press.data)
    if found is None:
        return Reply(None, toast=house.speak(press.way.language).text("press.unknown"))
    shown = await log(house, press.way, int(found["before"] or 0) or None)
    return Reply(shown.answer, fresh=not found["before"])
