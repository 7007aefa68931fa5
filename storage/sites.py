"""A team's sites and its names for places, and what an unknown place stands for since.

Entries keep the place they were told with. A place nobody knew ("~Umitt") stands for the one that has that name now, which is
looked up when entries are counted or searched: so a name may come and go, and no entry is rewritten.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from records.fold import fold
from records.places import UNKNOWN
from records.sites import FIELDS, Called, Known, Own, meant
from storage import teams
from storage.transaction import Row, Tx

# A team's sites, those that were removed too.
SITES = "SELECT * FROM sites WHERE team = :team ORDER BY kept DESC, folded"

# All names a team has given places, in the order they came.
NAMES = "SELECT * FROM place_names WHERE team = :team ORDER BY id"

# The names of one place.
OF_PLACE = "SELECT folded FROM place_names WHERE team = :team AND place = :place"

# The sites that are, or were, known by a name, one that still is in front.
BY_FOLDED = "SELECT * FROM sites WHERE team = :team AND folded = :folded ORDER BY kept DESC, key"

# A site as it is from now on.
KEEP = """
INSERT INTO sites (team, key, name, folded, country, zone, kept) VALUES (:team, :key, :name, :folded, :country, :zone, :kept)
ON CONFLICT (team, key) DO UPDATE SET
  name = excluded.name, folded = excluded.folded, country = excluded.country, zone = excluded.zone, kept = excluded.kept
"""

# The place that has a name, in each of its spellings; the one a site is known by is among its names.
NAMED = "SELECT * FROM place_names WHERE team = :team AND folded = :folded ORDER BY id"

# One more name.
NAME = """
INSERT INTO place_names (team, folded, name, place, how, id) VALUES (:team, :folded, :name, :place, :how, :id)
"""

# A name no more, however it is spelt.
UNNAME = "DELETE FROM place_names WHERE team = :team AND folded = :folded"

# One spelling of a name no more.
UNSPELL = "DELETE FROM place_names WHERE team = :team AND folded = :folded AND name = :name"

# All that was typed for places nobody knew: what entries hold, and how it is spelt.
SPELT = """
SELECT departure AS place FROM entries WHERE team = :team AND departure LIKE '~%' GROUP BY departure
UNION SELECT destination AS place FROM entries WHERE team = :team AND destination LIKE '~%' GROUP BY destination
UNION SELECT site AS place FROM entries WHERE team = :team AND site LIKE '~%' GROUP BY site
"""

# How many entries there are between the same places.
STANDING = """
SELECT departure, destination, site, COUNT(*) AS entries FROM entries
WHERE team = :team AND withdrawn IS NULL
GROUP BY departure, destination, site
"""

# Entries that hold a place as it was typed, the latest day first.
HOLDING = """
SELECT id, day FROM entries WHERE team = :team AND departure LIKE '~%' AND departure = :place AND withdrawn IS NULL
UNION SELECT id, day FROM entries WHERE team = :team AND destination LIKE '~%' AND destination = :place AND withdrawn IS NULL
UNION SELECT id, day FROM entries WHERE team = :team AND site LIKE '~%' AND site = :place AND withdrawn IS NULL
ORDER BY day DESC, id DESC LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """A place nobody knows: its folded name, how it is spelt most often, how many entries stand at it."""

    folded: str
    name: str
    entries: int


@dataclass(frozen=True, slots=True)
class InUse:
    """How many entries stand at each known place, and the places nobody knows, those with most entries first."""

    known: Mapping[str, int]
    unknown: tuple[Typed, ...]


def known(tx: Tx, team: int) -> Known:
    """All that a team has said of places; the name a site is known by is not repeated among its names."""
    sites = tuple(_own(row) for row in tx.all(SITES, team=team))
    main = {(one.key, one.name) for one in sites}
    names = (row for row in tx.all(NAMES, team=team) if (row["place"], row["name"]) not in main)
    return Known(sites, tuple(Called(row["name"], row["place"], row["how"] == "merged") for row in names))


def of_name(tx: Tx, team: int, name: str) -> str | None:
    """The key of the place that has that name by the team's word; None if none has."""
    row = tx.one(NAMED, team=team, folded=fold(name))
    return str(row["place"]) if row else None


def spellings(tx: Tx, team: int, name: str) -> tuple[str, ...]:
    """The spellings in which that name was given to its place."""
    return tuple(row["name"] for row in tx.all(NAMED, team=team, folded=fold(name)))


