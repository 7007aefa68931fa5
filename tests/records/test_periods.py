"""Stretches of the calendar, and what each is compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import periods
from records.kinds import KINDS
from records.periods import Period, earlier_than
from records.question import Question

TODAY = date(2019, 6, 5)


@pytest.mark.parametrize(
    ("grain", "which", "name", "since", "until"),
    [
        ("day", 0, "today", "2019-06-05", "2019-06-05"),
        ("day", -1, "yesterday", "2019-06-04", "2019-06-04"),
        ("week", 0, "this_week", "2019-06-03", "2019-06-09"),
        ("week", -1, "last_week", "2019-05-27", "2019-06-02"),
        ("month", 0, "this_month", "2019-06-01", "2019-06-30"),
        ("month", -1, "last_month", "2019-05-01", "2019-05-31"),
        ("quarter", 0, "this_quarter", "2019-04-01", "2019-06-30"),
        ("quarter", -1, "last_quarter", "2019-01-01", "2019-03-31"),
        ("year", 0, "this_year", "2019-01-01", "2019-12-31"),
        ("year", -1, "last_year", "2018-01-01", "2018-12-31"),
        ("week", 1, "next_week", "2019-06-10", "2019-06-16"),
    ],
)
def test_weeks_begin_on_monday(grain: str, which: int, name: str, since: str, until: str) -> None:
    assert periods.relative(grain, TODAY, which) == Period(name, date.fromisoformat(since), date.fromisoformat(until))


def test_the_last_days_end_today() -> None:
    assert periods.last_days(30, TODAY) == Period("last_30_days", date(2019, 5, 7), TODAY)


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        (periods.relative("month", TODAY, 0), "2019-05-01", "2019-05-05"),
        (periods.relative("week", TODAY, 0), "2019-05-27", "2019-05-29"),
        (periods.relative("month", TODAY, -1), "2019-04-01", "2019-04-30"),
        (periods.relative("year", TODAY, 0), "2018-01-01", "2018-06-05"),
        (periods.relative("day", TODAY, 0), "2019-06-04", "2019-06-04"),
        (periods.last_days(7, TODAY), "2019-05-23", "2019-05-29"),
        (periods.month(2019, 3), "2019-02-01", "2019-02-28"),
        (periods.between(date(2019, 5, 10), date(2019, 5, 12)), "2019-05-07", "2019-05-09"),
    ],
)
def test_the_period_before_goes_as_far_as_this_one_has(period: Period, since: str, until: str) -> None:
    earlier = earlier_than(period, TODAY)
    assert earlier is not None
    assert (earlier.since, earlier.until) == (date.fromisoformat(since), date.fromisoformat(until))


def test_the_31st_is_compared_with_a_whole_shorter_month() -> None:
    earlier = earlier_than(periods.relative("month", date(2019, 3, 31), 0), date(2019, 3, 31))
    assert earlier is not None
    assert (earlier.since, earlier.until) == (date(2019, 2, 1), date(2019, 2, 28))


@pytest.mark.parametrize("period", [periods.ALL, periods.between(TODAY, None), periods.relative("month", TODAY, 1)])
def test_what_is_open_or_still_ahead_has_nothing_before_it(period: Period) -> None:
    assert earlier_than(period, TODAY) is None


def test_the_question_before_is_the_same_but_for_its_days() -> None:
    asked = Question("flight", date(2019, 5, 1), date(2019, 5, 31), ("citizens",), (("to", "aktau"),), "2019-05")
    earlier = periods.before(asked, TODAY)
    assert earlier == Question(
        "flight", date(2019, 4, 1), date(2019, 4, 30), ("citizens",), (("to", "aktau"),), "2019-04-01..2019-04-30"
    )


def test_the_overview_asks_four_periods_of_every_kind() -> None:
    asked = periods.overview(TODAY, KINDS)
    assert [(one.kind, one.period) for one in asked[:4]] == [
        ("flight", "today"),
        ("flight", "last_7_days"),
        ("flight", "last_30_days"),
        ("flight", "all"),
    ]
    assert len(asked) == 4 * len(KINDS)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.sampled_from(periods.GRAINS))
def test_every_day_lies_in_its_period_and_periods_follow_one_another(day: date, grain: str) -> None:
    this, last = periods.relative(grain, day, 0), periods.relative(grain, day, -1)
    assert this.since is not None
    assert this.until is not None
    assert last.until is not None
    assert this.since <= day <= this.until
    assert last.until + timedelta(days=1) == this.since
