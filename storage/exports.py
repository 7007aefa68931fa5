"""Entries one after another, for a file: read in pages by their key, so that the cost follows what is exported."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from records.entry import Entry
from records.question import Question
from storage import sites
from storage.conditions import between, matching
from storage.entries import read
from storage.moments import moment
from storage.transaction import Cell, Tx

PAGE: Final = 500
"""Entries read at once."""

_EXPORTED = "FROM entries WHERE team = :team AND kind = :kind AND withdrawn IS NULL AND day >= :since AND day <= :until"

# The entries there are to export, counted no further than is needed.
COUNTED = f"SELECT 1 {_EXPORTED}"
AT_MOST = " LIMIT :most"

# The entries behind one, by day and then as they were told; the days before it are never looked at again.
PAGED = f"SELECT * {_EXPORTED} AND (day > :since OR id > :id)"
IN_ORDER = " ORDER BY day, id LIMIT :size"


def total(tx: Tx, team: int, question: Question, most: int) -> int:
    """How many entries a question counts, none of them withdrawn; no more than `most`."""
    conditions, params = _asked(tx, team, question)
    return len(tx.all(COUNTED + conditions + AT_MOST, **params, most=most))


def exported(tx: Tx, team: int, question: Question, size: int = PAGE) -> Iterator[tuple[Entry, datetime]]:
    """The entries a question counts, day by day, each with the moment it was last revised; read as they are asked for."""
    conditions, params = _asked(tx, team, question)
    params["id"] = -1
    while rows := tx.all(PAGED + conditions + IN_ORDER, **params, size=size):
        for row in rows:
            yield read(row), moment(row["revised"])
        params |= {"since": rows[-1]["day"], "id": rows[-1]["id"]}


def _asked(tx: Tx, team: int, question: Question) -> tuple[str, dict[str, Cell]]:
    conditions, params = matching(sites.spread(tx, team, question.filters))
    return conditions, {**params, "team": team, "kind": question.kind, **between(question.since, question.until)}
