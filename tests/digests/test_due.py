"""The hour of a digest is the chat's wall clock, whatever the clocks of its country do."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from digests.due import due_between, exists, moment_on, next_due, put_right
from records.rule import Rule

TELLING = (
    "Asia/Almaty",
    "Asia/Qyzylorda",
    "America/New_York",
    "America/St_Johns",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Damascus",
    "Asia/Baghdad",
    "Asia/Gaza",
    "America/Havana",
    "America/Asuncion",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "UTC",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(zone: str, at_time: str, since: str, days: int) -> list[str]:
    """The next `days` moments after `since`, as the zone's wall clock shows them."""
    moment, there, shown = at(since), ZoneInfo(zone), []
    for _ in range(days):
        moment = next_due(Rule("daily", at_time), there, moment)
        shown.append(f"{moment.astimezone(there):%m-%d %H:%M%z}")
    return shown


def test_eight_stays_eight_when_kazakhstan_changes_its_zone() -> None:
    assert local("Asia/Almaty", "08:00", "2024-02-28T00:00", 4) == [
        "02-28 08:00+0600",
        "02-29 08:00+0600",
        "03-01 08:00+0500",
        "03-02 08:00+0500",
    ]


def test_an_hour_that_comes_twice_counts_once() -> None:
    # Almaty's midnight of 1 March 2024 came back as 23:00 of 29 February.
    assert local("Asia/Almaty", "23:30", "2024-02-28T00:00", 3) == [
        "02-28 23:30+0600",
        "02-29 23:30+0600",
        "03-01 23:30+0500",
    ]
    assert local("America/New_York", "01:30", "2024-11-02T00:00", 3) == [
        "11-02 01:30-0400",
        "11-03 01:30-0400",
        "11-04 01:30-0500",
    ]
    assert local("Europe/Berlin", "02:15", "2024-10-26T12:00", 2) == ["10-27 02:15+0200", "10-28 02:15+0100"]


@pytest.mark.parametrize(
    ("zone", "at_time", "since", "first"),
    [
        ("America/New_York", "02:30", "2024-03-10T00:00", "03-10 03:00-0400"),
        ("America/New_York", "02:00", "2024-03-10T00:00", "03-10 03:00-0400"),
        ("Europe/Berlin", "02:59", "2024-03-30T12:00", "03-31 03:00+0200"),
        ("Asia/Beirut", "00:00", "2024-03-30T12:00", "03-31 01:00+0300"),
        ("Africa/Cairo", "00:15", "2024-04-25T12:00", "04-26 01:00+0300"),
        ("America/Havana", "00:30", "2024-03-09T12:00", "03-10 01:00-0400"),
        ("Australia/Lord_Howe", "02:10", "2024-10-05T00:00", "10-06 02:30+1100"),
        ("Antarctica/Troll", "01:30", "2024-03-30T12:00", "03-31 03:00+0200"),
    ],
)
def test_a_skipped_hour_comes_at_the_first_moment_after_the_gap(
    zone: str, at_time: str, since: str, first: str
) -> None:
    after_it = (datetime.strptime(first, "%m-%d %H:%M%z") + timedelta(days=1)).strftime("%m-%d") + f" {at_time}"
    told = local(zone, at_time, since, 2)
    assert told[0] == first
    assert told[1].startswith(after_it)


def test_a_day_that_never_was_has_no_digest() -> None:
    assert local("Pacific/Apia", "08:00", "2011-12-29T00:00", 3) == [
        "12-29 08:00-1000",
        "12-31 08:00+1400",
        "01-01 08:00+1400",
    ]
    assert local("Pacific/Apia", "00:00", "2011-12-28T12:00", 3) == [
        "12-29 00:00-1000",
        "12-31 00:00+1400",
        "01-01 00:00+1400",
    ]
    assert not exists(date(2011, 12, 30), ZoneInfo("Pacific/Apia"))


def test_the_moment_itself_is_not_after_itself() -> None:
    zone = ZoneInfo("Asia/Almaty")
    due = next_due(Rule(), zone, at("2026-05-05T12:00"))
    assert due == at("2026-05-06T03:00")
    assert next_due(Rule(), zone, due) == at("2026-05-07T03:00")
    assert next_due(Rule(), zone, due - timedelta(microseconds=1)) == due


@pytest.mark.parametrize("name", TELLING)
def test_every_day_has_its_hour_once_and_it_is_the_wall_clock_s(name: str) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    zone, start = ZoneInfo(name), at("2011-01-01T00:00") + timedelta(days=dice.randrange(5400))
    wish = time(dice.randrange(24), dice.randrange(60))
    rule = Rule("daily", f"{wish:%H:%M}")
    moments = due_between(rule, zone, start, start + timedelta(days=400))
    days = [moment.astimezone(zone).date() for moment in moments]
    assert days == sorted(set(days))
    assert moments == sorted(set(moments))
    span = {days[0] + timedelta(days=ahead) for ahead in range((days[-1] - days[0]).days + 1)}
    assert all(not exists(day, zone) for day in span - set(days))
    for moment in moments:
        shown = moment.astimezone(zone)
        if (shown.hour, shown.minute) != (wish.hour, wish.minute):
            assert (shown - timedelta(hours=3)).utcoffset() is not None
            assert (moment - timedelta(seconds=1)).astimezone(zone).utcoffset() != shown.utcoffset()
        else:
            assert shown.fold == 0
    for moment, after in pairwise(moments):
        assert next_due(rule, zone, moment) == after
        assert next_due(rule, zone, moment + (after - moment) * dice.random() * 0.999) == after


def test_a_due_date_kept_under_old_zone_data_is_put_right() -> None:
    zone, now = ZoneInfo("Asia/Almaty"), at("2024-03-02T00:00")
    assert put_right(Rule(), zone, at("2024-03-02T02:00"), now) == at("2024-03-02T03:00")
    assert put_right(Rule(), zone, at("2024-03-02T04:00"), now) == at("2024-03-02T03:00")
    assert put_right(Rule(), zone, at("2024-03-02T03:00"), now) == at("2024-03-02T03:00")


def test_what_is_due_stays_due() -> None:
    zone, now = ZoneInfo("Asia/Almaty"), at("2024-05-02T00:00")
    assert put_right(Rule(), zone, at("2024-04-02T03:00"), now) == at("2024-04-02T03:00")


def test_a_clock_that_ran_wild_loses_no_morning() -> None:
    zone, now = ZoneInfo("Asia/Almaty"), at("2026-05-05T12:00")
    assert put_right(Rule(), zone, at("2099-01-01T03:00"), now) == at("2026-05-06T03:00")


def test_a_clock_set_back_an_hour_repeats_no_morning() -> None:
    zone = ZoneInfo("Asia/Almaty")
    cut = next_due(Rule(), zone, at("2026-05-06T03:00:02"))
    assert put_right(Rule(), zone, cut, at("2026-05-06T02:10")) == cut == at("2026-05-07T03:00")


def test_a_gap_ends_to_the_second() -> None:
    zone = ZoneInfo("Africa/Monrovia")  # its clocks went 44 minutes and 30 seconds forward on 7 January 1972
    assert moment_on(date(1972, 1, 7), time(0, 20), zone).astimezone(zone).strftime("%H:%M:%S") == "00:44:30"


def test_a_rule_is_read_back_as_written() -> None:
    assert Rule.parse(Rule("daily", "23:59").text) == Rule("daily", "23:59")
    for wrong in ("", "daily", "daily 24:00", "daily 8:00", "weekly 08:00", "daily 08:00 x"):
        with pytest.raises(ValueError, match="not a rule"):
            Rule.parse(wrong)
