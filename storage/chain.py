"""What seals the lines of the journal, each by the one before it, and finds whatever was changed behind the desk's back.

A line's digest covers its payload and a salt of its own, its hash the line before, the digest and all else. So a payload can be
emptied, salt and all, and the chain still holds; and the salt keeps a small number from being guessed by its digest.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from records.kind import Value
from storage import teams
from storage.transaction import Cell, Row, Tx

Json: TypeAlias = str | int | bool | Mapping[str, Value] | None
Why: TypeAlias = Literal["", "missing", "changed", "added"]

SALT: Final = 16
"""Bytes of a line's salt."""
STEP: Final = 1_000
"""Lines read at a time when many are gone through."""

# What the journal has come to.
HEAD = "SELECT seq, head FROM teams WHERE id = :team"

# The next lines after one.
AFTER = "SELECT * FROM journal WHERE team = :team AND seq > :seq ORDER BY seq LIMIT :step"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the journal is as it was written: how many lines it has, how many of them are emptied, and its head.

    If not, `first_bad` is the first line that isn't right, and `why`: it is "missing", was "changed" (another line in its
    place is a change too), or was "added" behind the last one.
    """

    ok: bool
    lines: int
    emptied: int
    head: str
    first_bad: int | None = None
    why: Why = ""


def head(tx: Tx, team: int) -> tuple[int, str]:
    """The number and the hash of the last line; (0, zeros) before the first."""
    row = tx.all(HEAD, team=team)[0]
    return row["seq"], row["head"]


def verify(tx: Tx, team: int) -> Verdict:
    """Goes through the whole journal and finds whatever was changed, removed, put in or put elsewhere behind the desk's back."""
    last, sealed = head(tx, team)
    lines = emptied = 0
    before = teams.FIRST
    for row in walk(tx, team):
        if why := _wrong(row, lines + 1, before, last):
            return Verdict(ok=False, lines=lines, emptied=emptied, head=before, first_bad=lines + 1, why=why)
        lines, before = lines + 1, row["hash"]
        emptied += row["payload"] is None
    if lines < last:
        return Verdict(ok=False, lines=lines, emptied=emptied, head=before, first_bad=lines + 1, why="missing")
    if before != sealed:
        return Verdict(ok=False, lines=lines, emptied=emptied, head=before, first_bad=max(lines, 1), why="changed")
    return Verdict(ok=True, lines=lines, emptied=emptied, head=before)


def made(seq: int, payload: Mapping[str, Json], before: str, line: Mapping[str, Cell]) -> dict[str, Cell]:
    """A line behind the one that `before` seals, as it is kept."""
    kept = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    salt = secrets.token_hex(SALT)
    digest = digest_of(salt, kept)
    sealed = hash_of(before, seq, digest, line)
    return {"seq": seq, "payload": kept, "salt": salt, "digest": digest, "hash": sealed, **line}


def digest_of(salt: str, payload: str) -> str:
    """The digest of a payload; salts are of one length, so nothing can slip from the one into the other."""
    return hashlib.sha256(f"{salt}{payload}".encode()).hexdigest()


def hash_of(before: str, seq: int, digest: str, line: Mapping[str, Cell] | Row) -> str:
    """What seals a line: the seal of the one before it and all of its own; JSON keeps the parts apart."""
    parts = [before, seq, line["at"], line["act"], line["entry"], line["revision"], digest]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def walk(tx: Tx, team: int) -> Iterator[Row]:
    """All lines, the first first."""
    seq = -1
    while rows := tx.all(AFTER, team=team, seq=seq, step=STEP):
        yield from rows
        seq = rows[-1]["seq"]


def _wrong(row: Row, expected: int, before: str, last: int) -> Why:
    """What is wrong with a line where the one of number `expected` should be; "" if nothing is."""
    if row["seq"] != expected:
        return "missing" if row["seq"] > expected else "added"
    if expected > last:
        return "added"
    if (row["payload"] is None) != (row["salt"] is None):
        return "changed"
    if row["payload"] is not None and digest_of(row["salt"], row["payload"]) != row["digest"]:
        return "changed"
    return "" if row["hash"] == hash_of(before, row["seq"], row["digest"], row) else "changed"
