"""The buttons below a digest that ask to be told again what needs someone."""

from typing import Final

from digests import schedules
from handlers.ask import Press, Reply
from handlers.buttons import NUMBER, given_back
from handlers.house import House
from render.reminders import DAYS, reminders

DATA: Final = given_back(f"a:(?P<schedule>{NUMBER}):(?P<days>{'|'.join(map(str, DAYS))})")
"""What they give back: whose digest it is, and in how many days."""


async def pressed(house: House, press: Press) -> Reply:
    """Sets the reminder and says on the button until when; of another chat's digest, or one that is off, nothing."""
    found, words = DATA.fullmatch(press.data), house.speak(press.way.language)
    if found is None:
        return Reply(None, toast=words.text("press.unknown"))
    schedule, days = int(found["schedule"]), int(found["days"])
    day = await house.door.change(schedules.remind, house.team.id, press.way.chat, schedule, days=days, now=house.now())
    if day is None:
        return Reply(None, toast=words.text("press.unknown"))
    toast = words.text("remind.set", day=words.short_day(day, day))
    return Reply(None, toast=toast, buttons=reminders(schedule, words, days, day))
