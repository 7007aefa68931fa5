"""The world's airports from airportsdata: code, name, city, country and zone of each; nothing else of it is read."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sys import intern

import airportsdata


@dataclass(frozen=True, slots=True)
class Airport:
    """One airport; `iata` may be "", `zone` is an IANA name."""

    icao: str
    iata: str
    name: str
    city: str
    country: str
    zone: str

    @property
    def key(self) -> str:
        """What the desk knows it by: its IATA code, or its ICAO code."""
        return self.iata or self.icao


@cache
def airports() -> tuple[Airport, ...]:
    """All airports; read once, some 80 ms (`airportsdata.load` builds every column and takes twice as long)."""
    with (Path(airportsdata.__file__).parent / "airports.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        column = {name: at for at, name in enumerate(next(rows))}
        at = [column[name] for name in ("icao", "iata", "name", "city", "country", "tz")]
        return tuple(
            Airport(row[at[0]], row[at[1]], row[at[2]], row[at[3]], intern(row[at[4]]), intern(row[at[5]]))
            for row in rows
        )


@cache
def country_zones() -> Mapping[str, str]:
    """The zone of each country whose airports all lie in one."""
    zones: defaultdict[str, set[str]] = defaultdict(set)
    for airport in airports():
        zones[airport.country].add(airport.zone)
    return {country: next(iter(found)) for country, found in zones.items() if len(found) == 1}
