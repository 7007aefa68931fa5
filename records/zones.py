"""Time zones by the names people have for them: IANA's own, a city's, a country's that has one only."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from records.fold import fold
from records.kind import Context
from records.near import Shelf

NO_PLACES = ("posix/", "right/", "Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


def zone_named(text: str, context: Context) -> str | None:
    """The zone that text names, in any language: "Asia/Almaty", "Almaty", "Алматы", "Iraq"; None if it names none or several.

    A country with several zones is meant as the team's own, if it is the team's country.
    """
    folded = fold(text)
    if folded in names():
        return names()[folded]
    for countries in (False, True):
        place = context.places.find(text, countries=countries)
        if place is not None and place.zone:
            return place.zone
        if place is not None and place.sort == "country" and place.country == context.country:
            return context.zone.key
    return cities().get(folded)


def of_several(text: str, context: Context) -> bool:
    """Whether that is a country with several zones."""
    place = context.places.find(text, countries=True)
    return place is not None and not place.zone


@cache
def names() -> Mapping[str, str]:
    """Every zone by its folded name."""
    return MappingProxyType(
        {fold(one): one for one in sorted(available_timezones()) if not one.startswith(NO_PLACES[:2])}
    )


@cache
def cities() -> Mapping[str, str]:
    """Zones by the folded name of the city they are named after."""
    found: dict[str, str] = {}
    for one in sorted(available_timezones()):
        if "/" in one and not one.startswith(NO_PLACES):
            found.setdefault(fold(one.rpartition("/")[2]), one)
    return MappingProxyType(found)


@cache
def shelved() -> tuple[tuple[Mapping[str, str], Shelf], ...]:
    """Both, and their names to guess among."""
    return tuple((known, Shelf(known)) for known in (cities(), names()))


def exists(name: str) -> bool:
    """Whether a zone is called exactly so."""
    try:
        return ZoneInfo(name).key == name
    except (KeyError, ValueError, OSError):
        return False
