"""A team's own sites and its names for places: what they may be called, and what an unknown place stands for once it has a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from records.atlas import LANGUAGES
from records.fold import fold
from records.places import UNKNOWN, Gazetteer, Site
from records.problem import Problem
from records.vocabulary import Vocabulary

MOST_LETTERS: Final = 60
"""Characters of a name."""
MOST_WORDS: Final = 10
MOST_SITES: Final = 200
"""Sites of one team."""
MOST_NAMES: Final = 30
"""Names a team may give one place."""
FIELDS: Final = ("from", "to", "site")
"""The fields that hold places."""
_KAZAKH: Final = frozenset("әғқңөұүһі")
_SCRIPTS: Final = (("\u0600", "\u06ff", "ar"), ("\u0400", "\u04ff", "ru"), ("A", "\u024f", "en"))


@dataclass(frozen=True, slots=True)
class Own:
    """A site of a team: its key, the name it is known by, where it lies (`zone` "": not known), whether it is still one."""

    key: str
    name: str
    country: str
    zone: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Called:
    """A name the team gave a place, its own or a shipped one; `merged` is one that is only understood, never shown."""

    name: str
    place: str
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """All that a team has said of places."""

    sites: tuple[Own, ...] = ()
    names: tuple[Called, ...] = ()

    def called(self, place: str) -> tuple[Called, ...]:
        """The names given to a place, as they came."""
        return tuple(one for one in self.names if one.place == place)

    def site(self, key: str) -> Own | None:
        """The site of that key, if it is still one."""
        return next((one for one in self.sites if one.key == key and one.kept), None)


def gazetteer(known: Known) -> Gazetteer:
    """All places, with what a team has said of them over what is shipped."""
    shown = {one.key: [one.name] for one in known.sites}
    read: dict[str, list[str]] = {one.key: [one.name] if one.kept else [] for one in known.sites}
    for one in known.names:
        read.setdefault(one.place, []).append(one.name)
        if one.place in shown and not one.merged:
            shown[one.place].append(one.name)
    sites = [Site(one.key, one.country, one.zone, _shown(shown[one.key]), one.kept) for one in known.sites]
    return Gazetteer.load(sites, {name: place for place, names in read.items() for name in names})


def _shown(names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """What each language calls a site: its first name in that language's letters, else the one it is known by."""
    first = names[0]
    written = {language: next((one for one in names if tongue(one) == language), "") for language in LANGUAGES}
    written["kk"] = written["kk"] or written["ru"]
    return {language: (one or first,) for language, one in written.items()}


def tongue(name: str) -> str:
    """The language a name is probably of, by its letters; "" if they don't tell."""
    letters = name.casefold()
    if not _KAZAKH.isdisjoint(letters):
        return "kk"
    for first, last, language in _SCRIPTS:
        if any(one.isalpha() and first <= one <= last for one in letters):
            return language
    return ""


def meant(value: str, names: Mapping[str, str]) -> str:
    """What a kept value stands for: of a place that was unknown the place of that name now, else the value itself."""
    return names.get(fold(value[1:]), value) if value.startswith(UNKNOWN) else value


def surroundings(names: Sequence[str], places: Gazetteer, home: str) -> tuple[str, str]:
    """The country and the zone of a site, guessed from a known place in one of its names; else the home country."""
    for name in names:
        words = name.split()
        for at in range(len(words)):
            found = places.find_longest(words, at)
            near = places.get(found[0]) if found else None
            if near is not None and near.sort in {"place", "airport"}:
                return near.country, near.zone or ""
    zone = places.zone_of(home)
    return home, zone.key if zone else ""


def refused(name: str, places: Gazetteer, words: Vocabulary) -> Problem | None:
    """Why something can't be the name of a place, whatever else there is; None if it can."""
    folded = fold(name)
    if len(name) > MOST_LETTERS or len(folded.split()) > MOST_WORDS:
        return Problem("", "site_too_long", name, about={"most": MOST_LETTERS, "words": MOST_WORDS})
    if len(folded) <= 1 or not any(map(str.isalpha, folded)):
        return Problem("", "not_a_site_name", name)
    if tuple(folded.split()) in words.senses:
        return Problem("", "site_is_word", name)
    if places.shipped(name):
        return Problem("", "site_is_place", name)
    return None
