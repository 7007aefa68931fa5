"""Why a message wasn't kept that tells of one person: which rules it breaks, never what it said, and how to say it instead."""

from collections.abc import Sequence

from records.answer import Answer
from render import html
from render.catalogue import Words


def told_of_a_person(rules: Sequence[str], words: Words, *, deleted: bool = False) -> Answer:
    """A line for each rule; `deleted` if the message is gone already, else the person is asked to delete it."""
    told = [words.say(f"personal.{rule}") for rule in rules]
    last = words.say("personal.deleted" if deleted else "personal.delete")
    return Answer(html.blocks(words.say("personal.head"), html.lines(*told), last))
