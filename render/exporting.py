"""What is said of a file: what it holds and for whom it is, that it is being written, why there is none."""

from collections.abc import Sequence
from typing import Final

from protection.small_numbers import STEP, Audience
from records.answer import Answer
from records.export import MOST, Export
from records.kind import Kind
from records.places import Gazetteer
from records.question import Search
from render import html
from render.catalogue import Words, capital
from render.html import Html
from render.understood import of_search

CAPTION: Final = 1_024
"""Characters Telegram takes below a file."""
BIGGEST: Final = 50_000_000
"""Bytes of a file that Telegram takes from a bot."""


def caption(
    wanted: Export,
    rows: int,
    kind: Kind,
    words: Words,
    places: Gazetteer,
    audience: Audience,
    *,
    restricted: bool,
) -> Answer:
    """What a file holds, and whom it may be given to."""
    head = html.bold(words.entries(kind.name, rows))
    if wanted.outsiders:
        holds = words.say("export.holds_masked", step=STEP, threshold=audience.least)
    else:
        holds = words.say("export.holds_restricted" if restricted else "export.holds")
    told = html.blocks(html.lines(head, _understood(wanted, kind, words, places)), holds)
    return Answer(told if html.length(told) <= CAPTION else html.blocks(head, holds))


def nothing(wanted: Export, kind: Kind, words: Words, places: Gazetteer) -> Answer:
    """There is nothing to write."""
    of = html.join(" · ", (words.title("kinds", kind.name, "many"), _understood(wanted, kind, words, places)))
    return Answer(html.lines(words.say("export.nothing"), of))


def explained(kinds: Sequence[Kind], words: Words) -> Answer:
    """How a file is asked for."""
    asked = words.listed([words.title("kinds", one.name, "many") for one in kinds])
    return Answer(html.blocks(words.say("export.which", kinds=asked), words.say("command.export.help")))


def too_many(words: Words) -> Answer:
    """More entries than a file takes."""
    return Answer(words.say_n("export.too_many", MOST))


def told(key: str, words: Words) -> Answer:
    """One of the answers that are a sentence: `export.<key>`."""
    return Answer(words.say(f"export.{key}"))


def progress(done: int, total: int, words: Words) -> Html:
    """How far a file is."""
    return words.say("export.progress", done=done, total=total)


def _understood(wanted: Export, kind: Kind, words: Words, places: Gazetteer) -> Html:
    """All time · Type: charter."""
    of = wanted.question
    narrowed = of_search(Search(None, None, None, of.filters), (kind,), words, places)
    return html.join(" · ", (capital(words.days(of.since, of.until)), narrowed))
