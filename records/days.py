"""Days and times of day as people say them, and the calendar days they come to.

A day may be said without its year, as a weekday, or counted from today: `Said` keeps what was said, `resolve` puts it on the
calendar once the message is known to speak of what came or of what is coming.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2000, 2100
_LEAP_SPAN = 8

_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})[:hH](\d{2})(?::00)?")
_DOTTED_CLOCK = re.compile(r"(\d{1,2})\.(\d{2})")
_FOUR_FIGURES = re.compile(r"(\d{2})(\d{2})")
_HOUR = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Said:
    """A day as it was said: a date with or without its year, a weekday (1 = Monday), or days from today.

    `which` tells which of the weekdays: -1 the last, 1 the next, 0 this week's, None not said. A weekday beside a date must
    agree with it.
    """

    month: int = 0
    day: int = 0
    year: int | None = None
    weekday: int | None = None
    which: int | None = None
    offset: int | None = None


class NoDayError(ValueError):
    """What was said is no day: `code` names the problem."""

    def __init__(self, code: str) -> None:
        """`code` is one of no_such_day, weekday_mismatch, year_out_of_range."""
        super().__init__(code)
        self.code = code


def numeric(text: str) -> Said | None:
    """The day written in figures, day before month: `2019-05-31`, `31.05.2019`, `31/05/19`, `31.05`; None if it is none."""
    if match := _YEAR_FIRST.fullmatch(text):
        return Said(int(match[3]), int(match[4]), int(match[1]))
    if match := _DAY_FIRST.fullmatch(text):
        return Said(int(match[3]), int(match[1]), full_year(match[4]))
    if match := _NO_YEAR.fullmatch(text):
        return Said(int(match[2]), int(match[1]))
    return None


def day_of(text: str) -> str | None:
    """The day as it is kept, "2019-05-31", if that is what the text is, digit by digit; None for all else."""
    try:
        return text if date.fromisoformat(text).isoformat() == text else None
    except ValueError:
        return None


def full_year(text: str) -> int:
    """The year of two or four figures."""
    return int(text) + (FIRST_YEAR if len(text) == len("19") else 0)


def clock(text: str, meridiem: str = "", *, dotted: bool = False) -> str | None:
    """The time of day as "08:30"; `8:30`, with "am" or "pm" also `8`, and where a time must stand (`dotted`) `8.30` too."""
    match = _CLOCK.fullmatch(text) or (_DOTTED_CLOCK.fullmatch(text) if dotted or meridiem else None)
    if match:
        hour, minute = int(match[1]), int(match[2])
    elif meridiem and _HOUR.fullmatch(text):
        hour, minute = int(text), 0
    else:
        return None
    if meridiem:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock face
            return None
        hour = hour % 12 + (12 if meridiem == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None  # noqa: PLR2004


def four_figures(text: str) -> str | None:
    """The time of day written without a colon: `0830`; None if it is none."""
    match = _FOUR_FIGURES.fullmatch(text)
    return clock(f"{match[1]}:{match[2]}") if match else None


def resolve(said: Said, today: date, *, coming: bool) -> date:
    """The calendar day that was meant; raises NoDayError if there is none.

    Without a year it is the nearest one. A weekday alone is the next one (today included) if `coming`, else the latest.
    """
    if said.offset is not None:
        return today + timedelta(days=said.offset)
    if not said.month:
        return _weekday(said, today, coming=coming)
    day = _nearest(said, today) if said.year is None else _exact(said)
    if said.weekday is not None and day.isoweekday() != said.weekday:
        raise NoDayError("weekday_mismatch")
    return day


def _exact(said: Said) -> date:
    year = said.year or 0
    try:
        day = date(year, said.month, said.day)
    except ValueError:
        raise NoDayError("no_such_day") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoDayError("year_out_of_range")
    return day


def _nearest(said: Said, today: date) -> date:
    """The date in the year that puts it closest to today (29 February may be some years off); the past one if both are."""
    found = []
    for year in range(max(today.year - _LEAP_SPAN, 1), today.year + _LEAP_SPAN + 1):
        try:
            found.append(date(year, said.month, said.day))
        except ValueError:
            continue
    if not found:
        raise NoDayError("no_such_day")
    return min(found, key=lambda day: (abs((day - today).days), day))


def _weekday(said: Said, today: date, *, coming: bool) -> date:
    wanted = said.weekday or 1
    ahead, back = (wanted - today.isoweekday()) % 7, (today.isoweekday() - wanted) % 7
    if said.which == 1:
        return today + timedelta(days=ahead or 7)
    if said.which == -1:
        return today - timedelta(days=back or 7)
    if said.which == 0:
        return today + timedelta(days=wanted - today.isoweekday())
    return today + timedelta(days=ahead) if coming else today - timedelta(days=back)
