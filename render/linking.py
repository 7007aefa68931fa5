"""What is said of a group that is tied to the team, or isn't."""

from records.answer import Answer
from render.catalogue import Words


def linked(team: str, words: Words) -> Answer:
    """The group belongs to the team."""
    return Answer(words.say("link.linked", team=team))


def unlinked(words: Words) -> Answer:
    """It doesn't any more."""
    return Answer(words.say("link.unlinked"))


def not_linked(words: Words) -> Answer:
    """It doesn't, and so nothing is done there."""
    return Answer(words.say("link.not_linked"))
