"""Counting people: nothing is guessed, nothing is counted twice, a total and its parts never disagree."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from records.kind import Value, Values
from records.people import CELLS, HEADS, PARTS, SEXES, SUBSETS, arrived, breakdown, moved, problems, stated

COUNTS = some.dictionaries(some.sampled_from(HEADS), some.integers(0, 300))
WITH_SUBSETS = some.dictionaries(some.sampled_from((*HEADS, *SUBSETS)), some.integers(0, 300))


def test_the_second_zhusan_flight_is_kept_as_it_was_published() -> None:
    values: Values = {"people": 231, "women": 59, "children": 156, "orphans": 18}
    people = breakdown(values)
    assert people.cells == {"women": 59, "children_not_stated": 156, "not_stated": 16}
    assert (people.people, people.children) == (231, 156)
    assert people.adults == 59
    assert people.derived == {"adults": "at_least"}
    assert problems(values) == []


def test_children_without_sex_and_the_rest_not_stated() -> None:
    people = breakdown({"people": 23, "children": 15})
    assert people.cells == {"children_not_stated": 15, "not_stated": 8}
    assert people.adults is None


def test_a_total_nobody_gave_is_the_sum_of_all_its_parts() -> None:
    people = breakdown({"women": 67, "men": 8, "children": 171})
    assert (people.people, people.adults) == (246, 75)
    assert people.derived == {"adults": "sum", "people": "sum"}


def test_a_total_with_a_part_missing_is_at_least() -> None:
    people = breakdown({"women": 12, "children": 30})
    assert people.people == 42
    assert people.derived == {"adults": "at_least", "people": "at_least"}


def test_a_total_that_is_all_accounted_for_leaves_no_at_least() -> None:
    people = breakdown({"people": 23, "women": 8, "children": 15})
    assert people.derived == {"adults": "sum"}
    assert "not_stated" not in people.cells


def test_nothing_stated_is_nothing_known() -> None:
    people = breakdown({"orphans": 3})
    assert (people.cells, people.people, people.adults, people.children) == ({}, None, None, None)
    assert not stated({"orphans": 3})


@pytest.mark.parametrize(
    ("values", "cells"), [({"people": 0}, {"not_stated": 0}), ({"adults": 0}, {"adults_not_stated": 0})]
)
def test_a_zero_that_was_said_is_kept(values: Values, cells: Mapping[str, int]) -> None:
    assert breakdown(values).cells == cells
    assert breakdown(values).people == 0


def test_a_total_below_its_parts_is_refused_with_the_sum() -> None:
    (found,) = problems({"people": 10, "women": 8, "children": 5})
    assert (found.field, found.code, found.read) == ("people", "total_too_small", "10")
    assert found.about == {"total": 10, "sum": 13, "parts": "women,children", "women": 8, "children": 5}


def test_a_total_below_its_only_part_is_refused_without_a_sum() -> None:
    (found,) = problems({"people": 7, "women": 12})
    assert (found.field, found.code, found.read) == ("people", "total_below_part", "7")


def test_every_total_that_is_wrong_is_told_at_once() -> None:
    found = problems({"people": 5, "adults": 3, "men": 2, "women": 2, "children": 1, "boys": 2, "orphans": 9})
    assert [(one.field, one.code) for one in found] == [
        ("adults", "total_too_small"),
        ("children", "total_below_part"),
        ("people", "total_too_small"),
        ("orphans", "subset_too_large"),
    ]
    assert found[2].about["sum"] == 6


@pytest.mark.parametrize(
    ("values", "subset", "limit"),
    [
        ({"people": 231, "women": 59, "children": 156}, "orphans", 172),
        ({"children": 15}, "unaccompanied", 15),
        ({"boys": 4, "girls": 5}, "separated", 9),
        ({"people": 20}, "orphans", 20),
        ({"people": 20, "adults": 20}, "orphans", 0),
        ({"people": 20}, "medical", 20),
        ({"men": 1, "women": 2, "children": 3}, "disability", 6),
        ({"people": 30, "men": 10, "boys": 5, "children": 12}, "pregnant", 15),
        ({"women": 5, "girls": 2}, "pregnant", 7),
        ({"adults": 9, "men": 2, "girls": 3}, "pregnant", 10),
        ({"people": 30, "children": 12}, "justice", 18),
        ({"men": 4, "women": 2}, "justice", 6),
    ],
)
def test_a_subset_is_never_larger_than_what_it_is_a_part_of(values: Values, subset: str, limit: int) -> None:
    assert problems({**values, subset: limit}) == []
    (found,) = problems({**values, subset: limit + 1})
    assert (found.field, found.code, found.about["limit"]) == (subset, "subset_too_large", limit)


@pytest.mark.parametrize(
    "values", [{"orphans": 3}, {"women": 5, "orphans": 3}, {"girls": 2, "orphans": 3}, {"women": 1, "pregnant": 2}]
)
def test_a_subset_is_not_refused_while_the_question_is_open(values: Values) -> None:
    assert problems(values) == []


def test_a_total_that_equalled_its_parts_moves_along() -> None:
    before: Values = {"men": 8, "women": 67, "adults": 75, "people": 246, "children": 171}
    assert moved(before, {"women": 68}) == {"men": 8, "women": 68, "adults": 76, "people": 247, "children": 171}


def test_a_total_that_was_more_than_its_parts_stays() -> None:
    assert moved({"people": 10, "women": 4}, {"women": 5}) == {"people": 10, "women": 5}


def test_a_total_that_is_corrected_itself_is_taken_as_said() -> None:
    assert moved({"people": 75, "women": 67, "men": 8}, {"women": 68, "people": 80})["people"] == 80


def test_a_part_that_is_added_to_a_complete_total_moves_it() -> None:
    assert moved({"people": 75, "women": 67, "men": 8}, {"children": 10})["people"] == 85


def test_a_breakdown_of_what_was_one_number_moves_nothing() -> None:
    assert moved({"people": 246, "adults": 75, "children": 171}, {"boys": 80}) == {
        "people": 246,
        "adults": 75,
        "children": 171,
        "boys": 80,
    }


def test_a_part_that_is_taken_away_is_merely_no_longer_stated() -> None:
    after = moved({"people": 75, "women": 67, "men": 8}, {"men": None, "women": 68})
    assert after == {"people": 76, "women": 68}
    assert breakdown(after).cells == {"women": 68, "not_stated": 8}


def after_arrival(before: Values, **changes: Value) -> Values:
    return moved(before, arrived(before, changes))


EXPECTED: Values = {"people": 246, "men": 8, "women": 67, "children": 171, "medical": 5, "expected": 246}


def test_what_was_expected_gives_way_to_the_number_that_came() -> None:
    assert after_arrival(EXPECTED, people=240) == {"people": 240, "expected": 246}


def test_what_was_expected_roughly_is_counted_exactly() -> None:
    assert after_arrival({"people": 250, "approx": True}, people=246) == {"people": 246}


def test_the_number_expected_confirmed_keeps_what_it_was_made_of() -> None:
    assert after_arrival(EXPECTED, people=246) == EXPECTED
    parts: Values = {"women": 67, "children": 171}
    assert after_arrival({**parts, "expected": 238}, people=238) == {**parts, "people": 238, "expected": 238}


def test_a_part_corrected_on_arrival_leaves_the_others() -> None:
    assert after_arrival(EXPECTED, women=66)["people"] == 245


def test_an_expected_total_that_was_more_than_its_parts_goes_when_parts_are_counted() -> None:
    assert after_arrival({"people": 250, "expected": 250}, women=60, children=180) == {
        "women": 60,
        "children": 180,
        "expected": 250,
    }


def test_nobody_counted_yet_means_no_figures() -> None:
    assert after_arrival(EXPECTED) == {"expected": 246}


@settings(deadline=None)
@given(COUNTS)
def test_cells_always_add_up_to_the_people(values: dict[str, int]) -> None:
    people = breakdown(values)
    assert set(people.cells) <= set(CELLS)
    assert all(count >= 0 for count in people.cells.values())
    if not problems(values) and people.people is not None:
        assert sum(people.cells.values()) == people.people
    for total in SEXES:
        known = people.total(total)
        own = (*SEXES[total], f"{total}_not_stated")
        assert known is None or problems(values) or sum(people.cells.get(name, 0) for name in own) == known


@settings(deadline=None)
@given(COUNTS)
def test_what_was_said_is_found_again(values: dict[str, int]) -> None:
    people = breakdown(values)
    if not problems(values):
        assert {name: people.cells[name] for name in PARTS if name in values} == {
            name: values[name] for name in PARTS if name in values
        }
        assert all(
            people.total(name) == values[name] and people.exact(name)
            for name in ("people", "adults", "children")
            if name in values
        )


@settings(deadline=None)
@given(COUNTS, some.sampled_from(PARTS), some.integers(1, 50))
def test_more_of_a_part_never_breaks_a_total_that_was_its_parts(values: dict[str, int], part: str, more: int) -> None:
    whole = breakdown(values)
    if (
        part not in values
        or problems(values)
        or any(name.endswith("not_stated") and count for name, count in whole.cells.items())
    ):
        return
    after = moved(values, {part: values[part] + more})
    assert problems(after) == []
    if whole.people is not None:
        assert breakdown(after).people == whole.people + more


@settings(deadline=None)
@given(WITH_SUBSETS, WITH_SUBSETS)
def test_a_correction_keeps_all_it_did_not_touch(before: dict[str, int], changes: dict[str, int]) -> None:
    after = moved(before, changes)
    assert all(after[name] == value for name, value in changes.items())
    assert set(after) == {*before, *changes}
    assert all(
        after[name] == before[name]
        for name in before
        if name not in changes and name not in {"adults", "children", "people"}
    )


@settings(deadline=None)
@given(WITH_SUBSETS)
def test_a_subset_over_a_total_is_the_only_way_a_subset_is_wrong(values: dict[str, int]) -> None:
    heads = {name: count for name, count in values.items() if name in HEADS}
    if "people" not in heads and not problems(heads):
        return
    found = {one.field for one in problems(values)}
    whole = breakdown(heads).people
    if whole is not None and not problems(heads):
        assert all(values[name] <= whole for name in SUBSETS if name in values and name not in found)
