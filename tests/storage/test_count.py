"""Counting against a plain count in Python, over entries made up at random."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from protection.small_numbers import EXACT, Audience
from records.entry import Entry
from records.flight import FLIGHT
from records.kind import Count, Kind, Value, Values
from records.question import GROUPS, Compared, Counted, Question, Totals
from records.record import facts
from records.session import SESSION
from storage import count, teams
from storage.door import Door, Tx
from tests.storage.made import LESSON, NOON, ZHUSAN, post, revise

KINDS: Mapping[str, Kind] = {"flight": FLIGHT, "session": SESSION}
FIRST = date(2019, 12, 20)
GROUP = Audience(masked=True, secret=b"a test's")
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "citizens": ("KZ", "UZ"),
    "origin": ("SY", "IQ"),
    "from": ("al-hol", "al-hasakah", "~Somewhere else"),
    "to": ("aktau", "ALA"),
    "site": ("aktau", "karaganda"),
    "operation": ("zhusan-1", "zhusan-2"),
    "provider": ("teacher", "doctor"),
    "mode": ("individual", "group"),
    "leg": ("entry", "transit"),
}


def made_up(dice: random.Random, kind: Kind) -> Values:
    """An entry's values; the figures need not make sense together, they only have to be counted."""
    values: dict[str, Value] = {
        "date": (FIRST + timedelta(days=dice.randrange(60))).isoformat(),
        "status": dice.choice([one.name for one in kind.statuses]),
    }
    for name, options in OPTIONS.items():
        if name in kind.by_name and dice.random() < 0.7:
            values[name] = dice.choice(options)
    if dice.random() < 0.7:
        shape = kind.field("type").shape
        values["type"] = dice.choice(getattr(shape, "options", ("other",)))
    if dice.random() < 0.2:
        values["approx"] = True
    for field in kind.fields:
        if isinstance(field.shape, Count) and dice.random() < 0.3:
            values[field.name] = dice.randrange(field.shape.least, 100)
    return values


def plainly(entries: list[Entry], audience: Audience) -> Totals:
    """What a patient person with a pencil would get."""
    total = {"entries": 0, "held": 0, "attended": 0, "expected": 0, "both": 0}
    by_status: dict[str, int] = {}
    cells: dict[str, int] = {}
    approx = False
    for entry in entries:
        fact = facts(KINDS[entry.kind], entry.values)
        if fact.stands_for:
            total["entries"] += 1
            by_status[fact.status] = by_status.get(fact.status, 0) + 1
        if not fact.counted:
            continue
        total["held"] += fact.stands_for
        approx = approx or fact.approx
        measures = audience.told(fact.measures, entry.ref)
        for name, number in measures.items():
            cells[name] = cells.get(name, 0) + number
        parts = ("men", "women", "boys", "girls", "adults_not_stated", "children_not_stated", "not_stated")
        people = [measures[name] for name in parts if name in measures]
        if people and "expected" in measures:
            total["attended"] += sum(people)
            total["expected"] += measures["expected"]
            total["both"] += 1
    return Totals(
        entries=total["entries"],
        by_status=by_status,
        cells=cells,
        held=total["held"],
        approx=approx,
        compared=Compared(total["attended"], total["expected"], total["both"]),
        revised=max((entry.recorded for entry in entries), default=None),
    )


def value_of(entry: Entry, name: str) -> str:
    """What an entry has under a name of `by`."""
    day = date.fromisoformat(str(entry.values["date"]))
    if name == "day":
        return day.isoformat()
    if name == "week":
        return min(
            day - timedelta(days=back) for back in range(7) if (day - timedelta(days=back)).isoweekday() == 1
        ).isoformat()
    if name == "month":
        return f"{day:%Y-%m}"
    return str(entry.values.get(name, ""))


def answered(entries: list[Entry], question: Question, audience: Audience) -> Counted:
    """The answer by looking at each entry."""
    found = [
        entry
        for entry in entries
        if entry.kind == question.kind
        and (question.since is None or str(entry.values["date"]) >= question.since.isoformat())
        and (question.until is None or str(entry.values["date"]) <= question.until.isoformat())
        and all(value_of(entry, name) == value for name, value in question.filters)
    ]
    keys = sorted({tuple(value_of(entry, name) for name in question.by) for entry in found}) if question.by else []
    groups = tuple(
        (key, plainly([one for one in found if tuple(value_of(one, name) for name in question.by) == key], audience))
        for key in keys
    )
    return Counted(question, plainly(found, audience), groups)


