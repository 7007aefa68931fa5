"""Times of day as they were said, put on the calendar and into the zone of the place they speak of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from records.kind import Changes, Value, Values
from records.places import Gazetteer

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trip:
    """When a flight left and landed, each in its place's zone; None where no time was said.

    `placed` = nobody named the day it left, so the last one that lies before the landing was taken: worth printing.
    """

    departs: datetime | None
    arrives: datetime | None
    placed: bool


def split(moment: str) -> tuple[date | None, time]:
    """The day of a moment, if it has one, and its time of day."""
    day, apart, clock = moment.rpartition("T")
    return (date.fromisoformat(day) if apart else None), time.fromisoformat(clock)


def with_day(said: Changes, moment: str) -> Changes:
    """What was said, the day in `moment` (a field's name) taken as the record's own day where none was named beside it."""
    value = said.get(moment)
    if value is None:
        return said
    day, clock = split(str(value))
    if day is None or said.get("date", day.isoformat()) != day.isoformat():
        return said
    return {**said, "date": day.isoformat(), moment: clock.isoformat("minutes")}


def trip(values: Values, places: Gazetteer, fallback: ZoneInfo) -> Trip:
    """When a flight leaves and lands; `fallback` is the zone of a place whose own isn't known.

    A departure without a day is put on the last day on which it comes before the landing (before that day's end, where no
    hour of landing was said).
    """
    landing = date.fromisoformat(str(values["date"]))
    there = zone_of(values, "to", places, fallback)
    arrives = at(values, "arrives", landing, there)
    departs = at(values, "departs", landing, zone_of(values, "from", places, fallback))
    placed = departs is not None and split(str(values["departs"]))[0] is None
    if departs is not None and placed:
        end = arrives or datetime.combine(landing + DAY, time.min, there)
        departs += DAY
        while not _before(departs, end):
            departs -= DAY
    return Trip(departs, arrives, placed)


def at(values: Mapping[str, Value], name: str, day: date, zone: ZoneInfo) -> datetime | None:
    """The moment that field speaks of, on `day` unless it names its own; None if it isn't there."""
    if name not in values:
        return None
    own, clock = split(str(values[name]))
    return datetime.combine(own or day, clock, zone)


def zone_of(values: Values, place: str, places: Gazetteer, fallback: ZoneInfo) -> ZoneInfo:
    """The zone of the place in that field."""
    return places.zone_of(str(values[place])) or fallback if place in values else fallback


def _before(one: datetime, other: datetime) -> bool:
    """Whether `one` is earlier; by the clock of the world, as two times of one zone compare by what the wall shows."""
    return one.timestamp() < other.timestamp()
