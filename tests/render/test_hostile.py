"""Whatever somebody types into any field: Telegram takes what is sent, and shows exactly what was typed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protection.small_numbers import EXACT
from records.answer import Answer
from records.entry import Entry
from records.flight import FLIGHT
from records.fold import fold, tidy
from records.kind import Code, Field, Kind, Place, Text
from records.kinds import KINDS
from records.places import unknown
from render import inviting
from render.cards import card
from render.digest import pages
from render.history import history
from render.lists import page
from render.team import Person, member, sure, team
from sandbox.html import parse_html
from tests.render.stage import TODAY, changed, flight, places, session, words
from tests.render.test_digest import QUIET, new
from tests.render.test_pages import Line

MOST: Final = 50
EXAMPLES: Final = 15
PIECES: Final = (
    *(
        "<",
        ">",
        "&",
        '"',
        "'",
        "`",
        "_",
        "*",
        "[",
        "]",
        "(",
        ")",
        "~",
        "|",
        "{",
        "}",
        "\\",
        "/",
        "#",
        "@",
        ":",
        "%s",
        "{n}",
    ),
    *(
        "<b>",
        "</b>",
        "</pre>",
        "<a href=",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?x",
        "&lt;",
        "&amp;lt;",
        "&#60;",
        "&#x3c;",
        "&nbsp;",
    ),
    *(
        "a",
        "Б",
        "ق",
        "қ",
        "7",
        "٧",
        " ",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200d",
        "🛫",
        "👩‍👧",
        "e\u0301",
        "\u3164",
        "\x00",
    ),
)
LANGUAGES: Final = ("en", "ru", "kk", "ar")
FREE: Final = [(kind, field) for kind in KINDS for field in kind.fields if isinstance(field.shape, Text | Code | Place)]
"""Every field that takes what people write; of a place, one nobody knows."""


def typed() -> st.SearchStrategy[str]:
    """What is left of it at the door, where it still says something."""
    texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
    return texts.map(lambda text: " ".join(tidy(text).split())[:MOST].strip()).filter(fold)


def with_value(kind: Kind, field: Field, text: str) -> Entry:
    made = flight(people=3) if kind is FLIGHT else session(people=3)
    if field.name == "ref":
        return replace(made, ref=text)
    return changed(made, **{field.name: unknown(text) if isinstance(field.shape, Place) else text})


def shown(answer: Answer) -> str:
    """What Telegram shows of it, by the sandbox's own strict reading; in one case, since a line may begin with a place."""
    return parse_html(answer.html).text.casefold()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "field"), FREE, ids=lambda one: str(one.name))
@settings(max_examples=EXAMPLES)
@given(text=typed())
def test_what_a_field_holds_is_shown_as_it_was_typed(kind: Kind, field: Field, language: str, text: str) -> None:
    one, say, seen = with_value(kind, field, text), words(language), text.casefold()
    assert seen in shown(card(one, kind, say, places()))
    listed = page([one], 1, text, 1, 10, kinds=KINDS, words=say, places=places(), today=TODAY)
    assert shown(listed)
    assert field.name not in ("ref", *kind.headline) or seen in shown(listed)
    before = flight(people=3) if kind is FLIGHT else session(people=3)
    lines = [Line("posted", 1, before.values), Line("corrected", 2, one.values, reason=text, ref=one.ref)]
    told = shown(history(one, lines, kind, say, places(), {1001: text}))
    assert told.count(seen) >= 2
    digest = replace(QUIET, language=language, new=new(one))
    laid = [parse_html(one).text.casefold() for one in pages(digest, KINDS, say, places(), EXACT, country="KZ")]
    assert field.name not in ("ref", *kind.headline) or any(seen in one for one in laid)


LABELLED: Final[dict[str, Callable[[str, str], Answer]]] = {
    "an invitation": lambda text, language: inviting.made("https://t.me/x?start=y", "reporter", text, words(language)),
    "a welcome": lambda text, language: inviting.joined(None, "reporter", text, words(language)),
    "the team": lambda text, language: team(
        [Person(5, "reporter", text, text, owner=False)], 1, 1, 1, words(language), admin=True
    ),
    "a member": lambda text, language: member(Person(5, "reporter", text, text, owner=False), 1, words(language)),
    "somebody to remove": lambda text, language: sure(Person(5, "viewer", text, text, owner=False), 1, words(language)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LABELLED)
@settings(max_examples=EXAMPLES)
@given(text=typed())
def test_what_somebody_is_called_is_shown_as_it_was_typed(name: str, language: str, text: str) -> None:
    answer = LABELLED[name](text, language)
    assert text[:30].casefold() in shown(answer)
    assert all(len((button.data or "").encode()) <= 64 for row in answer.buttons for button in row)
