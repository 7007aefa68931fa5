"""Tables that people sent: what was read of them until it is stored or given up, and then only that there was one."""

import json
from dataclasses import asdict
from datetime import datetime

from records.imports import Import, State, Told, Waiting
from storage import teams
from storage.moments import moment, text
from storage.transaction import Row, Tx

# A person's table that waits gives way to a new one.
MAKE_WAY = "UPDATE imports SET state = 'cancelled', rows = NULL WHERE team = :team AND who = :who AND state = 'waiting'"

# A table that waits.
ADD = """
INSERT INTO imports (team, id, chat, who, kind, state, rows, told, at)
VALUES (:team, :id, :chat, :who, :kind, 'waiting', :rows, :told, :at)
"""

# Its preview made anew.
AGAIN = "UPDATE imports SET rows = :rows, told = :told WHERE team = :team AND id = :id AND state = 'waiting'"

# What became of it; what was read is needed no more.
END = """
UPDATE imports SET state = :state, rows = NULL, told = :told, since = :since, until = :until
WHERE team = :team AND id = :id AND state = :was
"""

# One table.
BY_ID = "SELECT * FROM imports WHERE team = :team AND id = :id"

# Tables nobody has touched for long.
PRUNE = "DELETE FROM imports WHERE at < :before"


def begin(tx: Tx, team: int, one: Import) -> Import:
    """Keeps a table that waits, in place of another one of the same person; its `id` is given here."""
    tx.run(MAKE_WAY, team=team, who=one.who)
    number = teams.next_number(tx, team, "import")
    tx.run(
        ADD,
        team=team,
        id=number,
        chat=one.chat,
        who=one.who,
        kind=one.kind,
        rows=_packed(one.lines),
        told=_told(one.told),
        at=text(one.at),
    )
    return Import(number, one.chat, one.who, one.kind, "waiting", one.told, one.at, one.lines)


def again(tx: Tx, team: int, one: Import) -> bool:
    """Keeps what its new preview told; False if it waits no more."""
    return tx.run(AGAIN, team=team, id=one.id, rows=_packed(one.lines), told=_told(one.told)) == 1


def end(tx: Tx, team: int, one: Import, state: State) -> bool:
    """It is in that state from now on, with what `one` tells of it, and nothing of its lines is kept; False if it had moved on."""
    changed = tx.run(
        END,
        team=team,
        id=one.id,
        was=one.state,
        state=state,
        told=_told(one.told),
        since=one.since or None,
        until=one.until or None,
    )
    return changed == 1


def by_id(tx: Tx, team: int, number: int) -> Import | None:
    """The table of that number; None once it was forgotten."""
    row = tx.one(BY_ID, team=team, id=number)
    return read(row) if row else None


def prune(tx: Tx, before: datetime) -> int:
    """Forgets the tables that were sent before that moment; how many."""
    return tx.run(PRUNE, before=text(before))


def read(row: Row) -> Import:
    """A table from its row."""
    told = json.loads(row["told"])
    return Import(
        id=row["id"],
        chat=row["chat"],
        who=row["who"],
        kind=row["kind"],
        state=row["state"],
        told=Told(**{**told, "refs": tuple(told["refs"])}),
        at=moment(row["at"]),
        lines=tuple(Waiting(*one) for one in json.loads(row["rows"] or "[]")),
        since=row["since"] or 0,
        until=row["until"] or 0,
    )


def _packed(lines: tuple[Waiting, ...]) -> str:
    kept = [[one.number, dict(one.said), one.seal] for one in lines]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _told(told: Told) -> str:
    return json.dumps(asdict(told))
