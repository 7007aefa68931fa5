"""A flight: its status by its day and hour, its leg by its countries, what must be there, what needs attention."""

from datetime import date

import pytest

from records.flight import FLIGHT, leg_is_assumed
from records.kind import Choice, Value, Values
from records.moments import trip
from records.record import facts
from tests.records.ground import ALMATY, context, gazetteer, refused, settled

BASE: dict[str, Value] = {
    "date": "2019-05-31",
    "from": "al-hasakah",
    "to": "aktau",
    "women": 67,
    "men": 8,
    "children": 171,
}


def flight(said: Values | None = None, now: str = "2019-06-10T12:00") -> Values:
    return settled(FLIGHT, {**BASE, **(said or {})}, context(now))


def wrong(said: Values, now: str = "2019-06-10T12:00") -> set[str]:
    return set(refused(FLIGHT, {**BASE, **said}, context(now)))


@pytest.mark.parametrize(
    ("now", "said", "status"),
    [
        ("2019-06-01T01:30", {}, "arrived"),
        ("2019-06-01T00:30", {}, "unsettled"),
        ("2019-05-30T23:00", {}, "planned"),
        ("2019-05-31T12:00", {}, "unsettled"),
        ("2019-05-31T12:00", {"arrives": "10:00"}, "arrived"),
        ("2019-05-31T12:00", {"arrives": "18:00"}, "planned"),
        ("2019-05-31T12:00", {"departs": "18:00"}, "planned"),
        ("2019-05-31T18:00", {"departs": "09:00"}, "unsettled"),
        ("2019-06-01T00:30", {"to": "washington"}, "unsettled"),
    ],
)
def test_the_status_nobody_gave_follows_from_the_day_and_its_hour(
    now: str, said: dict[str, Value], status: str
) -> None:
    assert flight(said, now)["status"] == status


def test_an_hour_of_landing_is_the_destinations() -> None:
    noon_in_almaty = "2026-05-31T12:00"
    said: dict[str, Value] = {"date": "2026-05-31", "to": "istanbul", "citizens": "TR"}
    assert flight({**said, "arrives": "11:00"}, noon_in_almaty)["status"] == "planned"
    assert flight({**said, "arrives": "09:00"}, noon_in_almaty)["status"] == "arrived"


def test_people_of_a_coming_flight_are_the_expected_ones() -> None:
    values = flight(now="2019-05-01T12:00")
    assert values["expected"] == 246
    assert not facts(FLIGHT, values).counted
    assert flight({"expected": 250}, "2019-05-01T12:00")["expected"] == 250
    assert "expected" not in flight()


def test_a_flight_without_an_hour_counts_nothing_until_answered() -> None:
    values = flight(now="2019-05-31T12:00")
    assert not facts(FLIGHT, values).counted
    assert "expected" not in values
    assert FLIGHT.status(values).buttons == ("arrived", "planned")


@pytest.mark.parametrize(
    ("said", "leg"),
    [
        ({}, "entry"),
        ({"to": "kuwait-city"}, "transit"),
        ({"from": "aktau", "to": "karaganda"}, "onward"),
        ({"citizens": "BA", "to": "sarajevo"}, "entry"),
        ({"to": "~Somewhere"}, None),
        ({"from": "~Somewhere"}, None),
        ({"from": "~Somewhere", "origin": "SY"}, "entry"),
        ({"leg": "onward"}, "onward"),
    ],
)
def test_the_leg_is_worked_out_from_the_countries(said: dict[str, Value], leg: str | None) -> None:
    values = flight(said)
    assert values.get("leg") == leg
    assert leg_is_assumed(values) == (leg is None)
    assert facts(FLIGHT, values).counted == (leg in {"entry", None})


def test_citizens_are_the_teams_and_the_origin_is_the_country_it_left() -> None:
    found = facts(FLIGHT, flight({"operation": "zhusan-3", "type": "military", "site": "aktau"}))
    assert found.columns == {
        "country": "KZ",
        "origin": "SY",
        "departure": "al-hasakah",
        "destination": "aktau",
        "operation": "zhusan-3",
        "type": "military",
        "site": "aktau",
    }
    assert found.measures == {"men": 8, "women": 67, "children_not_stated": 171}
    assert (found.day, found.status, found.counted, found.stands_for) == (date(2019, 5, 31), "arrived", True, 1)


def test_everything_missing_is_told_at_once() -> None:
    assert set(refused(FLIGHT, {"women": 3, "people": 2})) == {
        "date required",
        "from required",
        "to required",
        "people total_below_part",
    }


def test_an_arrived_flight_says_how_many_came() -> None:
    bare: dict[str, Value] = {"date": "2019-05-31", "from": "al-hasakah", "to": "aktau"}
    assert set(refused(FLIGHT, bare)) == {"people counts_needed"}
    assert refused(FLIGHT, {**bare, "expected": 25})["people counts_needed"].about == {"expected": 25}
    assert settled(FLIGHT, {**bare, "boarded": 25})["status"] == "arrived"
    assert settled(FLIGHT, bare, context("2019-05-01T12:00"))["status"] == "planned"


