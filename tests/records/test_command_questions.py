"""What `/stats`, `/list` and `/digest` ask for."""

from datetime import date

import pytest

from records.command import read_question, read_search
from records.kinds import KINDS
from records.question import Question, Search
from tests.records.said import context, words

FIRST, LAST = date(2019, 5, 1), date(2019, 5, 31)


def ask(text: str) -> Question:
    asked = read_question(text, KINDS, words(), context())
    assert isinstance(asked, Question), asked
    return asked


@pytest.mark.parametrize(
    ("text", "name", "since", "until"),
    [
        ("flights", "all", None, None),
        ("flights all", "all", None, None),
        ("flights today", "today", date(2019, 6, 5), date(2019, 6, 5)),
        ("flights yesterday", "yesterday", date(2019, 6, 4), date(2019, 6, 4)),
        ("flights this week", "this_week", date(2019, 6, 3), date(2019, 6, 9)),
        ("flights last week", "last_week", date(2019, 5, 27), date(2019, 6, 2)),
        ("flights this month", "this_month", date(2019, 6, 1), date(2019, 6, 30)),
        ("flights last month", "last_month", FIRST, LAST),
        ("flights this quarter", "this_quarter", date(2019, 4, 1), date(2019, 6, 30)),
        ("flights last quarter", "last_quarter", date(2019, 1, 1), date(2019, 3, 31)),
        ("flights this year", "this_year", date(2019, 1, 1), date(2019, 12, 31)),
        ("flights last year", "last_year", date(2018, 1, 1), date(2018, 12, 31)),
        ("flights 2019-05", "2019-05", FIRST, LAST),
        ("flights 05.2019", "2019-05", FIRST, LAST),
        ("flights May 2019", "2019-05", FIRST, LAST),
        ("flights in May", "2019-05", FIRST, LAST),
        ("flights in December", "2018-12", date(2018, 12, 1), date(2018, 12, 31)),
        ("flights 2019", "2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("flights 2019-Q2", "2019-Q2", date(2019, 4, 1), date(2019, 6, 30)),
        ("flights 2019-05-01..2019-05-31", "2019-05-01..2019-05-31", FIRST, LAST),
        ("flights 01.05.2019 - 31.05.2019", "2019-05-01..2019-05-31", FIRST, LAST),
        ("flights from 01.05.2019 to 31.05.2019", "2019-05-01..2019-05-31", FIRST, LAST),
        ("flights since 01.05.2019", "2019-05-01..", FIRST, None),
        ("flights until 31.05.2019", "..2019-05-31", None, LAST),
        ("flights ..2019-05-31", "..2019-05-31", None, LAST),
        ("flights 2019-05-01..", "2019-05-01..", FIRST, None),
        ("flights 01.05-31.05", "2019-05-01..2019-05-31", FIRST, LAST),
        ("flights 01.05.2019–31.05.2019", "2019-05-01..2019-05-31", FIRST, LAST),
        ("flights last 30 days", "last_30_days", date(2019, 5, 7), date(2019, 6, 5)),
        ("flights last 2 weeks", "last_14_days", date(2019, 5, 23), date(2019, 6, 5)),
        ("flights 31.05.2019", "2019-05-31", LAST, LAST),
        ("рейстер мамырдан бастап", "2019-05-01..", FIRST, None),
        ("рейстер 31 мамырға дейін", "..2019-05-31", None, LAST),
        ("рейстер 01.05.2019 бастап 31.05.2019 дейін", "2019-05-01..2019-05-31", FIRST, LAST),
        ("рейстер 1 мамырдан 31 мамырға дейін", "2019-05-01..2019-05-31", FIRST, LAST),
    ],
)
def test_every_period_can_be_asked_for(text: str, name: str, since: date | None, until: date | None) -> None:
    asked = ask(text)
    assert (asked.kind, asked.period, asked.since, asked.until) == ("flight", name, since, until)


def test_what_is_asked_may_be_broken_down_and_filtered() -> None:
    asked = ask("sessions this year by type and month site Aktau provider doctor")
    assert asked.kind == "session"
    assert asked.by == ("type", "month")
    assert asked.filters == (("site", "aktau"), ("provider", "doctor"))
    assert ask("flights by citizens").by == ("citizens",)
    assert ask("flights by origin by week").by == ("origin", "week")
    assert ask("flights from Syria to Aktau 2019").filters == (("from", "SY"), ("to", "aktau"))
    assert ask("flights citizens KZ status planned operation zhusan-1").filters == (
        ("citizens", "KZ"),
        ("status", "planned"),
        ("operation", "zhusan-1"),
    )


def test_a_kind_without_its_name_is_the_one_that_has_the_fields() -> None:
    assert ask("2019 by provider").kind == "session"
    assert ask("2019 by operation").kind == "flight"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("flihgts 2019", ["unknown_word"]),
        ("flights 31 June", ["no_such_day"]),
        ("flights not planned", ["negated"]),
        ("flights last 3 months", ["unknown_word"]),
        ("flights 2019-05-31..2019-05-01", ["period_reversed"]),
        ("flights 2019 2018", ["two_periods"]),
        ("рейстер 2019 мамырға дейін", ["two_periods"]),
        ("flights sessions", ["two_kinds"]),
        ("flights by", ["not_a_group"]),
        ("flights by colour", ["not_a_group"]),
        ("flights by citizens by origin by month", ["too_many_groups"]),
        ("flights by provider", ["not_of_kind"]),
        ("sessions status arrived", ["not_of_kind"]),
        ("sessions provider plumber", ["not_a_choice"]),
        ("flights citizens", ["missing_value"]),
        ("flights 31.05.1999", ["year_out_of_range"]),
        ("flights blah 31 June by colour", ["unknown_word", "no_such_day", "not_a_group"]),
    ],
)
def test_everything_wrong_is_told(text: str, codes: list[str]) -> None:
    asked = read_question(text, KINDS, words(), context())
    assert not isinstance(asked, Question)
    assert [one.code for one in asked] == codes


