"""What may be read at a word of a message: every well-formed piece that begins there."""

from collections.abc import Iterator
from dataclasses import replace

from records.command import item
from records.command.calendar import MomentSaid, clock_at, day_at
from records.command.counted import CITIZENS, PEOPLE, approximate, counted, cut_short, holds, order_of
from records.command.figures import figures
from records.command.free import named, whole_line_place
from records.command.hours import STATUS, clocks, either, with_time
from records.command.item import How, Item, Order, Told
from records.command.lexicon import Match
from records.command.row import Row, once
from records.command.tokens import Gap
from records.command.values import Found, values
from records.kind import Count, Day, Field, Flag, Moment, Place, Text
from records.places import UNKNOWN
from records.vocabulary import Role, Sense

_AT_LARGE = frozenset({"expected", "boarded"})
"""Counts of people without regard to who they are."""


@once
def items(row: Row, at: int) -> tuple[Item, ...]:
    """The pieces that begin at a word."""
    return tuple(_items(row, at))


def _items(row: Row, at: int) -> Iterator[Item]:
    matches = row.matches[at]
    for match in matches:
        extra = 0 if match is matches[0] else item.SHORTER
        for one in _of_match(row, match):
            if not extra or not cut_short(row, one, matches[0]):
                yield one.dearer(extra) if extra else one
    yield from counted(row, at)
    yield from _bare(row, at)
    if at <= row.ended:
        yield from _ended(row, at)


def _of_match(row: Row, match: Match) -> Iterator[Item]:
    for at, sense in enumerate(match.senses):
        match sense.role:
            case Role.FIELD | Role.VAGUE:
                yield from _field(row, match, sense)
            case Role.OPENER:
                yield from (one.dearer(at) if at else one for one in _opener(row, match, sense))
            case Role.CHOICE:
                yield from _choice(row, match, sense)
            case Role.NONE:
                yield from _none_of(row, match)
            case Role.AMOUNT:
                yield Item(match.start, match.end, item.ITEM, (Told(sense.name, int(sense.option)),))
            case Role.SUBSET | Role.FILLER if sense.role is Role.SUBSET or not row.place(match.start, loose=False):
                yield Item(match.start, match.end, item.FILLING, turns=sense.role is Role.SUBSET)
            case Role.KIND if not _counted_kind(row, match):
                yield Item(match.start, match.end, item.FILLING)
            case Role.PREPOSITION if day_at(row, match.end) or clock_at(row, match.end):
                yield Item(match.start, match.end, item.FILLING)
            case _:
                pass


def _field(row: Row, match: Match, sense: Sense) -> Iterator[Item]:
    field, at = row.kind.field(sense.name), match.end
    if isinstance(field.shape, Flag):
        if row.dash(at):
            yield Item(match.start, at + 1, item.ITEM, (Told(field.name, "", How.REMOVED),))
        yield Item(match.start, at, item.ITEM, (Told(field.name, value=True),))
        return
    if row.gap(match.start) is Gap.LINE and row.gap(at) is Gap.LINE and row.blank(at):
        yield Item(match.start, at, item.ITEM)
        return
    if row.gap(at) >= Gap.COMMA and not (row.gap(at) is Gap.COMMA and row.tokens[at].tail):
        return
    how = How.VAGUE if sense.role is Role.VAGUE else How.NAMED
    if row.dash(at):
        yield Item(match.start, at + 1, item.ITEM, (Told(field.name, "", How.REMOVED),))
    if field.name == STATUS:
        yield from (replace(one, start=match.start) for one in _status(row, at) if len(one.told) > 1)
    for found in _values(row, match, field):
        if match.has(Role.CHOICE) and either(row, found.end, found.value):
            continue
        one = _told(row, match, field, replace(found, how=how))
        yield from _onward(row, one)
        if isinstance(field.shape, Count) and not match.has(Role.CHOICE):
            yield from _again(row, field, one)


def _again(row: Row, field: Field, one: Item) -> Iterator[Item]:
    """A count with its own word behind it as well, or that of people at large: "total 231 people", "expected 150 people"."""
    names = (field.name, PEOPLE) if field.name in _AT_LARGE else (field.name,)
    again = next(filter(None, (row.match(one.end, Role.FIELD, name) for name in names)), None)
    if again and row.near(one.end):
        yield replace(one, end=again.end, cost=one.cost + item.SKIPPED)


def _status(row: Row, at: int) -> Iterator[Item]:
    """A status where one must stand, with what may follow it: "status: arrived 14:30"."""
    match = row.match(at, Role.CHOICE, STATUS)
    for sense in match.of(Role.CHOICE) if match else ():
        if match and sense.name == STATUS:
            yield from _choice(row, match, sense)


