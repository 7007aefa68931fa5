"""Counting people: parts that add up, totals given or derived, subsets that are never added. Section 2 of the product.

What a given total leaves over its parts is "not stated" and is never guessed away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from records.kind import Changes, Value, Values
from records.problem import Problem

PARTS = ("men", "women", "boys", "girls")
TOTALS = ("adults", "children", "people")
SUBSETS = ("unaccompanied", "separated", "orphans", "medical", "disability", "pregnant", "justice")
CELLS = (*PARTS, "adults_not_stated", "children_not_stated", "not_stated")
"""Disjoint: nobody stands in two of them, and together they are the people."""
HEADS = (*PARTS, *TOTALS)
"""What says how many people there were; a subset alone doesn't."""

SEXES: Mapping[str, tuple[str, str]] = {"adults": ("men", "women"), "children": ("boys", "girls")}
How: TypeAlias = Literal["sum", "at_least"]


@dataclass(frozen=True, slots=True)
class People:
    """Counted people: the disjoint cells (absent = not stated) and the three totals (None = nothing is known of it).

    `derived` tells of each total nobody gave whether it is the "sum" of all its parts or "at_least" what was stated.
    """

    cells: Mapping[str, int]
    people: int | None
    adults: int | None
    children: int | None
    derived: Mapping[str, How]

    def total(self, name: str) -> int | None:
        """The total of that name: people, adults or children."""
        return {"people": self.people, "adults": self.adults, "children": self.children}[name]

    def exact(self, name: str) -> bool:
        """Whether that total is known and nobody beyond it can be."""
        return self.total(name) is not None and self.derived.get(name) != "at_least"


def breakdown(values: Values) -> People:
    """The people of a record as disjoint cells and totals; figures that contradict each other leave nothing over."""
    given = _given(values, HEADS)
    cells = {name: given[name] for name in PARTS if name in given}
    least: dict[str, int] = {}
    for total, sexes in SEXES.items():
        stated = [given[name] for name in sexes if name in given]
        least[total] = max(given.get(total, 0), sum(stated))
        over = least[total] - sum(stated)
        if total in given and (over or not stated):
            cells[f"{total}_not_stated"] = over
    known = sum(least.values())
    if "people" in given:
        over = max(given["people"] - known, 0)
        if over or not cells:
            cells["not_stated"] = over
    complete = "people" in given and known == given["people"]
    totals, derived = _totals(given, least, complete=complete)
    return People(cells, totals.get("people"), totals.get("adults"), totals.get("children"), derived)


def _totals(
    given: Mapping[str, int], least: Mapping[str, int], *, complete: bool
) -> tuple[dict[str, int], dict[str, How]]:
    """The totals that are known and how those nobody gave came about; `complete` = the people given are all accounted for."""
    totals: dict[str, int] = {}
    derived: dict[str, How] = {}
    for total, sexes in SEXES.items():
        stated = [name for name in sexes if name in given]
        if total in given:
            totals[total] = given[total]
        elif stated:
            totals[total] = least[total]
            derived[total] = "sum" if complete or len(stated) == len(sexes) else "at_least"
    if "people" in given:
        totals["people"] = given["people"]
    elif totals:
        whole = len(totals) == len(SEXES) and "at_least" not in derived.values()
        totals["people"] = sum(least.values())
        derived["people"] = "sum" if whole else "at_least"
    return totals, derived


def problems(values: Values) -> list[Problem]:
    """Every total that is smaller than its parts, and every subset that is larger than what it is a part of."""
    given = _given(values, (*HEADS, *SUBSETS))
    found = []
    least: dict[str, int] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for total, sexes in SEXES.items():
        stated = tuple(name for name in sexes if name in given)
        added = sum(given[name] for name in stated)
        if given.get(total, added) < added:
            found.append(_too_small(total, given, stated))
        fits = total in given and given[total] >= added
        parts[total] = (total,) if fits else stated
        least[total] = max(given.get(total, 0), added)
    if "people" in given and given["people"] < sum(least.values()):
        found.append(_too_small("people", given, parts["adults"] + parts["children"]))
    counted = breakdown(given)
    for name in SUBSETS:
        if name in given:
            most = room(name, counted)
            if most is not None and given[name] > most:
                found.append(Problem(name, "subset_too_large", str(given[name]), about={"limit": most, "of": OF[name]}))
    return found


