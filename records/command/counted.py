"""A number and what it counts, the number first: "67 women", "12 arrived", "34 legal consultations"."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from records.command import item
from records.command.figures import Figure, figures
from records.command.hours import STATUS, clocks, with_time
from records.command.item import How, Item, Order, Told
from records.command.lexicon import Match
from records.command.row import Row
from records.command.values import values
from records.kind import Count, Field
from records.vocabulary import Role, Sense

PEOPLE = "people"
CITIZENS = "citizens"
SESSIONS = "sessions"


def counted(row: Row, at: int) -> Iterator[Item]:
    """A number and what it counts."""
    for figure in map(partial(_marked, row), figures(row, at)):
        for after in dict.fromkeys((figure.end, row.past(figure.end, Role.FILLER, Role.SUBSET))):
            whose, noun = _citizenship(row, after)
            if whose:
                yield from _of_citizens(row, at, figure, noun, whose)
            if row.near(noun) and not row.tokens[noun].quoted:
                yield from _of_noun(row, at, figure, noun, whose)
                yield from _sort_of(row, at, figure, noun)


def _marked(row: Row, figure: Figure) -> Figure:
    """The number with the word behind it that marks it as not exact: "30 or so"."""
    flag = row.match(figure.end, Role.FIELD, row.flag) if row.flag and row.near(figure.end) else None
    return replace(figure, end=flag.end, approx=True) if flag else figure


def _citizenship(row: Row, at: int) -> tuple[str, int]:
    """Whose citizens are counted, and where the noun stands: "231 Kazakh women", "25 BiH citizens"; "" if it isn't said."""
    whose = row.match(at, Role.DEMONYM) if row.near(at) else None
    if whose:
        return next(whose.of(Role.DEMONYM)).name, whose.end
    country = row.place(at, loose=False, countries=True) if row.near(at) else None
    return country if country and row.match(country[1], Role.FIELD, CITIZENS) else ("", at)


def _of_noun(row: Row, at: int, figure: Figure, after: int, whose: str) -> Iterator[Item]:
    matches = row.matches[after]
    for match in matches:
        for sense in match.senses:
            one = _number_first(row, at, figure, match, sense)
            if one is None or (match is not matches[0] and cut_short(row, one, matches[0])):
                continue
            told = (*one.told, *_citizens(row, whose))
            one = replace(one, cost=one.cost + item.SKIPPED * (after - figure.end), told=told)
            yield one
            yield from _of_country(row, one, matches[0])
            for clock in clocks(row, match) if sense.role is Role.CHOICE else ():
                yield from with_time(row, one, clock)


def _of_citizens(row: Row, at: int, figure: Figure, end: int, whose: str) -> Iterator[Item]:
    """People counted by nothing but whose citizens they are: "25 кыргызстанцев"."""
    people = row.kind.by_name.get(PEOPLE)
    noun = row.match(end, Role.FIELD) if row.near(end) else None
    counted = noun is not None and any(holds(row, one.name, Count) for one in noun.of(Role.FIELD))
    named = row.ends(end, Role.DEMONYM) and not counted
    if named and people is not None and isinstance(people.shape, Count) and figure.number <= people.shape.most:
        told = (Told(PEOPLE, figure.number), *_citizens(row, whose), *approximate(row, approx=figure.approx))
        order = order_of(row, people, Order.NUMBER_FIRST)
        yield Item(at, end, item.ITEM + item.SHORTER, told, order)


def _of_country(row: Row, one: Item, longest: Match) -> Iterator[Item]:
    """The piece with the country its people are of: "25 citizens of Bosnia and Herzegovina"."""
    if not any(sense.name == CITIZENS for sense in longest.of(Role.FIELD)):
        return
    for found in values(row, row.kind.field(CITIZENS), longest.end):
        yield replace(one, end=found.end, told=(*one.told, Told(CITIZENS, found.value)))


def _sort_of(row: Row, at: int, figure: Figure, after: int) -> Iterator[Item]:
    """What a record stands for with its sort between: "34 legal consultations", "2 group sessions"."""
    for sort in row.matches[after]:
        options = list(sort.of(Role.CHOICE))
        counted = row.match(sort.end, Role.FIELD, SESSIONS) if row.near(sort.end) and len(options) == 1 else None
        if counted is None or options[0].name == STATUS:
            continue
        one = _number_first(row, at, figure, counted, Sense(Role.FIELD, SESSIONS))
        if one is not None:
            yield replace(one, told=(*one.told, Told(options[0].name, options[0].option, How.BARE)))


def _citizens(row: Row, whose: str) -> tuple[Told, ...]:
    """Whose citizens they are: "231 Kazakh citizens"."""
    return (Told(CITIZENS, whose),) if whose and CITIZENS in row.kind.by_name else ()


def _number_first(row: Row, at: int, figure: Figure, match: Match, sense: Sense) -> Item | None:
    name = sense.name
    status: tuple[Told, ...] = ()
    if sense.role is Role.CHOICE and name == STATUS and row.kind.status_named[sense.option].counts:
        name, status = PEOPLE, (Told(STATUS, sense.option, How.BARE),)
    elif sense.role not in {Role.FIELD, Role.UNIT}:
        return None
    field = row.kind.by_name.get(name)
    if field is None or not isinstance(field.shape, Count):
        return None
    number = figure.number * (int(sense.option) if sense.role is Role.UNIT else 1)
    if not field.shape.least <= number <= field.shape.most:
        return None
    told = (Told(name, number), *status, *approximate(row, approx=figure.approx))
    return Item(at, match.end, item.ITEM, told, order_of(row, field, Order.NUMBER_FIRST))


def order_of(row: Row, field: Field, order: Order) -> Order:
    """The order of a count; what is measured ("45 minutes") rather than counted keeps to none."""
    return Order.EITHER if field.name in row.lexicon.measured else order


def approximate(row: Row, *, approx: bool) -> tuple[Told, ...]:
    return (Told(row.flag, value=True),) if approx and row.flag else ()


def cut_short(row: Row, one: Item, longest: Match) -> bool:
    """Whether a count was read from the beginning of a longer phrase that is a count itself."""
    return any(holds(row, told.field, Count) for told in one.told) and any(
        holds(row, sense.name, Count) for sense in longest.of(Role.FIELD)
    )


def holds(row: Row, name: str, shape: type) -> bool:
    field = row.kind.by_name.get(name)
    return field is not None and isinstance(field.shape, shape)
