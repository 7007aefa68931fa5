"""What is known now: entries by reference, by message, by what is looked for."""

import json
from datetime import datetime
from typing import Final

from records.entry import Entry, Facts
from records.kind import Kind, Values
from records.people import CELLS
from records.question import Search
from records.record import COLUMNS, MEASURES
from storage import sites, teams
from storage.conditions import between, matching
from storage.errors import EntryMoved, EntryTaken
from storage.moments import moment, text
from storage.transaction import Cell, Row, Tx

PAGE: Final = 10
"""Entries on one page of a search."""

_LASTING = ("team", "id", "kind", "who", "chat", "message", "recorded")
_CHANGING = (
    *("ref", "ref_folded", "revision", "revised", "withdrawn", "day", "status"),
    *("counted", "stands_for", "approx", "attend_from", *COLUMNS, *MEASURES, "people", "sought", "body", "said"),
)

# A new entry, unless its id, reference or message is another's.
INSERT = f"""
INSERT INTO entries ({", ".join((*_LASTING, *_CHANGING))})
VALUES ({", ".join(f":{one}" for one in (*_LASTING, *_CHANGING))})
ON CONFLICT DO NOTHING
"""  # noqa: S608 - of names that stand above

# An entry's next revision.
UPDATE = f"""
UPDATE entries SET {", ".join(f"{one} = :{one}" for one in _CHANGING)}, worded = 1
WHERE team = :team AND id = :id AND revision = :revision - 1
"""  # noqa: S608

# One entry.
BY_ID = "SELECT * FROM entries WHERE team = :team AND id = :id"

# The entry of a reference.
BY_REF = "SELECT * FROM entries WHERE team = :team AND ref_folded = :ref"

# The entry a message became.
BY_MESSAGE = "SELECT * FROM entries WHERE chat = :chat AND message = :message AND team = :team"

_SEARCHED = "FROM entries WHERE team = :team AND withdrawn IS NULL AND day >= :since AND day <= :until"
OF_KIND = " AND kind = :kind"

# How many entries a search finds.
TOTAL = f"SELECT COUNT(*) AS total {_SEARCHED}"

# One page of them, the latest day first.
FOUND = f"SELECT * {_SEARCHED}"
PAGED = " ORDER BY day DESC, id DESC LIMIT :size OFFSET :passed"


def next_id(tx: Tx, team: int) -> int:
    """The id of the team's next entry."""
    return teams.next_number(tx, team, "entry")


def next_ref(tx: Tx, team: int, kind: Kind) -> str:
    """The next reference the desk gives itself, such as F-0001; one that somebody chose before is passed over."""
    while True:
        ref = f"{kind.letter}-{teams.next_number(tx, team, f'{kind.name} ref'):04}"
        if by_ref(tx, team, ref) is None:
            return ref


def insert(tx: Tx, entry: Entry, facts: Facts) -> None:
    """Keeps a new entry. Raises EntryTaken if its id, reference or message is another's."""
    lasting: dict[str, Cell] = {
        "kind": entry.kind,
        "who": entry.who,
        "chat": entry.chat,
        "message": entry.message,
        "recorded": text(entry.recorded),
    }
    if tx.run(INSERT, **lasting, **columns(entry, facts, text(entry.recorded))) != 1:
        raise EntryTaken(entry.ref)


def update(tx: Tx, entry: Entry, facts: Facts, at: datetime) -> None:
    """Keeps an entry's next revision, made at that moment. Raises EntryMoved if the one before it isn't the last."""
    if tx.run(UPDATE, **columns(entry, facts, text(at))) != 1:
        raise EntryMoved(entry.ref)


def by_id(tx: Tx, team: int, entry: int) -> Entry | None:
    """The entry of that id, withdrawn or not."""
    row = tx.one(BY_ID, team=team, id=entry)
    return read(row) if row else None


def by_ref(tx: Tx, team: int, ref: str) -> Entry | None:
    """The entry of that reference, withdrawn or not; its case doesn't matter."""
    row = tx.one(BY_REF, team=team, ref=folded(ref))
    return read(row) if row else None


def by_message(tx: Tx, team: int, chat: int, message: int) -> Entry | None:
    """The entry a message became, withdrawn or not."""
    row = tx.one(BY_MESSAGE, team=team, chat=chat, message=message)
    return read(row) if row else None


def search(tx: Tx, team: int, wanted: Search, size: int = PAGE) -> tuple[list[Entry], int]:
    """One page of what is looked for, the latest day first, and how many there are in all; nothing withdrawn."""
    conditions, params = matching(sites.spread(tx, team, wanted.filters))
    params |= {"team": team, **between(wanted.since, wanted.until)}
    if wanted.kind is not None:
        conditions += OF_KIND
        params["kind"] = wanted.kind
    total = int(tx.all(TOTAL + conditions, **params)[0]["total"])
    rows = tx.all(FOUND + conditions + PAGED, **params, size=size, passed=(wanted.page - 1) * size)
    return [read(row) for row in rows], total


def folded(ref: str) -> str:
    """A reference as it is compared."""
    return ref.casefold()


def packed(values: Values) -> str:
    """Values as they are kept."""
    return json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))


def columns(entry: Entry, facts: Facts, revised: str) -> dict[str, Cell]:
    """The columns of an entry that a revision changes, and its key."""
    cells = [facts.measures[name] for name in CELLS if name in facts.measures]
    return {
        "team": entry.team,
        "id": entry.id,
        "ref": entry.ref,
        "ref_folded": folded(entry.ref),
        "revision": entry.revision,
        "revised": revised,
        "withdrawn": text(entry.withdrawn) if entry.withdrawn else None,
        "day": facts.day.isoformat(),
        "status": facts.status,
        "counted": int(facts.counted),
        "stands_for": facts.stands_for,
        "approx": int(facts.approx),
        "attend_from": facts.attend_from.isoformat() if facts.attend_from else None,
        **{name: facts.columns.get(name) for name in COLUMNS},
        **{name: facts.measures.get(name) for name in MEASURES},
        "people": sum(cells) if cells else None,
        "sought": facts.sought,
        "body": packed(entry.values),
        "said": packed(entry.said),
    }


def read(row: Row) -> Entry:
    """An entry from its row."""
    return Entry(
        team=row["team"],
        id=row["id"],
        kind=row["kind"],
        ref=row["ref"],
        revision=row["revision"],
        values=json.loads(row["body"]),
        said=json.loads(row["said"]),
        who=row["who"],
        chat=row["chat"],
        message=row["message"],
        recorded=moment(row["recorded"]),
        withdrawn=moment(row["withdrawn"]) if row["withdrawn"] else None,
    )