def _too_small(total: str, given: Mapping[str, int], parts: tuple[str, ...]) -> Problem:
    """`about` holds the total, the sum, the parts' names in order (`parts`, by commas) and each part's count by its name."""
    about: dict[str, str | int] = {name: given[name] for name in parts}
    about |= {"total": given[total], "sum": sum(given[name] for name in parts), "parts": ",".join(parts)}
    code = "total_too_small" if len(parts) > 1 else "total_below_part"
    return Problem(total, code, str(given[total]), about=about)


OF: Mapping[str, str] = {
    "unaccompanied": "children",
    "separated": "children",
    "orphans": "children",
    "medical": "people",
    "disability": "people",
    "pregnant": "women_and_girls",
    "justice": "adults",
}
"""What each subset is a part of; people whose sex or age was not stated may always belong to it."""

ROOM: Mapping[str, tuple[str, ...]] = {
    "children": ("boys", "girls", "children_not_stated", "not_stated"),
    "people": CELLS,
    "women_and_girls": ("women", "girls", "adults_not_stated", "children_not_stated", "not_stated"),
    "adults": ("men", "women", "adults_not_stated", "not_stated"),
}
"""The cells that those people stand in."""


def room(subset: str, counted: People) -> int | None:
    """How many people of that subset there can be at most; None where no total closes the question."""
    of = OF[subset]
    if not (counted.exact("people") or _closed(of, counted)):
        return None
    return sum(counted.cells.get(name, 0) for name in ROOM[of])


def _closed(of: str, counted: People) -> bool:
    """Whether what was stated leaves no more of those people possible, although the total of all is open."""
    if of == "women_and_girls":
        return ("women" in counted.cells or counted.exact("adults")) and (
            "girls" in counted.cells or counted.exact("children")
        )
    return counted.exact(of)


def moved(before: Values, changes: Changes) -> Values:
    """The values after `changes`, a total that equalled its parts moving along with a part that was corrected.

    A part that is taken away (None) is merely no longer stated: its people stay in the total.
    """
    after = {**before, **{name: value for name, value in changes.items() if value is not None}}
    for total in ("adults", "children"):
        _move(total, SEXES[total], before, after, changes)
    _move("people", tuple(SEXES), before, after, changes)
    return {name: value for name, value in after.items() if changes.get(name, value) is not None}


def _move(total: str, parts: tuple[str, ...], before: Values, after: dict[str, Value], changes: Changes) -> None:
    if total not in before or total in changes:
        return
    was = [_least(name, before) for name in parts]
    stated = any(name in before for part in parts for name in (part, *SEXES.get(part, ())))
    if stated and sum(was) == before[total]:
        after[total] = sum(_least(name, after) for name in parts)


def _least(name: str, values: Values) -> int:
    """What is stated of a part, or of a total by its parts."""
    given = _given(values, HEADS)
    return max(given.get(name, 0), sum(given.get(sex, 0) for sex in SEXES.get(name, ())))


def arrived(before: Values, changes: Changes) -> Changes:
    """The changes with which figures that were only expected give way to those of the people who came.

    Nothing said: all figures go, for nobody has counted yet. A new total: whatever it was made of goes too. Parts said: the
    rest stays, for only they were corrected, but a total that was more than its parts goes. The same total again confirms all.
    """
    said = {name for name in HEADS if changes.get(name) is not None}
    gone: set[str] = set()
    if not said or ("people" in said and changes["people"] != before.get("people", breakdown(before).people)):
        gone.update(HEADS, SUBSETS, ("approx",))
    for total, sexes in SEXES.items():
        if total in said and changes[total] != before.get(total):
            gone.update(sexes)
            if "people" not in said and not _fills("people", before):
                gone.add("people")
        elif said.intersection(sexes):
            gone.update(name for name in (total, "people") if not _fills(name, before))
    return {**{name: None for name in gone if name in before and name not in changes}, **changes}


def _fills(total: str, values: Values) -> bool:
    """Whether a total that was given is no more than its parts."""
    parts = SEXES.get(total, tuple(SEXES))
    return total in values and values[total] == sum(_least(name, values) for name in parts)


def stated(values: Values) -> bool:
    """Whether anything says how many people there were."""
    return any(name in values for name in HEADS)


def _given(values: Values, names: Iterable[str]) -> dict[str, int]:
    return {name: int(values[name]) for name in names if name in values}
