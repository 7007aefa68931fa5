"""Looking for entries by words: references, places by their keys, and the folded words of what was told."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from records.entry import Entry
from records.kind import Kind
from records.question import Sought, Term
from records.record import facts
from storage import sites
from storage.entries import PAGE, PAGED, read
from storage.references import escaped
from storage.transaction import Cell, Tx

STEP: Final = 500
"""Entries whose words are gathered in one transaction."""

_LOOKED_THROUGH = "FROM entries WHERE team = :team AND withdrawn IS NULL"

# How many entries are found.
TOTAL = f"SELECT COUNT(*) AS total {_LOOKED_THROUGH}"

# One page of them.
FOUND = f"SELECT * {_LOOKED_THROUGH}"

# Entries whose words nobody has gathered yet, the desk being younger than they are.
NOT_GATHERED = "SELECT * FROM entries WHERE team = :team AND sought IS NULL LIMIT :most"

# The words of one of them.
GATHER = "UPDATE entries SET sought = :sought WHERE team = :team AND id = :id"


def look(
    tx: Tx, team: int, wanted: Sought, veils: Mapping[str, AbstractSet[str]], size: int = PAGE
) -> tuple[list[Entry], int]:
    """One page of the entries in which every term is found, the latest day first, and how many there are; nothing withdrawn.

    `veils` are the statuses, by kind, of which the reader may know no more than the reference: by nothing else are such
    entries found. With veils the words of notes and sources find nothing either.
    """
    params: dict[str, Cell] = {"team": team}
    open_ = _not_veiled(veils, params)
    found = [(term, sites.spelt(tx, team, term.place) if term.place is not None else ()) for term in wanted.terms]
    conditions = "".join(
        _found_by(term, places, at, open_, params, words=not veils) for at, (term, places) in enumerate(found)
    )
    total = int(tx.all(TOTAL + conditions, **params)[0]["total"])
    rows = tx.all(FOUND + conditions + PAGED, **params, size=size, passed=(wanted.page - 1) * size)
    return [read(row) for row in rows], total


def _found_by(term: Term, places: Sequence[str], at: int, open_: str, params: dict[str, Cell], *, words: bool) -> str:
    """The condition that a term is found, from pieces that stand here; what was typed is only ever a parameter."""
    params[f"ref{at}"] = f"%{escaped(term.typed.casefold())}%"
    params[f"text{at}"] = f"%{escaped(term.folded if words else term.typed.casefold())}%"
    ways = [f"{'sought' if words else 'operation'} LIKE :text{at} ESCAPE '!'"]
    for each, place in enumerate(places):
        params[f"place{at}x{each}"] = place
        ways.append(f":place{at}x{each} IN (departure, destination, site, origin)")
    return f" AND (ref_folded LIKE :ref{at} ESCAPE '!' OR ({open_}({' OR '.join(ways)})))"


def _not_veiled(veils: Mapping[str, AbstractSet[str]], params: dict[str, Cell]) -> str:
    """The condition that more than the reference may be known; "" if it always may."""
    hidden = [_one_of(kind, statuses, at, params) for at, (kind, statuses) in enumerate(veils.items()) if statuses]
    return f"NOT ({' OR '.join(hidden)}) AND " if hidden else ""


def _one_of(kind: str, statuses: Iterable[str], at: int, params: dict[str, Cell]) -> str:
    params[f"kind{at}"] = kind
    names = [f"status{at}x{each}" for each, _ in enumerate(statuses)]
    params.update(zip(names, sorted(statuses), strict=True))
    return f"(kind = :kind{at} AND status IN ({', '.join(f':{one}' for one in names)}))"


def gather(tx: Tx, team: int, kinds: Sequence[Kind]) -> int:
    """Gathers the words of some entries that are older than looking for words is; how many they were."""
    rows = tx.all(NOT_GATHERED, team=team, most=STEP)
    for row in rows:
        entry = read(row)
        kind = next((one for one in kinds if one.name == entry.kind), None)
        tx.run(GATHER, team=team, id=entry.id, sought=facts(kind, entry.values).sought if kind else "")
    return len(rows)
