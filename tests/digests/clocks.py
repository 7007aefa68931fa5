"""What has to hold of every rule in every zone, and the moments at which zones change their clocks."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.due import due_between
from records.rule import Rule

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def changes(zone: ZoneInfo, first: date, last: date) -> Iterator[datetime]:
    """The moments at which the zone's clocks change, to the second."""
    moment, end = midnight(first), midnight(last)
    while moment < end:
        if offset(moment, zone) != offset(moment + DAY, zone):
            before, after = moment, moment + DAY
            while after - before > SECOND:
                middle = (before + (after - before) / 2).replace(microsecond=0)
                before, after = (middle, after) if offset(middle, zone) == offset(moment, zone) else (before, middle)
            yield after
        moment += DAY


def rules(cadence: str, wish: time, day: date) -> tuple[Rule, ...]:
    """The rules of a cadence that have a moment near a day."""
    near = [day + DAY * ahead for ahead in (-1, 0, 1)]
    match cadence:
        case "weekly":
            days = sorted({one.isoweekday() for one in near})
        case "monthly":
            days = sorted({one.day for one in near} | {31})
        case _:
            days = [0]
    return tuple(Rule(cadence, f"{wish:%H:%M}", one) for one in days)


def wanted(rule: Rule, day: date) -> bool:
    """Whether the calendar has a digest of that rule on that day; told in other words than the desk's own."""
    match rule.cadence:
        case "daily":
            return True
        case "weekdays":
            return day.strftime("%a") not in {"Sat", "Sun"}
        case "weekly":
            return day.weekday() + 1 == rule.day
    last = monthrange(day.year, day.month)[1]
    return day.day == rule.day or (day.day == last and rule.day > last)


def each_day_once(rule: Rule, zone: ZoneInfo, first: date, last: date, jumps: Sequence[datetime]) -> None:
    """Each wanted day from `first` to `last` has its one moment and there are no others; `jumps` are the changes meanwhile."""
    days = [first + DAY * ahead for ahead in range((last - first).days + 1)]
    expected = [found for day in days if wanted(rule, day) and (found := moment_of(rule, zone, day, jumps))]
    assert expected == sorted(set(expected))
    if expected:
        assert due_between(rule, zone, expected[0], expected[-1]) == expected, (rule, zone)


def moment_of(rule: Rule, zone: ZoneInfo, day: date, jumps: Sequence[datetime]) -> datetime | None:
    """When the wall first shows the hour on that day or, where it skips that, when the gap ends; None for a day that never was."""
    hour, minute = rule.hour_minute
    wish = datetime.combine(day, time(hour, minute))
    for fold in (0, 1):
        moment = wish.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if wall(moment, zone) == wish:
            return moment
    (after,) = (jump for jump in jumps if wall(jump - SECOND, zone) < wish < wall(jump, zone))
    gone = wall(after, zone) - wall(after - SECOND, zone) > timedelta(hours=23)
    return None if gone and rule.cadence in {"daily", "weekdays"} else after


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the zone's clock shows then."""
    return moment.astimezone(zone).replace(tzinfo=None)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
