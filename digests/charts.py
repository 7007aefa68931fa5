"""What a digest's chart shows: a kind's people week by week, or of a monthly digest month by month."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from digests.sight import KIND
from digests.totals import Sums
from protection.small_numbers import Audience
from records.digest import Chart, Schedule
from records.filters import Conditions
from records.kind import Kind
from records.question import Totals
from storage.transaction import Tx

BARS: Final = 12
WEEK, MONTH = "week", "month"


def grain_of(schedule: Schedule) -> str:
    """The stretches a schedule's chart has bars for."""
    return MONTH if schedule.rule.cadence == "monthly" else WEEK


def sums(
    tx: Tx, team: int, kinds: Sequence[Kind], filters: Iterable[Conditions], grain: str, today: date, audience: Audience
) -> Sums:
    """All that the charts of these filters are drawn from, in one read of each kind."""
    return Sums(tx, team, kinds, filters, audience, since=stretches(grain, today)[0], until=today, grains=(grain,))


def chart(read: Sums, wanted: Conditions, grain: str, today: date, audience: Audience) -> Chart | None:
    """The last twelve stretches up to today's, of the first kind the filter lets through; None if nothing in them counts.

    None as well for an audience that may not ask for that: to groups nothing narrowed is broken down.
    """
    if audience.masked and any(name != KIND for name, _ in wanted):
        return None
    first = read.through(wanted)[0]
    counted = {key: totals for key, totals in first.groups if totals.held or totals.cells}  # a summary is no flight
    if not counted:
        return None
    by_day = {(*country, _first_day(key)): totals for (*country, key), totals in counted.items()}
    bars = {
        "".join(country): tuple((day, by_day.get((*country, day), Totals())) for day in stretches(grain, today))
        for country in dict.fromkeys(key[:-1] for key in counted)
    }
    return Chart(first.question.kind, grain, bars)


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