def _values(row: Row, match: Match, field: Field) -> Iterator[Found]:
    """The values after a field's own word."""
    at = match.end
    whole_line = row.gap(match.start) is Gap.LINE and row.linked(at)
    if whole_line and isinstance(field.shape, Place):
        yield from (Found(*line) for line in whole_line_place(row, at))
    yield from values(row, field, at, opened=whole_line or not isinstance(field.shape, Text))


def _told(row: Row, match: Match, field: Field, found: Found) -> Item:
    told = [Told(field.name, found.value, found.how, match.end)]
    told += [Told(STATUS, one.option, How.IMPLIED) for one in match.of(Role.CHOICE) if one.name == STATUS]
    if found.approx and row.flag:
        told.append(Told(row.flag, value=True))
    spelt = found.value in {0, 1} and not row.tokens[found.end - 1].text[-1].isdecimal()
    # "امرأة واحدة" and "жетім жоқ" stand behind their word wherever figures stand
    close = isinstance(field.shape, Count) and not row.linked(match.end) and not spelt
    order = order_of(row, field, Order.WORD_FIRST) if close else Order.EITHER
    return Item(match.start, found.end, item.ITEM + found.cost, tuple(told), order)


def _opener(row: Row, match: Match, sense: Sense) -> Iterator[Item]:
    """A preposition before a place, and the time that may follow one that is a status too ("landed in Aktau at 14:30")."""
    field = row.kind.field(sense.name)
    if not isinstance(field.shape, Place) or row.gap(match.end) >= Gap.COMMA:
        return
    sure = not any(one.role is Role.CHOICE or holds(row, one.name, Moment) for one in match.senses)
    told = clocks(row, match)
    for found in values(row, field, match.end, opened=False, unknown=sure):
        one = _told(row, match, field, found)
        yield from _onward(row, one)
        for clock in told:
            yield from with_time(row, one, clock, widest=Gap.COMMA)


def _onward(row: Row, one: Item) -> Iterator[Item]:
    """The piece, and "from Syria → Aktau" as well where a second place is tied to the first."""
    yield one
    if not row.pair or one.told[0].field != row.pair[0] or not _tied(row, one.end):
        return
    for found in values(row, row.kind.field(row.pair[1]), one.end, opened=False, unknown=False):
        yield replace(one, end=found.end, cost=one.cost + found.cost, told=(*one.told, Told(row.pair[1], found.value)))


def _tied(row: Row, at: int) -> bool:
    """Whether a dash or an arrow, no colon, stands before that word."""
    return row.near(at, Gap.LINK) and row.linked(at) and not row.between(at).strip(" \t").startswith((":", "="))


def _choice(row: Row, match: Match, sense: Sense) -> Iterator[Item]:
    """A choice without its field's word; "arrived 246" is the people, too, "arrived 14:30" a time."""
    bare = Item(match.start, match.end, item.ITEM, (Told(sense.name, sense.option, How.BARE),))
    yield bare
    if sense.name != STATUS:
        return
    clock = row.lexicon.clock_of.get(sense.option)
    if clock:
        yield from with_time(row, replace(bare, told=(Told(STATUS, sense.option, How.IMPLIED),)), clock)
    people = row.kind.by_name.get(PEOPLE)
    if not row.kind.status_named[sense.option].counts or people is None or row.gap(match.end) > Gap.LINK:
        return
    for found in values(row, people, match.end):
        told = (*bare.told, Told(PEOPLE, found.value), *approximate(row, approx=found.approx))
        both = Item(match.start, found.end, item.ITEM + item.SKIPPED, told)
        yield both
        if clock:
            yield from with_time(row, both, clock)


def _none_of(row: Row, match: Match) -> Iterator[Item]:
    """None of a subset: "no orphans"."""
    at = row.past(match.end, Role.FILLER)
    if not row.near(at):
        return
    field = row.match(at, Role.FIELD)
    for sense in field.of(Role.FIELD) if field else ():
        shape = row.kind.field(sense.name).shape
        if field and isinstance(shape, Count) and shape.least == 0:
            yield Item(match.start, field.end, item.ITEM, (Told(sense.name, 0),))


def _counted_kind(row: Row, match: Match) -> bool:
    """Whether the kind's own word may count something there ("3 sessions"); in "legal session 12 women" it doesn't."""
    before = match.start - 1
    if row.near(match.start) and before >= 0 and any(one.end == match.start for one in figures(row, before)):
        return True
    named = not match.has(Role.FIELD) or (row.near(match.start) and row.ends(match.start, Role.CHOICE))
    return not named and row.near(match.end, Gap.LINK) and next(figures(row, match.end), None) is not None


