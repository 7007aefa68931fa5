"""Where things happen: countries, the cities, camps and crossings of this work, airports, the team's own sites.

A place is kept by its key: "KZ" a country, "aktau" a listed place, "GYD" an airport (IATA, else ICAO), "site-1" a team's own,
"~Foo" one that nobody knew, as it was typed. "~Foo" stands for the place that the team calls "Foo", from when it does. An airport
of a listed city is that city: Актау, Ақтау, SCO and أكتاو are one place.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from records.atlas import Atlas, PlaceEntry, shipped, territory
from records.fold import fold, tidy, unmarked
from records.near import Shelf
from records.phrases import Phrases, Tail

UNKNOWN = "~"
NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})
_PARTING: Final = re.compile(r"[\"«»“”„,،()\[\]]")
"""What parts words in a message, and may stand inside of a team's name for a place."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place of a team's own: its key, and its names by language, the first of each shown; not read if it isn't `kept`."""

    key: str
    country: str
    zone: str
    names: Mapping[str, tuple[str, ...]]
    kept: bool = True


class Gazetteer:
    """All places by key and by name. `load` is the way to one: what is shipped is read once and shared by all."""

    def __init__(self, atlas: Atlas, sites: Iterable[Site] = (), names: Mapping[str, str] = NO_NAMES) -> None:
        """Puts a team's own sites, and its own `names` for any place, over the shipped atlas: they win."""
        self._atlas = atlas
        self._sites: dict[str, PlaceEntry] = {}
        self._names = Phrases()
        read = dict(names)
        for site in sites:
            shown = {language: names[0] for language, names in site.names.items()}
            self._sites[site.key] = PlaceEntry(site.key, "site", site.country, site.zone or None, shown)
            if site.kept:
                read.update((name, site.key) for names in site.names.values() for name in names)
        for name, key in read.items():
            self._names.add(name, key)
        self._offered = tuple(dict.fromkeys(key for key in read.values() if key in self._sites))
        self._parted = _parted(read)

    @classmethod
    def load(cls, sites: Iterable[Site] = (), names: Mapping[str, str] = NO_NAMES) -> "Gazetteer":
        """The gazetteer with a team's own sites and names."""
        return cls(shipped(), sites, names)

    @cached_property
    def phrases(self) -> Mapping[str, str]:
        """Folded names of countries, listed places and sites, and their keys: what a misspelling may have meant."""
        return {**self._atlas.words.by_phrase, **self._atlas.names.by_phrase, **self._names.by_phrase}

    @cached_property
    def names(self) -> Shelf:
        """The same names without their keys."""
        return Shelf(self.phrases)

    @cached_property
    def country_names(self) -> Shelf:
        """Those of countries."""
        return Shelf(phrase for phrase, key in self.phrases.items() if self.country_of(key) == key)

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the name of a country, a listed place or a site."""
        return any(word in layer.words for layer in (self._names, self._atlas.names, self._atlas.words))

    def is_code(self, text: str) -> bool:
        """Whether a word is a code of a place where one must stand: "SCO", "GYD", "KZ"."""
        return text.isascii() and self._code((text,), 0, fold(text), loose=True) is not None

    @property
    def countries(self) -> tuple[str, ...]:
        """All countries, as ISO 3166 alpha-2."""
        return tuple(key for key in self._atlas.entries if self._atlas.is_country(key))

    @property
    def listed(self) -> tuple[str, ...]:
        """The keys of a team's own sites and of the listed places."""
        return (*self._offered, *(key for key, one in self._atlas.entries.items() if one.sort == "place"))

    @property
    def own(self) -> tuple[str, ...]:
        """The keys of a team's own sites."""
        return self._offered

    def get(self, key: str) -> PlaceEntry | None:
        """The place of that key; None if it is unknown."""
        key = self.standing(key)
        return self._sites.get(key) or self._atlas.entry(key)

    def standing(self, key: str) -> str:
        """The key itself; of a place that was unknown when it was typed that of the one the team calls so by now."""
        return self._names.by_phrase.get(fold(key[1:]), key) if key.startswith(UNKNOWN) else key

    def shipped(self, text: str) -> str | None:
        """The key of a place that everybody calls so, whatever the team does; None if there is none."""
        found = Gazetteer(self._atlas).find_every(text)
        return found[0] if found else None

    def joined(self, text: str) -> str:
        """The text without quotes, commas and brackets inside of the team's names: `Centre "Umit", Karaganda` is one name."""
        if self._parted is None or _PARTING.search(text) is None:
            return text
        return self._parted.sub(lambda name: _PARTING.sub(" ", name[0]), text)

    def find(self, text: str, *, countries: bool = False) -> PlaceEntry | None:
        """The place that text as a whole names, in any language; None if it is unknown, or may be several."""
        found = self.find_every(text, countries=countries)
        return self.get(found[0]) if len(found) == 1 else None

    def find_every(self, text: str, *, countries: bool = False) -> tuple[str, ...]:
        """The keys of the places that text as a whole may name: nearly always one, or none."""
        words = text.split()
        found = self.longest(words, 0, loose=True, countries=countries) if words else None
        if found is not None and found[1] == len(words):
            return found[0]
        code = self._atlas.codes.get(fold(text).upper(), "")
        known = self._atlas.is_country(code) if countries else text.isupper() and self.get(code) is not None
        return (code,) if known else ()

    def key(self, text: str) -> str:
        """The key of the place that text names, an unknown one kept as typed."""
        found = self.find(text)
        return found.key if found is not None else unknown(text)

    def find_longest(
        self, words: Sequence[str], start: int, *, loose: bool = False, countries: bool = False
    ) -> tuple[str, int] | None:
        """What `longest` finds if it is one place only."""
        found = self.longest(words, start, loose=loose, countries=countries)
        return (found[0][0], found[1]) if found and len(found[0]) == 1 else None

    def longest(
        self, words: Sequence[str], start: int, *, loose: bool = False, countries: bool = False
    ) -> tuple[tuple[str, ...], int] | None:
        """The key of the longest place name that begins at `words[start]`, and how many words it takes; words as typed.

        Nearly always one key: "عمان" without a mark is Amman or Oman.

        `loose` where a place is sure to stand (after "from", in a field that holds one): codes in small letters, cities that
        have an airport, and names that are everyday words count too. Elsewhere an unlisted code has to stand in capitals
        among words that don't ("MEN" is an airport). `countries` leaves all other places out.
        """
        folded = fold(words[start])
        if not self.begins(folded):
            return None
        wanted = self._atlas.is_country if countries else _anything
        tail = Tail(words, start, folded)
        own = self._names.longest(tail, wanted)
        rivals = None if own else self._rivals(tail.first, words[start], wanted)
        found = [own, *(layer.longest(tail, wanted) for layer in (self._atlas.names, self._atlas.airports))]
        code = self._code(words, start, folded, loose=loose)
        found.append((code, 1) if code is not None and wanted(code) else None)
        if loose:
            found += [layer.longest(tail, wanted) for layer in (self._atlas.words, self._atlas.cities)]
        best = max((match for match in found if match is not None), key=itemgetter(1), default=None)
        if rivals is not None and (best is None or best[1] == 1):
            return (rivals, 1) if rivals else None
        return ((best[0],), best[1]) if best else None

    def begins(self, folded: str) -> bool:
        """Whether some name or code begins so: nearly no word does, and each is asked about several times."""
        atlas, first = self._atlas, folded.partition(" ")[0]
        layers = (self._names, atlas.names, atlas.words, atlas.cities, atlas.airports)
        return any(one.begin(first) for one in layers) or folded.upper() in atlas.codes or first in atlas.alike

    def _rivals(self, folded: str, typed: str, wanted: Callable[[str], bool]) -> tuple[str, ...] | None:
        """The places that a name told apart by its marks may be; None if it is no such name."""
        alike = self._atlas.alike.get(folded)
        if alike is None:
            return None
        return tuple(key for key, full in alike.items() if wanted(key) and unmarked(typed, full))

    def _code(self, words: Sequence[str], start: int, word: str, *, loose: bool) -> str | None:
        """The place that a word, folded, is a code of, if it may be read as one here."""
        atlas = self._atlas
        key = atlas.codes.get(word.upper())
        everyday = word in atlas.not_codes
        if key is None or (word.upper() in atlas.listed_codes and not everyday):
            return key
        capitals = words[start].isupper()
        emphatic = capitals and any(one.islower() for other in words for one in other)
        if everyday:
            return key if loose and emphatic else None
        return key if emphatic or (loose and (capitals or atlas.is_country(key))) else None

    def name(self, key: str, language: str) -> str:
        """What that place is called in that language; of an unknown one what was typed."""
        entry = self.get(key)
        if entry is None:
            return key.removeprefix(UNKNOWN)
        if entry.sort == "country":
            return territory(key, language) or key
        return entry.names.get(language) or entry.names.get("en") or next(iter(entry.names.values()))

    def written(self, key: str, language: str) -> str:
        """The name that leads back to that place, else its key; its name even so where nothing leads there (any more)."""
        name, standing = self.name(key, language), self.standing(key)
        ways = (name, name.removesuffix(f" ({key})"), key)
        return next((one for one in ways if self.find_every(one) == (standing,)), name)

    def country_of(self, key: str) -> str | None:
        """The country a place lies in, as ISO 3166 alpha-2; None if that isn't known."""
        entry = self.get(key)
        return entry.country if entry else None

    def zone_of(self, key: str) -> ZoneInfo | None:
        """The zone of a place; None if that isn't known, or of a country that has several."""
        entry = self.get(key)
        return ZoneInfo(entry.zone) if entry and entry.zone else None


def unknown(text: str) -> str:
    """The key of a place nobody knows: what was typed, tidied."""
    return UNKNOWN + " ".join(tidy(text).split())


def _parted(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds names that something parts, whichever quotes are typed for it; None if there are none."""
    spelt = [
        r"\s*".join(r"\s+".join(map(re.escape, part.split())) or _PARTING.pattern for part in _pieces(name))
        for name in names
        if _PARTING.search(name)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(spelt, key=len, reverse=True))})", re.IGNORECASE) if spelt else None


def _pieces(name: str) -> list[str]:
    """The words of a name between what parts them, "" for each of those."""
    pieces = ("" if _PARTING.fullmatch(one) else one for one in re.split(f"({_PARTING.pattern})", name) if one.strip())
    return list(pieces)


def _anything(key: str) -> bool:
    del key
    return True
