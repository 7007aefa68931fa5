"""A session: help that people got at a place on a day, once or several times. Section 4 of the product."""

from collections.abc import Mapping
from datetime import date

from records import people
from records.fields import CITIZENS, NOTE, OPERATION, REF, SOURCE, other_day, people_fields, with_citizens
from records.kind import Changes, Choice, Context, Count, Day, Field, Kind, Moment, Place, Same, Status, Values
from records.moments import DAY, at, with_day, zone_of
from records.problem import Problem

FIELDS = (
    REF,
    Field("date", Day(), required=True, hxl="#date"),
    Field("time", Moment(), hxl="#date+start"),
    Field("site", Place(), column="site", required=True, hxl="#loc+site"),
    Field(
        "type",
        Choice(
            (
                "psychosocial",
                "trauma",
                "religious",
                "education",
                "medical",
                "legal",
                "vocational",
                "family",
                "social",
                "protection",
                "other",
            )
        ),
        column="type",
        required=True,
        hxl="#activity+type",
    ),
    CITIZENS,
    Field("status", Choice(("planned", "held", "postponed", "cancelled")), hxl="#status"),
    Field("sessions", Count(999, least=1), hxl="#output+sessions"),
    Field("minutes", Count(1_440, least=1), hxl="#output+minutes"),
    Field("mode", Choice(("individual", "group", "family")), column="mode", hxl="#modality"),
    Field("delivery", Choice(("in_person", "home_visit", "remote")), hxl="#modality+delivery"),
    Field(
        "provider",
        Choice(
            (
                "psychologist",
                "psychiatrist",
                "theologian",
                "teacher",
                "lawyer",
                "social_worker",
                "doctor",
                "mentor",
                "other",
            )
        ),
        column="provider",
        hxl="#service+provider",
    ),
    OPERATION,
    *people_fields(),
    Field("new", Count(), hxl="#affected+new"),
    Field("expected", Count(), hxl="#targeted"),
    Field("referrals", Count(), hxl="#output+referrals"),
    SOURCE,
    NOTE,
)

STATUSES = (
    Status("planned", coming=True, buttons=("held", "postponed", "cancelled")),
    Status("held", counts=True, asks="people"),
    Status("postponed", coming=True, buttons=("held", "cancelled"), asks="date"),
    Status("cancelled", buttons=("planned",)),
    Status("unsettled", buttons=("held", "planned")),
)


def status_for(values: Values, context: Context) -> str:
    """Held on a past day, planned on a coming one; today by its hour, and `unsettled` without one."""
    zone = zone_of(values, "site", context.places, context.zone)
    now = context.now.astimezone(zone)
    day = date.fromisoformat(str(values["date"]))
    if day != now.date():
        return "held" if day < now.date() else "planned"
    begins = at(values, "time", day, zone)
    if begins is None:
        return "unsettled"
    return "held" if begins <= now else "planned"


def prepare(said: Changes) -> Changes:
    """The day named with the hour is the session's own."""
    return with_day(said, "time")


def settle(values: Values, context: Context) -> Values:
    """Citizens of the team's country unless said otherwise."""
    return with_citizens(values, context)


def follow(before: Values, after: Values, context: Context) -> Values:
    """They stay somebody's citizens."""
    del before
    return with_citizens(after, context)


def check(values: Values, context: Context) -> list[Problem]:
    """The rules between a session's fields."""
    found = other_day(values, "time")
    if values.get("type") == "other" and "note" not in values:
        found.append(Problem("note", "note_needed", about={"type": "other"}))
    counted_people = people.breakdown(values)
    total = counted_people.people
    if "new" in values and total is not None and counted_people.exact("people") and int(values["new"]) > total:
        found.append(Problem("new", "subset_too_large", str(values["new"]), about={"limit": total, "of": "people"}))
    if values.get("status") == "held" and "date" in values:
        today = context.now.astimezone(zone_of(values, "site", context.places, context.zone)).date()
        if date.fromisoformat(str(values["date"])) > today + DAY:
            found.append(Problem("date", "still_ahead", str(values["date"])))
    return found


def measures(values: Values) -> Mapping[str, int]:
    """How many sessions it was, and the minutes of them all."""
    times = stands_for(values)
    return {"sessions": times} | ({"minutes": int(values["minutes"]) * times} if "minutes" in values else {})


def stands_for(values: Values) -> int:
    """How many sessions it was; one unless said otherwise."""
    return int(values.get("sessions", 1))


def past_day(values: Values) -> date | None:
    """Its day is over, and nobody said whether it was held."""
    return date.fromisoformat(str(values["date"])) + DAY if values.get("status") in ("planned", "unsettled") else None


SESSION = Kind(
    name="session",
    letter="S",
    fields=FIELDS,
    statuses=STATUSES,
    headline=("type", "site"),
    status_for=status_for,
    prepare=prepare,
    settle=settle,
    follow=follow,
    check=check,
    concerns={"past_day": past_day},
    measures=measures,
    stands_for=stands_for,
    ahead=2,
    same=Same(("site", "type", "time")),
    seldom=frozenset(
        {"ref", "citizens", "adults", "unaccompanied", "separated", "orphans", "medical", "disability", "pregnant"}
    ),
)
