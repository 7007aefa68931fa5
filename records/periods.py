"""Stretches of the calendar that are asked about, and what each is compared with. Weeks begin on Monday."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from records.kind import Kind
from records.question import Question

DAY = timedelta(days=1)
GRAINS = ("day", "week", "month", "quarter", "year")
_MONTHS_IN_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included, None = open; `name` says how it was asked for.

    Names: all, today, yesterday, this_week, last_month …, last_30_days, "2019", "2019-05", "2019-Q2", "2019-05-31",
    "2019-05-01..2019-05-31".
    """

    name: str
    since: date | None
    until: date | None


ALL = Period("all", None, None)


def relative(grain: str, today: date, which: int) -> Period:
    """A day, week, month, quarter or year: the one it is (`which` 0), the last (-1) or the next (1)."""
    since = begin(grain, today)
    for _ in range(which):
        since = _after(grain, since)
    for _ in range(-which):
        since = begin(grain, since - DAY)
    name = {-1: "yesterday", 0: "today", 1: "tomorrow"}[which] if grain == "day" else f"{_WHICH[which]}_{grain}"
    return Period(name, since, _after(grain, since) - DAY)


def last_days(count: int, today: date) -> Period:
    """The last `count` days, today being one of them."""
    return Period(f"last_{count}_days", today - timedelta(days=count - 1), today)


def month(year: int, number: int) -> Period:
    """A month of a year."""
    since = date(year, number, 1)
    return Period(f"{year:04}-{number:02}", since, _after("month", since) - DAY)


def quarter(year: int, number: int) -> Period:
    """A quarter of a year."""
    since = date(year, _MONTHS_IN_QUARTER * (number - 1) + 1, 1)
    return Period(f"{year:04}-Q{number}", since, _after("quarter", since) - DAY)


def year(number: int) -> Period:
    """A year."""
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def between(since: date | None, until: date | None) -> Period:
    """From a day to a day, either of them open."""
    if since is None and until is None:
        return ALL
    if since is not None and since == until:
        return Period(since.isoformat(), since, until)
    ends = [one.isoformat() if one else "" for one in (since, until)]
    return Period("..".join(ends), since, until)


def begin(grain: str, day: date) -> date:
    """The first day of the day, week, month, quarter or year that day lies in."""
    match grain:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % _MONTHS_IN_QUARTER, 1)
        case "year":
            return date(day.year, 1, 1)
        case _:
            return day


def overview(today: date, kinds: Sequence[Kind], *, calendar: bool = False) -> list[Question]:
    """The questions of the overview: every kind today, in the last 7 and 30 days, and ever; by citizens where it has them.

    `calendar`: this week and this month instead, for those who may only see whole calendar periods.
    """
    recent = (
        (relative("week", today, 0), relative("month", today, 0))
        if calendar
        else (last_days(7, today), last_days(30, today))
    )
    stretches = (relative("day", today, 0), *recent, ALL)
    return [
        Question(
            kind.name, one.since, one.until, by=("citizens",) if "citizens" in kind.by_name else (), period=one.name
        )
        for kind in kinds
        for one in stretches
    ]


def is_calendar(since: date | None, until: date | None) -> bool:
    """Whether it is all time, one day, or a whole week, month, quarter or year."""
    if since is None or until is None:
        return since is until
    return since == until or _grain(Period("", since, until)) is not None


def before(question: Question, today: date) -> Question | None:
    """The same question of the period before; None where there is none to compare with."""
    earlier = earlier_than(Period(question.period, question.since, question.until), today)
    return replace(question, since=earlier.since, until=earlier.until, period=earlier.name) if earlier else None


def earlier_than(period: Period, today: date) -> Period | None:
    """The period before it to compare with, up to the same elapsed days while it is not over; None for an open one.

    On 10 May "this month" is compared with 1 to 10 April. Days are compared with as many days, months with the month before.
    """
    if period.since is None or period.until is None or period.since > today:
        return None
    grain = _grain(period)
    elapsed = (min(period.until, today) - period.since).days
    since = (
        begin(grain, period.since - DAY)
        if grain
        else period.since - timedelta(days=(period.until - period.since).days + 1)
    )
    until = period.since - DAY
    if period.until > today:
        until = min(until, since + timedelta(days=elapsed))
    return between(since, until)


def _grain(period: Period) -> str | None:
    """What the period is one of, if it is a whole week, month, quarter or year."""
    for grain in GRAINS[1:]:
        if period.since == begin(grain, period.since or date.min) and period.until == _after(grain, period.since) - DAY:
            return grain
    return None


def _after(grain: str, since: date) -> date:
    """The first day of the next one."""
    match grain:
        case "week":
            return since + timedelta(days=7)
        case "month":
            return begin("month", since + timedelta(days=31))
        case "quarter":
            return begin("month", since + timedelta(days=95))
        case "year":
            return date(since.year + 1, 1, 1)
        case _:
            return since + DAY


_WHICH = {-1: "last", 0: "this", 1: "next"}
