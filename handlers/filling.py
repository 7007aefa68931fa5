"""`/template`: the form of a kind, to copy, fill in and send back."""

from handlers.ask import Ask, Press, Reply
from handlers.house import House
from records.command import nearest_kind
from render.templates import text_form, which_form


async def template(house: House, ask: Ask) -> Reply:
    """`/template flight`; without a kind that there is: which ones there are, as buttons."""
    words = house.speak(ask.way.language)
    name = nearest_kind(ask.rest, [one.name for one in house.kinds], house.vocabulary)
    return Reply(text_form(house.kind(name), words) if name else which_form(house.kinds, words))


async def pressed(house: House, press: Press) -> Reply:
    """A kind chosen by its button, which gives "t:<kind>"."""
    name = press.data.removeprefix("t:")
    words = house.speak(press.way.language)
    if name not in {one.name for one in house.kinds}:
        return Reply(None, toast=words.text("press.unknown"))
    return Reply(text_form(house.kind(name), words))
