"""A refusal tells everything that is wrong, in sentences, and offers the command put right."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import records
from records.command import figures, read, wrong
from records.flight import FLIGHT
from records.kind import Kind
from records.problem import Problem
from records.record import settle
from records.session import SESSION
from render.problems import not_found, refusal, sentence
from tests.render.stage import context, flight, words
from tests.render.telegram import read as shown

HOUSE = Path(records.__file__).parent.parent
ABOUT: dict[str, str | int] = {
    "total": 23, "sum": 215, "parts": "women,children", "women": 59, "children": 156, "limit": 3, "of": "children", "most": 9,
    "least": 1, "expected": 48, "date": "2019-05-09", "type": "other", "length": 600, "first": "2019-05-09", "country": "SY",
    "kind": "flight", "count": 2, "words": 10, "site": "Umit",
    "row": 7, "refs": "F-0001, F-0002", "more": 2, "reason": "told twice",
}  # fmt: skip
"""Whatever a sentence may need."""


def codes() -> set[str]:
    """Every code of a problem that stands in the code of records and desk."""
    found = {code for code, _ in wrong._CODES.values()} | {code for _, code in figures._BAD}
    for room in ("records", "desk", "protection", "handlers"):
        for path in (HOUSE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                found.update(
                    one.value for one in _said(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )
    return {code for code in found if code}


def _said(node: ast.AST) -> Iterator[ast.expr]:
    """Where a code may stand: `Problem(field, code)`, `NoDayError(code)`, `code = …`, `code, end = …, …`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        at = {"Problem": 1, "NoDayError": 0}.get(node.func.id, len(node.args))
        yield from node.args[at : at + 1]
    if isinstance(node, ast.Assign):
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            target, value = target.elts[0], value.elts[0]
        if isinstance(target, ast.Name) and target.id == "code":
            yield value


def expectations() -> set[str]:
    return {expected for _, expected in wrong._CODES.values()} | {"text", "period", "field", "rule"}


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_has_a_sentence(code: str) -> None:
    assert words().has(f"problem.{code}"), f"problem.{code} is missing from the catalogue"
    for field in ("", "status", "women", "date", "period"):
        problem = Problem(field, code, "read", guesses=("a", "b"), about=ABOUT)
        assert shown(refusal([problem], FLIGHT, "flight", "", words()))


@pytest.mark.parametrize("expected", sorted(expectations()))
def test_every_expectation_has_a_sentence(expected: str) -> None:
    said = sentence(Problem("status", "missing_value", "x", expected), words(), FLIGHT)
    assert words().text(f"expected.{expected}", options="").split("{")[0][:8] in said


def told(kind: Kind, text: str) -> str:
    """The refusal of what was typed behind the command."""
    reading = read(text, kind, words().vocabulary, context())
    _, settled = settle(kind, reading.values, context())
    return shown(refusal([*reading.problems, *settled], kind, kind.name, reading.corrected, words()))


def test_all_mistakes_are_told_at_once_with_the_nearest_guess() -> None:
    problems = [
        Problem("", "unknown_word", "wommen", guesses=("women",)),
        Problem("status", "not_a_choice", "arived", "choice", ("arrived", "departed")),
    ]
    text = shown(refusal(problems, FLIGHT, "flight", "67 women", words()))
    assert "Not stored yet: 2 things to put right" in text
    assert "“wommen”: I don't know what this is. Did you mean women?" in text
    assert "One of: planned, confirmed" in text
    assert "Did you mean arrived or departed?" in text


def test_a_sum_that_does_not_fit_is_shown() -> None:
    said = sentence(Problem("people", "total_too_small", "23", about=ABOUT), words(), FLIGHT)
    assert "23 is less than its parts: 59 women + 156 children = 215" in said


def test_a_single_part_that_is_more_than_the_whole_is_named_alone() -> None:
    assert "7 is less than one of its parts: 12 women." in told(
        FLIGHT, "yesterday from Erbil to Aktau 7 people 12 women"
    )


def test_nobody_is_told_to_send_again_what_sending_mends_nothing_of() -> None:
    gone = Problem("", "is_emptied", "F-0001")
    said = shown(refusal([gone], FLIGHT, "edit F-0001", "", words(), stays=flight(people=3)))
    assert "stays as it was." in said
    assert "put right" not in said


def test_what_is_missing_is_said() -> None:
    assert "Site: missing. A place, such as Aktau." in told(SESSION, "03.06.2019 type psychosocial 12 women")


def test_days_that_were_understood_are_spelt() -> None:
    assert "9 May 2099" in sentence(Problem("date", "still_ahead", "2099-05-09"), words(), FLIGHT)


def test_the_corrected_command_is_there_to_copy() -> None:
    answer = refusal([Problem("", "unknown_word", "x")], FLIGHT, "flight", "date 31.05.2019 women 67", words())
    assert "/flight date 31.05.2019 women 67" in shown(answer)
    assert answer.buttons[0][0].copy == "/flight date 31.05.2019 women 67"


def test_a_long_command_is_shown_without_a_button_and_a_very_long_one_not_at_all() -> None:
    problems = [Problem("", "unknown_word", "x")]
    long = refusal(problems, FLIGHT, "flight", "note " + "a" * 500, words())
    assert "a" * 500 in shown(long)
    assert not long.buttons
    endless = refusal(problems, FLIGHT, "flight", "note " + "a" * 4000, words())
    assert "too long" in shown(endless)


def test_many_mistakes_fit_into_one_message() -> None:
    many = [Problem("note", "unknown_word", "🛫" * 400, guesses=("b" * 300, "c" * 300)) for _ in range(100)]
    text = shown(refusal(many, FLIGHT, "flight", "x", words()))
    assert "and 85 more" in text


def test_a_refused_correction_says_what_stays() -> None:
    text = shown(
        refusal(
            [Problem("women", "not_a_number", "x", "number")],
            FLIGHT,
            "edit F-0001",
            "",
            words(),
            stays=flight(people=1),
        )
    )
    assert "F-0001 stays as it was" in text
    assert "stored" not in text


def test_a_refused_question_speaks_of_no_storing() -> None:
    text = shown(refusal([Problem("period", "calendar_only", "x", "period")], None, "stats", "", words()))
    assert "stored" not in text
    assert "Time: this group sees rounded numbers" in text


def test_what_is_said_of_no_field_begins_as_a_sentence_does() -> None:
    said = [sentence(Problem("", code, "aktau"), words()) for code in ("two_readings", "missing_option", "loose_place")]
    assert [one.split()[1] for one in said] == ["This", "Something", "aktau:"]


def test_an_unknown_reference_offers_the_nearest() -> None:
    assert "Did you mean F-0008 or F-0006?" in shown(not_found("F-0009", ["F-0008", "F-0006"], words()))
    assert "There is no F-0009" in shown(not_found("F-0009", [], words()))


@given(st.text(), st.text(), st.text(), st.sampled_from(["unknown_word", "given_twice", "too_long", "not_a_choice"]))
def test_nothing_that_is_typed_breaks_a_refusal(read_: str, guess: str, corrected: str, code: str) -> None:
    problem = Problem("status", code, read_, "choice", (guess or "x",), {**ABOUT, "first": read_})
    assert shown(refusal([problem, replace(problem, field="")], FLIGHT, "flight", corrected, words()))
