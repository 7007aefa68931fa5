"""Pieces that are wrong: a field whose value doesn't fit, a word that is denied, a word left over."""

from collections.abc import Iterator
from dataclasses import replace

from records.command import item
from records.command.calendar import clock_at, day_at
from records.command.counted import holds
from records.command.figures import figures, wrong
from records.command.guesses import nearest
from records.command.item import Item
from records.command.items import items
from records.command.lexicon import Match
from records.command.row import Row
from records.command.tokens import Gap
from records.command.values import values
from records.fold import fold
from records.kind import Choice, Code, Count, Country, Day, Field, Moment, Place, Text
from records.problem import Problem
from records.vocabulary import Role

_CODES: dict[type, tuple[str, str]] = {
    Count: ("not_a_number", "number"),
    Day: ("not_a_day", "day"),
    Moment: ("not_a_time", "time"),
    Choice: ("not_a_choice", "choice"),
    Country: ("not_a_country", "country"),
    Place: ("not_a_place", "place"),
    Code: ("bad_code", "code"),
}
_MOST_WRONG = 3
"""Words taken for one wrong value."""
_MOST_GUESSED = 64
"""Wrong values guessed at in one message, some of them as one word, as two and as three."""
_MISSING = item.LEFT_OVER - 100


def wrong_values(row: Row, at: int) -> Iterator[Item]:
    """A field's word with a value that doesn't fit, or without one; what is denied."""
    for match in row.matches[at][:1]:
        for sense in match.senses:
            if sense.role in {Role.FIELD, Role.VAGUE, Role.OPENER}:
                yield from _wrong(row, match, row.kind.field(sense.name))
            elif sense.role is Role.NEGATION:
                yield from _negated(row, match)
    yield from _wrong_count(row, at)
    yield from _on_the_way(row, at)


def _wrong(row: Row, match: Match, field: Field) -> Iterator[Item]:
    at, name = match.end, field.name
    shape = type(field.shape)
    _, expected = _CODES.get(shape, ("", "text"))
    missing = Problem(name, "missing_value", row.typed(match.start, at), expected)
    gone = _piece(match.start, at, _MISSING, missing)
    yield replace(gone, fixes=None) if isinstance(field.shape, Count) else gone
    if row.gap(at) >= Gap.COMMA:
        return
    if isinstance(field.shape, Text):
        yield from _too_long(row, match, field, field.shape)
        return
    if match.has(Role.PREPOSITION) and next(figures(row, at), None):
        yield replace(left_over(row, at, ()), start=match.start, cost=item.LEFT_OVER - 1)
        return
    if row.tokens[at].tail:
        return
    if isinstance(field.shape, Count):
        problem = count_problem(row, field, field.shape, at)
        if problem:
            end = next((one.end for one in figures(row, at)), at + 1)
            yield _piece(match.start, end, item.WRONG, problem)
    elif shape in _CODES and not match.has(Role.CHOICE):
        yield from _not_fitting(row, match, field)


def count_problem(row: Row, field: Field, shape: Count, at: int) -> Problem | None:
    """What is wrong with a count; None if it isn't."""
    text = row.tokens[at].text
    figure = next(figures(row, at), None)
    if figure is not None and figure.number > shape.most:
        return Problem(field.name, "too_many", row.typed(at, figure.end), "number", about={"most": shape.most})
    if figure is not None and figure.number < shape.least:
        return Problem(field.name, "too_few", row.typed(at, figure.end), "number", about={"least": shape.least})
    code = wrong(text)
    if code:
        about = {"most": shape.most} if code == "too_many" else {}
        return Problem(field.name, code, text, "number", about=about)
    if figure is None and not row.matches[at] and not _known(row, at):
        return Problem(field.name, "not_a_number", text, "number")
    return None


def _known(row: Row, at: int) -> bool:
    return day_at(row, at) is not None or clock_at(row, at) is not None or row.place(at, loose=False) is not None


def _wrong_count(row: Row, at: int) -> Iterator[Item]:
    """A number that isn't one before the word it counts: "12.5 women", "12345 women"."""
    end = next((one.end for one in figures(row, at)), at + 1)
    if not row.near(end) or row.tokens[at].tail:
        return
    match = row.match(end, Role.FIELD) or row.match(end, Role.UNIT)
    for sense in match.senses if match else ():
        if sense.role not in {Role.FIELD, Role.UNIT}:
            continue
        field = row.kind.field(sense.name)
        if match and isinstance(field.shape, Count) and not row.matches[at]:
            problem = count_problem(row, field, field.shape, at)
            if problem and problem.code != "not_a_number":
                yield _piece(at, match.end, item.WRONG, problem)


def _too_long(row: Row, match: Match, field: Field, shape: Text) -> Iterator[Item]:
    at = match.end
    end = at + 1 if row.tokens[at].tail or row.tokens[at].quoted else row.line_end(at)
    text = row.tokens[at].text if end == at + 1 else row.line(at, end)
    if len(text) > shape.most:
        about = {"most": shape.most, "length": len(text)}
        problem = Problem(field.name, "too_long", text[: shape.most], "text", about=about)
        yield Item(match.start, end, item.WRONG, problems=(problem,), fixes=None)