def test_what_a_kind_doesnt_have_is_refused_with_what_it_has() -> None:
    asked = read_question("flights type legal", KINDS, words(), context())
    assert not isinstance(asked, Question)
    assert str(asked[0].about["options"]).split(",")[0] == "charter"


def test_a_place_is_the_one_the_kind_has() -> None:
    for text in ("sessions in Aktau", "sessions Aktau", "sessions at Aktau", "sessions site Aktau"):
        assert ask(text).filters == (("site", "aktau"),), text
    assert ask("sessions at Sunrise centre last month").filters == (("site", "~Sunrise centre"),)
    assert ask("flights in Aktau").filters == (("to", "aktau"),)
    assert ask("flights operation zhusan 3").filters == (("operation", "zhusan-3"),)
    assert ask("flights citizens Kazakh").filters == (("citizens", "KZ"),)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("рейсы в Актау", (("to", "aktau"),)),
        ("рейстер Ақтауға", (("to", "aktau"),)),
        ("рейстер Ақтауда", (("to", "aktau"),)),
        ("рейстер Сириядан Ақтауға", (("from", "SY"), ("to", "aktau"))),
        ("Сириядан", (("from", "SY"),)),
        ("flights from Сирии", (("from", "SY"),)),
        ("flights from عُمان", (("from", "OM"),)),
        ("сессии Актауда", (("site", "aktau"),)),
        ("сессии у психолога", (("provider", "psychologist"),)),
        ("сессиялар психологпен", (("provider", "psychologist"),)),
        ("сессиялар келді", (("status", "held"),)),
        ("рейстер келді", (("status", "arrived"),)),
    ],
)
def test_what_is_looked_for_may_have_an_ending(text: str, filters: tuple[tuple[str, str], ...]) -> None:
    assert ask(text).filters == filters


@pytest.mark.parametrize(("text", "field"), [("сессии عمان", "site"), ("flights from عمان", "from")])
def test_which_of_two_places_was_meant_is_asked(text: str, field: str) -> None:
    asked = read_question(text, KINDS, words(), context())
    assert not isinstance(asked, Question)
    assert [(one.field, one.code, one.guesses) for one in asked] == [(field, "two_readings", ("Amman", "Oman"))]


def test_what_is_understood_is_not_guessed_at() -> None:
    asked = read_question("this yr", KINDS, words(), context())
    assert not isinstance(asked, Question)
    assert [(one.read, one.guesses) for one in asked] == [("this yr", ())]


def test_a_mistyped_kind_is_guessed() -> None:
    asked = read_question("flihgts", KINDS, words(), context())
    assert not isinstance(asked, Question)
    assert asked[0].guesses == ("flights",)


def test_a_list_may_be_of_all_kinds() -> None:
    assert read_search("", KINDS, words(), context()) == Search(None, None, None)
    found = read_search("flights this week status planned", KINDS, words(), context(), page=2)
    assert found == Search("flight", date(2019, 6, 3), date(2019, 6, 9), (("status", "planned"),), "this_week", 2)
    wrong = read_search("flights by month", KINDS, words(), context())
    assert not isinstance(wrong, Search)
    assert [one.code for one in wrong] == ["by_not_here"]
