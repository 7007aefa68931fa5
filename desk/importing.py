"""A table looked at against what is kept: what each of its lines would do, and all that keeps it from being stored."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from records.entry import Entry, Facts, Record
from records.imports import Told, Waiting
from records.kind import Changes, Choice, Context, Kind, Place, Value, Values
from records.places import Gazetteer
from records.problem import Problem
from records.record import amend, changed, facts, settle
from records.same import Likes
from records.sheet import REF, Line, twice_in
from storage import entries, journal, teams
from storage.door import Tx
from storage.doubts import candidates

What: TypeAlias = Literal["new", "changed", "unchanged", "wrong"]
NOBODY_TYPES: Final = "unsettled"
SEAL: Final = 12
"""Signs of a seal; nobody gains by forging what only they are told."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a line would do. `record` and `facts` are what would be kept, `before` the entry that would change.

    `like` are ids of entries it may be again, below nothing the number of an earlier line: -7 is line 7.
    """

    line: Line
    what: What
    record: Record | None = None
    facts: Facts | None = None
    before: Entry | None = None
    problems: tuple[Problem, ...] = ()
    like: tuple[int, ...] = ()

    @property
    def seal(self) -> str:
        """What it would do, so short that it can be kept: when that is no longer the same, somebody is told first."""
        after = dict(self.record.values) if self.record is not None else {}
        was = self.before.values if self.before is not None else {}
        moved = {name: [was.get(name), after.get(name)] for name in {*was, *after} if was.get(name) != after.get(name)}
        what = json.dumps([self.what, moved], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(what.encode()).hexdigest()[:SEAL]


@dataclass(frozen=True, slots=True)
class Plan:
    """What all lines would do, as the journal stood at that line; what entries are called that some are like."""

    rows: tuple[Row, ...]
    seq: int
    refs: Mapping[int, str]

    @property
    def told(self) -> Told:
        """How many lines would do what."""
        many = Counter(row.what for row in self.rows)
        like = sum(bool(row.like) for row in self.rows)
        return Told(len(self.rows), many["new"], many["changed"], many["unchanged"], many["wrong"], like)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The lines as they wait."""
        return tuple(Waiting(row.line.number, row.line.said, row.seal) for row in self.rows)


def plan(tx: Tx, team: int, kind: Kind, lines: Sequence[Line], context: Context) -> Plan:
    """What the lines would do to the entries as they are now."""
    twice = twice_in(lines)
    rows = [_row(tx, team, kind, one, twice.get(one.number), context) for one in lines]
    rows, refs = _with_likes(tx, team, kind, rows, context.places)
    return Plan(tuple(rows), teams.seq(tx, team), refs)


def moved(plan: Plan, waiting: Sequence[Waiting]) -> tuple[Row, ...]:
    """The rows that would do something else than their preview told."""
    return tuple(row for row, told in zip(plan.rows, waiting, strict=True) if row.seal != told.seal)


def lines_of(waiting: Sequence[Waiting]) -> list[Line]:
    """The lines that wait, as they were read."""
    return [Line(one.number, one.said) for one in waiting]


def _row(tx: Tx, team: int, kind: Kind, line: Line, first: int | None, context: Context) -> Row:
    if line.broken:
        return Row(line, "wrong")
    problems = list(line.problems)
    if first is not None:
        problems.append(Problem(REF, "ref_twice", line.ref, about={"row": first}))
    entry = entries.by_ref(tx, team, line.ref) if line.ref else None
    if entry is None:
        return _new(kind, line, problems, context)
    if entry.kind != kind.name:
        problems.append(Problem(REF, "row_other_kind", entry.ref, about={"kind": entry.kind}))
    elif entry.emptied:
        problems.append(Problem(REF, "is_emptied", entry.ref))
    elif entry.withdrawn is not None:
        reason = journal.history(tx, team, entry.id)[-1].reason
        code = "row_withdrawn_because" if reason else "is_withdrawn"
        problems.append(Problem(REF, code, entry.ref, about={"reason": reason} if reason else {}))
    else:
        return _changed(kind, line, entry, problems, context)
    return Row(line, "wrong", before=entry, problems=tuple(problems))


def _new(kind: Kind, line: Line, problems: Sequence[Problem], context: Context) -> Row:
    said = {name: value for name, value in line.said.items() if (name, value) != ("status", NOBODY_TYPES)}
    record, wrong = settle(kind, said, context)
    unread = {one.field for one in problems}
    found = (*problems, *(one for one in wrong if one.field not in unread))
    if record is None or found:
        return Row(line, "wrong", problems=found)
    values = {name: value for name, value in record.values.items() if name != REF}
    record = replace(record, values=values)
    return Row(line, "new", record, facts(kind, values))


def _changed(kind: Kind, line: Line, entry: Entry, problems: list[Problem], context: Context) -> Row:
    changes = difference(kind, entry.values, line.said, context.places)
    status = kind.by_name["status"].shape
    if isinstance(status, Choice) and "status" in changes and changes["status"] not in status.options:
        problems.append(Problem("status", "not_a_choice", str(changes["status"]), "choice"))
        return Row(line, "wrong", before=entry, problems=tuple(problems))
    record, wrong = amend(kind, entry.values, changes, context)
    if record is None or wrong or problems:
        return Row(line, "wrong", before=entry, problems=(*problems, *wrong))
    if not changed(kind, entry.values, record.values):
        return Row(line, "unchanged", Record(kind.name, entry.values, {}), before=entry)
    return Row(line, "changed", record, facts(kind, record.values), entry)


def difference(kind: Kind, now: Values, said: Mapping[str, Value], places: Gazetteer) -> Changes:
    """What a line says otherwise than the entry; an empty cell says nothing, and a place is one whatever it was called then."""

    def same(name: str, value: Value) -> bool:
        if isinstance(kind.by_name[name].shape, Place) and name in now:
            return places.standing(str(now[name])) == places.standing(str(value))
        return now.get(name) == value

    return {name: value for name, value in said.items() if name != REF and not same(name, value)}


def _with_likes(
    tx: Tx, team: int, kind: Kind, rows: Sequence[Row], places: Gazetteer
) -> tuple[list[Row], Mapping[int, str]]:
    """The new rows with what they may be told again: entries that are there, and earlier lines."""
    new = [row for row in rows if row.what == "new" and row.record is not None]
    if not new or kind.same is None:
        return list(rows), {}
    likes, refs = Likes(kind), dict[int, str]()
    days = [str(row.record.values["date"]) for row in new if row.record is not None]
    near = timedelta(days=kind.same.days)
    since, until = date.fromisoformat(min(days)) - near, date.fromisoformat(max(days)) + near
    for number, ref, values in candidates(tx, team, kind, since, until):
        likes.add(number, standing(kind, values, places))
        refs[number] = ref
    found: dict[int, tuple[int, ...]] = {}
    for row in new:
        values = standing(kind, row.record.values if row.record else {}, places)
        found[row.line.number] = likes.of(values)
        likes.add(-row.line.number, values)
    told = {number: refs[number] for some in found.values() for number in some if number > 0}
    return [replace(row, like=found.get(row.line.number, ())) for row in rows], told


def standing(kind: Kind, values: Values, places: Gazetteer) -> Values:
    """The values with each place as what it is called by now."""
    held = (name for name in values if isinstance(kind.by_name.get(name) and kind.by_name[name].shape, Place))
    return {**values, **{name: places.standing(str(values[name])) for name in held}}
