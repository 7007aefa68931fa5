"""Places: one place under all its names, an unknown one as typed, and no everyday word taken for an airport."""

import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import records.places
from records.airports import airports
from records.atlas import LANGUAGES
from records.fold import fold
from records.places import Gazetteer, Site, unknown
from tests.records.ground import gazetteer

SHIPPED = tomllib.loads(Path(records.places.__file__).with_name("places.toml").read_text(encoding="utf-8"))
AMBIGUOUS = {"عمان", "гана"}
"""Amman and Oman are written alike without vowel marks; "ғана" is "only" and folds to Ghana."""


def found(text: str, *, countries: bool = False) -> str | None:
    entry = gazetteer().find(text, countries=countries)
    return entry.key if entry else None


def seen(text: str, *, loose: bool = False) -> dict[str, str]:
    """The places read in a text, by the words they were read in."""
    words = text.split()
    places: dict[str, str] = {}
    at = 0
    while at < len(words):
        match = gazetteer().find_longest(words, at, loose=loose)
        if match is not None:
            places[" ".join(words[at : at + match[1]])] = match[0]
        at += match[1] if match else 1
    return places


@pytest.mark.parametrize(
    ("names", "key"),
    [
        ("Актау|Ақтау|SCO|sco|أكتاو|اكتاو|AKTAU|UATE|Aktau International Airport", "aktau"),
        ("Astana|Nur-Sultan|nur sultan|Нур-Султан|Нұр-Сұлтан|NQZ|TSE|آستانة", "astana"),
        ("Al-Hol|al hol|Al-Hawl camp|Аль-Холь|الهول|مخيم الهول", "al-hol"),
        ("Al-Hasakah|Hasaka|Эль-Хасака|الحسكة", "al-hasakah"),
        ("Qamishli|Камышлы|KAC|القامشلي|القامشلى", "qamishli"),
        ("Washington, D.C.|Dulles|IAD|Вашингтон", "washington"),
        ("Syria|Сирия|سوريا|سورية|SY|SYR|sy", "SY"),
        ("USA|United States|США|АҚШ|الولايات المتحدة|US", "US"),
        ("UK|Great Britain|Великобритания|Ұлыбритания|المملكة المتحدة", "GB"),
        ("Türkiye|Turkey|Турция|تركيا", "TR"),
        ("Bosnia and Herzegovina|Bosnia & Herzegovina|Босния|BiH", "BA"),
        ("Kosovo|Косово|كوسوفو", "XK"),
        ("Kuwait|Кувейт|الكويت", "KW"),
        ("Kuwait City|Эль-Кувейт|KWI", "kuwait-city"),
        ("Najaf|NJF|ORNI|Al Najaf International Airport", "NJF"),
        ("Amman|Амман|عمّان|عَمّان|عَمان|AMM", "amman"),
        ("Oman|Оман|عُمان|عُمَان|سلطنة عمان", "OM"),
    ],
)
def test_one_place_under_all_its_names(names: str, key: str) -> None:
    assert {name: found(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), key)


@pytest.mark.parametrize("text", ["", " ", "Nowhere at all", "men", "us", "foo", "Birmingham"])
def test_what_is_not_sure_is_not_a_place(text: str) -> None:
    assert found(text) is None


def test_a_country_alone_may_be_written_in_small_letters() -> None:
    assert found("us", countries=True) == "US"
    assert found("kz", countries=True) == "KZ"
    assert found("Aktau", countries=True) is None
    assert found("NJF", countries=True) is None


def test_an_unknown_place_is_kept_as_typed() -> None:
    places = gazetteer()
    assert places.key("  Hajj  Terminal\u200b 3 ") == "~Hajj Terminal 3"
    assert unknown("Foo") == "~Foo"
    assert places.name("~Foo", "ru") == "Foo"
    assert places.country_of("~Foo") is None
    assert places.zone_of("~Foo") is None


def test_names_are_told_in_the_readers_language() -> None:
    places = gazetteer()
    assert [places.name("aktau", language) for language in LANGUAGES] == ["Aktau", "Актау", "Ақтау", "أكتاو"]
    assert [places.name("SY", language) for language in LANGUAGES] == ["Syria", "Сирия", "Сирия", "سوريا"]
    assert places.name("NJF", "kk") == "Najaf (NJF)"
    assert places.name("SY", "xx") == "Syria"
    assert places.name("gone", "en") == "gone"


def test_a_place_knows_its_country_and_zone() -> None:
    places = gazetteer()
    assert places.country_of("SY") == "SY"
    assert places.country_of("aktau") == "KZ"
    assert places.zone_of("aktau") == ZoneInfo("Asia/Aqtau")
    assert places.zone_of("IQ") == ZoneInfo("Asia/Baghdad")
    assert places.zone_of("US") is None
    assert places.country_of("NJF") == "IQ"


