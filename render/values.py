"""One value of a record in words, by the shape of its field."""

from collections.abc import Mapping
from datetime import date, datetime

from protection.small_numbers import EXACT, NOT_PEOPLE, Audience
from records.kind import Choice, Count, Country, Day, Field, Flag, Kind, Moment, Place, Value, Values
from records.moments import split, trip
from records.places import UNKNOWN, Gazetteer
from render import counts, html
from render.catalogue import Words, capital
from render.html import Html

NAME_MOST = 60
"""Characters of a place's name that are shown."""


def value(field: Field, given: Value | None, words: Words, places: Gazetteer) -> Html:
    """A field's value as a person reads it; None is "not stated"."""
    shape = field.shape
    if given is None or isinstance(shape, Flag):
        return words.say("value.yes" if given else "value.none")
    if isinstance(shape, Day):
        return words.day(date.fromisoformat(str(given)))
    if isinstance(shape, Moment):
        return moment(str(given), words)
    if isinstance(shape, Count):
        return words.number(int(given))
    if isinstance(shape, Place | Country):
        return place(str(given), words, places)
    return words.label("choices", field.name, str(given)) if isinstance(shape, Choice) else words.name(str(given))


def moment(given: str, words: Words) -> Html:
    """A time of day, or a day and a time, as it was said."""
    day, clock = split(given)
    if day is None:
        return html.escape(f"{clock:%H:%M}")
    return words.moment(datetime.combine(day, clock))


def place(key: str, words: Words, places: Gazetteer) -> Html:
    """A place's name in the reader's language; an unknown one as typed, marked as such."""
    name = words.name(html.clip(places.name(key, words.language), NAME_MOST))
    return words.say("value.place_unknown", name=name) if places.standing(key).startswith(UNKNOWN) else name


def headline(kind: Kind, values: Values, words: Words, places: Gazetteer) -> Html:
    """What the record is in a few words: Al-Hasakah → Aktau; Psychosocial · Aktau."""
    joint = kind.joint.replace("→", "←") if words.rtl else kind.joint
    parts = [value(kind.field(name), values[name], words, places) for name in kind.headline if name in values]
    return capital(html.join(joint, parts)) if parts else words.title("kinds", kind.name)


def day_of(values: Values) -> date:
    """The day it happened, or will."""
    return date.fromisoformat(str(values["date"]))


def times(kind: Kind, values: Values, words: Words, places: Gazetteer) -> Mapping[str, Html]:
    """The moments of a record by field name; a journey's with both days, as one of them may have been worked out."""
    said = [one for one in kind.fields if isinstance(one.shape, Moment) and one.name in values]
    found = {one.name: moment(str(values[one.name]), words) for one in said}
    if found and {"departs", "arrives"} <= kind.by_name.keys():
        journey = trip(values, places, words.zone)
        for name, at in (("departs", journey.departs), ("arrives", journey.arrives)):
            if at is not None:
                found[name] = words.moment(at.replace(tzinfo=None))
    return found


def before_after(
    kind: Kind,
    name: str,
    between: tuple[Values, Values],
    words: Words,
    places: Gazetteer,
    *,
    audience: Audience = EXACT,
    refs: tuple[str, str] = ("", ""),
    most: int = 500,
) -> Html:
    """What a field was and what it became: Women: 67 → 68. Empty if this audience could see no difference.

    The references it had are only needed for an audience that isn't told everything.
    """
    field = kind.field(name)
    was, now = (
        _of(kind, field, ref, values, words, places, audience=audience, most=most)
        for ref, values in zip(refs, between, strict=True)
    )
    if was == now:
        return Html()
    title = words.title("fields", name)
    return words.say("card.changed", name=title, before=was, after=html.bold(now), arrow=words.arrow())


def _of(
    kind: Kind,
    field: Field,
    ref: str,
    values: Values,
    words: Words,
    places: Gazetteer,
    *,
    audience: Audience,
    most: int,
) -> Html:
    given = values.get(field.name)
    if isinstance(field.shape, Count) and given is not None and field.name not in NOT_PEOPLE:
        return counts.figure(counts.of_entry(kind, ref, values, audience)[field.name], words, audience)
    return value(field, html.clip(given, most) if isinstance(given, str) else given, words, places)
