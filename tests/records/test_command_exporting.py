"""What `/export` asks for."""

from datetime import date

import pytest

from records.command import export_put_right, read_export
from records.export import Export
from records.kinds import KINDS
from records.problem import Problem
from tests.records.said import context, words

YEAR = (date(2019, 1, 1), date(2019, 12, 31))


def export(text: str) -> Export:
    asked = read_export(text, KINDS, words(), context())
    assert isinstance(asked, Export), asked
    return asked


def wrong(text: str) -> dict[str, Problem]:
    asked = read_export(text, KINDS, words(), context())
    assert not isinstance(asked, Export), asked
    return {one.code: one for one in asked}


@pytest.mark.parametrize(
    "text",
    [
        "flights this year csv for outsiders",
        "for outsiders CSV: flights this year",
        "рейсы за этот год csv для посторонних",
        "рейстер 2019 csv бөгде адамдарға",
        "الرحلات هذه السنة csv لغير الأعضاء",
    ],
)
def test_a_file_is_asked_for_in_every_language(text: str) -> None:
    asked = export(text)
    assert (asked.question.kind, asked.form, asked.outsiders) == ("flight", "csv", True)
    assert (asked.question.since, asked.question.until) == YEAR


def test_what_is_not_said_is_everything_as_a_spreadsheet_for_the_team() -> None:
    assert export("sessions").question.period == "all"
    assert export("sessions").form == "xlsx"
    assert not export("sessions").outsiders
    for form in ("csv", "xlsx", "hxl", "json"):
        assert export(f"sessions {form.upper()}").form == form


def test_filters_are_read_as_in_questions() -> None:
    asked = export("sessions 2019-05 site Aktau provider doctor json")
    assert asked.question.filters == (("site", "aktau"), ("provider", "doctor"))
    assert (asked.question.since, asked.question.until) == (date(2019, 5, 1), date(2019, 5, 31))
    assert export("provider doctor csv").question.kind == "session", "only sessions have that"


def test_what_is_wrong_is_said_all_at_once() -> None:
    assert set(wrong("flights by month page 2 csv json")) == {"two_forms", "by_not_exported", "page_not_here"}
    assert set(wrong("this year csv")) == {"kind_needed"}
    assert set(wrong("provider doctor flights")) == {"not_of_kind"}
    assert wrong("flights fortnight nonsense")


def test_a_slip_of_the_finger_is_put_right() -> None:
    problems = read_export("flights this year cvs", KINDS, words(), context())
    assert isinstance(problems, tuple)
    assert problems[0].guesses == ("csv",)
    assert export_put_right("flights this year cvs", problems, KINDS, words(), context()) == "flights this year csv"
    assert export_put_right("this year", tuple(wrong("this year").values()), KINDS, words(), context()) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("flights this year", "flights-2019"),
        ("flights last month csv", "flights-2019-05"),
        ("flights 31.05.2019 hxl", "flights-2019-05-31"),
        ("flights 2019-05-02..2019-05-31 json", "flights-2019-05-02-2019-05-31"),
        ("flights since 02.05.2019", "flights-2019-05-02-on"),
        ("flights until 31.05.2019", "flights-until-2019-05-31"),
        ("flights for outsiders", "flights-all-outsiders"),
    ],
)
def test_a_file_is_named_by_what_it_holds(text: str, name: str) -> None:
    assert export(text).named("flights") == name
