"""`/find`: entries by words, by places, by their references."""

from dataclasses import replace
from typing import Final

from handlers.ask import Ask, Press, Reply, Way
from handlers.buttons import ORDINAL, given_back
from handlers.house import House
from handlers.reading import PAGE
from records.answer import Answer
from records.command import read_sought
from records.question import Sought
from render import html
from render.lists import page
from render.problems import refusal
from render.understood import of_sought
from storage import looking

PAGED: Final = given_back(f"q:(?P<page>{ORDINAL}):(?P<text>.*)")
"""What the buttons below what was found give back."""


async def find(house: House, ask: Ask) -> Reply:
    """`/find aktau`: the first page."""
    return await _page(house, ask.way, ask.rest, 1)


async def turned(house: House, press: Press) -> Reply:
    """Another page of what was found; its button gives q:page:text."""
    found = PAGED.fullmatch(press.data)
    if found is None:
        return Reply(None, toast=house.speak(press.way.language).text("press.unknown"))
    return await _page(house, press.way, found["text"], int(found["page"]))


async def _page(house: House, way: Way, text: str, number: int) -> Reply:
    """That page, or the last one where there are not so many (any more)."""
    words, audience = house.speak(way.language), house.audience(private=way.private)
    context = house.context(house.now(), way.language)
    sought = read_sought(text, context, page=number)
    if not isinstance(sought, Sought):
        return Reply(refusal(sought, None, "find", "", words))
    veils = {one.name: audience.veils(one) for one in house.kinds} if audience.masked else {}
    found, total = await house.door.read(looking.look, house.team.id, sought, veils, PAGE)
    if total and not found:
        sought = replace(sought, page=-(-total // PAGE))
        found, total = await house.door.read(looking.look, house.team.id, sought, veils, PAGE)
    answer = page(
        found,
        total,
        text.strip(),
        sought.page,
        PAGE,
        kinds=house.kinds,
        words=words,
        places=house.places,
        today=context.today,
        audience=audience,
        understood=of_sought(sought, words, house.places),
        turn="q",
    )
    return Reply(
        Answer(html.blocks(html.Html(answer.html), words.say("find.masked")), answer.buttons) if veils else answer
    )
