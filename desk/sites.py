"""The team's sites and its names for places: added, renamed, merged, removed. Each change is a line of the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from desk.acts import Refused, Teller
from desk.rights import Denied, role_of
from records.fold import fold
from records.kind import Kind, Value
from records.places import UNKNOWN
from records.problem import Problem
from records.record import kind_named
from records.rights import may
from records.sites import MOST_NAMES, MOST_SITES, Called, Own
from storage import doubts, entries, journal, sites, teams
from storage.door import Tx

LOOKED_AT: Final = 200
"""Of the entries that move along with a merge, those that are looked at for being another one again."""


@dataclass(frozen=True, slots=True)
class Leader:
    """Who changes the team's sites, and who are its owners whatever else is kept."""

    teller: Teller
    owners: frozenset[int]


def add(tx: Tx, by: Leader, name: str, others: Sequence[str], where: tuple[str, str]) -> str:
    """A new site, or more names for a known one, or one that was removed, back again; its key. Raises Denied, Refused.

    `where` is its country and zone, if it is new.
    """
    seq = _begin(tx, by)
    team = by.teller.team
    key = sites.of_name(tx, team, name)
    if key is None:
        known = [one for one in sites.known(tx, team).sites if one.kept]
        if len(known) >= MOST_SITES:
            raise Refused([Problem("", "too_many_sites", about={"most": MOST_SITES})])
        earlier = sites.once(tx, team, name)
        one = replace(earlier, kept=True) if earlier else Own(sites.new_key(tx, team), name, *where)
        key = one.key
        sites.keep(tx, team, one)
        sites.name(tx, team, Called(one.name, key))
        _note(tx, by, seq, "site_added", {"site": key, "name": one.name, "country": one.country, "zone": one.zone})
        seq += 1
    for other in others:
        seq += _named(tx, by, seq, Called(other, key))
    return key


def call(tx: Tx, by: Leader, place: str, others: Sequence[str]) -> str:
    """More names for a known place. Raises Denied, Refused."""
    seq = _begin(tx, by)
    for other in others:
        seq += _named(tx, by, seq, Called(other, place))
    return place


def rename(tx: Tx, by: Leader, key: str, name: str) -> str:
    """A site is known by another name; the one before stays a name of it, and is still understood. Raises Denied, Refused."""
    seq = _begin(tx, by)
    one = _site(tx, by, key)
    holder = sites.of_name(tx, by.teller.team, name)
    if holder not in {None, key}:
        raise Refused([_taken(tx, by, name)])
    sites.keep(tx, by.teller.team, replace(one, name=name))
    sites.unspell(tx, by.teller.team, name)
    sites.name(tx, by.teller.team, Called(name, key))
    _note(tx, by, seq, "site_renamed", {"site": key, "before": one.name, "name": name})
    return key


def move(tx: Tx, by: Leader, key: str, where: tuple[str, str]) -> str:
    """A site lies in that country and zone. Raises Denied, Refused."""
    seq = _begin(tx, by)
    one = _site(tx, by, key)
    sites.keep(tx, by.teller.team, replace(one, country=where[0], zone=where[1]))
    told: dict[str, Value] = {"before": f"{one.country} {one.zone}".strip(), "country": where[0], "zone": where[1]}
    _note(tx, by, seq, "site_moved", {"site": key, **told})
    return key


def merge(tx: Tx, by: Leader, name: str, place: str, kinds: Sequence[Kind]) -> str:
    """What was typed so is that place from now on, in counts and cards; entries keep their words. Raises Denied, Refused.

    Those that are now at one place may be one thing told twice: the latest of them are asked about.
    """
    seq = _begin(tx, by)
    if not _named(tx, by, seq, Called(name, place, merged=True), "place_merged"):
        return place
    for one in sites.holding(tx, by.teller.team, name, LOOKED_AT):
        entry = entries.by_id(tx, by.teller.team, one)
        if entry is not None:
            doubts.look_again(tx, kind_named(kinds, entry.kind), entry, seq)
    return place


def remove_name(tx: Tx, by: Leader, name: str) -> str:
    """A place has that name no more: what was typed so is unknown again. The key of the place. Raises Denied, Refused.

    Where the same name is spelt otherwise too, only that spelling goes; with the name a site is known by goes the site.
    """
    seq = _begin(tx, by)
    team = by.teller.team
    key = sites.of_name(tx, team, name)
    if key is None:
        raise Refused([Problem("", "no_such_site", name)])
    own = next((one for one in sites.known(tx, team).sites if one.key == key), None)
    spelt = name in sites.spellings(tx, team, name)
    if own is not None and (own.name == name or (not spelt and fold(own.name) == fold(name))):
        return _removed(tx, by, seq, own)
    (sites.unspell if spelt else sites.unname)(tx, team, name)
    _note(tx, by, seq, "site_name_removed", {"site": key, "name": name})
    return key


def remove(tx: Tx, by: Leader, key: str) -> str:
    """A site is one no more, and none of its names is read; its entries stay at it. Raises Denied, Refused."""
    seq = _begin(tx, by)
    return _removed(tx, by, seq, _site(tx, by, key))


def _removed(tx: Tx, by: Leader, seq: int, one: Own) -> str:
    team = by.teller.team
    names = [called.name for called in sites.known(tx, team).called(one.key)]
    for name in (one.name, *names):
        sites.unname(tx, team, name)
    sites.keep(tx, team, replace(one, kept=False))
    _note(tx, by, seq, "site_removed", {"site": one.key, "name": one.name, "names": ", ".join(names)})
    return one.key


def _begin(tx: Tx, by: Leader) -> int:
    seq = teams.begin(tx, by.teller.team)
    if not may(role_of(tx, by.teller.team, by.teller.who, by.owners), "sites"):
        raise Denied("sites")
    return seq


def _named(tx: Tx, by: Leader, seq: int, one: Called, act: str = "site_named") -> int:
    """Gives a place one more name; how many lines of the journal that took."""
    team = by.teller.team
    holder = sites.of_name(tx, team, one.name)
    if holder == one.place and (one.merged or one.name in sites.spellings(tx, team, one.name)):
        return 0
    if holder not in {None, one.place}:
        raise Refused([_taken(tx, by, one.name)])
    if len(sites.known(tx, team).called(one.place)) >= MOST_NAMES:
        raise Refused([Problem("", "too_many_names", about={"most": MOST_NAMES})])
    sites.name(tx, team, one)
    _note(tx, by, seq, act, {"site": one.place, "name": one.name})
    return 1


def _taken(tx: Tx, by: Leader, name: str) -> Problem:
    holder = sites.of_name(tx, by.teller.team, name) or ""
    own = sites.known(tx, by.teller.team).site(holder)
    return Problem("", "site_taken", name, about={"site": own.name if own else holder.removeprefix(UNKNOWN)})


def _site(tx: Tx, by: Leader, key: str) -> Own:
    own = sites.known(tx, by.teller.team).site(key)
    if own is None:
        raise Refused([Problem("", "no_such_site", key)])
    return own


def _note(tx: Tx, by: Leader, seq: int, act: str, details: dict[str, Value]) -> None:
    journal.note(tx, by.teller.team, seq, by.teller.at, act, who=by.teller.who, details=details)
