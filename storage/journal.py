"""The append-only list of everything that was done, each line sealed by the one before it (`storage.chain`)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from records.entry import Entry
from records.kind import Value, Values
from storage import chain, people, teams
from storage.moments import moment, text
from storage.transaction import Cell, Row, Tx

NO_DETAILS: Final[Mapping[str, Value]] = MappingProxyType({})
PEOPLE: Final = frozenset({"person", "invited_by"})
"""Details that are somebody's number."""

# Takes away what a line tells; that it was there, and its place in the chain, stays.
EMPTY = "UPDATE journal SET payload = NULL, salt = NULL WHERE team = :team AND seq = :seq AND payload IS NOT NULL"

# One more line.
ADD = """
INSERT INTO journal (team, seq, at, act, entry, revision, payload, salt, digest, hash)
VALUES (:team, :seq, :at, :act, :entry, :revision, :payload, :salt, :digest, :hash)
"""

# What it has come to with that line, or several, which must follow the last one.
MOVE_ON = "UPDATE teams SET seq = :seq, head = :hash WHERE id = :team AND seq = :before"

# All lines about an entry.
OF_ENTRY = (
    "SELECT seq, at, act, entry, revision, payload FROM journal WHERE team = :team AND entry = :entry ORDER BY seq"
)

# Lines of one change.
BETWEEN = """
SELECT seq, at, act, entry, revision, payload FROM journal
WHERE team = :team AND seq >= :since AND seq <= :until AND entry IS NOT NULL ORDER BY seq
"""

# What seals one line.
SEAL = "SELECT hash FROM journal WHERE team = :team AND seq = :seq"

# The last lines before one, the latest first.
BACK = """
SELECT seq, at, act, entry, revision, payload FROM journal WHERE team = :team AND seq < :before ORDER BY seq DESC LIMIT :step
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who did what, and how the entry stood since; `values` is None if the line was emptied, or is about no entry.

    `who` is 0 for the desk itself and where the line was emptied, below nothing for somebody who was forgotten. `undoes` is the
    number of the line that this one took back, None if it took none back. `details` is what a line about no entry tells;
    people in it are told as in `who`.
    """

    seq: int
    entry: int
    at: datetime
    act: str
    revision: int
    who: int
    ref: str
    values: Values | None
    withdrawn: bool
    reason: str
    undoes: int | None = None
    details: Values | None = None
    batch: int | None = None
    """The number of the import it was written with, None for every other line."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to an entry, which is as it stands since; `undoes` is the line that it took back."""

    act: str
    entry: Entry
    undoes: int | None = None


def append(
    tx: Tx,
    seq: int,
    at: datetime,
    act: str,
    entry: Entry,
    who: int,
    *,
    reason: str = "",
    undoes: int | None = None,
    gone: int | None = None,
) -> None:
    """Writes that this was done to an entry, which is as it stands since. `seq` is what `teams.begin` gave, or follows it.

    `gone` is the line since which an entry was withdrawn that is emptied with this one: digests tell its withdrawal by that.

    Raises ValueError for any other.
    """
    payload = _standing(entry, people.number(tx, entry.team, who))
    if reason:
        payload["reason"] = reason
    if undoes is not None:
        payload["undoes"] = undoes
    if gone is not None:
        payload["gone"] = gone
    _write(tx, entry.team, seq, payload, at=text(at), act=act, entry=entry.id, revision=entry.revision)


def append_all(tx: Tx, seq: int, at: datetime, who: int, batch: int, done: Sequence[Deed]) -> int:
    """Writes what an import did to entries of one team, line by line from `seq` on; the number of the last line."""
    if not done:
        return seq - 1
    team = done[0].entry.team
    by, sealed = people.number(tx, team, who), chain.head(tx, team)[1]
    for at_line, one in enumerate(done, start=seq):
        payload = {**_standing(one.entry, by), "batch": batch}
        if one.undoes is not None:
            payload["undoes"] = one.undoes
        line: dict[str, Cell] = {
            "at": text(at),
            "act": one.act,
            "entry": one.entry.id,
            "revision": one.entry.revision,
        }
        made = chain.made(at_line, payload, sealed, line)
        tx.run(ADD, team=team, **made)
        sealed = str(made["hash"])
    last = seq + len(done) - 1
    _move_on(tx, team, seq - 1, last, sealed)
    return last


