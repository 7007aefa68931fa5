"""Wall-clock arithmetic: when a rule's next moment comes in a zone, through every change of its clocks. Knows no clock itself."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from records.digest import Schedule
from records.rule import Rule

DAY = timedelta(days=1)
FRIDAY = 5
SECOND = timedelta(seconds=1)
SELDOM = ("weekly", "monthly")
"""Cadences of which a day that a zone leaves out is made up for at the first moment after it: the next one is far away."""
EARLIEST = timedelta(hours=14)
"""How far the clocks that see a day begin first are ahead of UTC."""
WIDEST = timedelta(hours=50)
"""More than any two clocks of the world differ, so a search that starts this early misses no day."""


def next_due(rule: Rule, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment of the rule later than `after`, in UTC.

    The hour is the zone's wall clock. An hour skipped by a clock change comes at the first moment after the gap, one that
    comes twice counts once, the first time; a day the zone left out altogether (Samoa, 30 December 2011) has none, unless the
    rule comes seldom.
    """
    return next(moment for moment in moments(rule, zone, after - WIDEST) if moment > after)


def following(schedule: Schedule, now: datetime) -> datetime:
    """When the next digest comes at its hour; one that is overdue comes before it."""
    return schedule.due_at if schedule.due_at > now else next_due(schedule.rule, ZoneInfo(schedule.zone), now)


def due_between(rule: Rule, zone: ZoneInfo, first: datetime, last: datetime) -> list[datetime]:
    """Every moment of the rule from `first` to `last`, both included."""
    early = takewhile(lambda moment: moment <= last, moments(rule, zone, first - WIDEST))
    return [moment for moment in early if moment >= first]


def mornings(schedule: Schedule, waiting: Collection[date], now: datetime) -> tuple[date, ...]:
    """The days a digest stands for that is cut now: one, or all that were missed, those of letters that wait among them.

    A day still to come isn't one: it was written down while the machine's clock ran wild.
    """
    zone = ZoneInfo(schedule.zone)
    today = now.astimezone(zone).date()
    # A day that was owed by another zone's clock may still be to come by this one.
    latest = today if ran_wild(schedule.told_on, today) else (now + EARLIEST).date()
    before = (day for day in (*schedule.owed, *waiting) if day <= latest)
    since = (moment.astimezone(zone).date() for moment in due_between(schedule.rule, zone, schedule.due_at, now))
    # A moment kept under other zone data need not be one of the rule's.
    return tuple(sorted({*before, *since})) or (schedule.due_at.astimezone(zone).date(),)


def next_untold(rule: Rule, zone: ZoneInfo, after: datetime, told: date | None) -> datetime:
    """The first moment of the rule later than `after` whose day comes after `told`, the last day that had its digest."""
    if told is None or ran_wild(told, after.astimezone(zone).date()):
        return next_due(rule, zone, after)
    coming = (moment for moment in moments(rule, zone, after - WIDEST) if moment > after)
    return next(moment for moment in coming if moment.astimezone(zone).date() > told)


def ran_wild(told: date | None, today: date) -> bool:
    """Whether the machine's clock ran wild when that day was told: no zone is further ahead of another."""
    return told is not None and told > today + DAY


def changed_due(rule: Rule, zone: ZoneInfo, now: datetime, *, owed: date | None, told: date | None) -> datetime:
    """When the next digest comes after somebody changed its rule or its zone at `now`.

    `owed` is the day whose digest was to come next by the old rule and clock, `told` the day whose digest came last (None:
    there is none). A day that was told gets no second digest. A day whose digest was still to come, and whose new hour has
    passed, gets it at once.
    """
    coming = next_untold(rule, zone, now, told)
    today, day = now.astimezone(zone).date(), coming.astimezone(zone).date()
    lost = owed is not None and owed <= today < day and falls_on(rule, owed)
    return now if lost else coming


def put_right(rule: Rule, zone: ZoneInfo, due: datetime, now: datetime) -> datetime:
    """The due date as it should be, given the one that was kept.

    A country may have changed its clocks since (new zone data): the moment of the rule nearest to the kept one holds. A date
    more than one moment ahead of the next was kept while the machine's clock ran wild: the next holds. One that has
    passed holds as it is: it is due.
    """
    if due <= now:
        return due
    coming = next_due(rule, zone, now)
    if due > next_due(rule, zone, coming) + WIDEST:
        return coming
    near = due_between(rule, zone, due - WIDEST, due + WIDEST)
    return min(near, key=lambda moment: abs(moment - due), default=coming)


def same_day(moment: datetime, old: ZoneInfo, new: ZoneInfo) -> datetime:
    """The moment nearest to that one whose day by the new zone's clock is the day it fell on by the old one's."""
    day = moment.astimezone(old).date()
    first, after = moment_on(day, time(0), new), moment_on(day + DAY, time(0), new)
    return min(max(moment, first), after - SECOND)


def moments(rule: Rule, zone: ZoneInfo, since: datetime) -> Iterator[datetime]:
    """The rule's moments in order, from the day `since` falls on in the zone."""
    start = since.astimezone(zone).date()
    for day in (start + DAY * ahead for ahead in count()):
        if falls_on(rule, day) and (rule.cadence in SELDOM or exists(day, zone)):
            yield moment_on(day, time(*rule.hour_minute), zone)


def falls_on(rule: Rule, day: date) -> bool:
    """Whether the rule has a moment on that day."""
    match rule.cadence:
        case "weekly":
            return day.isoweekday() == rule.day
        case "weekdays":
            return day.isoweekday() <= FRIDAY
        case "monthly":
            return day.day == min(rule.day, monthrange(day.year, day.month)[1])
        case _:
            return True


def moment_on(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment at which the zone's wall clock shows that time or, where it skips it, the first one after the gap."""
    early = datetime.combine(day, at, zone)
    late = early.replace(fold=1)
    if early.utcoffset() == late.utcoffset() or not in_gap(early):
        return early.astimezone(UTC)
    # In a gap the two folds lie on its two sides: halve the way between them down to the second of the change.
    before, after = late.astimezone(UTC), early.astimezone(UTC)
    there = after.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == there else (middle, after)
    return after


def in_gap(local: datetime) -> bool:
    """Whether the zone's wall clock never shows that time."""
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None, fold=0) != local.replace(
        tzinfo=None, fold=0
    )


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone has that day at all."""
    return moment_on(day, time(0), zone).astimezone(zone).date() == day