def _bare(row: Row, at: int) -> Iterator[Item]:
    """A day, a time, a place or a pair of places without a word of theirs."""
    yield from _bare_day(row, at)
    yield from _whose(row, at)
    time = clock_at(row, at)
    if time and row.only.get(Moment):
        yield Item(at, time[0], item.ITEM, (Told(row.only[Moment], time[1], How.BARE),))
    if time and row.near(time[0]):
        yield from _time_first(row, at, *time)
    places = row.places(at, loose=False)
    if places is None:
        return
    if row.only.get(Place):
        yield from _bare_site(row, at)
    elif row.pair and row.allows(at, places[1], row.pair[0]):
        for key in places[0]:
            yield from _pair(row, at, (key, places[1]))


def _bare_day(row: Row, at: int) -> Iterator[Item]:
    """A day, and the word behind it that tells whose it is: "28 ақпанға дейін"."""
    day = day_at(row, at)
    if day is None or not row.only.get(Day):
        return
    yield Item(at, day[0], item.ITEM, (Told(row.only[Day], day[1], How.BARE),))
    behind = row.match(day[0], Role.BEHIND) if row.near(day[0]) else None
    if behind:
        yield from (Item(at, behind.end, item.ITEM, (Told(one.name, day[1]),)) for one in behind.of(Role.BEHIND))


def _whose(row: Row, at: int) -> Iterator[Item]:
    """A country before the word for its citizens, and how many they are: "Kyrgyz citizens 12"."""
    if at >= _last_of(row, CITIZENS):
        return
    whose = next(values(row, row.kind.field(CITIZENS), at), None)
    word = row.match(whose.end, Role.FIELD, CITIZENS) if whose and row.near(whose.end) else None
    if whose is None or word is None:
        return
    one = Item(at, word.end, item.ITEM, (Told(CITIZENS, whose.value),))
    yield one
    if any(sense.name == PEOPLE for sense in word.of(Role.FIELD)):
        for found in values(row, row.kind.field(PEOPLE), word.end):
            told = (*one.told, Told(PEOPLE, found.value), *approximate(row, approx=found.approx))
            yield replace(one, end=found.end, cost=one.cost + found.cost, told=told)


@once
def _last_of(row: Row, name: str) -> int:
    """The last word at which a field's own word begins; 0 if none does."""
    return next((at for at in range(row.end - 1, 0, -1) if row.match(at, Role.FIELD, name)), 0)


def _ended(row: Row, at: int) -> Iterator[Item]:
    """A place with a case ending, which says what a preposition says elsewhere: "Сириядан", "Ақтау қаласына".

    An ending that may open several fields opens the kind's first of them.
    """
    for found in values(row, row.sited[0], at, opened=False) if row.sited else ():
        name = next((one.name for one in row.sited if row.opens(at, found.end, one.name)), "")
        if not name or not row.allows(found.end - 1, found.end, name):
            continue
        new = str(found.value).startswith(UNKNOWN)
        if new and (not named(row, found.end - 1) or any(one.opens for one in row.tokens[at : found.end - 1])):
            continue
        yield from _onward(row, Item(at, found.end, item.ITEM + found.cost, (Told(name, found.value),)))


def _time_first(row: Row, at: int, end: int, clock: str) -> Iterator[Item]:
    """A time before its verb: "14:30 қонды"; behind one it is rather read with that."""
    for match in row.matches[end][:1]:
        told = tuple(Told(STATUS, one.option, How.IMPLIED) for one in match.of(Role.CHOICE) if one.name == STATUS)
        for name in clocks(row, match) if told else ():
            yield Item(at, match.end, item.ITEM + item.SHORTER, (Told(name, MomentSaid(clock)), *told))


def _bare_site(row: Row, at: int) -> Iterator[Item]:
    field = row.kind.field(row.only[Place])
    for found in values(row, field, at, opened=False, unknown=True):
        if row.allows(at, found.end, field.name):
            yield Item(at, found.end, item.ITEM + found.cost, (Told(field.name, found.value, How.BARE),))


def _pair(row: Row, at: int, place: tuple[str, int]) -> Iterator[Item]:
    """Two places joined by "to" or a dash: both, or the first where the second has its preposition."""
    first, second = row.pair
    key, end = place
    if _tied(row, end):
        for found in values(row, row.kind.field(second), end, opened=False, unknown=False):
            if not row.allows(end, found.end, second):
                continue
            told = (Told(first, key, How.BARE), Told(second, found.value, How.BARE))
            yield Item(at, found.end, item.ITEM + found.cost, told)
        return
    opener = row.match(end, Role.OPENER, second) if row.near(end) else None
    if opener and row.near(opener.end) and row.place(opener.end, loose=True):
        yield Item(at, end, item.ITEM, (Told(first, key, How.BARE),))
