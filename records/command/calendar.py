"""Days and moments among the words of a message."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from records import days
from records.command.lexicon import Match
from records.command.row import Row
from records.command.tokens import Gap
from records.days import Said
from records.vocabulary import Role

_MOST_DAYS = 31
_FAR = 20
"""A day behind the time is rather the record's own, told without a word."""


_NEAR_YEARS = 2
"""Four figures this near are rather a year."""


@dataclass(frozen=True, slots=True)
class MomentSaid:
    """A time of day, and the day said with it."""

    clock: str
    day: Said | None = None


Found: TypeAlias = tuple[int, Said]
"""Where a day ends, and the day."""


def day_at(row: Row, at: int, *, sure: bool = False) -> Found | None:
    """The day said at a word; `sure` where a day must stand, so that "12/13" is a wrong one rather than none."""
    if at >= row.end or row.tokens[at].tail:
        return None
    relative = row.match(at, Role.RELATIVE)
    if relative is not None:
        return relative.end, Said(offset=int(next(relative.of(Role.RELATIVE)).name))
    week = _weekday(row, at)
    if week is not None:
        return _weekday_first(row, *week, sure=sure)
    found = _date(row, at, sure=sure)
    if found is None or not row.near(found[0], Gap.COMMA):
        return found
    after = row.match(found[0], Role.WEEKDAY)
    if after is None or _date(row, after.end, sure=False):
        return found
    return after.end, replace(found[1], weekday=int(next(after.of(Role.WEEKDAY)).name))


def moments(row: Row, at: int) -> Iterator[tuple[int, MomentSaid, int]]:
    """The moments that may be said at a word where one must stand: where each ends, and how far-fetched it is."""
    at = row.past(at, Role.PREPOSITION, Role.FILLER, first=Gap.LINK)
    time = clock_at(row, at, sure=True) or four_figures(row, at)
    if time is not None:
        yield time[0], MomentSaid(time[1]), 0
        if row.near(time[0]):
            later = day_at(row, row.past(time[0], Role.PREPOSITION, most=1))
            if later is not None:
                yield later[0], MomentSaid(time[1], later[1]), _FAR
    day = day_at(row, at)
    if day is not None and row.near(day[0], Gap.COMMA):
        after = row.past(day[0], Role.PREPOSITION, widest=Gap.COMMA, most=1)
        after_day = clock_at(row, after, sure=True) or four_figures(row, after)
        if after_day is not None:
            yield after_day[0], MomentSaid(after_day[1], day[1]), 0


def clock_at(row: Row, at: int, *, sure: bool = False) -> tuple[int, str] | None:
    """The time of day at a word; `sure` where one must stand, so that "8.30" is one."""
    if at >= row.end or row.tokens[at].tail:
        return None
    named = row.match(at, Role.CLOCK)
    if named is not None:
        return named.end, next(named.of(Role.CLOCK)).name
    half = row.match(at, Role.MERIDIEM)
    if half is not None and row.near(half.end) and ":" in row.tokens[half.end].text:
        time = days.clock(row.tokens[half.end].text, next(half.of(Role.MERIDIEM)).name)
        return (_past_ending(row, half.end + 1), time) if time else None
    text = row.tokens[at].text
    if not text[0].isdecimal():
        return None
    meridiem = row.match(at + 1, Role.MERIDIEM) if row.near(at + 1) else None
    if meridiem is not None:
        time = days.clock(text, next(meridiem.of(Role.MERIDIEM)).name)
        return (meridiem.end, time) if time else None
    time = days.clock(text, dotted=sure)
    return (_past_ending(row, at + 1), time) if time else None


def four_figures(row: Row, at: int) -> tuple[int, str] | None:
    """The time without a colon at a word where one must stand ("ETA 0830"); a year of these days is none, nor is a day's."""
    if at >= row.end or row.tokens[at].tail or row.tokens[at].quoted:
        return None
    time = days.four_figures(row.tokens[at].text)
    if time is None or abs(int(row.tokens[at].text) - row.context.today.year) <= _NEAR_YEARS or day_at(row, at):
        return None
    return at + 1, time


def _past_ending(row: Row, at: int) -> int:
    """Behind the ending tied to a figure: "14:30-да"."""
    tied = row.near(at) and row.between(at) in {"-", "–"}
    return row.past(at, Role.ORDINAL, most=1) if tied else at


def _weekday(row: Row, at: int) -> tuple[int, Said] | None:
    which = row.match(at, Role.WHICH)
    start = which.end if which else at
    if which and not row.near(start):
        return None
    match = row.match(start, Role.WEEKDAY)
    if match is None:
        return None
    said = int(next(which.of(Role.WHICH)).name) if which else None
    end, said = (match.end, said) if which else which_behind(row, match.end)
    return end, Said(weekday=int(next(match.of(Role.WEEKDAY)).name), which=said)


def which_behind(row: Row, at: int) -> tuple[int, int | None]:
    """Which of several is told behind the word: where that ends, and the one; `at` and None if it isn't."""
    which = row.match(at, Role.WHICH_BEHIND) if row.near(at) else None
    return (which.end, int(next(which.of(Role.WHICH_BEHIND)).name)) if which else (at, None)


