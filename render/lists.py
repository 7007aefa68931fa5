"""Pages of entries that were searched for."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from protection.small_numbers import EXACT, Audience
from records.answer import Answer, Button
from records.entry import Entry
from records.kind import Kind
from records.places import Gazetteer
from render import html
from render.catalogue import Words
from render.html import Html
from render.lines import line

DATA_MOST = 64
"""Bytes a button can give back."""
NOTHING = Html()
NARROW: Mapping[str, str] = MappingProxyType({"l": "list.narrow", "q": "find.narrow"})
"""What is said of further pages where no button leads to them."""


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
    understood: Html = NOTHING,
    turn: str = "l",
) -> Answer:
    """Page `number` (from 1, `size` entries each) of the `total` entries that `search` found, `search` being what was typed.

    `understood` says what that was read as. The buttons give "<turn>:<page>:<search>", `turn` being "l" for `/list` and "q" for
    `/find`: the words themselves, so that they work after a restart. A search too long for a button gets none: the page then
    says how else to see more.
    """
    if not total:
        return Answer(html.lines(words.say("list.none"), understood))
    last = -(-total // size)
    by_name: Mapping[str, Kind] = {one.name: one for one in kinds}
    told = (
        line(by_name[one.kind], one.ref, one.values, words, places, today=today, audience=audience) for one in found
    )
    head = html.lines(words.say_n("list.head", total), understood)
    where = words.say("list.page", page=number, pages=last) if last > 1 else NOTHING
    buttons = _pager(turn, search, number, last, words)
    missing = words.say(NARROW[turn]) if last > 1 and not buttons else NOTHING
    return Answer(html.blocks(head, *told, html.lines(where, missing)), buttons)


def _pager(turn: str, search: str, number: int, last: int, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Buttons to the pages before and after, where the search fits into them."""
    wanted = [("list.earlier", number - 1)] if number > 1 else []
    wanted += [("list.later", number + 1)] if number < last else []
    row = tuple(Button(words.text(key), f"{turn}:{to}:{search}") for key, to in wanted)
    return (row,) if row and all(len(one.data.encode()) <= DATA_MOST for one in row) else ()
