"""`/privacy`: what is kept, and for how long. `/forget_me`: the desk forgets who somebody is."""

from typing import Final

from desk.leave import leave
from handlers.ask import Ask, Press, Reply
from handlers.buttons import NUMBER, given_back
from handlers.house import House
from records.answer import Answer, Button
from render.privacy import privacy_page
from storage import people

YES: Final = "z:yes:"
"""With the number the person is known by: once they are forgotten, the button does nothing to whoever they are by then."""
NO: Final = "z:no"
DATA: Final = given_back(f"{YES}(?P<number>{NUMBER})")


async def privacy(house: House, ask: Ask) -> Reply:
    """`/privacy`: what is kept, for how long, and who sees it, as this desk is set up."""
    words = house.speak(ask.way.language)
    return Reply(privacy_page(house.terms, words, masked=house.group_audience.masked))


async def forget_me(house: House, ask: Ask) -> Reply:
    """`/forget_me`: what that means, and buttons to go through with it or not. In private only: the answer is about one person."""
    words = house.speak(ask.way.language)
    if not ask.way.private:
        return Reply(Answer(words.say("forget.private")))
    number = await house.door.read(people.known_as, house.team.id, ask.way.who)
    buttons = ((Button(words.text("forget.yes"), f"{YES}{number}"),), (Button(words.text("forget.no"), NO),))
    return Reply(Answer(words.say("forget.ask"), buttons))


async def pressed(house: House, press: Press) -> Reply:
    """The button below that. Whoever presses is alone with the desk, so it is theirs."""
    words = house.speak(press.way.language)
    if press.data == NO:
        return Reply(Answer(words.say("forget.kept")))
    found = DATA.fullmatch(press.data)
    posted = None
    if found and press.way.private:
        posted = await house.door.change(leave, house.team.id, press.way.who, int(found["number"]), house.now())
    if posted is None:
        return Reply(None, toast=words.text("press.unknown"))
    return Reply(Answer(words.say_n("forget.done", posted) if posted else words.say("forget.nothing")))
