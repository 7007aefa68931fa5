"""What changed between two digests, as it is told: by its two ends, each as the reader sees it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from digests.net import Ledger, Net, net, stories
from digests.sight import Eyes, shown_by
from records.entry import State
from records.filters import conditions
from records.kind import Value
from records.kinds import KINDS
from storage.changes import Step

FLIGHT: Mapping[str, Value] = {
    "date": "2019-05-09",
    "from": "SY",
    "to": "aktau",
    "citizens": "KZ",
    "status": "arrived",
    "leg": "entry",
    "women": 67,
    "children": 171,
}


def flight(ref: str = "F-0001", *, withdrawn: bool = False, **values: Value) -> State:
    return State("flight", ref, {**FLIGHT, **values}, withdrawn)


def story(*states: State | None, entry: int = 1, start: int = 1, reason: str = "") -> list[Step]:
    """One entry's lines, one after another."""
    return [Step(entry, start + after, state, reason) for after, state in enumerate(states)]


def told(steps: list[Step], since: int, filter_: str = "", *, restricted: bool = True) -> Net:
    seen = stories(steps, since, Eyes(KINDS, restricted=restricted))
    return net(seen.values(), shown_by(filter_), Ledger(KINDS))


def test_what_was_not_there_is_new() -> None:
    seen = told(story(flight()), 0)
    assert [(one.what, one.before, one.after) for one in seen.new] == [("new", None, flight())]
    assert not seen.corrected
    assert not seen.withdrawn


def test_a_correction_is_told_from_first_to_last() -> None:
    seen = told(story(flight(women=66), flight(women=67), flight(women=68, note="late")), 1)
    (one,) = seen.corrected
    assert (one.before, one.after) == (flight(women=66), flight(women=68, note="late"))
    assert set(one.fields) == {"women", "note"}


def test_new_and_corrected_at_once_is_new_as_it_stands() -> None:
    seen = told(story(flight(women=66), flight(women=67)), 0)
    assert [one.after for one in seen.new] == [flight(women=67)]
    assert not seen.corrected


def test_a_correction_taken_back_is_not_told() -> None:
    seen = told(story(flight(), flight(women=1), flight()), 1)
    assert seen == told([], 0)


def test_posted_and_withdrawn_between_is_a_number() -> None:
    seen = told(story(flight(), flight(withdrawn=True)), 0)
    assert (seen.taken_back, seen.new, seen.withdrawn) == (1, (), ())


def test_withdrawn_restored_and_withdrawn_again() -> None:
    lines = story(flight(), flight(withdrawn=True), flight(), flight(withdrawn=True), reason="twice")
    assert [(one.what, one.reason) for one in told(lines, 1).withdrawn] == [("withdrawn", "twice")]
    assert [one.what for one in told(lines[:3], 2).new] == ["restored"]
    assert told(lines, 2).taken_back == 1


def test_a_filter_makes_of_a_correction_a_move() -> None:
    lines = story(flight(citizens="KZ"), flight(citizens="UZ"))
    assert [one.what for one in told(lines, 1, "citizens=KZ").withdrawn] == ["moved_out"]
    assert [one.what for one in told(lines, 1, "citizens=UZ").new] == ["moved_in"]
    assert [one.what for one in told(lines, 1, "kind=flight").corrected] == ["corrected"]
    assert told(lines, 1, "kind=session") == told([], 0)


def test_an_emptied_entry_is_told_by_what_was_known_of_it() -> None:
    (one,) = told(story(flight(), None), 1).withdrawn
    assert (one.what, one.after.ref) == ("withdrawn", "F-0001")
    assert told(story(None, None), 1) == told([], 0)


def test_groups_don_t_hear_what_is_told_in_private_only() -> None:
    lines = story(flight(justice=2), flight(justice=3), flight(justice=3, women=70))
    assert told(lines[:2], 1).corrected[0].fields == ("justice",)
    assert told(lines[:2], 1, restricted=False) == told([], 0)
    group = told(lines, 1, restricted=False)
    assert group.corrected[0].fields == ("women",)
    assert "justice" not in group.corrected[0].after.values
    assert "justice" not in group.movements[0].cells


def test_sums_move_when_people_arrive_and_when_they_are_corrected() -> None:
    planned = flight(status="planned")
    arrived = told(story(planned, flight()), 1).movements[0]
    assert (arrived.kind, arrived.held) == ("flight", 1)
    assert arrived.cells == {"women": 67, "children_not_stated": 171}
    corrected = told(story(flight(), flight(women=65, approx=True)), 1).movements[0]
    assert (corrected.held, corrected.cells, corrected.approx) == (0, {"women": -2}, True)
    gone = told(story(flight(), flight(withdrawn=True)), 1).movements[0]
    assert (gone.held, gone.cells["women"]) == (-1, -67)
    assert told([], 0).movements[0].nothing


def test_people_who_turn_out_to_be_another_country_s_move_though_the_sum_does_not() -> None:
    moved = told(story(flight(citizens="KZ"), flight(citizens="UZ")), 1).movements[0]
    assert (moved.held, moved.cells, moved.by_country) == (0, {}, {"KZ": -238, "UZ": 238})
    assert not moved.nothing


def test_what_is_told_stands_by_kind_then_day_then_reference() -> None:
    session = State(
        "session", "S-0001", {"date": "2019-01-01", "site": "aktau", "type": "legal", "status": "held"}, withdrawn=False
    )
    lines = [
        *story(session, entry=1, start=1),
        *story(flight("F-0003"), entry=2, start=2),
        *story(flight("F-0002"), entry=3, start=3),
        *story(flight("F-0004", date="2019-01-06"), entry=4, start=4),
    ]
    assert [one.after.ref for one in told(lines, 0).new] == ["F-0004", "F-0002", "F-0003", "S-0001"]


def test_what_moves_a_counted_number_is_told_before_the_rest() -> None:
    def planned(ref: str, *, withdrawn: bool = False) -> State:
        return flight(ref, withdrawn=withdrawn, date="2019-01-01", status="planned")

    lines = [
        *story(planned("F-0001"), entry=1, start=1),
        *story(flight("F-0002"), flight("F-0002", note="x"), entry=2, start=2),
        *story(flight("F-0003"), flight("F-0003", women=68), entry=3, start=4),
        *story(flight("F-0004"), entry=4, start=6),
        *story(planned("F-0005"), planned("F-0005", withdrawn=True), entry=5, start=7),
        *story(flight("F-0006"), flight("F-0006", withdrawn=True), entry=6, start=9),
    ]
    before = [step for step in lines if step.seq in {2, 4, 7, 9}]
    seen = told([*(replace(step, seq=0) for step in before), *(step for step in lines if step not in before)], 0)
    assert [one.after.ref for one in seen.new] == ["F-0004", "F-0001"]
    assert [one.after.ref for one in seen.corrected] == ["F-0003", "F-0002"]
    assert [one.after.ref for one in seen.withdrawn] == ["F-0006", "F-0005"]


def test_a_filter_that_isn_t_one_is_refused() -> None:
    assert conditions("kind=flight;site=aktau") == (("kind", "flight"), ("site", "aktau"))
    for wrong in ("flights", "kind=", "=flight"):
        with pytest.raises(ValueError, match="filter"):
            conditions(wrong)
