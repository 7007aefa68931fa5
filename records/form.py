"""A form half filled in, and what a press of one of its buttons makes of it; no kind is named, all follows from the fields."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Final

from records.days import day_of
from records.kind import Choice, Count, Country, Day, Field, Flag, Kind, Place, Value, Values
from records.people import HEADS
from records.places import Gazetteer

SITE: Final = "site"
"""The column of the field that names where somebody is received."""
YES: Final = "yes"
"""What the button of a flag gives."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's form in one chat. `asked` is the message that opened it, `field` the field it asks for ("": none)."""

    id: int
    chat: int
    who: int
    kind: str
    asked: int
    at: datetime
    values: Values
    field: str = ""
    revision: int = 1


def offered(kind: Kind, *, private: bool) -> tuple[Field, ...]:
    """The fields a form asks for: those it needs first, then how many people, and at last what is seldom said.

    What is told in private chats only is asked for nowhere else.
    """
    told = [one for one in kind.fields if private or not one.restricted]
    return tuple(sorted(told, key=lambda one: (not one.required, one.name in kind.seldom, one.name not in HEADS)))


def missing(draft: Draft, fields: Sequence[Field]) -> tuple[Field, ...]:
    """What the form can't do without and doesn't have yet."""
    return tuple(one for one in fields if one.required and one.name not in draft.values)


def filled(draft: Draft, values: Values, fields: Sequence[Field]) -> Draft:
    """With these values too; it goes on to what it can't do without, and asks for nothing once it has that."""
    told = replace(draft, values={**draft.values, **values})
    return replace(told, field=next((one.name for one in missing(told, fields)), ""))


def retold(draft: Draft, said: Values, now: Values) -> Draft:
    """With what a message says now, where it differs from what it said before; what was answered otherwise since stays."""
    kept = {
        name: value for name, value in draft.values.items() if name in now or name not in said or said[name] != value
    }
    return replace(draft, values={**kept, **{name: value for name, value in now.items() if said.get(name) != value}})


def moved(draft: Draft, fields: Sequence[Field], verb: str, arg: str, places: Gazetteer) -> Draft | None:
    """What a press makes of the form; None if none of its buttons gives that.

    "o" opens a field, "b" goes back to all of them, "k" skips to the next empty one, "e" empties the open one, "v" fills it.
    """
    by_name = {one.name: one for one in fields}
    if verb == "o":
        return replace(draft, field=arg) if arg in by_name else None
    if draft.field not in by_name:
        return None
    if verb == "b":
        return replace(draft, field="")
    if verb == "k":
        return replace(draft, field=_next_empty(draft, list(by_name)))
    if verb == "e":
        left = {name: value for name, value in draft.values.items() if name != draft.field}
        return replace(draft, values=left, field="")
    value = value_of(by_name[draft.field], arg, places) if verb == "v" else None
    return None if value is None else filled(draft, {draft.field: value}, fields)


def _next_empty(draft: Draft, names: Sequence[str]) -> str:
    following = names[names.index(draft.field) + 1 :]
    return next((name for name in following if name not in draft.values), "")


def value_of(field: Field, given: str, places: Gazetteer) -> Value | None:
    """What a button gives a field; None if no button of that field gives it."""
    value: Value | None = None
    match field.shape:
        case Day():
            value = day_of(given)
        case Count(most=most, least=least):
            value = _number(given, least, most)
        case Choice(options=options):
            value = given if given in options else None
        case Flag():
            value = True if given == YES else None
        case Place():
            value = given if places.get(given) else None
        case Country():
            value = given if given in places.countries else None
        case _:
            pass
    return value


def _number(given: str, least: int, most: int) -> int | None:
    number = int(given) if given.isascii() and given.isdecimal() and len(given) <= len(str(most)) else -1
    return number if least <= number <= most and given == str(number) else None


def suggested(field: Field, told: Sequence[Values], home: str, places: Gazetteer, most: int) -> tuple[str, ...]:
    """The likeliest places or countries for a field; none for another shape.

    Those told lately, then the team's own sites, then the listed places; where somebody is received the team's sites come first.
    """
    if isinstance(field.shape, Place):
        others = (*places.own, *_by_turns(places.listed, home, places))
    elif isinstance(field.shape, Country):
        others = (home, *(places.country_of(key) or home for key in places.listed))
    else:
        return ()
    counted = Counter(places.standing(str(values[field.name])) for values in told if field.name in values)
    lately = tuple(key for key, _ in counted.most_common())
    first = (one for one in lately if one in places.own) if field.column == SITE else ()
    own = places.own if field.column == SITE else ()
    known = (key for key in dict.fromkeys((*first, *own, *lately, *others)) if value_of(field, key, places) is not None)
    return tuple(known)[:most]


def _by_turns(listed: Sequence[str], home: str, places: Gazetteer) -> tuple[str, ...]:
    """One at home, one abroad, and so on: a flight's two ends, while nothing was told yet."""
    here = [key for key in listed if places.country_of(key) == home]
    abroad = [key for key in listed if places.country_of(key) != home]
    return tuple(key for pair in zip_longest(abroad, here) for key in pair if key is not None)
