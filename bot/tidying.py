"""What the desk forgets by itself: a step of the heartbeat, so short that nobody who posts meanwhile waits."""

import logging

from desk.age import age, forget
from digests import schedules
from handlers.house import House

log = logging.getLogger(__name__)


async def tidy(house: House) -> bool:
    """Takes away the next few things whose time is over; whether there may be more. The last step empties SQLite's log too."""
    door, now, terms = house.door, house.now(), house.terms
    aged = await door.change(age, house.team.id, house.kinds, terms, now)
    if aged:
        log.info("retention: %d entries emptied, words taken out of %d", len(aged.emptied), len(aged.blanked))
        return True
    await door.change(schedules.put_dates_right, now)
    await door.change(forget, terms, now)
    await door.shorten_log()
    return False
