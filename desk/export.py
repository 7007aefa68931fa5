"""Entries as the rows of a file: all that is kept of them for the team, and for outsiders what a masked audience may know."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from exchange.shapes import Column
from protection.small_numbers import NOT_PEOPLE, Audience
from records.columns import Beside, Cell, Tongue, cell, cells, columns
from records.entry import Entry
from records.export import MOST, Export
from records.kind import Count, Field, Kind, Text
from render.counts import of_entry
from render.lines import veiled
from storage import doubts, exports, journal, teams
from storage.door import Tx

TOLD_OF_VEILED: Final = frozenset({"ref", "date"})
"""What outsiders are told of a journey that may still be ahead."""


class TooMany(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """There are more entries than a file takes."""


class Stopped(Exception):  # noqa: N818 - nobody wants the file any more
    """Whoever asked has gone, or it took too long."""


@dataclass(slots=True)
class Progress:
    """How far a file is: read from one thread while another moves it on. Whoever sets `stopped` ends the work."""

    total: int = 0
    stopped: bool = False
    _steps: int = 0

    @property
    def done(self) -> int:
        """How many of `total` entries are in the file, one that is read but not written yet being half of one."""
        return self._steps // 2

    def passed(self, rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
        """The same rows; that each was taken counts. Raises Stopped."""
        for row in rows:
            self.step()
            yield row

    def step(self) -> None:
        """One more row is done. Raises Stopped."""
        if self.stopped:
            raise Stopped
        self._steps += 1


@dataclass(frozen=True, slots=True)
class Gathered:
    """What goes into a file; `restricted` tells that counts are in it which only the trusted are told."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]] = field(repr=False)
    restricted: bool = False


def gather(
    tx: Tx, team: int, kind: Kind, wanted: Export, tongue: Tongue, audience: Audience, progress: Progress
) -> Gathered:
    """The rows of a file, all of one moment; for outsiders `audience` must be a masked one. Raises TooMany and Stopped."""
    found = exports.total(tx, team, wanted.question, MOST + 1)
    if found > MOST:
        raise TooMany
    progress.total = found
    if wanted.outsiders:
        return _masked(tx, team, kind, wanted, tongue, audience, progress)
    asked_about = frozenset(doubts.undecided_in(tx, team, wanted.question))
    made = columns(kind, tongue, beside=True)
    rows, restricted = [], False
    for entry, revised in exports.exported(tx, team, wanted.question):
        progress.step()
        beside = Beside(entry.recorded, revised, question=entry.ref in asked_about)
        rows.append(cells(kind, entry.ref, entry.values, tongue, beside=beside))
        restricted = restricted or not kind.restricted.isdisjoint(entry.values)
    return Gathered(tuple(Column(one.key, one.head, one.hxl) for one in made), rows, restricted)


def _masked(
    tx: Tx, team: int, kind: Kind, wanted: Export, tongue: Tongue, audience: Audience, progress: Progress
) -> Gathered:
    """The same as outsiders may have it. Narrowed, it leaves out what is veiled: looking for it would tell what it is."""
    if not audience.masked:
        raise ValueError("outsiders are told masked numbers only")
    kept = [one for one in kind.fields if not (one.restricted or isinstance(one.shape, Text))]
    names = {one.name for one in kept}
    made = tuple(Column(one.key, one.head, one.hxl) for one in columns(kind, tongue) if one.key in names)
    rows = []
    for entry, _ in exports.exported(tx, team, wanted.question):
        progress.step()
        hidden = veiled(kind, entry.values, audience)
        if not (hidden and wanted.question.filters):
            rows.append(_told(kind, entry, kept, TOLD_OF_VEILED if hidden else names, tongue, audience))
    return Gathered(made, rows)


def _told(
    kind: Kind, entry: Entry, kept: Sequence[Field], names: AbstractSet[str], tongue: Tongue, audience: Audience
) -> tuple[Cell, ...]:
    """One entry's cells for outsiders; of its numbers what `Audience.told` leaves of them, totals worked out from that."""
    said = {**entry.values, "ref": entry.ref}
    numbers = of_entry(kind, entry.ref, entry.values, audience)
    row: list[Cell] = []
    for one in kept:
        if one.name not in names:
            row.append(None)
        elif isinstance(one.shape, Count):
            row.append(_number(one.name, numbers.get(one.name), audience))
        else:
            row.append(cell(one, said.get(one.name), tongue))
    return tuple(row)


def _number(name: str, number: int | None, audience: Audience) -> Cell:
    if number is None or name in NOT_PEOPLE:
        return number
    shown = audience.shown(number)
    return f"<{shown.number}" if shown.below else shown.number


def exported(tx: Tx, team: int, who: int, wanted: Export, gathered: Gathered, now: datetime) -> None:
    """Writes down that somebody got a file: of what, in which form, for whom, and how many rows it has."""
    seq, question = teams.begin(tx, team), wanted.question
    filters = ",".join(sorted({name for name, _ in question.filters}))
    details = {
        "kind": question.kind,
        "period": wanted.stretch,
        **({"filters": filters} if filters else {}),
        "rows": len(gathered.rows),
        "form": wanted.form,
        "audience": "outsiders" if wanted.outsiders else "team",
        **({"restricted": True} if gathered.restricted else {}),
    }
    journal.note(tx, team, seq, now, "exported", who=who, details=details)
