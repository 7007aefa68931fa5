"""A session: held or planned by its day and hour, how many it was, what must be there."""

from datetime import date

import pytest

from records.kind import Choice, Value, Values
from records.record import facts
from records.session import SESSION
from tests.records.ground import context, refused, settled

BASE: dict[str, Value] = {"date": "2019-06-03", "site": "aktau", "type": "psychosocial", "women": 12, "children": 30}


def session(said: Values | None = None, now: str = "2019-06-10T12:00") -> Values:
    return settled(SESSION, {**BASE, **(said or {})}, context(now))


@pytest.mark.parametrize(
    ("now", "said", "status"),
    [
        ("2019-06-10T12:00", {}, "held"),
        ("2019-06-01T12:00", {}, "planned"),
        ("2019-06-03T12:00", {}, "unsettled"),
        ("2019-06-03T12:00", {"time": "10:00"}, "held"),
        ("2019-06-03T12:00", {"time": "11:30"}, "planned"),
    ],
)
def test_the_status_nobody_gave_follows_from_the_day_and_the_sites_hour(
    now: str, said: dict[str, Value], status: str
) -> None:
    assert session(said, now)["status"] == status


def test_attendances_and_hours_of_all_its_sessions() -> None:
    found = facts(
        SESSION,
        session(
            {"sessions": 34, "minutes": 45, "provider": "psychologist", "mode": "individual", "new": 4, "referrals": 2}
        ),
    )
    assert found.measures == {
        "women": 12,
        "children_not_stated": 30,
        "new": 4,
        "referrals": 2,
        "sessions": 34,
        "minutes": 34 * 45,
    }
    assert found.columns == {
        "country": "KZ",
        "site": "aktau",
        "type": "psychosocial",
        "provider": "psychologist",
        "mode": "individual",
    }
    assert (found.counted, found.stands_for) == (True, 34)


def test_one_session_unless_said_otherwise() -> None:
    values = session()
    assert "sessions" not in values
    assert facts(SESSION, values).measures["sessions"] == 1


def test_people_of_a_coming_session_are_the_expected_ones() -> None:
    assert session(now="2019-06-01T12:00")["expected"] == 42


def test_everything_missing_is_told_at_once() -> None:
    assert set(refused(SESSION, {"women": 3})) == {"date required", "site required", "type required"}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"type": "other"}, "note note_needed"),
        ({"people": 42, "new": 43}, "new subset_too_large"),
        ({"date": "2019-06-30", "status": "held"}, "date still_ahead"),
        ({"time": "2019-06-04T10:00"}, "time other_day"),
    ],
)
def test_rules_between_the_fields(said: dict[str, Value], problem: str) -> None:
    assert set(refused(SESSION, {**BASE, **said})) == {problem}


def test_another_type_with_a_note_is_fine() -> None:
    assert session({"type": "other", "note": "football"})["type"] == "other"


def test_new_people_are_not_refused_while_the_total_is_open() -> None:
    assert session({"new": 60})["new"] == 60


def test_the_hour_may_bring_the_day() -> None:
    said = {name: value for name, value in BASE.items() if name != "date"}
    values = settled(SESSION, {**said, "time": "2019-06-03T10:00"})
    assert (values["date"], values["time"]) == ("2019-06-03", "10:00")


def test_a_session_past_its_day_and_still_planned_needs_attention() -> None:
    values = session(now="2019-06-01T12:00")
    assert facts(SESSION, values).attend_from == date(2019, 6, 4)
    assert SESSION.worries(values, date(2019, 6, 3)) == ()
    assert SESSION.worries(values, date(2019, 6, 4)) == ("past_day",)
    assert facts(SESSION, session()).attend_from is None


def test_the_kind_is_whole() -> None:
    shape = SESSION.field("status").shape
    assert isinstance(shape, Choice)
    assert {*shape.options, "unsettled"} == set(SESSION.status_named)
    assert all(button in SESSION.status_named for status in SESSION.statuses for button in status.buttons)
    assert [field.name for field in SESSION.fields if field.restricted] == ["justice"]
    assert all(field.hxl and field.hxl.startswith("#") for field in SESSION.fields)
