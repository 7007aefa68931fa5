"""Looking at what is kept: one entry, a list of them, an entry's history."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from handlers.ask import Ask, Press, Reply, Way
from handlers.buttons import ORDINAL, given_back
from handlers.finding import find
from handlers.house import House
from handlers.rights import noted
from records.command import read_ref, read_search
from records.entry import Entry
from records.kind import Values
from render.cards import card
from render.history import history as history_page
from render.lists import page
from render.problems import refusal
from render.understood import of_search
from storage import entries, journal, members

PAGE: Final = 10
"""Entries on one page of a list."""
PAGED: Final = given_back(f"l:(?P<page>{ORDINAL}):(?P<search>.*)")
"""What the buttons below a list give back."""


async def show(house: House, ask: Ask) -> Reply:
    """`/show F-0003`: its card."""
    entry = await find(house, ask, read_ref(ask.rest))
    if isinstance(entry, Reply):
        return entry
    await _noted(house, ask, entry, entry.values.keys())
    return card_of(house, ask.way, entry)


async def history(house: House, ask: Ask) -> Reply:
    """`/history F-0003`: every revision, who and when."""
    entry = await find(house, ask, read_ref(ask.rest))
    if isinstance(entry, Reply):
        return entry
    lines = await house.door.read(journal.history, house.team.id, entry.id)
    kind = house.kind(entry.kind)
    await _noted(house, ask, entry, {name for line in lines for name in line.values or ()})
    private, labels = ask.way.trusted(entry.who), await house.door.read(members.labels, house.team.id)
    words = house.speak(ask.way.language)
    return Reply(history_page(entry, lines, kind, words, house.places, labels, private=private))


async def _noted(house: House, ask: Ask, entry: Entry, told: AbstractSet[str]) -> None:
    """Writes it down if somebody else than the teller is shown restricted counts."""
    hidden = house.kind(entry.kind).restricted
    if ask.way.trusted() and ask.way.who != entry.who and not hidden.isdisjoint(told):
        await noted(house, ask.way, command=ask.command, ref=entry.ref)


async def listed(house: House, ask: Ask) -> Reply:
    """`/list flights this week status planned`: the first page."""
    return await _page(house, ask.way, ask.rest)


async def turned(house: House, press: Press) -> Reply:
    """Another page of a list; its button gives l:page:search."""
    found = PAGED.fullmatch(press.data)
    if found is None:
        return Reply(None, toast=house.speak(press.way.language).text("press.unknown"))
    return await _page(house, press.way, found["search"], int(found["page"]))


async def _page(house: House, way: Way, text: str, number: int | None = None) -> Reply:
    """That page, the one the words name, or the last one where there are not so many (any more)."""
    context = house.context(house.now(), way.language)
    search = read_search(text, house.kinds, house.vocabulary, context, page=number)
    audience = house.audience(private=way.private)
    problems = search if isinstance(search, tuple) else audience.refused(search)
    if problems or isinstance(search, tuple):
        return Reply(refusal(problems, None, "list", "", house.speak(way.language)))
    found, total = await house.door.read(entries.search, house.team.id, search, PAGE)
    if total and not found:
        search = replace(search, page=-(-total // PAGE))
        found, total = await house.door.read(entries.search, house.team.id, search, PAGE)
    answer = page(
        found,
        total,
        text.strip(),
        search.page,
        PAGE,
        kinds=house.kinds,
        words=house.speak(way.language),
        places=house.places,
        today=context.today,
        audience=audience,
        understood=of_search(search, house.kinds, house.speak(way.language), house.places),
    )
    return Reply(answer)


def card_of(house: House, way: Way, entry: Entry, before: Values | None = None) -> Reply:
    """The entry's card as it is now; before → after if it is given what was `before`."""
    page = card(
        entry,
        house.kind(entry.kind),
        house.speak(way.language),
        house.places,
        short=not way.private,
        private=way.trusted(entry.who),
        before=before,
    )
    return Reply(page, entry=entry.id)
