"""Pages of entries that were searched for."""

from collections.abc import Mapping, Sequence
from datetime import date

from protection.small_numbers import EXACT, Audience
from records.answer import Answer, Button
from records.entry import Entry
from records.kind import Kind
from records.places import Gazetteer
from render import html
from render.catalogue import Words
from render.lines import line

DATA_MOST = 64
"""Bytes a button can give back."""
SEARCH_MOST = 80


def page(
    found: Sequence[Entry],
    total: int,
    search: str,
    number: int,
    size: int,
    *,
    kinds: Sequence[Kind],
    words: Words,
    places: Gazetteer,
    today: date,
    audience: Audience = EXACT,
) -> Answer:
    """Page `number` (from 1, `size` entries each) of the `total` entries that `search` found, `search` being what was typed.

    The buttons give "l:<page>:<search>", the words themselves, so that they work after a restart. A search too long for a
    button gets none: the page then says how to turn it by words, and how to narrow the search.
    """
    asked = html.italic(words.name(html.clip(" ".join(search.split()), SEARCH_MOST))) if search else html.Html()
    if not total:
        return Answer(html.lines(words.say("list.none"), asked))
    last = -(-total // size)
    by_name: Mapping[str, Kind] = {one.name: one for one in kinds}
    told = (
        line(by_name[one.kind], one.ref, one.values, words, places, today=today, audience=audience) for one in found
    )
    head = html.lines(words.say_n("list.head", total), asked)
    where = words.say("list.page", page=number, pages=last) if last > 1 else html.Html()
    buttons = _pager(search, number, last, words)
    missing = words.say("list.narrow") if last > 1 and not buttons else html.Html()
    return Answer(html.blocks(head, *told, html.lines(where, missing)), buttons)


def _pager(search: str, number: int, last: int, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Buttons to the pages before and after, where the search fits into them."""
    wanted = [("list.earlier", number - 1)] if number > 1 else []
    wanted += [("list.later", number + 1)] if number < last else []
    row = tuple(Button(words.text(key), f"l:{to}:{search}") for key, to in wanted)
    return (row,) if row and all(len(one.data.encode()) <= DATA_MOST for one in row) else ()
