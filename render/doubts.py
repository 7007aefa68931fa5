"""The question whether an entry is another one again, and who is still waiting for its answer."""

from collections.abc import Sequence
from datetime import date
from zlib import crc32

from protection.small_numbers import Audience
from records.answer import Answer, Button
from records.entry import Entry
from records.kind import Kind
from records.places import Gazetteer
from records.same import sums_up
from render import html
from render.catalogue import Words
from render.html import Html
from render.lines import line

MOST_NAMED = 5
MOST_SHOWN = 3


def with_question(
    card: Answer,
    entry: Entry,
    others: Sequence[Entry],
    kind: Kind,
    words: Words,
    places: Gazetteer,
    *,
    today: date,
    audience: Audience,
) -> Answer:
    """The card of an entry, asking whether it is one of the others again, or holds the same people.

    Buttons give "d:k:<id>:<revision>:<seal of the others>" to keep all and "d:w:…" to withdraw the one the card is of.
    """
    asked: dict[str, list[Entry]] = {}
    for other in others:
        asked.setdefault("doubt.sum" if sums_up(kind, entry.values, other.values) else "doubt.question", []).append(
            other
        )
    questions = {
        words.say(sentence, refs=refs([one.ref for one in some], words)): [
            line(kind, one.ref, one.values, words, places, today=today, audience=audience) for one in some[:MOST_SHOWN]
        ]
        for sentence, some in asked.items()
    }
    pressed = f"{entry.id}:{entry.revision}:{seal(others)}"
    row = (
        Button(words.text("doubt.keep" if len(others) == 1 else "doubt.keep_all"), f"d:k:{pressed}"),
        Button(words.text("doubt.withdraw"), f"d:w:{pressed}"),
    )
    whole = html.blocks(Html(card.html), *(html.lines(one, *those) for one, those in questions.items()))
    short = html.blocks(Html(card.html), *questions)
    return Answer(whole if html.length(whole) <= html.MOST else short, (row, *card.buttons))


def seal(others: Sequence[Entry]) -> str:
    """Eight digits by which a press knows the others it was shown."""
    return f"{crc32(' '.join(str(one.id) for one in others).encode()) % 10**8:08}"


def refs(named: Sequence[str], words: Words) -> Html:
    """References as an enumeration that doesn't grow beyond a line or two."""
    more = Html(" …") if len(named) > MOST_NAMED else Html()
    return Html(f"{words.listed([words.code(one) for one in named[:MOST_NAMED]])}{more}")


def named(counted: Answer, undecided: Sequence[str], words: Words) -> Answer:
    """Counts, and below them which entries may be others told twice; nothing where there are none."""
    if not undecided:
        return counted
    told = words.say_n("doubt.undecided", len(undecided), refs=refs(undecided, words))
    return Answer(html.blocks(Html(counted.html), told), counted.buttons)