def note(
    tx: Tx, team: int, seq: int, at: datetime, act: str, *, who: int, details: Mapping[str, Value] = NO_DETAILS
) -> None:
    """Writes down what is about no entry: a refusal, a change of rights."""
    _write(
        tx,
        team,
        seq,
        {"by": people.number(tx, team, who), "details": dict(details)},
        at=text(at),
        act=act,
        entry=None,
        revision=None,
    )


def empty(tx: Tx, team: int, seq: int) -> int:
    """Takes away what a line tells, so that nobody can read or guess it; 1 if there was anything. The chain still holds."""
    return tx.run(EMPTY, team=team, seq=seq)


def history(tx: Tx, team: int, entry: int) -> list[Line]:
    """All that was done to an entry, the first line first."""
    known = people.known(tx, team)
    return [_line(row, known) for row in tx.all(OF_ENTRY, team=team, entry=entry)]


def between(tx: Tx, team: int, since: int, until: int) -> list[Line]:
    """What the lines from one to another say that are about entries."""
    known = people.known(tx, team)
    return [_line(row, known) for row in tx.all(BETWEEN, team=team, since=since, until=until)]


def lines(tx: Tx, team: int) -> Iterator[Line]:
    """All that was ever done, the first line first; what is about no entry has entry 0."""
    known = people.known(tx, team)
    return (_line(row, known) for row in chain.walk(tx, team))


def seal(tx: Tx, team: int, seq: int) -> str | None:
    """The hash of that line, which digests print the beginning of; None if there is no such line."""
    row = tx.one(SEAL, team=team, seq=seq)
    return row["hash"] if row else teams.FIRST if not seq else None


def since(tx: Tx, team: int, at: datetime) -> Iterator[Line]:
    """What was done to entries at that moment and later, the last line first; what was emptied since is nobody's any more."""
    earliest, known = text(at), people.known(tx, team)
    before = chain.head(tx, team)[0] + 1
    while rows := tx.all(BACK, team=team, before=before, step=chain.STEP):
        for row in rows:
            if row["at"] < earliest:
                return
            if row["entry"] is not None:
                yield _line(row, known)
        before = rows[-1]["seq"]


def _write(tx: Tx, team: int, seq: int, payload: Mapping[str, chain.Json], **line: Cell) -> None:
    made = chain.made(seq, payload, chain.head(tx, team)[1], line)
    _move_on(tx, team, seq - 1, seq, str(made["hash"]))
    tx.run(ADD, team=team, **made)


def _standing(entry: Entry, by: int) -> dict[str, chain.Json]:
    """What a line says of an entry, as it stands since."""
    return {
        "by": by,
        "kind": entry.kind,
        "ref": entry.ref,
        "values": dict(entry.values),
        "withdrawn": entry.withdrawn is not None,
    }


def _move_on(tx: Tx, team: int, before: int, last: int, sealed: str) -> None:
    if tx.run(MOVE_ON, team=team, before=before, seq=last, hash=sealed) != 1:
        raise ValueError(f"line {before + 1} doesn't follow the last one of team {team}")


def _line(row: Row, known: Mapping[int, int]) -> Line:
    payload = json.loads(row["payload"]) if row["payload"] is not None else {}
    by = payload.get("by", 0)
    return Line(
        seq=row["seq"],
        entry=row["entry"] or 0,
        at=moment(row["at"]),
        act=row["act"],
        revision=row["revision"] or 0,
        who=payload.get("who", known.get(by, -by)),
        ref=payload.get("ref", ""),
        values=payload.get("values"),
        withdrawn=payload.get("withdrawn", False),
        reason=payload.get("reason", ""),
        undoes=payload.get("undoes"),
        details=_named(payload["details"], known) if "details" in payload else None,
        batch=payload.get("batch"),
    )


def _named(details: Values, known: Mapping[int, int]) -> Values:
    """Numbers of people as they are known outside of what is sealed."""
    return {
        name: known.get(value, -value) if name in PEOPLE and isinstance(value, int) else value
        for name, value in details.items()
    }
