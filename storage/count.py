"""Counting: what a question comes to, straight from the entries in one grouped read.

For a masked audience each entry that holds a small number is read by itself, and what may be told of it goes into the sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from protection.small_numbers import EXACT, NOT_PEOPLE, Audience
from records.people import CELLS
from records.question import GRAINS, GROUPS, Compared, Counted, Question, Totals, added
from records.record import MEASURES
from records.sites import FIELDS, meant
from storage import sites
from storage.conditions import between, matching
from storage.moments import moment
from storage.transaction import Cell, Row, Tx

MONTH = "SUBSTR(day, 1, 7)"
_SUMS = ", ".join(f"SUM({one}) AS {one}" for one in MEASURES)

# Tells the entries that hold a small number of people apart from each other, and all the others from none.
ALONE = f"""CASE WHEN {" OR ".join(f"{one} BETWEEN 1 AND :most" for one in MEASURES if one not in NOT_PEOPLE)}
  THEN ref ELSE '' END AS alone, """

# Sums of a kind's entries between two days, apart by status and by whether they count. Before it stand the keys they are to be
# told apart by, behind it more conditions and the grouping.
COUNTED = f"""
  status, counted,
  SUM(CASE WHEN stands_for > 0 THEN 1 ELSE 0 END) AS entries, SUM(stands_for) AS stands_for,
  MAX(approx) AS approx, MAX(revised) AS revised,
  SUM(CASE WHEN expected IS NULL THEN NULL ELSE people END) AS attended,
  SUM(CASE WHEN people IS NULL THEN NULL ELSE expected END) AS foreseen,
  SUM(CASE WHEN people IS NULL OR expected IS NULL THEN 0 ELSE 1 END) AS compared,
  {_SUMS}
FROM entries
WHERE team = :team AND kind = :kind AND withdrawn IS NULL AND day >= :since AND day <= :until
"""


@dataclass(slots=True)
class Sums:
    """Totals that are still growing."""

    entries: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    cells: dict[str, int] = field(default_factory=dict)
    held: int = 0
    approx: bool = False
    attended: int = 0
    foreseen: int = 0
    compared: int = 0
    revised: str = ""

    def add(self, row: Row, audience: Audience) -> None:
        """Takes one row of the read in, as the audience is told it."""
        self.entries += row["entries"]
        if row["entries"]:
            self.by_status[row["status"]] = self.by_status.get(row["status"], 0) + row["entries"]
        self.revised = max(self.revised, row["revised"])
        if not row["counted"]:
            return
        self.held += row["stands_for"]
        self.approx = self.approx or bool(row["approx"])
        measures: Mapping[str, int] = {name: row[name] for name in MEASURES if row[name] is not None}
        attended, foreseen = row["attended"] or 0, row["foreseen"] or 0
        if audience.masked and row["alone"]:
            measures = audience.told(measures, row["alone"])
            attended = sum(measures.get(name, 0) for name in CELLS) if row["compared"] else 0
            foreseen = measures["expected"] if row["compared"] else 0
        self.attended += attended
        self.foreseen += foreseen
        self.compared += row["compared"]
        for name, number in measures.items():
            self.cells[name] = self.cells.get(name, 0) + number

    def totals(self) -> Totals:
        """What they came to."""
        return Totals(
            entries=self.entries,
            by_status=self.by_status,
            cells=self.cells,
            held=self.held,
            approx=self.approx,
            compared=Compared(self.attended, self.foreseen, self.compared),
            revised=moment(self.revised) if self.revised else None,
        )


def count(tx: Tx, team: int, question: Question, audience: Audience = EXACT) -> Counted:
    """The sums of all that the question asks for and of each of its groups, in the order of their keys, as the audience is told.

    A key is the value as it is kept, "" where nobody stated it; of a week its Monday, of a month "2019-05". Raises KeyError for
    names nothing can be broken down or filtered by.
    """
    sql, params = asked(replace(question, filters=tuple(sites.spread(tx, team, question.filters))), audience)
    names = sites.meanings(tx, team) if any(name in FIELDS for name in question.by) else {}
    groups: dict[tuple[str, ...], Sums] = {}
    for row in tx.all(sql, team=team, kind=question.kind, **params):
        key = tuple(meant(key_of(name, row[f"key{at}"]), names) for at, name in enumerate(question.by))
        groups.setdefault(key, Sums()).add(row, audience)
    parts = tuple((key, groups[key].totals()) for key in sorted(groups))
    return Counted(question, added(totals for _, totals in parts), parts if question.by else ())


def asked(question: Question, audience: Audience = EXACT) -> tuple[str, dict[str, Cell]]:
    """The read for a question, and its parameters but team and kind."""
    columns = [column_of(name) for name in question.by]
    keys = "".join(f"{column} AS key{at}, " for at, column in enumerate(columns))
    conditions, params = matching(question.filters)
    alone = ("alone",) if audience.masked else ()
    grouped = ", ".join(dict.fromkeys((*columns, "status", "counted", *alone)))
    params |= between(question.since, question.until)
    if alone:
        params["most"] = audience.least - 1
        keys += ALONE
    return f"SELECT {keys}{COUNTED}{conditions} GROUP BY {grouped}", params


def column_of(name: str) -> str:
    """What a name of `question.by` is grouped by: weeks by their days, because the databases share no calendar."""
    if name == "month":
        return MONTH
    return "day" if name in GRAINS else GROUPS[name]


def key_of(name: str, value: str | None) -> str:
    """The part of a group's key that a column's value belongs to."""
    if value is None:
        return ""
    if name == "week":
        day = date.fromisoformat(value)
        return (day - timedelta(days=day.weekday())).isoformat()
    return value
