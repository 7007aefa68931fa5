"""The question whether an entry is another one again, and who is still waiting for its answer."""

from collections.abc import Sequence
from datetime import date

from protection.small_numbers import Audience
from records.answer import Answer, Button
from records.entry import Entry
from records.kind import Kind
from records.places import Gazetteer
from render import html
from render.catalogue import Words
from render.html import Html
from render.lines import line

MOST_NAMED = 5


def with_question(
    card: Answer,
    pair: tuple[Entry, Entry],
    kind: Kind,
    words: Words,
    places: Gazetteer,
    *,
    today: date,
    audience: Audience,
) -> Answer:
    """The card of the first of two entries, asking whether it is the second one again.

    Buttons give "d:k:<id>:<other's id>:<revision>" to keep both and "d:w:…" to withdraw the one the card is of.
    """
    entry, other = pair
    question = html.lines(
        words.say("doubt.question", ref=words.code(other.ref)),
        line(kind, other.ref, other.values, words, places, today=today, audience=audience),
    )
    pressed = f"{entry.id}:{other.id}:{entry.revision}"
    row = (
        Button(words.text("doubt.keep"), f"d:k:{pressed}"),
        Button(words.text("doubt.withdraw"), f"d:w:{pressed}"),
    )
    return Answer(html.blocks(Html(card.html), question), (row, *card.buttons))


def named(counted: Answer, refs: Sequence[str], words: Words) -> Answer:
    """Counts, and below them which entries may be others told twice; nothing where there are none."""
    if not refs:
        return counted
    some = words.listed([words.code(one) for one in refs[:MOST_NAMED]])
    more = Html(" …") if len(refs) > MOST_NAMED else Html()
    told = words.say_n("doubt.undecided", len(refs), refs=Html(f"{some}{more}"))
    return Answer(html.blocks(Html(counted.html), told), counted.buttons)
