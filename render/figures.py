"""The numbers of an answer for scripts: names that stay as they are, numbers as they were counted."""

from collections.abc import Mapping
from typing import TypeAlias

from records import people
from records.kind import Kind
from records.question import Counted, Totals
from render import counts

Json: TypeAlias = "str | int | Mapping[str, Json] | list[Json] | None"

MEASURES = ("boarded", "expected", "escorts")


def as_json(counted: Counted, kind: Kind) -> dict[str, Json]:
    """One object: the question's kind and days, the sums, and with a question `by` fields the groups with the same sums.

    A group's `key` is its value as it is kept, a list of two under two fields. Sums of measures nobody stated are 0.
    """
    question = counted.question
    said: dict[str, Json] = {
        "kind": kind.name,
        "from": question.since.isoformat() if question.since else None,
        "to": question.until.isoformat() if question.until else None,
        **_sums(counted.total, kind),
    }
    if question.by:
        said["groups"] = [
            {"key": key[0] if len(key) == 1 else list(key), **_sums(totals, kind)} for key, totals in counted.groups
        ]
    return said


def _sums(totals: Totals, kind: Kind) -> dict[str, Json]:
    cells = totals.cells
    sums: dict[str, Json] = {"entries": totals.entries, "by_status": dict(totals.by_status)}
    sums |= {name: counts.total(cells, name) for name in ("people", "adults", "children")}
    sums |= {name: cells.get(name, 0) for name in people.CELLS}
    sums["of_which"] = {name: cells.get(name, 0) for name in people.SUBSETS}
    sums |= {name: cells.get(name, 0) for name in MEASURES if name in kind.by_name}
    if "minutes" in kind.by_name:
        sums |= {"held": totals.held, "minutes": cells.get("minutes", 0)}
    return sums
