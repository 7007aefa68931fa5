"""Why a message wasn't kept that tells of one person: which rules it breaks, never what it said, and how to say it instead."""

from collections.abc import Sequence

from records.answer import Answer
from records.entry import Entry
from render import html
from render.catalogue import Words


def told_of_a_person(
    rules: Sequence[str], words: Words, *, deleted: bool = False, stays: Entry | None = None
) -> Answer:
    """A line for each rule; `deleted` if the message is gone already, else the person is asked to delete it.

    `stays` is the entry that the message had posted or corrected before it was edited, and that is as it was.
    """
    told = [words.say(f"personal.{rule}") for rule in rules]
    key = "personal.deleted" if deleted else "personal.delete"
    last = words.say(key)
    if stays is not None:
        last = words.say(f"{key}_edit", ref=words.code(stays.ref), read=words.name(stays.ref))
    return Answer(html.blocks(words.say("personal.head"), html.lines(*told), last))
