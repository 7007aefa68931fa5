"""Teams, and the lock that gives everything a team does one order."""

from typing import Final

from storage.door import Tx

FIRST: Final = "0" * 64
"""What the first line of a journal is sealed with, there being none before it."""

# A team, if it isn't there yet.
ADD = """
INSERT INTO teams (name, seq, head, secret) VALUES (:name, 0, :first, randomblob(32)) ON CONFLICT (name) DO NOTHING
"""

# The team of a name.
BY_NAME = "SELECT id FROM teams WHERE name = :name"

# What its groups' small numbers are drawn by.
DRAWN_BY = "SELECT secret FROM teams WHERE id = :team"

# A team's lock, held until the change is committed, and the number of its journal's last line.
LOCK = "UPDATE teams SET seq = seq WHERE id = :team RETURNING seq"

# The number of its journal's last line.
SEQ = "SELECT seq FROM teams WHERE id = :team"

# The next number of a series.
NEXT = """
INSERT INTO counters (team, series, last) VALUES (:team, :series, 1)
ON CONFLICT (team, series) DO UPDATE SET last = counters.last + 1
RETURNING last
"""


def ensure(tx: Tx, name: str) -> int:
    """The id of the team of that name, which is made if there is none."""
    tx.run(ADD, name=name, first=FIRST)
    return int(tx.all(BY_NAME, name=name)[0]["id"])


def secret(tx: Tx, team: int) -> bytes:
    """What decides which number its groups are told in the place of a small one: made with the team, never changed, never shown."""
    return bytes(tx.all(DRAWN_BY, team=team)[0]["secret"])


def begin(tx: Tx, team: int) -> int:
    """Begins a change of a team's data: takes its lock and gives the number its next journal line will have.

    Every change begins with it. So the order of the journal is the order of the commits, numbers leave no gap, and two
    changes of one team never look at each other's half. A change that writes several lines counts on from here; one that
    writes none leaves no gap.
    """
    rows = tx.all(LOCK, team=team)
    if not rows:
        raise KeyError(f"no team {team}")
    return int(rows[0]["seq"]) + 1


def seq(tx: Tx, team: int) -> int:
    """The number of the last line of a team's journal; 0 before the first."""
    return int(tx.all(SEQ, team=team)[0]["seq"])


def next_number(tx: Tx, team: int, series: str) -> int:
    """The next number of one of a team's series, from 1 on without a gap."""
    return int(tx.all(NEXT, team=team, series=series)[0]["last"])