def _not_fitting(row: Row, match: Match, field: Field) -> Iterator[Item]:
    """One word, or some that nobody understands, where a day, a choice … must stand."""
    at = row.past(match.end, Role.FILLER, first=Gap.LINK)
    if (
        at >= row.end
        or next(values(row, field, match.end), None) is not None
        or any(one.told for one in items(row, at))
    ):
        return
    if isinstance(field.shape, Place) and _no_name(row, match, at):
        return
    end = at + 1
    while end <= at + _MOST_WRONG:
        problem = misfit(row, field, at, end)
        one = _piece(match.start, end, item.WRONG if not problem.guesses else item.GUESSED - 1, problem)
        yield replace(one, fixes=((at, end, problem.guesses[0]),)) if len(problem.guesses) == 1 else one
        if not row.near(end) or row.matches[end] or row.matches[at]:
            return
        end += 1


def _no_name(row: Row, match: Match, at: int) -> bool:
    """Whether a figure or a time stands there; behind a word that opens a time as well, all without a letter: "departs 25:00"."""
    timed = any(holds(row, one.name, Moment) for one in match.senses)
    if timed and not any(map(str.isalpha, row.tokens[at].text)):
        return True
    return next(figures(row, at), None) is not None or clock_at(row, at, sure=True) is not None


def misfit(row: Row, field: Field, at: int, end: int) -> Problem:
    """What stands there as a wrong value of that field, with what it may have been."""
    typed = row.typed(at, end)
    code, expected = _CODES[type(field.shape)]
    about: dict[str, str | int] = {}
    guesses: tuple[str, ...] = ()
    match field.shape:
        case Choice():
            guesses, about = _guesses(row, field, fold(typed)), {"options": ",".join(field.shape.options)}
        case Country() if not row.matches[at]:
            guesses = _guesses(row, field, fold(typed))
        case Code():
            about = {"most": field.shape.most}
        case _:
            pass
    return Problem(field.name, code, typed, expected, guesses, about)


def unfit(field: Field, typed: str) -> Problem:
    """What was typed for that field doesn't fit it, whatever else it may be taken for."""
    code, expected = _CODES[type(field.shape)]
    return Problem(field.name, code, typed, expected)


def _guesses(row: Row, field: Field, word: str) -> tuple[str, ...]:
    """What a wrong value may have been; only so many are guessed at in one message."""
    key = (field.name, word)
    if key not in row.guessed and len(row.guessed) < _MOST_GUESSED:
        row.guessed[key] = _countries(row, word) if isinstance(field.shape, Country) else _options(row, field, word)
    return row.guessed.get(key, ())


def _options(row: Row, field: Field, word: str) -> tuple[str, ...]:
    like = nearest(word, row.lexicon.options(field.name))
    return tuple(row.lexicon.listed.get(one, one) for one in like)


def _countries(row: Row, word: str) -> tuple[str, ...]:
    """The names of countries that are nearly that."""
    places = row.context.places
    like = nearest(word, places.country_names)
    return tuple(dict.fromkeys(places.name(places.phrases[one], row.context.language) for one in like))


def _on_the_way(row: Row, at: int) -> Iterator[Item]:
    """A place where it only stops: no field holds one, and a note may. The word stands before it, or in Kazakh behind."""
    before = row.match(at, Role.VIA)
    found = row.place(before.end if before else at, loose=True)
    behind = row.match(found[1], Role.VIA) if found and not before and row.near(found[1]) else None
    if found is None or not (before or behind):
        return
    end = behind.end if behind else found[1]
    typed = row.typed(at, end)
    note = row.lexicon.note.get(row.context.language, "note")
    fixes = ((at, end, f"; {note}: {typed};"),) if "note" in row.kind.by_name else None
    yield Item(at, end, item.WRONG, problems=(Problem("", "stop_on_the_way", typed),), fixes=fixes)


def _negated(row: Row, match: Match) -> Iterator[Item]:
    """What is denied can't be kept: only counts can be none."""
    end = match.end
    if row.near(end):
        following = row.matches[end]
        end = following[0].end if following else end + 1
    yield Item(
        match.start, end, item.WRONG, problems=(Problem("", "negated", row.typed(match.start, end)),), fixes=None
    )


def left_over(row: Row, at: int, guesses: tuple[str, ...]) -> Item:
    """A word that belongs to nothing; `guesses` is what it may have been."""
    code, end = "unknown_word", at + 1
    token = row.tokens[at]
    denied = row.match(at, Role.NEGATION)
    if denied is not None:
        return Item(
            at, denied.end, item.LEFT_OVER, problems=(Problem("", "negated", row.typed(at, denied.end)),), fixes=None
        )
    if not token.tail and not token.quoted:
        figure, time, day, place = (
            next(figures(row, at), None),
            clock_at(row, at),
            day_at(row, at),
            row.place(at, loose=False),
        )
        if time is not None:
            code, end = "loose_time", time[0]
        elif day is not None:
            code, end = "loose_day", day[0]
        elif figure is not None:
            code, end = "loose_number", figure.end
        elif place is not None:
            code, end = "loose_place", place[1]
        else:
            code = wrong(token.text) or code
    guesses = guesses if code == "unknown_word" else ()
    one = _piece(at, end, item.LEFT_OVER, Problem("", code, row.typed(at, end), guesses=guesses))
    return replace(one, fixes=None) if code.startswith("loose") else one


def _piece(start: int, end: int, cost: int, problem: Problem) -> Item:
    """A wrong piece that is left out of what is offered."""
    return Item(start, end, cost, problems=(problem,), fixes=((start, end, ""),))
