"""The conditions that questions and searches put to entries, from pieces that stand here: a user's words are only ever values."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from records.question import GRAINS, GROUPS
from storage.transaction import Cell

FILTERS: Final[Mapping[str, str]] = MappingProxyType(
    {name: column for name, column in GROUPS.items() if name not in GRAINS}
)
"""The column behind each name that takes a value to filter by."""

FIRST_DAY: Final = "0001-01-01"
LAST_DAY: Final = "9999-12-31"


def between(since: date | None, until: date | None) -> dict[str, Cell]:
    """Two days for `day >= :since AND day <= :until`; what is open reaches to the end of all days."""
    return {
        "since": since.isoformat() if since else FIRST_DAY,
        "until": until.isoformat() if until else LAST_DAY,
    }


def matching(filters: Sequence[tuple[str, str]]) -> tuple[str, dict[str, Cell]]:
    """Conditions to follow a WHERE, and their parameters; of several values for one name any will do.

    Raises KeyError for a name nothing can be filtered by.
    """
    wanted: dict[str, list[str]] = {}
    params: dict[str, Cell] = {}
    for at, (name, value) in enumerate(filters):
        wanted.setdefault(FILTERS[name], []).append(f":filter{at}")
        params[f"filter{at}"] = value
    return "".join(f" AND {column} IN ({', '.join(names)})" for column, names in wanted.items()), params