def asked(dice: random.Random, kind: Kind) -> Question:
    """A question somebody might ask."""
    names = [name for name in GROUPS if name in kind.by_name or name in {"status", "day", "week", "month"}]
    filters = [name for name in names if name in OPTIONS or name == "status"]
    statuses = tuple(one.name for one in kind.statuses)
    since = FIRST + timedelta(days=dice.randrange(60)) if dice.random() < 0.5 else None
    return Question(
        kind=kind.name,
        since=since,
        until=(since or FIRST) + timedelta(days=dice.randrange(40)) if dice.random() < 0.5 else None,
        by=tuple(dice.sample(names, dice.randrange(3))),
        filters=tuple(
            (name, dice.choice(OPTIONS.get(name, statuses))) for name in dice.sample(filters, dice.choice((0, 0, 1, 2)))
        ),
    )


@pytest.mark.parametrize("audience", [EXACT, GROUP, replace(GROUP, threshold=30)])
async def test_every_question_gets_the_answer_a_pencil_gives(door: Door, team: int, audience: Audience) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)

    def fill(tx: Tx) -> list[Entry]:
        other = teams.ensure(tx, "Their team")
        kept = []
        for number in range(400):
            kind = dice.choice((FLIGHT, SESSION))
            values = made_up(dice, kind)
            entry = post(tx, team, values, kind=kind, at=NOON + timedelta(minutes=number))
            if dice.random() < 0.1:
                revise(tx, entry, withdraw=True)
            else:
                kept.append(entry)
            post(tx, other, values, kind=kind)
        return kept

    entries = await door.change(fill)
    for _ in range(150):
        question = asked(dice, dice.choice((FLIGHT, SESSION)))
        found = await door.read(count.count, team, question, audience)
        assert found == answered(entries, question, audience), question


async def test_a_hundred_sessions_of_one_person_each_are_about_a_hundred_attendances(door: Door, team: int) -> None:
    def fill(tx: Tx) -> None:
        for at in range(100):
            post(tx, team, {**LESSON, "people": 1, "mode": ("individual", "family")[at % 2]}, kind=SESSION)

    await door.change(fill)
    whole, parted = Question("session", None, None), Question("session", None, None, by=("mode",))
    sums = []
    for number in range(20):
        audience = replace(GROUP, secret=bytes([number]))
        counted, rows = [await door.read(count.count, team, one, audience) for one in (whole, parted)]
        told = counted.total.cells["not_stated"]
        assert told == sum(totals.cells["not_stated"] for _, totals in rows.groups), "asked otherwise, thrown alike"
        sums.append(told)
    assert all(90 <= one <= 140 for one in sums), sums
    assert 110 <= sum(sums) / len(sums) <= 120, "a 1 may always have been told as 4, one time in twenty"


async def test_nothing_comes_to_nothing(door: Door, team: int) -> None:
    question = Question("flight", None, None, by=("to",))
    assert await door.read(count.count, team, question) == Counted(question, Totals(), ())


async def test_what_was_not_stated_is_absent_and_a_nought_is_not(door: Door, team: int) -> None:
    await door.change(post, team, {**ZHUSAN, "boys": 0})
    total = (await door.read(count.count, team, Question("flight", None, None))).total
    assert total.cells["boys"] == 0
    assert "girls" not in total.cells


async def test_a_planned_flight_is_an_entry_and_its_people_are_nobody_yet(door: Door, team: int) -> None:
    await door.change(post, team, {**ZHUSAN, "status": "planned", "expected": 246, "approx": True})
    total = (await door.read(count.count, team, Question("flight", None, None))).total
    assert (total.entries, total.by_status, total.held, total.cells, total.approx) == (1, {"planned": 1}, 0, {}, False)


async def test_a_summary_brings_people_and_no_flights(door: Door, team: int) -> None:
    await door.change(post, team, {**ZHUSAN, "type": "summary", "until": "2019-06-30"})
    total = (await door.read(count.count, team, Question("flight", None, None))).total
    assert (total.entries, total.by_status, total.held, total.cells["women"]) == (0, {}, 0, 67)


async def test_one_entry_may_stand_for_many_sessions_and_their_minutes(door: Door, team: int) -> None:
    await door.change(post, team, {**LESSON, "sessions": 34, "minutes": 30}, kind=SESSION)
    total = (await door.read(count.count, team, Question("session", None, None))).total
    assert (total.entries, total.held, total.cells["sessions"], total.cells["minutes"]) == (1, 34, 34, 1020)
    assert total.compared == Compared(30, 32, 1)


async def test_a_correction_is_when_the_figures_were_last_touched(door: Door, team: int) -> None:
    posted = await door.change(post, team)
    await door.change(revise, posted, women=68, at=NOON + timedelta(days=3))
    total = (await door.read(count.count, team, Question("flight", None, None))).total
    assert (total.revised, total.cells["women"]) == (NOON + timedelta(days=3), 68)


async def test_what_nothing_can_be_counted_by_never_reaches_the_database(door: Door, team: int) -> None:
    for question in (
        Question("flight", None, None, by=("body",)),
        Question("flight", None, None, filters=(("1 = 1) OR (team", "x"),)),
    ):
        with pytest.raises(KeyError):
            await door.read(count.count, team, question)
