"""What is shipped of the world by name and code: countries (Babel), the places of this work (`places.toml`), airports."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from records.airports import Airport, airports, country_zones
from records.fold import fold
from records.phrases import Phrases

LANGUAGES = ("en", "ru", "kk", "ar")
"""The languages countries are understood in; the names of listed places stand in `places.toml`, in as many as there are."""

_ALPHA_2, _ALPHA_3 = 2, 3
_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_SHORTEST_CITY = 3
_AIRPORT = re.compile(r"\b(airport|aerodrome|air ?field|air ?base|airstrip|army|field)\b")
_PLAIN = re.compile(r"\b(international|intl|airport|aerodrome|air ?field|air ?base|airstrip)\b")

Sort: TypeAlias = Literal["country", "place", "airport", "site"]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A known place: its key, what sort it is, its country (alpha-2), its IANA zone (None: several), its name by language."""

    key: str
    sort: Sort
    country: str
    zone: str | None
    names: Mapping[str, str]


@dataclass(slots=True)
class Atlas:
    """All shipped places by key, code and name: `entries` the countries and listed places, `fields` the airports.

    `codes` are in capitals, with the keys they stand for; `listed_codes` are those of listed places.
    `names` may be read anywhere, `words` and `cities` only where a place must stand: everyday words, and cities that are known
    by their airport alone.
    """

    entries: dict[str, PlaceEntry] = field(default_factory=dict)
    fields: dict[str, Airport] = field(default_factory=dict)
    names: Phrases = field(default_factory=Phrases)
    words: Phrases = field(default_factory=Phrases)
    airports: Phrases = field(default_factory=Phrases)
    cities: Phrases = field(default_factory=Phrases)
    alike: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Folded names that only their marks tell apart: by name, the key of each place and how it is written in full."""
    codes: dict[str, str] = field(default_factory=dict)
    listed_codes: set[str] = field(default_factory=set)
    not_codes: frozenset[str] = frozenset()

    def entry(self, key: str) -> PlaceEntry | None:
        """The place of that key; the code of a place that was listed since stands for it."""
        found = self.entries.get(key) or self.entries.get(self.codes.get(key, ""))
        airport = self.fields.get(key)
        if found is not None or airport is None:
            return found
        shown = f"{airport.city or airport.name} ({key})"
        return PlaceEntry(key, "airport", airport.country, airport.zone or None, {"en": shown})

    def is_country(self, key: str) -> bool:
        """Whether a key is a country's."""
        entry = self.entries.get(key)
        return entry is not None and entry.sort == "country"


def territory(code: str, language: str) -> str | None:
    """What a country is called in a language; None where neither Babel nor English knows it."""
    for tongue in (language, "en"):
        name = _territories(tongue).get(code)
        if name is not None:
            return name
    return None


@cache
def _territories(language: str) -> Mapping[str, str]:
    try:
        return Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}


@cache
def shipped() -> Atlas:
    """The atlas, built once: some 0.3 s and 25 MB."""
    data = tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))
    words = data["words"]
    alike = {fold(name): places for name, places in data["alike"].items()}
    atlas = Atlas(alike=alike, not_codes=frozenset(words["not_codes"]))
    only_as_value = frozenset(fold(word) for word in words["only_as_value"])
    known = {airport.iata: airport for airport in airports() if airport.iata}
    _add_airport_codes(atlas)
    _add_countries(atlas, data["country"], data["zone"], only_as_value)
    listed = {code: key for key, place in data["place"].items() for code in place.get("airports", ())}
    _add_listed(atlas, data["place"], known, only_as_value)
    _add_airports(atlas, listed, atlas.not_codes.union(fold(word) for word in words["not_cities"]))
    return atlas


def _add_airport_codes(atlas: Atlas) -> None:
    for airport in airports():
        atlas.codes[airport.icao] = airport.key
    for airport in airports():
        if airport.iata:
            atlas.codes[airport.iata] = airport.key


def _add_countries(
    atlas: Atlas, everyday: Mapping[str, list[str]], zones: Mapping[str, str], only_as_value: frozenset[str]
) -> None:
    codes = [
        code for code in _territories("en") if len(code) == _ALPHA_2 and code.isalpha() and code not in _NO_COUNTRIES
    ]
    for code in codes:
        zone = zones.get(code, country_zones().get(code))
        atlas.entries[code] = PlaceEntry(code, "country", code, zone, {})
        atlas.codes[code] = code
        for language in LANGUAGES:
            name = _territories(language).get(code, "")
            _name(atlas, (name, name.replace("&", "and")), code, only_as_value)
        _name(atlas, everyday.get(code, ()), code, only_as_value)
    for code, countries in get_global("territory_aliases").items():
        if len(code) == _ALPHA_3 and code.isalpha() and countries[0] in atlas.entries:
            atlas.codes[code] = countries[0]


def _name(atlas: Atlas, names: Iterable[str], key: str, only_as_value: frozenset[str]) -> None:
    for name in names:
        (atlas.words if fold(name) in only_as_value else atlas.names).add(name, key)


def _add_listed(
    atlas: Atlas, places: Mapping[str, Any], known: Mapping[str, Airport], only_as_value: frozenset[str]
) -> None:
    for key, place in places.items():
        names = {
            language: one for language, one in place.items() if language not in {"country", "zone", "airports", "codes"}
        }
        shown = {language: one[0] for language, one in names.items()}
        atlas.entries[key] = PlaceEntry(key, "place", place["country"], place["zone"], shown)
        for spellings in names.values():
            _name(atlas, spellings, key, only_as_value)
        found = [known[code] for code in place.get("airports", ())]
        codes = [*place.get("codes", ()), *(code for one in found for code in (one.iata, one.icao))]
        for code in codes:
            atlas.codes[code] = key
            atlas.listed_codes.add(code)


def _add_airports(atlas: Atlas, listed: Mapping[str, str], not_cities: frozenset[str]) -> None:
    """Airports by their names; those of one city or one short name only where there is no doubt which is meant."""
    short: defaultdict[str, list[Airport]] = defaultdict(list)
    full: defaultdict[str, set[str]] = defaultdict(set)
    for airport in airports():
        key = listed.get(airport.iata, airport.key) if airport.iata else airport.key
        if key == airport.key:
            atlas.fields[key] = airport
        if not airport.iata:
            continue
        name = fold(airport.name)
        if _AIRPORT.search(name) and " " in name:
            full[name].add(key)
        for one in {fold(airport.city), " ".join(_PLAIN.sub(" ", name).split())}:
            short[one].append(airport)
    for name, keys in full.items():
        if len(keys) == 1:
            atlas.airports.add(name, next(iter(keys)))
    for name, found in short.items():
        chosen = _chosen(found)
        if chosen is not None and name not in not_cities and len(name) >= _SHORTEST_CITY:
            atlas.cities.add(name, listed.get(chosen.iata, chosen.iata))


def _chosen(found: list[Airport]) -> Airport | None:
    """The one meant by a city's name: the only one, else the only international one; None where that leaves a doubt."""
    if len(found) > 1:
        found = [airport for airport in found if "international" in airport.name.casefold()]
    return found[0] if len(found) == 1 else None