def _weekday_first(row: Row, end: int, said: Said, *, sure: bool) -> Found:
    """A weekday and the date beside it, "Friday, 31 May 2019", are one day."""
    if said.which is None and row.near(end, Gap.COMMA):
        found = _date(row, row.past(end, Role.FILLER, Role.PREPOSITION, most=1), sure=sure)
        if found is not None:
            return found[0], replace(found[1], weekday=said.weekday)
    return end, said


def _date(row: Row, at: int, *, sure: bool) -> Found | None:
    """A date in figures or with the month's name."""
    if at >= row.end:
        return None
    token = row.tokens[at]
    text = token.text
    if text[0].isdecimal():
        said = days.numeric(text)
        if said is not None:
            return (_past_ending(row, at + 1), said) if sure or _likely(row, at, said) else None
        if text.isdecimal() and 1 <= int(text) <= _MOST_DAYS and len(text) <= len("31"):
            return _day_month(row, at)
        return _year_first(row, at) or _in_one(row, at)
    return _month_day(row, at)


def _likely(row: Row, at: int, said: Said) -> bool:
    """Whether two or three figures are a day where none must stand: "31.05" and "3.6" are, "8.30" and "12.5 women" aren't."""
    if said.year is not None or not (1 <= said.month <= 12 and 1 <= said.day <= _MOST_DAYS):  # noqa: PLR2004 - months
        return said.year is not None
    if row.tokens[at].text[-2:].isdecimal():
        return True
    counting = (Role.FIELD, Role.UNIT)
    after = row.near(at + 1) and any(row.match(at + 1, role) for role in counting)
    before = at > 0 and row.gap(at) <= Gap.LINK and any(row.ends(at, role) for role in counting)
    return not after and not before


def _day_month(row: Row, at: int) -> Found | None:
    """31 May, 31st of May 2019, 31. May."""
    after = row.past(at + 1, Role.ORDINAL, Role.FILLER)
    dotted = row.near(after, Gap.COMMA) and row.between(after).strip() == "."
    if not row.near(after) and not dotted:
        return None
    month = row.match(after, Role.MONTH)
    if month is None:
        return None
    number = int(next(month.of(Role.MONTH)).name)
    return _with_year(row, month_end(row, month), Said(number, int(row.tokens[at].text)))


def month_end(row: Row, month: Match) -> int:
    """Where a month ends that may be told by both its names: "أيار/مايو"."""
    name = next(month.of(Role.MONTH)).name
    again = row.match(month.end, Role.MONTH, name) if row.near(month.end, Gap.COMMA) else None
    return again.end if again else month.end


def _year_first(row: Row, at: int) -> Found | None:
    """2019 жылғы 31 мамыр: the year with its word before the day."""
    text = row.tokens[at].text
    year = int(text) if text.isdecimal() and len(text) == len("2019") else 0
    after = row.past(at + 1, Role.FILLER, widest=Gap.SPACE, most=1)
    if not days.FIRST_YEAR <= year <= days.LAST_YEAR or after == at + 1:
        return None
    if row.near(after, Gap.COMMA) and row.tokens[after].text.isdecimal() and int(row.tokens[after].text) <= _MOST_DAYS:
        found = _day_month(row, after)
        return (found[0], replace(found[1], year=year)) if found and found[1].year is None else None
    return None


def _month_day(row: Row, at: int) -> Found | None:
    """May 31, May 31st, 2019."""
    month = row.match(at, Role.MONTH)
    if month is None or not row.near(month.end, Gap.LINK):
        return None
    after = row.past(month.end, Role.FILLER, most=1)
    text = row.tokens[after].text if after < row.end else ""
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_DAYS:
        return None
    end = row.past(after + 1, Role.ORDINAL, most=1)
    return _with_year(row, end, Said(int(next(month.of(Role.MONTH)).name), int(text)))


def _with_year(row: Row, at: int, said: Said) -> Found:
    if row.near(at, Gap.COMMA) and len(row.tokens[at].text) == len("2019") and row.tokens[at].text.isdecimal():
        year = int(row.tokens[at].text)
        if row.near(at) or days.FIRST_YEAR <= year <= days.LAST_YEAR:
            return at + 1, replace(said, year=year)
    return at, said


def _in_one(row: Row, at: int) -> Found | None:
    """31-May-2019, typed as one word."""
    parts = row.tokens[at].parts
    if len(parts) not in {2, 3} or not parts[0].isdecimal() or len(parts[0]) > len("31"):
        return None
    month = next((one for one in row.lexicon.senses.get((parts[1],), ()) if one.role is Role.MONTH), None)
    if month is None or not all(part.isdecimal() and len(part) in {2, 4} for part in parts[2:]):
        return None
    said = Said(int(month.name), int(parts[0]), days.full_year(parts[2]) if parts[2:] else None)
    return _with_year(row, at + 1, said) if said.year is None else (at + 1, said)
