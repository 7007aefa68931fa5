"""A table stored, all of it or nothing, and taken back whole."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from desk.acts import Refused, Teller
from desk.importing import Plan, Row, moved
from desk.rights import Denied, role_of
from desk.undo import REACH, as_before, standing
from records.entry import Entry
from records.imports import Import, Told
from records.kind import Kind
from records.problem import Problem
from records.record import facts
from records.rights import may
from records.same import comparable
from storage import doubts, entries, imports, inbox, journal, teams
from storage.door import Tx
from storage.journal import Deed, Line
from storage.people import NOBODY

NAMED: Final = 10
"""References that are named of those that are like others, or that keep an import from being taken back."""
Route = Mapping[str, object]


class Over(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """The table waits no more: it was stored, given up, or forgotten (`table` is None)."""

    def __init__(self, table: Import | None) -> None:
        super().__init__("the import is over")
        self.table = table


class Late(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """Somebody wrote something since the plan was made: it wants making again."""


class Otherwise(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """Some lines would do something else now than their preview told; nothing was stored."""

    def __init__(self, plan: Plan, rows: Sequence[Row]) -> None:
        super().__init__(f"{len(rows)} rows would do something else")
        self.plan, self.rows = plan, tuple(rows)


def keep(tx: Tx, team: int, table: Import, owners: AbstractSet[int]) -> Import:
    """Keeps a table that waits to be stored; the one this person had is given up. Raises Denied."""
    teams.begin(tx, team)
    _held(tx, team, table.who, owners)
    return imports.begin(tx, team, table)


def waits(tx: Tx, team: int, number: int, who: int) -> Import:
    """The table of that number, which waits and is that person's. Raises Over."""
    table = imports.by_id(tx, team, number)
    if table is None or table.who != who:
        raise Over(None)
    if table.state != "waiting":
        raise Over(table)
    return table


def cancel(tx: Tx, team: int, number: int, who: int) -> Import:
    """Gives a table up; nothing of it is kept. Raises Over."""
    teams.begin(tx, team)
    table = waits(tx, team, number, who)
    imports.end(tx, team, table, "cancelled")
    return table


def store(
    tx: Tx,
    owed: tuple[int, Route] | None,
    number: int,
    kind: Kind,
    plan: Plan | Callable[[Tx], Plan],
    teller: Teller,
    owners: AbstractSet[int],
) -> Import:
    """Stores the table as the plan has it and leaves its answer `owed`, in one change; what became of it.

    A plan was made before, so that nobody waits for its making; where somebody always writes in between, it is made here.
    Raises Late, Otherwise, Over and Denied, and then nothing is stored.
    """
    seq = teams.begin(tx, teller.team)
    _held(tx, teller.team, teller.who, owners)
    table = waits(tx, teller.team, number, teller.who)
    ready = plan if isinstance(plan, Plan) else plan(tx)
    if ready.seq != seq - 1:
        raise Late
    if differing := moved(ready, table.lines):
        raise Otherwise(ready, differing)
    deeds, liked = _done(tx, kind, ready, seq, teller)
    last = journal.append_all(tx, seq, teller.at, teller.who, number, deeds)
    told = replace(ready.told, refs=tuple(liked[:NAMED]))
    _note(tx, last + 1, teller, "imported", table, told)
    stored = replace(table, state="stored", told=told, lines=(), since=seq, until=last)
    imports.end(tx, teller.team, replace(stored, state="waiting"), "stored")
    if owed is not None:
        owe(tx, owed, number)
    return stored


def owe(tx: Tx, owed: tuple[int, Route], number: int) -> None:
    """The update is answered with what became of the table, whatever happens now."""
    update, route = owed
    inbox.owe(tx, update, {"import": number, "route": dict(route)})


