"""Counts in words: right, apart where they must be, and rounded for those who aren't to know exactly."""

import json
from datetime import date

import pytest

from protection.small_numbers import EXACT, Audience
from records.flight import FLIGHT
from records.question import Compared, Counted, Question, Totals
from records.session import SESSION
from render.figures import as_json
from render.overview import overview
from render.stats import detail, table
from render.tables import WIDEST
from render.tables import table as laid_out
from tests.render.stage import ALL_KINDS, HEARING, NOW, places, words
from tests.render.telegram import read, shown

MASKED = Audience(masked=True, secret=b"a test's")
MAY = (date(2019, 5, 1), date(2019, 5, 31))
HOME = Totals(
    12,
    {"arrived": 8, "planned": 4},
    {
        "women": 59,
        "men": 8,
        "girls": 4,
        "children_not_stated": 156,
        "not_stated": 16,
        "orphans": 18,
        "justice": 7,
        "boarded": 240,
    },
    held=8,
    approx=True,
    revised=NOW,
)
AWAY = Totals(1, {"arrived": 1}, {"children_not_stated": 15, "not_stated": 8}, held=1)
HELP = Totals(3, {"held": 3}, {"women": 63, "sessions": 34, "minutes": 1050}, held=34, compared=Compared(88, 96, 2))
BY_CITIZENS = ((("BA",), AWAY), (("KZ",), HOME))


def flights(total: Totals = HOME, *, by: tuple[str, ...] = (), groups: object = ()) -> Counted:
    return Counted(Question("flight", *MAY, by), total, groups)  # type: ignore[arg-type]


def sessions(total: Totals = HELP) -> Counted:
    return Counted(Question("session", *MAY, filters=(("site", "aktau"),)), total)


def of_flights(counted: Counted, audience: Audience = EXACT, *, private: bool = True, **more: Counted) -> str:
    return read(detail(counted, FLIGHT, words(), places(), audience, country="KZ", private=private, **more))


def of_sessions(counted: Counted, audience: Audience = EXACT) -> str:
    return read(detail(counted, SESSION, words(), places(), audience, country="KZ"))


def test_flights_are_told_with_everything_about_their_people() -> None:
    text = of_flights(flights())
    for said in (
        "May 2019",
        "12 entries: 4 planned, 8 arrived",
        "≈243 people returned",
        "Adults ≈67: ≈59 women, ≈8 men",
    ):
        assert said in text
    assert "of which ≈18 orphans, ≈7 in a justice process" in text
    assert "Boarded: ≈240" in text
    assert "not exact" in text
    assert "31 May 2019, 13:30" in text


def test_sessions_are_told_with_hours_and_attendance_never_people() -> None:
    text = of_sessions(sessions())
    assert "63 attendances" in text
    assert "34 sessions held, 17 h 30 min" in text
    assert "88 came of 96 expected (in 2 entries that have both)" in text
    assert "Site: Aktau" in text
    assert "people" not in text


def test_several_countries_are_shown_apart_the_own_first() -> None:
    text = of_flights(flights(), apart=flights(by=("citizens",), groups=BY_CITIZENS))
    assert text.index("Kazakhstan") < text.index("243 people") < text.index("Bosnia") < text.index("23 people")
    assert "266" not in text


def test_one_country_is_not_named() -> None:
    assert "Kazakhstan" not in of_flights(flights(), apart=flights(by=("citizens",), groups=BY_CITIZENS[1:]))


def test_nothing_is_said_kindly() -> None:
    text = of_flights(flights(Totals()))
    assert "No flights · May 2019" in text
    assert "0" not in text.replace("2019", "")


def test_a_summary_alone_has_people_and_no_flights() -> None:
    text = of_flights(flights(Totals(0, {}, {"not_stated": 23})))
    assert "23 people returned" in text
    assert "entr" not in text


def test_entries_that_do_not_count_yet_are_said_to() -> None:
    assert "None of it counts yet" in of_flights(flights(Totals(2, {"planned": 2})))


def test_the_change_against_the_period_before() -> None:
    before = Counted(Question("flight", date(2019, 4, 1), date(2019, 4, 30)), Totals(2, {}, {"women": 250}))
    assert "Against April 2019: +10 entries, −≈7 people returned" in of_flights(flights(), before=before)


def test_groups_get_every_number_of_people_rounded() -> None:
    text = of_flights(flights(), MASKED)
    assert "≈245 people returned" in text
    assert "Adults ≈65: ≈60 women, ≈10 men" in text
    assert " <5 girls" in text
    assert "justice" not in text
    assert "justice" not in of_flights(flights(), EXACT, private=False)
    assert "12 entries" in text
    assert "rounded" in text
    text = of_sessions(sessions(), MASKED)
    assert "65 attendances" in text
    assert "90 came of 95 expected" in text


@pytest.mark.parametrize("audience", [EXACT, MASKED])
def test_a_table_is_narrow_and_sorted_by_people(audience: Audience) -> None:
    groups = tuple(
        ((f"~Place {at:02} of quite a long name", "medical"), Totals(1, {}, {"women": at}, 1)) for at in range(40)
    )
    counted = Counted(Question("session", *MAY, ("site", "type")), HELP, groups)
    answer = table(counted, SESSION, words(), places(), audience, country="KZ")
    text = read(answer)
    drawn = answer.html.split("<pre>")[1].split("</pre>")[0]
    assert max(len(line) for line in shown(drawn).splitlines()) <= WIDEST
    assert text.index("Place 39") < text.index("Place 38")
    assert "and 15 more" in text


