"""Days as they are said, put on the calendar."""

from datetime import date

import pytest

from records import days
from records.command import read
from records.days import NoDayError, Said
from records.flight import FLIGHT
from tests.records.said import context, words

TODAY = date(2019, 6, 5)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019-05-31", Said(5, 31, 2019)),
        ("31.05.2019", Said(5, 31, 2019)),
        ("31/05/2019", Said(5, 31, 2019)),
        ("31-05-2019", Said(5, 31, 2019)),
        ("31.05.19", Said(5, 31, 2019)),
        ("31.05", Said(5, 31)),
        ("1/6", Said(6, 1)),
        ("31.05/2019", None),
        ("2019", None),
        ("31", None),
        ("F-0003", None),
    ],
)
def test_figures_are_day_month_year(text: str, said: Said | None) -> None:
    assert days.numeric(text) == said


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (Said(5, 31), "2019-05-31"),
        (Said(12, 4), "2019-12-04"),
        (Said(12, 5), "2018-12-05"),
        (Said(12, 6), "2018-12-06"),
        (Said(1, 1), "2019-01-01"),
        (Said(2, 29), "2020-02-29"),
        (Said(2, 29, 2020), "2020-02-29"),
        (Said(offset=-1), "2019-06-04"),
        (Said(weekday=3), "2019-06-05"),
        (Said(weekday=5), "2019-05-31"),
        (Said(weekday=5, which=-1), "2019-05-31"),
        (Said(weekday=5, which=1), "2019-06-07"),
        (Said(weekday=5, which=0), "2019-06-07"),
        (Said(weekday=3, which=1), "2019-06-12"),
        (Said(weekday=3, which=-1), "2019-05-29"),
        (Said(5, 31, 2019, weekday=5), "2019-05-31"),
    ],
)
def test_what_came_is_the_latest(said: Said, day: str) -> None:
    assert days.resolve(said, TODAY, coming=False).isoformat() == day


def test_what_is_coming_is_the_next() -> None:
    assert days.resolve(Said(weekday=5), TODAY, coming=True) == date(2019, 6, 7)
    assert days.resolve(Said(weekday=3), TODAY, coming=True) == TODAY


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(6, 31, 2019), "no_such_day"),
        (Said(6, 31), "no_such_day"),
        (Said(13, 1, 2019), "no_such_day"),
        (Said(2, 29, 2019), "no_such_day"),
        (Said(1, 0, 2019), "no_such_day"),
        (Said(5, 31, 1999), "year_out_of_range"),
        (Said(5, 31, 2101), "year_out_of_range"),
        (Said(5, 30, 2019, weekday=5), "weekday_mismatch"),
    ],
)
def test_an_impossible_day_is_named(said: Said, code: str) -> None:
    with pytest.raises(NoDayError) as caught:
        days.resolve(said, TODAY, coming=False)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "meridiem", "clock"),
    [
        ("08:30", "", "08:30"),
        ("8:30", "", "08:30"),
        ("8:30", "pm", "20:30"),
        ("12:15", "am", "00:15"),
        ("12:15", "pm", "12:15"),
        ("8", "am", "08:00"),
        ("23:59", "", "23:59"),
        ("24:00", "", None),
        ("8:60", "", None),
        ("13:00", "pm", None),
        ("8", "", None),
        ("8.30", "", None),
    ],
)
def test_times_of_day(text: str, meridiem: str, clock: str | None) -> None:
    assert days.clock(text, meridiem) == clock


def test_a_dot_in_a_time_is_read_where_a_time_must_stand() -> None:
    assert days.clock("8.30", dotted=True) == "08:30"
    assert days.numeric("8.30") == Said(30, 8)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2019-06-05"),
        ("yesterday", "2019-06-04"),
        ("tomorrow", "2019-06-06"),
        ("the day before yesterday", "2019-06-03"),
        ("31 May 2019", "2019-05-31"),
        ("31st May, 2019", "2019-05-31"),
        ("the 31st of May", "2019-05-31"),
        ("May 31", "2019-05-31"),
        ("May 31st 2019", "2019-05-31"),
        ("31-may", "2019-05-31"),
        ("31-May-2019", "2019-05-31"),
        ("Friday, 31 May", "2019-05-31"),
        ("31.05.2019 (Friday)", "2019-05-31"),
        ("on 31.05.2019", "2019-05-31"),
        ("this Friday", "2019-06-07"),
    ],
)
def test_a_post_may_say_its_day_in_many_ways(typed: str, day: str) -> None:
    for said in (
        f"{typed} from Syria to Aktau",
        f"from Syria to Aktau date {typed}",
        f"Date: {typed}\nFrom: Syria\nTo: Aktau",
    ):
        reading = read(said, FLIGHT, words(), context())
        assert not reading.problems, said
        assert reading.values["date"] == day


def test_a_weekday_is_the_coming_one_only_where_nobody_came_yet() -> None:
    def day(text: str) -> object:
        return read(f"Friday from Syria to Aktau {text}", FLIGHT, words(), context()).values["date"]

    assert day("") == day("expected 12") == day("planned") == day("planned 12 women") == "2019-06-07"
    assert day("12 women") == day("arrived") == day("people 12 expected 14") == "2019-05-31"
