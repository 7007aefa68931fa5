"""Entries as tests need them, made by the acts of the store itself."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from records.entry import Entry
from records.flight import FLIGHT
from records.kind import Kind, Value
from records.record import facts
from records.session import SESSION
from storage import entries, journal, teams
from storage.door import Tx

NOON = datetime(2019, 6, 1, 12, tzinfo=UTC)
MEMBER = 2001
CHAT = -100

ZHUSAN: Mapping[str, Value] = {
    "date": "2019-05-31",
    "from": "al-hasakah",
    "to": "aktau",
    "origin": "SY",
    "citizens": "KZ",
    "status": "arrived",
    "operation": "zhusan-3",
    "type": "military",
    "women": 67,
    "men": 8,
    "children": 171,
}
LESSON: Mapping[str, Value] = {
    "date": "2019-06-03",
    "site": "aktau",
    "type": "education",
    "citizens": "KZ",
    "status": "held",
    "people": 30,
    "expected": 32,
    "minutes": 90,
}


def post(
    tx: Tx,
    team: int,
    values: Mapping[str, Value] = ZHUSAN,
    *,
    kind: Kind = FLIGHT,
    ref: str = "",
    message: int | None = None,
    at: datetime = NOON,
) -> Entry:
    """A new entry, posted as the desk does it."""
    seq = teams.begin(tx, team)
    entry = Entry(
        team=team,
        id=entries.next_id(tx, team),
        kind=kind.name,
        ref=ref or entries.next_ref(tx, team, kind),
        revision=1,
        values=values,
        said=values,
        who=MEMBER,
        chat=None if message is None else CHAT,
        message=message,
        recorded=at,
    )
    entries.insert(tx, entry, facts(kind, values))
    journal.append(tx, seq, at, "posted", entry, MEMBER)
    return entry


def revise(
    tx: Tx, entry: Entry, /, *, at: datetime = NOON + timedelta(hours=1), withdraw: bool = False, **values: Value
) -> Entry:
    """The entry's next revision: corrected, or withdrawn."""
    seq = teams.begin(tx, entry.team)
    kind = FLIGHT if entry.kind == "flight" else SESSION
    after = replace(
        entry,
        revision=entry.revision + 1,
        values={**entry.values, **values},
        withdrawn=at if withdraw else entry.withdrawn,
    )
    entries.update(tx, after, facts(kind, after.values), at)
    journal.append(
        tx, seq, at, "withdrawn" if withdraw else "corrected", after, MEMBER, reason="twice" if withdraw else ""
    )
    return after


def behind_its_back(url: str, *statements: str) -> None:
    """Changes the database as somebody with a shell would, past the desk."""
    db = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        for one in statements:
            db.execute(one)
    finally:
        db.close()
