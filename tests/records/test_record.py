"""Correcting a record: defaults stay as they were, what was worked out moves along, what was only expected gives way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from records.entry import Record
from records.flight import FLIGHT
from records.kind import Changes, Choice, Context, Count, Day, Field, Kind, Place, Status, Value, Values
from records.kinds import KINDS
from records.people import HEADS, SUBSETS
from records.record import MEASURES, amend, asks, changed, facts, kind_named, settle
from records.session import SESSION
from tests.records.ground import context, settled

BASE: dict[str, Value] = {
    "date": "2019-05-31",
    "from": "al-hasakah",
    "to": "aktau",
    "women": 67,
    "men": 8,
    "children": 171,
}
BEFORE = context("2019-05-01T12:00")


def amended(kind: Kind, before: Values, changes: Changes, at: Context | None = None) -> Values:
    record, problems = amend(kind, before, changes, at or context())
    assert not problems, problems
    assert record is not None
    return record.values


def codes(kind: Kind, before: Values, changes: Changes) -> set[str]:
    record, problems = amend(kind, before, changes, context())
    assert record is None
    return {f"{one.field} {one.code}" for one in problems}


def test_what_was_said_is_kept_apart_from_what_followed() -> None:
    record, _ = settle(FLIGHT, BASE, context())
    assert record == Record(
        "flight", {**BASE, "status": "arrived", "citizens": "KZ", "origin": "SY", "leg": "entry"}, BASE
    )


def test_a_correction_moves_the_total_along_and_says_what_changed() -> None:
    before = settled(FLIGHT, {**BASE, "people": 246})
    after = amended(FLIGHT, before, {"women": 68})
    assert changed(FLIGHT, before, after) == ("people", "women")
    assert after["people"] == 247


def test_defaults_are_not_worked_out_again() -> None:
    before = settled(FLIGHT, BASE, BEFORE)
    after = amended(FLIGHT, before, {"note": "late"}, context("2019-07-01T12:00"))
    assert after["status"] == "planned"
    assert "leg" not in amended(FLIGHT, before, {"leg": None})


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_always_about_somebody_s_citizens(kind: Kind) -> None:
    place: Values = {"site": "aktau", "type": "legal"} if kind.name == "session" else {"from": "SY", "to": "aktau"}
    before = settled(kind, {"date": "2019-05-09", **place, "people": 5, "citizens": "IQ"})
    after = amended(kind, before, {"citizens": None})
    assert after["citizens"] == "KZ"
    assert after.get("leg", "entry") == "entry"


def test_required_fields_and_the_status_cannot_be_taken_away() -> None:
    before = settled(FLIGHT, {**BASE, "note": "x"})
    assert codes(FLIGHT, before, {"date": None, "status": None}) == {"date not_removable", "status not_removable"}
    assert "note" not in amended(FLIGHT, before, {"note": None})


def test_the_leg_and_the_origin_follow_the_places_they_were_worked_out_from() -> None:
    before = settled(FLIGHT, {**BASE, "to": "kuwait-city"})
    assert before["leg"] == "transit"
    after = amended(FLIGHT, before, {"to": "aktau", "from": "baghdad"})
    assert (after["leg"], after["origin"]) == ("entry", "IQ")
    said = settled(FLIGHT, {**BASE, "leg": "onward", "origin": "TR"})
    after = amended(FLIGHT, said, {"to": "kuwait-city", "from": "baghdad"})
    assert (after["leg"], after["origin"]) == ("onward", "TR")
    assert "leg" not in amended(FLIGHT, before, {"to": "~Somewhere"})


def test_the_number_expected_moves_with_the_people_of_a_coming_flight() -> None:
    before = settled(FLIGHT, BASE, BEFORE)
    assert amended(FLIGHT, before, {"women": 70}, BEFORE)["expected"] == 249
    said = settled(FLIGHT, {**BASE, "expected": 300}, BEFORE)
    assert amended(FLIGHT, said, {"women": 70}, BEFORE)["expected"] == 300
    assert "expected" not in amended(FLIGHT, before, {"expected": None}, BEFORE)


def test_an_arrival_replaces_the_people_who_were_expected() -> None:
    before = settled(FLIGHT, BASE, BEFORE)
    after = amended(FLIGHT, before, {"status": "arrived", "people": 240})
    found = facts(FLIGHT, after)
    assert found.counted
    assert found.measures == {"not_stated": 240, "expected": 246}


def test_an_arrival_without_figures_asks_for_them() -> None:
    before = settled(FLIGHT, BASE, BEFORE)
    _, (problem,) = amend(FLIGHT, before, {"status": "arrived"}, context())
    assert (problem.code, problem.about) == ("counts_needed", {"expected": 246})
    assert asks(FLIGHT, before, "arrived") == "people"


def test_a_flight_of_today_that_turns_out_to_have_arrived_keeps_its_figures() -> None:
    today = context("2019-05-31T12:00")
    before = settled(FLIGHT, BASE, today)
    assert asks(FLIGHT, before, "arrived") is None
    assert facts(FLIGHT, amended(FLIGHT, before, {"status": "arrived"}, today)).counted
    assert amended(FLIGHT, before, {"status": "planned"}, today)["expected"] == 246


def test_a_delay_asks_for_the_day() -> None:
    assert asks(FLIGHT, settled(FLIGHT, BASE, BEFORE), "delayed") == "date"
    assert asks(FLIGHT, settled(FLIGHT, BASE, BEFORE), "departed") is None


def test_a_correction_that_contradicts_itself_is_refused_and_names_all() -> None:
    before = settled(FLIGHT, {**BASE, "people": 246})
    assert codes(FLIGHT, before, {"people": 200, "orphans": 300}) == {
        "people total_too_small",
        "orphans subset_too_large",
    }


def test_an_hour_with_a_day_moves_the_flight_to_that_day() -> None:
    after = amended(FLIGHT, settled(FLIGHT, BASE), {"arrives": "2019-06-01T02:00"})
    assert (after["date"], after["arrives"]) == ("2019-06-01", "02:00")


def test_figures_that_are_not_exact_are_marked() -> None:
    assert facts(FLIGHT, settled(FLIGHT, {**BASE, "approx": True})).approx
    assert not facts(FLIGHT, settled(FLIGHT, BASE)).approx


def test_kinds_are_found_by_name() -> None:
    assert KINDS == (FLIGHT, SESSION)
    assert kind_named(KINDS, "session") is SESSION


def test_a_kind_made_up_here_needs_nothing_else() -> None:
    hearing = Kind(
        name="hearing",
        letter="H",
        fields=(
            Field("date", Day(), required=True),
            Field("site", Place(), column="site", required=True),
            Field("status", Choice(("planned", "held"))),
            Field("people", Count()),
        ),
        statuses=(Status("planned", coming=True, buttons=("held",)), Status("held", counts=True)),
        headline=("site",),
        status_for=lambda values, at: "held" if str(values["date"]) < at.today.isoformat() else "planned",
    )
    values = settled(hearing, {"date": "2019-06-01", "site": "aktau", "people": 3})
    found = facts(hearing, values)
    assert (found.status, found.counted, found.measures, found.columns) == (
        "held",
        True,
        {"not_stated": 3},
        {"site": "aktau"},
    )
    assert amended(hearing, values, {"people": 4})["people"] == 4


COUNTS = some.dictionaries(
    some.sampled_from((*HEADS, *SUBSETS, "boarded", "expected")), some.integers(0, 60), min_size=1
)


@settings(deadline=None)
@given(
    COUNTS,
    COUNTS,
    some.sampled_from(["planned", "arrived", "cancelled"]),
    some.sampled_from(["planned", "arrived", None]),
)
def test_whatever_is_corrected_the_facts_stand_on_what_is_right(
    first: dict[str, int], then: dict[str, int], status: str, now: str | None
) -> None:
    route = {name: BASE[name] for name in ("date", "from", "to")}
    record, _ = settle(FLIGHT, {**route, **first, "status": status}, context())
    if record is None:
        return
    changes: Changes = {**then, **({"status": now} if now else {})}
    record, problems = amend(FLIGHT, record.values, changes, context())
    assert (record is None) == bool(problems)
    if record is not None:
        found = facts(FLIGHT, record.values)
        assert set(found.measures) <= set(MEASURES)
        assert all(record.values[name] == value for name, value in changes.items())
        assert amended(FLIGHT, record.values, {}) == record.values
