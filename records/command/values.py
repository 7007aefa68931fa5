"""Values where a field has been opened: for each shape, the ways to read what follows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from records.command.calendar import day_at, moments
from records.command.figures import figures
from records.command.free import free_text, unknown_place
from records.command.item import SKIPPED, How, Raw
from records.command.row import Row, once
from records.command.tokens import Gap
from records.kind import Choice, Code, Count, Country, Day, Field, Moment, Place, Text
from records.vocabulary import Role

_CODE = re.compile(r"[^\W_](?:[^\W_]|[-/])*")
_JOINED_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Found:
    """A value, where it ends, what it costs beyond a plain one, and whether it was marked as not exact."""

    end: int
    value: Raw
    cost: int = 0
    approx: bool = False
    how: How = How.NAMED


def values(row: Row, field: Field, at: int, *, opened: bool = True, unknown: bool = True) -> Iterator[Found]:
    """The values of that field which may stand at a word; `opened` tells whether its own word (no preposition) stands before.

    `unknown` tells whether a place nobody knows is taken.
    """
    if at >= row.end:
        return
    match field.shape:
        case Count():
            yield from _counts(row, field, field.shape, at)
        case Day() | Moment():
            yield from _times(row, field, at)
        case Place():
            yield from _places(row, at, opened=opened, unknown=unknown)
        case Country():
            yield from _countries(row, at)
        case Choice():
            yield from _choices(row, field, at)
        case Code():
            yield from _codes(row, field.shape, at)
        case Text():
            yield from (Found(end, text, cost) for end, text, cost in free_text(row, field.shape, at, line=opened))
        case _:
            return


def _times(row: Row, field: Field, at: int) -> Iterator[Found]:
    if isinstance(field.shape, Moment):
        later = _moment_number(row, field)
        yield from (Found(end, said, far and far + later) for end, said, far in moments(row, at))
        return
    start = row.past(at, Role.PREPOSITION, Role.FILLER, first=Gap.LINK)
    found = day_at(row, start, sure=True)
    if found:
        yield Found(*found, cost=start - at)


def _countries(row: Row, at: int) -> Iterator[Found]:
    at = row.past(at, Role.FILLER, first=Gap.LINK)
    found = row.places(at, loose=True, countries=True)
    if found:
        yield from (Found(found[1], key) for key in found[0])
    whose = row.match(at, Role.DEMONYM)
    if whose:
        yield Found(whose.end, next(whose.of(Role.DEMONYM)).name)


def _counts(row: Row, field: Field, shape: Count, at: int) -> Iterator[Found]:
    start = row.past(at, Role.FILLER, first=Gap.LINK)
    approx = _flag(row, start)
    number_at = start if approx is None else approx
    number_at = row.past(number_at, Role.FILLER, most=1)
    for one in figures(row, number_at):
        if shape.least <= one.number <= shape.most:
            about = approx is not None or (one.approx and not _added(row, one.end))
            found = Found(one.end, one.number, SKIPPED * (start - at), about)
            yield found
            yield from _in_units(row, field, shape, found)
    yield from _amounts(row, field, start)
    negation = row.match(at, Role.NONE)
    if negation is not None and row.linked(at) and row.gap(negation.end) >= Gap.COMMA and shape.least == 0:
        yield Found(negation.end, 0)


def _added(row: Row, end: int) -> bool:
    """Whether the plus behind a number adds what is written together with it: "women 67+men 8"."""
    return row.near(end) and row.tokens[end - 1].text.endswith("+") and row.tokens[end - 1].end == row.tokens[end].start


def _amounts(row: Row, field: Field, at: int) -> Iterator[Found]:
    """A number in one word with what it counts: "المدة ساعتان"."""
    match = row.match(at, Role.AMOUNT, field.name)
    for sense in match.of(Role.AMOUNT) if match else ():
        if match and sense.name == field.name:
            yield Found(match.end, int(sense.option))


def _in_units(row: Row, field: Field, shape: Count, found: Found) -> Iterator[Found]:
    """The number with what it is counted in: "duration 2 hours"."""
    unit = row.match(found.end, Role.UNIT, field.name) if row.near(found.end) else None
    if unit is None or not isinstance(found.value, int):
        return
    number = found.value * int(next(one.option for one in unit.of(Role.UNIT) if one.name == field.name))
    if number <= shape.most:
        yield replace(found, end=unit.end, value=number)


def _flag(row: Row, at: int) -> int | None:
    """Where "about" ends, if it stands there."""
    match = row.match(at, Role.FIELD, row.flag) if row.flag else None
    return match.end if match and row.near(match.end) else None


def _moment_number(row: Row, field: Field) -> int:
    """0 for the kind's first moment, 1 for the next: of two times the day is rather told with the first."""
    return [one.name for one in row.kind.fields if isinstance(one.shape, Moment)].index(field.name)


@once
def _places(row: Row, at: int, *, opened: bool, unknown: bool) -> tuple[Found, ...]:
    return tuple(_each_place(row, at, opened=opened, unknown=unknown))


def _each_place(row: Row, at: int, *, opened: bool, unknown: bool) -> Iterator[Found]:
    at = row.past(at, Role.FILLER, first=Gap.LINK)
    known = row.place(at, loose=True)
    every = row.places(at, loose=True)
    for key in every[0] if every else ():
        end = every[1] if every else at
        yield Found(end, key)
        airport = row.match(end, Role.AIRPORT) if row.near(end) else None
        if airport:
            end = airport.end
            yield Found(end, key)
        yield from _with_country(row, key, end)
    if unknown:
        yield from (Found(end, text, cost) for end, text, cost in unknown_place(row, at, known, opened=opened))


def _with_country(row: Row, key: str, end: int) -> Iterator[Found]:
    """A place and the country it lies in, in either order: "Aktau, Kazakhstan"."""
    if not row.near(end, Gap.COMMA):
        return
    own = row.context.places.country_of(key)
    country = row.place(end, loose=True, countries=True)
    if country and own == country[0] != key:
        yield Found(country[1], key, SKIPPED)
    place = row.place(end, loose=False) if own == key else None
    if place and place[0] != key and row.context.places.country_of(place[0]) == key:
        yield Found(place[1], place[0], SKIPPED)


def _choices(row: Row, field: Field, at: int) -> Iterator[Found]:
    if not row.match(at, Role.CHOICE, field.name):
        at = row.past(at, Role.FILLER, first=Gap.LINK)
    if at >= row.end:
        return
    if row.tokens[at].quoted:
        senses = row.lexicon.senses.get(row.tokens[at].parts, ())
        yield from (Found(at + 1, one.option) for one in senses if one.role is Role.CHOICE and one.name == field.name)
        return
    match = row.match(at, Role.CHOICE, field.name)
    if match is not None:
        yield from (Found(match.end, one.option) for one in match.of(Role.CHOICE) if one.name == field.name)


def _codes(row: Row, shape: Code, at: int) -> Iterator[Found]:
    token = row.tokens[at]
    if token.tail or not _CODE.fullmatch(token.text):
        return
    if not token.quoted and row.matches[at] and not any(one.isdecimal() for one in token.text):
        return
    text = token.text if shape.keep_case else token.text.lower()
    if len(text) <= shape.most:
        yield Found(at + 1, text)
    following = at + 1
    if row.near(following) and text.isalpha() and _JOINED_NUMBER.fullmatch(row.tokens[following].text):
        joined = f"{text}-{row.tokens[following].text}"
        if len(joined) <= shape.most:
            yield Found(following + 1, joined, SKIPPED)
