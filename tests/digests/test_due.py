"""The hour of a digest is the chat's wall clock, whatever the clocks of its country do."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from digests.due import changed_due, due_between, exists, moment_on, next_due, put_right
from records.rule import Rule
from tests.digests.clocks import changes, each_day_once, rules

TELLING = (
    "Asia/Almaty",
    "Asia/Qyzylorda",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Nuuk",
    "America/Havana",
    "America/Asuncion",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Juba",
    "Asia/Beirut",
    "Asia/Damascus",
    "Asia/Baghdad",
    "Asia/Gaza",
    "Asia/Pyongyang",
    "Asia/Tehran",
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


RULES = ("daily", "weekdays", "weekly", "monthly")


@pytest.mark.parametrize("cadence", RULES)
@pytest.mark.parametrize("name", TELLING)
def test_around_every_change_of_its_clocks_a_zone_has_each_hour_once(name: str, cadence: str) -> None:
    zone = ZoneInfo(name)
    jumps = list(changes(zone, date(2011, 1, 1), date(2027, 1, 1)))
    assert jumps or name in {"UTC", "Asia/Baghdad"}
    for change in jumps:
        day = change.astimezone(zone).date()
        for wish in (time(0), time(0, 30), time(1, 30), time(2), time(2, 45), time(8), time(23, 30)):
            for rule in rules(cadence, wish, day):
                each_day_once(rule, zone, day - timedelta(days=3), day + timedelta(days=3), jumps)


@pytest.mark.parametrize("name", TELLING)
def test_any_moment_before_the_next_one_leads_to_it(name: str) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    zone, start = ZoneInfo(name), at("2011-01-01T00:00") + timedelta(days=dice.randrange(5400))
    wish = time(dice.randrange(24), dice.randrange(60))
    for cadence in RULES:
        for rule in rules(cadence, wish, start.date()):
            moments = due_between(rule, zone, start, start + timedelta(days=400))
            assert len(moments) >= 12
            for moment, after in pairwise(moments):
                assert next_due(rule, zone, moment) == after
                assert next_due(rule, zone, moment + (after - moment) * dice.random() * 0.999) == after


def test_every_cadence_keeps_its_days() -> None:
    def days(rule: str, since: str, most: int) -> list[str]:
        zone, moment, found = ZoneInfo("Asia/Almaty"), at(since), []
        for _ in range(most):
            moment = next_due(Rule.parse(rule), zone, moment)
            found.append(f"{moment.astimezone(zone):%a %m-%d %H:%M}")
        return found

    assert days("weekdays 08:00", "2026-05-07T12:00", 3) == ["Fri 05-08 08:00", "Mon 05-11 08:00", "Tue 05-12 08:00"]
    assert days("weekly mon 08:00", "2026-05-04T12:00", 2) == ["Mon 05-11 08:00", "Mon 05-18 08:00"]
    assert days("monthly 1 08:00", "2026-05-01T12:00", 2) == ["Mon 06-01 08:00", "Wed 07-01 08:00"]
    last = days("monthly 31 08:00", "2028-01-01T00:00", 4)
    assert last == ["Mon 01-31 08:00", "Tue 02-29 08:00", "Fri 03-31 08:00", "Sun 04-30 08:00"]
    assert days("monthly 30 08:00", "2027-01-31T12:00", 2) == ["Sun 02-28 08:00", "Tue 03-30 08:00"]


def test_a_week_or_a_month_whose_day_never_was_has_its_digest_when_that_day_would_be_over() -> None:
    zone = ZoneInfo("Pacific/Apia")
    for rule in ("weekly fri 08:00", "monthly 30 08:00"):
        due = next_due(Rule.parse(rule), zone, at("2011-12-24T00:00"))
        assert f"{due.astimezone(zone):%Y-%m-%d %H:%M}" == "2011-12-31 00:00"


@pytest.mark.parametrize(
    ("rule", "zone", "now", "owed", "told", "due"),
    [
        # Today's was still to come: at its new hour, or at once where that has passed.
        ("daily 07:00", "Asia/Almaty", "2026-05-05T02:30", "05-05", "05-04", "2026-05-05T02:30"),
        ("daily 07:45", "Asia/Almaty", "2026-05-05T02:30", "05-05", "05-04", "2026-05-05T02:45"),
        ("daily 18:00", "Asia/Almaty", "2026-05-05T02:30", "05-05", "05-04", "2026-05-05T13:00"),
        # Today's was told: tomorrow.
        ("daily 18:00", "Asia/Almaty", "2026-05-05T05:00", "05-06", "05-05", "2026-05-06T13:00"),
        ("daily 07:00", "Asia/Almaty", "2026-05-05T05:00", "05-06", "05-05", "2026-05-06T02:00"),
        # Nothing was told yet: today, if the hour is still to come.
        ("daily 18:00", "Asia/Almaty", "2026-05-05T05:00", "05-06", None, "2026-05-05T13:00"),
        ("daily 07:00", "Asia/Almaty", "2026-05-05T05:00", "05-06", None, "2026-05-06T02:00"),
        # Around midnight: 23:50 to 00:10 and back.
        ("daily 00:10", "Asia/Almaty", "2026-05-05T18:45", "05-05", "05-04", "2026-05-05T18:45"),
        ("daily 00:10", "Asia/Almaty", "2026-05-05T18:55", "05-06", "05-05", "2026-05-05T19:10"),
        ("daily 23:50", "Asia/Almaty", "2026-05-05T19:05", "05-06", "05-05", "2026-05-06T18:50"),
        ("daily 23:50", "Asia/Almaty", "2026-05-05T19:15", "05-07", "05-06", "2026-05-07T18:50"),
        # East, where it is evening already, and west, where the day that was told has only begun.
        ("daily 08:00", "Asia/Almaty", "2026-05-05T11:30", "05-05", "05-04", "2026-05-05T11:30"),
        ("daily 08:00", "Asia/Tokyo", "2026-05-06T00:00", "05-06", "05-05", "2026-05-06T00:00"),
        ("daily 08:00", "America/New_York", "2026-05-05T05:00", "05-06", "05-05", "2026-05-06T12:00"),
        ("daily 08:00", "Pacific/Kiritimati", "2026-05-05T17:30", "05-05", "05-04", "2026-05-05T18:00"),
        # A day the new rule leaves out isn't owed any more.
        ("weekly mon 08:00", "Asia/Almaty", "2026-05-06T02:30", "05-06", "05-05", "2026-05-11T03:00"),
        ("weekdays 07:00", "Asia/Almaty", "2026-05-09T02:30", "05-09", "05-08", "2026-05-11T02:00"),
        ("daily 08:00", "Asia/Almaty", "2026-05-06T05:00", "05-11", "05-04", "2026-05-07T03:00"),
    ],
)
def test_another_hour_or_zone_neither_repeats_a_day_nor_loses_one(
    rule: str, zone: str, now: str, owed: str, told: str | None, due: str
) -> None:
    last = date.fromisoformat(f"2026-{told}") if told else None
    found = changed_due(Rule.parse(rule), ZoneInfo(zone), at(now), owed=date.fromisoformat(f"2026-{owed}"), told=last)
    assert found == at(due)


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
    for text in (
        "daily 08:00",
        "weekdays 07:30",
        "weekly mon 08:00",
        "weekly sun 23:59",
        "monthly 1 08:00",
        "monthly 31 00:00",
    ):
        assert Rule.parse(text).text == text
    strange = (
        "weekly 08:00",
        "weekly xyz 08:00",
        "weekly 1 08:00",
        "monthly 08:00",
        "monthly 0 08:00",
        "monthly 32 08:00",
    )
    for wrong in (
        "",
        "daily",
        "daily 24:00",
        "daily 8:00",
        "daily 08:00 x",
        "daily mon 08:00",
        "Daily 08:00",
        *strange,
    ):
        with pytest.raises(ValueError, match="not a rule"):
            Rule.parse(wrong)
