"""A flight: people brought from one place to another on a day. Section 3 of the product."""

from collections.abc import Mapping
from datetime import date, datetime, time

from records import people
from records.fields import CITIZENS, NOTE, OPERATION, REF, SOURCE, other_day, people_fields, with_citizens
from records.kind import (
    Changes,
    Choice,
    Context,
    Count,
    Country,
    Day,
    Field,
    Kind,
    Moment,
    Place,
    Same,
    Status,
    Text,
    Value,
    Values,
)
from records.moments import DAY, at, trip, with_day, zone_of
from records.places import Gazetteer
from records.problem import Problem

MOST = 9_999
MOST_IN_SUMMARY = 999_999

FIELDS = (
    REF,
    Field("date", Day(), required=True, hxl="#date"),
    Field("from", Place(), column="departure", required=True, hxl="#loc+origin"),
    Field("to", Place(), column="destination", required=True, hxl="#loc+destination"),
    Field("origin", Country(), column="origin", hxl="#country+origin"),
    CITIZENS,
    Field(
        "status",
        Choice(
            (
                "planned",
                "confirmed",
                "departed",
                "delayed",
                "diverted",
                "arrived",
                "handed_over",
                "postponed",
                "cancelled",
            )
        ),
        hxl="#status",
    ),
    Field("departs", Moment(), hxl="#date+departure"),
    Field("arrives", Moment(), hxl="#date+arrival"),
    OPERATION,
    Field(
        "type",
        Choice(("charter", "military", "scheduled", "medevac", "road", "summary")),
        column="type",
        hxl="#activity+type",
    ),
    Field("until", Day(), hxl="#date+end"),
    Field("leg", Choice(("entry", "transit", "onward")), hxl="#meta+leg"),
    Field("carrier", Text(60), hxl="#org+carrier"),
    Field("aircraft", Text(60), hxl="#item+aircraft"),
    *people_fields(MOST_IN_SUMMARY),
    Field("boarded", Count(MOST_IN_SUMMARY), hxl="#affected+boarded"),
    Field("escorts", Count(MOST_IN_SUMMARY), hxl="#capacity+escorts"),
    Field("expected", Count(MOST_IN_SUMMARY), hxl="#targeted"),
    Field("site", Place(), column="site", hxl="#loc+site"),
    SOURCE,
    NOTE,
)

STATUSES = (
    Status("planned", coming=True, buttons=("departed", "arrived", "delayed", "postponed", "cancelled")),
    Status("confirmed", coming=True, buttons=("departed", "arrived", "delayed", "postponed", "cancelled")),
    Status("departed", coming=True, buttons=("arrived", "delayed", "diverted")),
    Status("delayed", coming=True, buttons=("departed", "arrived", "postponed", "cancelled"), asks="date"),
    Status("diverted", coming=True, buttons=("arrived", "cancelled")),
    Status("arrived", counts=True, buttons=("handed_over",), asks="people"),
    Status("handed_over", counts=True, asks="people"),
    Status("postponed", coming=True, buttons=("confirmed", "departed", "arrived", "cancelled"), asks="date"),
    Status("cancelled", buttons=("planned",)),
    Status("unsettled", buttons=("arrived", "planned")),
)
_CAME = ("arrived", "handed_over")
_DONE = (*_CAME, "cancelled")


def status_for(values: Values, context: Context) -> str:
    """Arrived on a past day, planned on a coming one; today by its hour of landing, and `unsettled` without one."""
    zone = zone_of(values, "to", context.places, context.zone)
    now = context.now.astimezone(zone)
    day = last_day(values)
    if day != now.date():
        return "arrived" if day < now.date() else "planned"
    arrives = at(values, "arrives", day, zone)
    if arrives is not None:
        return "arrived" if arrives <= now else "planned"
    departs = trip(values, context.places, context.zone).departs
    return "planned" if departs is not None and departs > now else "unsettled"


def last_day(values: Values) -> date:
    """The day it lands; of a summary the last day it speaks of."""
    return date.fromisoformat(str(values.get("until", values["date"])))


def leg(values: Values, places: Gazetteer) -> str | None:
    """Which leg of the way home it is, by the countries; None where they don't tell."""
    home, goes = values.get("citizens"), places.country_of(str(values.get("to", "")))
    comes = values.get("origin")
    if goes is None or home is None:
        return None
    if goes != home:
        return "transit"
    return "onward" if comes == home else "entry" if comes is not None else None


def leg_is_assumed(values: Values) -> bool:
    """Whether nobody said which leg it is and the countries don't tell: it counts as entry, and the card says so."""
    return "leg" not in values


def prepare(said: Changes) -> Changes:
    """The day named with the hour of landing is the flight's own."""
    return with_day(said, "arrives")


def settle(values: Values, context: Context) -> Values:
    """Citizens of the team's country unless said otherwise; the country it comes from, and the leg, from the places."""
    known = dict(with_citizens(values, context))
    origin = context.places.country_of(str(values.get("from", "")))
    if origin is not None:
        known.setdefault("origin", origin)
    which = leg(known, context.places)
    if which is not None:
        known.setdefault("leg", which)
    return known