def test_a_code_kept_before_its_city_was_listed_still_stands_for_it() -> None:
    entry = gazetteer().get("GYD")
    assert entry is not None
    assert (entry.key, gazetteer().name("GYD", "en")) == ("baku", "Baku")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("from Al-Hasakah to Aktau 67 women 8 men", {"Al-Hasakah": "al-hasakah", "Aktau": "aktau"}),
        ("Deir ez-Zor, Syria", {"Deir ez-Zor,": "deir-ez-zor", "Syria": "SY"}),
        ("Al Hol camp people 3", {"Al Hol camp": "al-hol"}),
        ("Bosnia & Herzegovina 25", {"Bosnia & Herzegovina": "BA"}),
        ("flew NJF – SCO today", {"NJF": "NJF", "SCO": "aktau"}),
        ("67 women and 8 men by car, new sex age not stated, saw the day", {}),
        ("67 WOMEN AND 8 MEN 31 MAY BY CAR", {}),
        ("67 women, 8 MEN AND 3 boys 31 MAY", {}),
        ("oral history, nice day, chad", {}),
        ("in Najaf", {}),
        ("UNHCR, IOM, WHO and SDF staff", {}),
    ],
)
def test_places_in_running_text(text: str, places: dict[str, str]) -> None:
    assert seen(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Najaf", {"Najaf": "NJF"}),
        ("Oral", {"Oral": "oral"}),
        ("njf men", {}),
        ("NJF", {"NJF": "NJF"}),
        ("MAN to Oslo", {"MAN": "MAN", "Oslo": "oslo"}),
        ("kz", {"kz": "KZ"}),
    ],
)
def test_more_is_read_where_a_place_must_stand(text: str, places: dict[str, str]) -> None:
    assert seen(text, loose=True) == places


def test_a_teams_own_site_wins_over_what_is_shipped() -> None:
    site = Site(
        "site:1", "KZ", "Asia/Aqtau", {"en": ("Aktau Centre", "Centre"), "ru": ("Центр поддержки детей Актау",)}
    )
    places = Gazetteer.load([site])
    assert places.key("центр поддержки детей актау") == "site:1"
    assert places.key("centre") == "site:1"
    assert (places.name("site:1", "ru"), places.name("site:1", "ar")) == ("Центр поддержки детей Актау", "Aktau Centre")
    assert places.find_longest(["Aktau", "Centre", "12"], 0) == ("site:1", 2)
    assert places.country_of("site:1") == "KZ"
    assert "centre" in places.phrases
    assert gazetteer().get("site:1") is None


def test_names_that_only_marks_tell_apart_are_several_places() -> None:
    assert gazetteer().find_every("عمان") == ("amman", "OM")
    assert gazetteer().find_every("عمان", countries=True) == ("OM",)
    assert gazetteer().find("عمان") is None
    assert gazetteer().find_every("عِمان") == ()
    assert (found("Гана"), found("ғана")) == ("GH", None)
    for key in ("amman", "OM"):
        assert found(gazetteer().name(key, "ar")) == key


def test_the_shipped_list_is_whole() -> None:
    known = {airport.iata: airport for airport in airports() if airport.iata}
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for key, place in SHIPPED["place"].items():
        assert set(LANGUAGES) <= set(place), key
        assert ZoneInfo(place["zone"]).key == place["zone"]
        assert place["country"].isupper(), key
        for code in place.get("airports", ()):
            assert known[code].country == place["country"], code
        for code in place.get("codes", ()):
            assert code not in known, code
        for language in LANGUAGES:
            for name in place[language]:
                by_name[fold(name)].add(key)
    assert {name: keys for name, keys in by_name.items() if len(keys) > 1} == {}
    for name, (key, *_) in by_name.items():
        assert key in gazetteer().find_every(name), name
        assert name in AMBIGUOUS or gazetteer().key(name) == key, name


def test_no_country_goes_by_a_name_of_a_listed_place() -> None:
    cities = {fold(name) for place in SHIPPED["place"].values() for language in LANGUAGES for name in place[language]}
    for key, name in (
        (key, gazetteer().name(key, language)) for key in gazetteer().countries for language in LANGUAGES
    ):
        assert gazetteer().key(name) == key or fold(name) in cities & {fold(one) for one in AMBIGUOUS}, name


def test_importing_places_reads_nothing() -> None:
    code = "import sys, records.places; from records.airports import airports; sys.exit(airports.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(deadline=None)
@given(
    some.lists(
        some.sampled_from(["from", "Al", "Hol", "Al-Hol", "camp", "NJF", "men", "—", "", "٣", "Бағдат", "U.S."]),
        max_size=8,
    )
)
def test_a_match_lies_within_the_text(words: list[str]) -> None:
    for start in range(len(words)):
        for loose in (False, True):
            match = gazetteer().find_longest(words, start, loose=loose)
            assert match is None or (1 <= match[1] <= len(words) - start and gazetteer().get(match[0]) is not None)