def test_a_summary_holds_more_people_and_no_flight() -> None:
    said: dict[str, Value] = {
        "date": "2019-01-05",
        "until": "2021-02-04",
        "type": "summary",
        "from": "SY",
        "to": "KZ",
        "people": 607,
    }
    at = context("2021-03-01T12:00")
    values = settled(FLIGHT, said, at)
    assert facts(FLIGHT, values).counted
    assert facts(FLIGHT, values).stands_for == 0
    assert settled(FLIGHT, {**said, "people": 60_000}, at)["people"] == 60_000
    assert set(refused(FLIGHT, {**said, "until": "2018-12-31"}, at)) == {"until until_before_date"}
    del said["until"]
    assert set(refused(FLIGHT, said, at)) == {"until until_needed"}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"until": "2019-06-02"}, "until only_in_summary"),
        ({"boarded": 10_000}, "boarded too_many"),
        ({"to": "al-hasakah"}, "to same_place"),
        ({"date": "1999-12-31"}, "date year_out_of_range"),
        ({"date": "2101-01-01"}, "date year_out_of_range"),
        ({"date": "2019-06-30", "status": "arrived"}, "date still_ahead"),
        ({"arrives": "2019-06-01T02:00"}, "arrives other_day"),
        ({"departs": "2019-06-01T02:00"}, "departs departs_after_arrival"),
        ({"departs": "2019-05-31T10:00", "arrives": "11:00"}, "departs departs_after_arrival"),
        ({"orphans": 172}, "orphans subset_too_large"),
    ],
)
def test_rules_between_the_fields(said: dict[str, Value], problem: str) -> None:
    assert wrong(said) == {problem}


def test_the_day_of_landing_may_stand_with_its_hour() -> None:
    said = {**BASE, "arrives": "2019-05-31T16:40"}
    assert settled(FLIGHT, said)["arrives"] == "16:40"
    del said["date"]
    assert settled(FLIGHT, said)["date"] == "2019-05-31"


@pytest.mark.parametrize(
    ("departs", "arrives", "left", "placed"),
    [
        ("23:00", "04:40", "2019-05-30T23:00+03:00", True),
        ("23:00", None, "2019-05-30T23:00+03:00", True),
        ("09:00", "16:40", "2019-05-31T09:00+03:00", True),
        ("2019-05-30T09:00", "16:40", "2019-05-30T09:00+03:00", False),
    ],
)
def test_a_departure_without_a_day_is_placed_before_the_landing(
    departs: str, arrives: str | None, left: str, placed: bool
) -> None:
    values = flight({"departs": departs} | ({"arrives": arrives} if arrives else {}))
    times = trip(values, gazetteer(), ALMATY)
    assert times.departs is not None
    assert times.departs.isoformat(timespec="minutes") == left
    assert times.placed is placed
    assert times.arrives is None or times.arrives.isoformat(timespec="minutes") == f"2019-05-31T{arrives}+05:00"


def test_a_flight_to_the_far_west_left_on_the_last_night_before_its_landing() -> None:
    values = flight({"from": "tashkent", "to": "washington", "departs": "23:30", "arrives": "03:00", "citizens": "US"})
    times = trip(values, gazetteer(), ALMATY)
    assert times.departs is not None
    assert times.departs.isoformat() == "2019-05-30T23:30:00+05:00"


@pytest.mark.parametrize(
    ("now", "said", "codes", "since"),
    [
        ("2019-05-01T12:00", {}, ("past_day",), date(2019, 6, 1)),
        ("2019-05-31T12:00", {}, ("past_day",), date(2019, 6, 1)),
        ("2019-06-10T12:00", {"status": "cancelled"}, (), None),
        ("2019-06-10T12:00", {}, ("children_not_broken_down",), date(2019, 5, 31)),
        ("2019-06-10T12:00", {"boys": 80, "girls": 91}, (), None),
        ("2019-06-10T12:00", {"boys": 80, "girls": 91, "boarded": 246}, (), None),
        ("2019-06-10T12:00", {"boys": 80, "girls": 91, "boarded": 247}, ("differs_from_boarded",), date(2019, 5, 31)),
    ],
)
def test_what_needs_attention(now: str, said: dict[str, Value], codes: tuple[str, ...], since: date | None) -> None:
    values = flight(said, now)
    assert facts(FLIGHT, values).attend_from == since
    assert FLIGHT.worries(values, date(2019, 6, 10)) == codes
    assert FLIGHT.worries(values, date(2019, 5, 30)) == ()


def test_arrived_without_counts_needs_attention() -> None:
    values = settled(FLIGHT, {"date": "2019-05-31", "from": "SY", "to": "KZ", "boarded": 25})
    assert FLIGHT.worries(values, date(2019, 6, 10)) == ("no_counts",)


def test_the_kind_is_whole() -> None:
    shape = FLIGHT.field("status").shape
    assert isinstance(shape, Choice)
    assert {*shape.options, "unsettled"} == set(FLIGHT.status_named)
    assert all(button in FLIGHT.status_named for status in FLIGHT.statuses for button in status.buttons)
    assert all(status.asks is None or status.asks in FLIGHT.by_name for status in FLIGHT.statuses)
    assert [field.name for field in FLIGHT.fields if field.restricted] == ["justice"]
    assert all(field.hxl and field.hxl.startswith("#") for field in FLIGHT.fields)
    assert len(FLIGHT.by_name) == len(FLIGHT.fields)


def test_a_summary_is_not_asked_how_many_girls_and_boys_for_ever() -> None:
    values: dict[str, Value] = {"date": "2019-01-06", "status": "arrived", "children": 15, "people": 23}
    assert FLIGHT.worries(values, date(2019, 3, 1)) == ("children_not_broken_down",)
    assert FLIGHT.worries({**values, "type": "summary", "until": "2019-02-01"}, date(2019, 3, 1)) == ()
