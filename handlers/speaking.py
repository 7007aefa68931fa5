"""`/language`: each person is spoken to in their own, a group in its own."""

from datetime import datetime

from handlers.ask import Ask, Press, Reply, Way
from handlers.house import House
from records.answer import Answer, Button
from render.catalogue import languages, own_name
from storage import journal, teams, tongues
from storage.door import Tx


async def language(house: House, ask: Ask) -> Reply:
    """`/language ru`, or alone: which there are, as buttons."""
    wanted = ask.rest.strip().casefold()
    chosen = next((one for one in languages() if wanted in {one, own_name(one).casefold()}), None)
    return await _spoken(house, ask.way, chosen) if chosen else Reply(_offer(house, ask.way))


async def pressed(house: House, press: Press) -> Reply:
    """A language chosen by its button, which gives "g:<language>"."""
    chosen = press.data.removeprefix("g:")
    if chosen not in languages():
        return Reply(None, toast=house.speak(press.way.language).text("press.unknown"))
    return await _spoken(house, press.way, chosen)


async def _spoken(house: House, way: Way, chosen: str) -> Reply:
    """Says in the chosen language that it is spoken from now on."""
    await house.door.change(_choose, house.team.id, way, chosen, house.now())
    house.tongues.choose(way.chat, chosen)
    answer = Answer(house.speak(chosen).say("language.chosen", language=own_name(chosen)))
    return Reply(answer, menu=True)


def _choose(tx: Tx, team: int, way: Way, chosen: str, now: datetime) -> None:
    """A group's language is a setting of the team's, so the journal says who chose it."""
    seq = teams.begin(tx, team)
    tongues.choose(tx, team, way.chat, chosen)
    if not way.private:
        journal.note(tx, team, seq, now, "language_set", who=way.who, details={"chat": way.chat, "language": chosen})


def _offer(house: House, way: Way) -> Answer:
    buttons = tuple((Button(own_name(one), f"g:{one}"),) for one in languages())
    return Answer(house.speak(way.language).say("language.which"), buttons)
