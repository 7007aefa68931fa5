"""Entries whose time is over: those withdrawn long ago, and those that may hold words nobody needs any more."""

from datetime import datetime

from storage.moments import text
from storage.transaction import Tx

# Entries withdrawn before a moment that still hold something, those withdrawn first first.
TO_EMPTY = """
SELECT id FROM entries WHERE team = :team AND withdrawn IS NOT NULL AND body <> '{}' AND withdrawn < :before
ORDER BY withdrawn LIMIT :most
"""

# Entries nobody has changed since a moment that may hold words.
TO_BLANK = "SELECT id FROM entries WHERE team = :team AND worded = 1 AND revised < :before ORDER BY revised LIMIT :most"

# An entry that holds no words any more, nor do its lines in the journal.
SETTLE = "UPDATE entries SET worded = 0 WHERE team = :team AND id = :id"

# What messages said when they corrected an entry.
FORGET_CORRECTIONS = "DELETE FROM corrections WHERE team = :team AND entry = :id"

# What messages told the form that became it.
FORGET_TYPED = "DELETE FROM typed WHERE team = :team AND entry = :id"


def to_empty(tx: Tx, team: int, before: datetime, most: int) -> list[int]:
    """The ids of entries that were withdrawn before that moment and still hold something."""
    return [row["id"] for row in tx.all(TO_EMPTY, team=team, before=text(before), most=most)]


def to_blank(tx: Tx, team: int, before: datetime, most: int) -> list[int]:
    """The ids of entries that may hold words and were changed last before that moment."""
    return [row["id"] for row in tx.all(TO_BLANK, team=team, before=text(before), most=most)]


def wordless(tx: Tx, team: int, entry: int) -> None:
    """Neither the entry nor what is kept beside it holds words any more, until somebody changes it."""
    for sql in (SETTLE, FORGET_CORRECTIONS, FORGET_TYPED):
        tx.run(sql, team=team, id=entry)
