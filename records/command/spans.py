"""Periods among the words of a question: this week, last 30 days, May 2019, from a day to a day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from records import days, periods
from records.command.calendar import day_at, month_end, which_behind
from records.command.figures import figures
from records.command.row import Row, once
from records.command.tokens import Gap
from records.days import Said
from records.periods import Period
from records.vocabulary import Role

_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-./](\d{4})")
_YEAR = re.compile(r"(?:20\d\d|2100)")
_QUARTER = re.compile(r"(?:(\d{4})[-/]?)?[qQ]([1-4])(?:[-/]?(\d{4}))?")
_MOST_DAYS = 36_600


class ReversedError(ValueError):
    """The period ends before it begins."""


def period_at(row: Row, at: int) -> tuple[int, Period] | None:
    """The longest period said at a word and where it ends; raises NoDayError or ReversedError if there can be none such."""
    found = _longest(row, at)
    if found is None:
        return None
    end, period = found
    joint = _joint(row, end)
    if joint:
        other = _longest(row, joint)
        if other is not None:
            return other[0], _between(period.since, other[1].until)
    return found


def period_behind(row: Row, at: int) -> tuple[int, Period] | None:
    """A stretch whose words stand behind its ends: "мамырдан бастап", "01.05.2019 бастап 28.05.2019 дейін"."""
    first = _longest(row, at)
    if first is None:
        return None
    end, period = first
    since = row.match(end, Role.BEHIND, "date") if row.near(end) else None
    begun = since.end if since else end
    last = period
    if row.near(begun) and (since or not _YEAR.fullmatch(row.tokens[at].text)):
        found = _longest(row, begun)
        end, last = found or (end, period)
    until = row.match(end, Role.BEHIND, "until") if row.near(end) else None
    if until:
        return until.end, _between(period.since if last is not period else None, last.until)
    return (since.end, periods.between(period.since, None)) if since else None


def open_period(row: Row, at: int) -> tuple[int, Period] | None:
    """A stretch open at an end, "since 1 May", or from a day to a day."""
    word = row.match(at, Role.ASKING, "since") or row.match(at, Role.ASKING, "until")
    if word is None or not row.near(word.end, Gap.LINK):
        return None
    found = period_at(row, word.end)
    if found is None:
        return None
    end, period = found
    first = any(one.name == "since" for one in word.of(Role.ASKING))
    joined = _joint(row, word.end) or period.name.count("..")
    if not first:
        return end, periods.between(None, period.until)
    return end, period if joined or _ended(row, end) else periods.between(period.since, None)


def _ended(row: Row, end: int) -> bool:
    del row, end
    return False


def _between(since: date | None, until: date | None) -> Period:
    if since is not None and until is not None and until < since:
        raise ReversedError
    return periods.between(since, until)


def _joint(row: Row, at: int) -> int:
    """Where the end of a stretch begins, if a dash or "to" joins one here; else 0."""
    if row.gap(at) is Gap.LINK and at < row.end:
        return at
    word = row.match(at, Role.ASKING, "until") if row.near(at) else None
    return word.end if word and row.near(word.end) else 0


@once
def _longest(row: Row, at: int) -> tuple[int, Period] | None:
    """The longest period that begins at a word."""
    return max(_periods(row, at), key=lambda one: one[0], default=None)


def _periods(row: Row, at: int) -> Iterator[tuple[int, Period]]:
    if at >= row.end:
        return
    today = row.context.today
    everything = row.match(at, Role.PERIOD, "all")
    if everything:
        yield everything.end, periods.ALL
    yield from _which(row, at, today)
    yield from _named(row, at, today)
    found = day_at(row, at)
    if found:
        end, said = found
        if said.offset in {-1, 0, 1}:
            yield end, periods.relative("day", today, said.offset or 0)
        else:
            day = days.resolve(said, today, coming=False)
            yield end, periods.between(day, day)


def _which(row: Row, at: int, today: date) -> Iterator[tuple[int, Period]]:
    """A week told by which one it is, or a number of days: "this week", "last 30 days"."""
    which = row.match(at, Role.WHICH)
    start = which.end if which else at
    grain = row.match(start, Role.PERIOD)
    if grain and which is None:
        end, told = which_behind(row, grain.end)
        name = next(grain.of(Role.PERIOD)).name
        if told is not None and name in periods.GRAINS:
            yield end, periods.relative(name, today, told)
    if which and grain:
        name = next(grain.of(Role.PERIOD)).name
        if name in periods.GRAINS:
            yield grain.end, periods.relative(name, today, int(next(which.of(Role.WHICH)).name))
    if which is None or next(which.of(Role.WHICH)).name == "-1":
        yield from _last(row, start, today)


def _last(row: Row, at: int, today: date) -> Iterator[tuple[int, Period]]:
    """A number of days up to today, in figures or in one word ("أسبوعين")."""
    figure = next(figures(row, at), None)
    unit = row.match(figure.end, Role.PERIOD) if figure else None
    told = [(figure.number, next(unit.of(Role.PERIOD)).name, unit.end)] if figure and unit else []
    amount = row.match(at, Role.AMOUNT)
    told += [(int(one.option), one.name, amount.end) for one in amount.of(Role.AMOUNT)] if amount else []
    for number, grain, end in told:
        length = {"day": 1, "week": 7}.get(grain, 0) * number
        if 1 <= number <= _MOST_DAYS and 0 < length < (today - date.min).days:
            yield end, periods.last_days(length, today)


def _named(row: Row, at: int, today: date) -> Iterator[tuple[int, Period]]:
    """2019-05, 05.2019, 2019, 2019-Q2, May 2019, May."""
    text = row.tokens[at].text
    if match := _MONTH.fullmatch(text):
        yield from _month(at + 1, int(match[1]), int(match[2]))
    elif match := _MONTH_FIRST.fullmatch(text):
        yield from _month(at + 1, int(match[2]), int(match[1]))
    elif _YEAR.fullmatch(text):
        yield at + 1, periods.year(int(text))
    elif match := _QUARTER.fullmatch(text):
        told = match[1] or match[3]
        following = row.tokens[at + 1].text if row.near(at + 1) else ""
        if told or _YEAR.fullmatch(following):
            yield at + (1 if told else 2), periods.quarter(_year(told or following), int(match[2]))
    named = row.match(at, Role.MONTH)
    if named is not None:
        number = int(next(named.of(Role.MONTH)).name)
        end = month_end(row, named)
        following = row.tokens[end].text if row.near(end, Gap.SPACE if end == named.end else Gap.COMMA) else ""
        if _YEAR.fullmatch(following):
            yield end + 1, periods.month(int(following), number)
        else:
            nearest = days.resolve(Said(number, 1), today + timedelta(days=1), coming=False)
            past = nearest.year if nearest <= today else nearest.year - 1
            yield end, periods.month(past, number)


def _month(end: int, year: int, number: int) -> Iterator[tuple[int, Period]]:
    if 1 <= number <= 12:  # noqa: PLR2004 - months
        yield end, periods.month(_year(str(year)), number)


def _year(text: str) -> int:
    """The year, if it is one this desk is for."""
    number = int(text)
    if not days.FIRST_YEAR <= number <= days.LAST_YEAR:
        raise days.NoDayError("year_out_of_range")
    return number
