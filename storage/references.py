"""References that may have been meant by one that isn't there."""

import re
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from storage.entries import folded
from storage.transaction import Tx

ALIKE: Final = 0.65
"""How alike two references must be, from 0 to 1, for the one to be offered for the other."""
LOOKED_AT: Final = 500
HEAD: Final = 3
"""Letters a misspelled reference is trusted to begin with."""

# References that begin or end like one.
CLOSE = """
SELECT ref FROM entries
WHERE team = :team AND (ref_folded LIKE :head ESCAPE '!' OR ref_folded LIKE :tail ESCAPE '!')
ORDER BY ref_folded LIMIT :most
"""

_GIVEN = re.compile(r"\W*([^\W\d]?)\W*0*(\d+)")
"""A reference as the desk gives them, or as people shorten them: F-0003, f3, 3."""


def near_refs(tx: Tx, team: int, ref: str, most: int = 3) -> list[str]:
    """References that may have been meant, the likeliest first.

    Of numbered ones only the number counts: F-0004 is not nearly F-0003.
    """
    wanted = folded(ref).strip()
    number = _GIVEN.fullmatch(wanted)
    tail = f"%-{int(number[2]):04}" if number else f"%{escaped(wanted)}"
    rows = tx.all(CLOSE, team=team, head=f"{escaped(wanted[:HEAD])}%", tail=tail, most=LOOKED_AT)
    likeness = {row["ref"]: alikeness(wanted, row["ref"]) for row in rows}
    enough = 1.0 if 1.0 in likeness.values() else ALIKE
    near = [found for found, how_much in likeness.items() if how_much >= enough]
    return sorted(near, key=lambda found: (-likeness[found], found))[:most]


def alikeness(wanted: str, ref: str) -> float:
    """How likely `wanted` meant `ref`, from 0 to 1."""
    given, meant = _GIVEN.fullmatch(wanted), _GIVEN.fullmatch(folded(ref))
    if given and meant:
        if int(given[2]) != int(meant[2]):
            return 0.0
        return 1.0 if given[1] in {"", meant[1]} else ALIKE
    return DamerauLevenshtein.normalized_similarity(wanted, folded(ref))


def escaped(text: str) -> str:
    """Text that means itself in a LIKE."""
    return re.sub(r"([!%_])", r"!\1", text)