def once(tx: Tx, team: int, name: str) -> Own | None:
    """The site that is, or was, known by that name."""
    row = tx.one(BY_FOLDED, team=team, folded=fold(name))
    return _own(row) if row else None


def new_key(tx: Tx, team: int) -> str:
    """The key of the team's next site."""
    return f"site-{teams.next_number(tx, team, 'site')}"


def keep(tx: Tx, team: int, one: Own) -> None:
    """The site is as it says from now on."""
    place = {"name": one.name, "folded": fold(one.name), "country": one.country, "zone": one.zone}
    tx.run(KEEP, team=team, key=one.key, kept=int(one.kept), **place)


def name(tx: Tx, team: int, one: Called) -> None:
    """The place has that name too; it must be nobody's."""
    number = teams.next_number(tx, team, "place name")
    how = "merged" if one.merged else "given"
    tx.run(NAME, team=team, folded=fold(one.name), name=one.name, place=one.place, how=how, id=number)


def unname(tx: Tx, team: int, called: str) -> None:
    """Nothing has that name any more, in whatever spelling."""
    tx.run(UNNAME, team=team, folded=fold(called))


def unspell(tx: Tx, team: int, called: str) -> None:
    """That spelling of a name is none any more."""
    tx.run(UNSPELL, team=team, folded=fold(called), name=called)


def meanings(tx: Tx, team: int) -> Mapping[str, str]:
    """The place each of the team's names stands for, by the folded name."""
    return {row["folded"]: row["place"] for row in tx.all(NAMES, team=team)}


def spread(tx: Tx, team: int, filters: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Filters that also let through what was typed for the wanted places before they were known.

    Where a place has no name of the team's it costs one look-up, however many entries there are.
    """
    found: list[tuple[str, str]] = []
    for field, value in filters:
        keys = spelt(tx, team, value) if field in FIELDS else (value,)
        found += [(field, one) for one in keys]
    return found


def spelt(tx: Tx, team: int, place: str) -> tuple[str, ...]:
    """All that entries may hold for that place: its key, and what was typed for it while nobody knew it."""
    if place.startswith(UNKNOWN):
        place = of_name(tx, team, place[1:]) or place
    names = {row["folded"] for row in tx.all(OF_PLACE, team=team, place=place)}
    if not names:
        return (place,)
    typed = (str(row["place"]) for row in tx.all(SPELT, team=team))
    return (place, *(one for one in typed if fold(one[1:]) in names))


def holding(tx: Tx, team: int, called: str, most: int) -> list[int]:
    """The ids of entries at a place that was typed so, in any spelling, the latest days first; at most so many."""
    wanted = fold(called)
    typed = [str(row["place"]) for row in tx.all(SPELT, team=team) if fold(row["place"][1:]) == wanted]
    found = [row["id"] for one in typed for row in tx.all(HOLDING, team=team, place=one, most=most)]
    return list(dict.fromkeys(found))[:most]


def in_use(tx: Tx, team: int) -> InUse:
    """How many entries stand at which places; of each an entry counts once, withdrawn ones not at all."""
    names = meanings(tx, team)
    counted: dict[str, int] = {}
    for row in tx.all(STANDING, team=team):
        held = {meant(str(row[one]), names) for one in ("departure", "destination", "site") if row[one] is not None}
        for place in held:
            counted[place] = counted.get(place, 0) + int(row["entries"])
    return InUse(
        {place: n for place, n in counted.items() if not place.startswith(UNKNOWN)},
        _unknown({place[1:]: n for place, n in counted.items() if place.startswith(UNKNOWN)}),
    )


def _unknown(counted: Mapping[str, int]) -> tuple[Typed, ...]:
    """Spellings that fold alike are one place, called as it is spelt most often."""
    alike: dict[str, list[str]] = {}
    for typed in sorted(counted, key=lambda one: (-counted[one], one)):
        alike.setdefault(fold(typed), []).append(typed)
    some = (Typed(folded, each[0], sum(counted[one] for one in each)) for folded, each in alike.items())
    return tuple(sorted(some, key=lambda one: (-one.entries, one.folded)))


def _own(row: Row) -> Own:
    return Own(row["key"], row["name"], row["country"], row["zone"], kept=bool(row["kept"]))


def resolved(tx: Tx, team: int, filters: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Filters with the places that unknown ones stand for now."""
    if not any(value.startswith(UNKNOWN) for _, value in filters):
        return tuple(filters)
    names = meanings(tx, team)
    return tuple((field, meant(value, names)) for field, value in filters)