def follow(before: Values, after: Values, context: Context) -> Values:
    """What the countries told before is told anew by those after."""
    known = dict(with_citizens(after, context))
    places = context.places
    if after.get("from") != before.get("from"):
        _follow(
            "origin",
            places.country_of(str(before.get("from", ""))),
            places.country_of(str(after.get("from", ""))),
            before,
            known,
        )
    _follow("leg", leg(before, places), leg(known, places), before, known)
    return known


def _follow(name: str, was: str | None, now: str | None, before: Values, after: dict[str, Value]) -> None:
    """Moves a value along that was just what had been worked out and that the correction didn't touch."""
    if before.get(name) != was or after.get(name) != was:
        return
    if now is None:
        after.pop(name, None)
    else:
        after[name] = now


def check(values: Values, context: Context) -> list[Problem]:
    """The rules between a flight's fields."""
    return [*_counts(values), *_summary(values), *_route(values), *_times(values, context)]


def _counts(values: Values) -> list[Problem]:
    found = []
    if values.get("status") in ("arrived", "handed_over") and not people.stated(values) and "boarded" not in values:
        about: Mapping[str, str | int] = {"expected": values["expected"]} if "expected" in values else {}
        found.append(Problem("people", "counts_needed", about=about))
    if values.get("type") != "summary":
        counts = (field.name for field in FIELDS if isinstance(field.shape, Count))
        large = (name for name in counts if int(values.get(name, 0)) > MOST)
        found += [Problem(name, "too_many", str(values[name]), about={"most": MOST}) for name in large]
    return found


def _summary(values: Values) -> list[Problem]:
    if values.get("type") != "summary":
        return [Problem("until", "only_in_summary", str(values["until"]))] if "until" in values else []
    if "until" not in values:
        return [Problem("until", "until_needed")]
    if "date" in values and str(values["until"]) < str(values["date"]):
        return [Problem("until", "until_before_date", str(values["until"]), about={"date": str(values["date"])})]
    return []


def _route(values: Values) -> list[Problem]:
    if "from" in values and values["from"] == values.get("to"):
        return [Problem("to", "same_place", str(values["to"]))]
    return []


def _times(values: Values, context: Context) -> list[Problem]:
    found = other_day(values, "arrives")
    if "date" not in values:
        return found
    here = zone_of(values, "to", context.places, context.zone)
    landing = date.fromisoformat(str(values["date"]))
    times = trip(values, context.places, context.zone)
    end = times.arrives or datetime.combine(landing + DAY, time.min, here)
    if not found and times.departs is not None and times.departs.timestamp() >= end.timestamp():
        found.append(
            Problem("departs", "departs_after_arrival", str(values["departs"]), about={"date": str(values["date"])})
        )
    if (
        values.get("status") in ("arrived", "handed_over")
        and last_day(values) > context.now.astimezone(here).date() + DAY
    ):
        found.append(Problem("until" if "until" in values else "date", "still_ahead", last_day(values).isoformat()))
    return found


def counted(values: Values) -> bool:
    """Whether it brings people into their own country: only then were they returned."""
    return values.get("leg", "entry") == "entry"


def stands_for(values: Values) -> int:
    """One flight; none for a summary of flights that nobody listed."""
    return 0 if values.get("type") == "summary" else 1


def past_day(values: Values) -> date | None:
    """Its day is over, and it neither came nor was called off."""
    return None if values.get("status") in _DONE else last_day(values) + DAY


def without_counts(values: Values) -> date | None:
    """It arrived, and nobody said how many people it brought."""
    return last_day(values) if _came(values) and people.breakdown(values).people is None else None


def children_not_broken_down(values: Values) -> date | None:
    """It brought children, and nobody said how many are girls and how many boys; a summary's figures are as they were found."""
    vague = people.breakdown(values).cells.get("children_not_stated")
    return last_day(values) if _came(values) and vague and values.get("type") != "summary" else None


def differs_from_boarded(values: Values) -> date | None:
    """Not as many arrived as boarded, as far as that is known: fewer may only be told of so far."""
    known = people.breakdown(values)
    if not _came(values) or "boarded" not in values or known.people is None:
        return None
    boarded = int(values["boarded"])
    same = known.people == boarded or (known.people < boarded and not known.exact("people"))
    return None if same else last_day(values)


def _came(values: Values) -> bool:
    return values.get("status") in _CAME


FLIGHT = Kind(
    name="flight",
    letter="F",
    fields=FIELDS,
    statuses=STATUSES,
    headline=("from", "to"),
    joint=" → ",
    status_for=status_for,
    prepare=prepare,
    settle=settle,
    follow=follow,
    check=check,
    counted=counted,
    concerns={
        "past_day": past_day,
        "no_counts": without_counts,
        "children_not_broken_down": children_not_broken_down,
        "differs_from_boarded": differs_from_boarded,
    },
    stands_for=stands_for,
    ahead=7,
    last_day=last_day,
    same=Same(("citizens", "to"), days=1, summed=("citizens",)),
    seldom=frozenset(
        {"ref", "origin", "citizens", "until", "leg", "aircraft", "adults", "separated", "disability", "pregnant"}
    ),
)
