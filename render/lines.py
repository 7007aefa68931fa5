"""One entry in one line, for lists and digests; for a masked audience without what could give a coming journey away."""

from datetime import date

from protection.small_numbers import EXACT, Audience
from records.kind import Kind, Moment, Values
from records.moments import split
from records.places import Gazetteer
from render import counts, html, signs
from render.catalogue import Words
from render.html import Html
from render.values import day_of, headline


def veiled(kind: Kind, values: Values, audience: Audience) -> bool:
    """Whether only day and number may be told: of a journey that may still be ahead or under way, to a masked audience."""
    return kind.status(values).name in audience.veils(kind)


def title(kind: Kind, values: Values, words: Words, places: Gazetteer, audience: Audience = EXACT) -> Html:
    """The headline; of a veiled journey only what kind of thing it is."""
    return words.title("kinds", kind.name) if veiled(kind, values, audience) else headline(kind, values, words, places)


def line(
    kind: Kind, ref: str, values: Values, words: Words, places: Gazetteer, *, today: date, audience: Audience = EXACT
) -> Html:
    """An entry in two short lines: reference, day and hour, how it stands; what it is and how many people."""
    status = kind.status(values)
    mark = html.join(" ", (signs.of_kind(kind.name), words.code(ref)))
    hour = "" if veiled(kind, values, audience) or not status.coming else _hour(kind, values)
    until = date.fromisoformat(str(values["until"])) if "until" in values else None
    day = (
        words.days(day_of(values), until)
        if until
        else words.listed([one for one in (words.short_day(day_of(values), today), html.escape(hour)) if one])
    )
    stands = words.label("choices", "status", status.name)
    return html.lines(
        html.join(" · ", (mark, day, stands)),
        html.join(
            " · ", (title(kind, values, words, places, audience), counts.summary(kind, ref, values, words, audience))
        ),
    )


def _hour(kind: Kind, values: Values) -> str:
    """The last time of day it names: when it begins, or lands."""
    said = [str(values[one.name]) for one in kind.fields if isinstance(one.shape, Moment) and one.name in values]
    return f"{split(said[-1])[1]:%H:%M}" if said else ""