def test_a_table_by_citizens_begins_at_home() -> None:
    groups = ((("BA",), HOME), (("KZ",), AWAY), (("US",), AWAY))
    text = read(table(flights(by=("citizens",), groups=groups), FLIGHT, words(), places(), EXACT, country="KZ"))
    assert text.index("Kazakhstan") < text.index("Bosnia") < text.index("United States")


def test_days_weeks_and_months_keep_their_order() -> None:
    for by, keys, said in (
        ("month", ("2019-04", "2019-05"), "April 2019"),
        ("week", ("2019-04-29", "2019-05-06"), "29 April 2019"),
    ):
        groups = tuple(((key,), Totals(1, {}, {"women": at}, 1)) for at, key in enumerate(keys))
        text = read(table(flights(by=(by,), groups=groups), FLIGHT, words(), places(), EXACT, country="KZ"))
        assert said in text


def test_what_was_not_stated_has_a_row() -> None:
    groups = ((("",), HOME), (("zhusan-3",), AWAY))
    assert "not stated" in read(
        table(flights(by=("operation",), groups=groups), FLIGHT, words(), places(), EXACT, country="KZ")
    )


def test_a_table_of_nothing() -> None:
    assert "No flights" in read(table(flights(Totals(), by=("site",)), FLIGHT, words(), places(), EXACT, country="KZ"))


def test_an_overview_lays_the_periods_side_by_side() -> None:
    periods = ("today", "last_7_days", "last_30_days", "all")
    counted = [Counted(Question("flight", None, None, period=one), HOME) for one in periods]
    counted += [Counted(Question("session", None, None, period=one), HELP) for one in periods]
    answer = overview(counted, ALL_KINDS, words(), EXACT, "KZ")
    text = read(answer)
    rows = text.split("\n\n")[1].splitlines()
    assert [row.split()[0] for row in rows] == ["Today", "Flights", "Returned", "children", "Sessions", "Attendances"]
    assert rows[1].split() == ["Flights", "8", "8", "8", "8"]
    assert rows[2].split() == ["Returned", "≈243", "≈243", "≈243", "≈243"]
    assert max(map(len, rows)) <= WIDEST


def test_an_overview_tells_countries_apart() -> None:
    counted = [Counted(Question("flight", None, None, ("citizens",)), HOME, BY_CITIZENS)]
    text = read(overview(counted, ALL_KINDS, words(), MASKED, "KZ"))
    assert text.index("KZ Returned") < text.index("BA Returned")
    assert "≈245" in text
    assert "266" not in text


def test_a_kind_nobody_has_heard_of_is_counted() -> None:
    counted = Counted(Question("hearing", None, None), Totals(2, {"heard": 2}, {"not_stated": 5}, 2))
    assert "5 people heard" in read(detail(counted, HEARING, words(), places(), EXACT, country="KZ"))
    assert "Court hearing" in read(overview([counted], ALL_KINDS, words(), EXACT, "KZ"))
    grouped = Counted(Question("hearing", None, None, ("site",)), counted.total, ((("aktau",), counted.total),))
    assert "Aktau" in read(table(grouped, HEARING, words(), places(), EXACT, country="KZ"))


def test_a_table_gives_up_columns_before_it_gets_too_wide() -> None:
    drawn = laid_out(("", "a", "b", "c"), [("Attendances", "1,234,567,890", "1,234,567,890", "1,234,567,890")])
    assert all(len(line) <= WIDEST for line in shown(drawn).splitlines())


COUNTS = ("entries", "by_status", "people", "adults", "children", "men", "women", "boys", "girls")
OPEN = ("adults_not_stated", "children_not_stated", "not_stated")
FLIGHT_NAMES = ["kind", "from", "to", *COUNTS, *OPEN, "of_which", "boarded", "expected", "escorts"]
SUBSET_NAMES = ["unaccompanied", "separated", "orphans", "medical", "disability", "pregnant", "justice"]


def test_scripts_get_the_names_they_were_promised() -> None:
    said = json.loads(json.dumps(as_json(flights(), FLIGHT)))
    assert list(said) == FLIGHT_NAMES
    assert list(said["of_which"]) == SUBSET_NAMES
    assert (said["from"], said["to"], said["entries"]) == ("2019-05-01", "2019-05-31", 12)
    assert (said["people"], said["adults"], said["children"], said["boys"], said["escorts"]) == (243, 67, 160, 0, 0)
    assert as_json(Counted(Question("flight", None, None), HOME), FLIGHT)["from"] is None


def test_scripts_get_sessions_with_what_was_held() -> None:
    said = as_json(sessions(), SESSION)
    assert (said["people"], said["held"], said["minutes"]) == (63, 34, 1050)


def test_scripts_get_groups() -> None:
    said = json.loads(json.dumps(as_json(flights(by=("citizens",), groups=BY_CITIZENS), FLIGHT)))
    assert [group["key"] for group in said["groups"]] == ["BA", "KZ"]
    assert said["groups"][1]["people"] == 243
