"""The `/list` command that shows what a digest had no room for, in words its reader may send back."""

from collections.abc import Sequence

from protection.small_numbers import Audience
from records.entry import State
from records.kind import Choice, Field, Kind, Place
from records.places import Gazetteer
from records.question import Search
from records.vocabulary import MANY
from render import html
from render.catalogue import Words
from render.values import day_of

MOST_STATUSES = 3
STATUS = "status"
KIND = "kind"


def listing(
    kind: Kind,
    states: Sequence[State],
    only: Sequence[tuple[str, str]],
    words: Words,
    places: Gazetteer,
    audience: Audience,
) -> str:
    """The narrowest list that holds all of these entries of one kind: their days, their statuses if few, the digest's filter."""
    days = sorted({day_of(one.values) for one in states})
    period = days[0].isoformat() if days[0] == days[-1] else f"{days[0]}..{days[-1]}"
    may_ask = [pair for pair in only if not audience.refused(Search(None, None, None, (pair,)))]
    wanted = dict.fromkeys([*may_ask, *_statuses(kind, states)])
    said = (
        f"{words.label('fields', name)} {_typed(kind.field(name), value, words, places)}"
        for name, value in wanted
        if name != KIND
    )
    what = [words.label("kinds", kind.name, MANY), period]
    if words.rtl:  # behind a word that runs from right to left, the two ends of a period would change places
        what.reverse()
    return html.plain(html.join(" ", ("/list", *what, *said)))


def _statuses(kind: Kind, states: Sequence[State]) -> list[tuple[str, str]]:
    """The statuses they are in; none where there are many of them, or one nobody can ask for."""
    found = dict.fromkeys(str(one.values[STATUS]) for one in states)
    shape = kind.field(STATUS).shape
    fit = isinstance(shape, Choice) and len(found) <= MOST_STATUSES and found.keys() <= set(shape.options)
    return [(STATUS, one) for one in found] if fit else []


def _typed(field: Field, value: str, words: Words, places: Gazetteer) -> str:
    """A value as it may be typed."""
    if isinstance(field.shape, Choice):
        return words.label("choices", field.name, value)
    if isinstance(field.shape, Place):
        return places.name(value, words.language)
    return value