def take_back(
    tx: Tx, owed: tuple[int, Route] | None, number: int, kind: Kind, teller: Teller, owners: AbstractSet[int]
) -> Import:
    """Takes a whole import back: its new entries are withdrawn, those it changed are as they were. Raises Over and Denied.

    Refused, with the references, if somebody changed any of them since; and after a day, like every change.
    """
    seq = teams.begin(tx, teller.team)
    _held(tx, teller.team, teller.who, owners)
    table = imports.by_id(tx, teller.team, number)
    if table is None or table.who != teller.who or table.state != "stored":
        raise Over(table if table is not None and table.who == teller.who else None)
    lines = journal.between(tx, teller.team, table.since, table.until)
    if not lines or teller.at - lines[0].at > REACH:
        raise Refused([Problem("", "nothing_to_undo")])
    found = [(one, entries.by_id(tx, teller.team, one.entry)) for one in lines]
    before = [(line, now) for line, now in found if now is not None]
    since = [now.ref for line, now in before if _touched(tx, teller.team, line, now)]
    if since:
        refs = ", ".join([*since[:NAMED], *(["…"] if len(since) > NAMED else [])])
        raise Refused([Problem("", "import_changed_since", about={"refs": refs})])
    deeds = [_undone(tx, kind, line, now, seq, teller) for line, now in before]
    last = journal.append_all(tx, seq, teller.at, teller.who, number, deeds)
    _note(tx, last + 1, teller, "import_undone", table, table.told)
    imports.end(tx, teller.team, table, "undone")
    if owed is not None:
        owe(tx, owed, number)
    return replace(table, state="undone")


def _held(tx: Tx, team: int, who: int, owners: AbstractSet[int]) -> None:
    """Whoever runs the shell needs no role: nobody can forge that from a chat."""
    if who != NOBODY and not may(role_of(tx, team, who, owners), "import"):
        raise Denied("import")


def _done(tx: Tx, kind: Kind, plan: Plan, seq: int, teller: Teller) -> tuple[list[Deed], list[str]]:
    """Does what the plan says, row by row; what was done, and the references of those that may be others again."""
    deeds, liked, ids = list[Deed](), list[str](), dict[int, int]()
    named = frozenset(row.line.ref.casefold() for row in plan.rows)
    for row in plan.rows:
        if row.what == "new":
            entry = _posted(tx, kind, row, named, teller)
            ids[row.line.number] = entry.id
            doubts.ask(tx, teller.team, entry.id, [one if one > 0 else ids[-one] for one in row.like], seq + len(deeds))
            liked += [entry.ref] if row.like else []
            deeds.append(Deed("posted", entry))
        elif row.what == "changed" and row.before is not None and row.record is not None and row.facts is not None:
            after = replace(row.before, revision=row.before.revision + 1, values=row.record.values)
            entries.update(tx, after, row.facts, teller.at)
            _asked_again(tx, kind, row.before, after, seq + len(deeds))
            deeds.append(Deed("corrected", after))
    return deeds, liked


def _posted(tx: Tx, kind: Kind, row: Row, named: AbstractSet[str], teller: Teller) -> Entry:
    """A new entry; one without a reference gets none that another line of the table has."""
    if row.record is None or row.facts is None:
        raise ValueError(f"row {row.line.number} is not ready")
    ref = row.line.ref or entries.next_ref(tx, teller.team, kind)
    while not row.line.ref and ref.casefold() in named:
        ref = entries.next_ref(tx, teller.team, kind)
    entry = Entry(
        team=teller.team,
        id=entries.next_id(tx, teller.team),
        kind=kind.name,
        ref=ref,
        revision=1,
        values=row.record.values,
        said={},
        who=teller.who,
        chat=None,
        message=None,
        recorded=teller.at,
    )
    entries.insert(tx, entry, row.facts)
    return entry


def _asked_again(tx: Tx, kind: Kind, before: Entry, after: Entry, seq: int) -> None:
    """Looks for what it may be again only where that can have changed: it is most of what a correction costs."""
    same = comparable(kind, before.values) == comparable(kind, after.values)
    if not same or before.withdrawn != after.withdrawn:
        doubts.look_again(tx, kind, after, seq)


def _touched(tx: Tx, team: int, line: Line, now: Entry) -> bool:
    """Whether somebody changed the entry since, and that stands."""
    if now.revision == line.revision:
        return False
    return standing(journal.history(tx, team, now.id))[-1].seq != line.seq


def _undone(tx: Tx, kind: Kind, line: Line, now: Entry, seq: int, teller: Teller) -> Deed:
    earlier = standing(journal.history(tx, teller.team, now.id))[:-1] if line.act != "posted" else []
    after = as_before(now, earlier, teller)
    entries.update(tx, after, facts(kind, after.values), teller.at)
    _asked_again(tx, kind, now, after, seq)
    return Deed("undone", after, line.seq)


def _note(tx: Tx, seq: int, teller: Teller, act: str, table: Import, told: Told) -> None:
    """One line of the journal for the whole table."""
    details: dict[str, str | int | bool] = {
        "import": table.id,
        "kind": table.kind,
        "rows": told.rows,
        "new": told.new,
        "changed": told.changed,
    }
    journal.note(tx, teller.team, seq, teller.at, act, who=teller.who, details=details)
