"""What a digest's chart shows: a kind's people week by week, or of a monthly digest month by month."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from digests.sight import KIND
from digests.totals import CITIZENS
from protection.small_numbers import Audience
from records.digest import Chart, Schedule
from records.filters import Conditions
from records.kind import Kind
from records.question import Question, Totals
from storage import count
from storage.transaction import Tx

BARS: Final = 12
WEEK, MONTH = "week", "month"


def grain_of(schedule: Schedule) -> str:
    """The stretches a schedule's chart has bars for."""
    return MONTH if schedule.rule.cadence == "monthly" else WEEK


def chart(
    tx: Tx, team: int, kinds: Sequence[Kind], wanted: Conditions, grain: str, today: date, audience: Audience
) -> Chart | None:
    """The last twelve stretches up to today's, of the first kind the filter lets through; None if nothing in them counts.

    None as well for an audience that may not ask for that: to groups nothing narrowed is broken down.
    """
    only = {value for name, value in wanted if name == KIND}
    kind = next(one for one in kinds if not only or one.name in only)
    filters = tuple(pair for pair in wanted if pair[0] != KIND)
    if filters and audience.masked:
        return None
    begins = stretches(grain, today)
    apart = (CITIZENS,) if CITIZENS in kind.by_name else ()
    found = count.count(tx, team, Question(kind.name, begins[0], today, (*apart, grain), filters), audience)
    counted = {key: totals for key, totals in found.groups if totals.held}
    if not counted:
        return None
    by_day = {(*key[:-1], _first_day(key[-1])): totals for key, totals in counted.items()}
    countries = {key[0] if apart else "": None for key in counted}
    bars = {
        country: tuple((day, by_day.get((*([country] if apart else []), day), Totals())) for day in begins)
        for country in countries
    }
    return Chart(kind.name, grain, bars)


def stretches(grain: str, today: date) -> tuple[date, ...]:
    """The first days of the last twelve weeks or months, today's the last."""
    if grain == WEEK:
        monday = today - timedelta(days=today.weekday())
        return tuple(monday - timedelta(weeks=back) for back in reversed(range(BARS)))
    months = today.year * 12 + today.month - 1
    return tuple(date(one // 12, one % 12 + 1, 1) for one in range(months - BARS + 1, months + 1))


def _first_day(key: str) -> date:
    """Of a week its key is the Monday, of a month "2019-05"."""
    return date.fromisoformat(key if key.count("-") > 1 else f"{key}-01")
