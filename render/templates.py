"""The text form of a kind, to copy and fill in."""

from collections.abc import Sequence

from records.answer import Answer, Button
from records.command import form
from records.kind import Kind
from render import html, signs
from render.catalogue import Words
from render.problems import COPIED


def text_form(kind: Kind, words: Words) -> Answer:
    """The form in the reader's own words, with a button that copies it where one can hold it."""
    needed = words.listed([words.label("fields", one.name) for one in kind.fields if one.required])
    head = words.say(
        "template.head", sign=signs.of_kind(kind.name), kind=words.label("kinds", kind.name), needed=needed
    )
    text = f"/{kind.name}\n{form(kind, words.vocabulary, words.language)}"
    copy = Button(words.text("button.copy_form"), copy=text)
    return Answer(
        html.blocks(head, html.pre(text), words.say("template.how")), ((copy,),) if html.units(text) <= COPIED else ()
    )


def which_form(kinds: Sequence[Kind], words: Words) -> Answer:
    """Which forms there are; a button gives "t:<kind>"."""
    return Answer(words.say("template.which"), tuple((form_button(one, words),) for one in kinds))


def form_button(kind: Kind, words: Words) -> Button:
    """Leads to the form of a kind."""
    return Button(
        html.plain(html.join(" ", (signs.of_kind(kind.name), words.title("kinds", kind.name)))), f"t:{kind.name}"
    )
