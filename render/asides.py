"""The line that tells admins what was set aside."""

from collections.abc import Sequence

from render.catalogue import Words
from render.html import Html, join


def set_aside(count: int, named: Sequence[tuple[int, str]], words: Words) -> Html:
    """How many updates were set aside, with the first ones' numbers and the references the log has."""
    which = join(", ", (words.code(f"{update} {reference}") for update, reference in named))
    if count > len(named):
        which = words.say_n("error.aside_more", count - len(named), which=which)
    return words.say_n("error.aside", count, which=which)
