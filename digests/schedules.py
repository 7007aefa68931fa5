"""A chat's wish for digests: set, changed, turned off, shown beforehand, and kept right when clocks are not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.due import changed_due, moment_on, mornings, next_due, put_right, same_day
from digests.tell import Readers, Telling
from protection.small_numbers import MASKED, Audience
from records.digest import Digest, Schedule
from records.kind import Kind, Value
from records.rule import Rule
from storage import changes, journal, letters, pictures, teams
from storage import schedules as kept
from storage.transaction import Tx

FIRST = timedelta(hours=24)
"""How far back a first digest looks."""
UTC = "UTC"
NEXT = timedelta.resolution
"""After the bookmark of a first digest, which tells all that needs someone: nobody there has heard of it."""
MOST_AHEAD = 7
"""Days a reminder may be put off."""
UNREASONABLE = timedelta(days=1)
"""No letter is put off longer: a date beyond that was kept while the machine's clock ran wild."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a digest goes, and which of those that go there: one chat, one topic of it (else 0), one filter ("" for all)."""

    chat: int
    thread: int = 0
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is wished of a digest; None is left as it is."""

    rule: Rule | None = None
    zone: str | None = None
    language: str | None = None
    when_empty: str | None = None
    chart: bool | None = None


def ensure_default(
    tx: Tx, team: int, chat: int, *, who: int, rule: Rule, zone: str, language: str, now: datetime
) -> Schedule:
    """Turns the default digest on in a chat that has never had any; gives what the chat has then, on or off."""
    has = kept.all_of_chat(tx, team, chat)
    return has[0] if has else set_rule(tx, team, chat, who=who, rule=rule, zone=zone, language=language, now=now)


def set_rule(
    tx: Tx, team: int, chat: int, *, who: int, rule: Rule, zone: str, language: str, now: datetime, thread: int = 0
) -> Schedule:
    """Turns a chat's digest of everything on at that rule."""
    wish = Setting(rule, zone, language)
    return put(tx, team, Place(chat, thread), wish, default=wish, who=who, now=now)


def put(tx: Tx, team: int, place: Place, wish: Setting, *, default: Setting, who: int, now: datetime) -> Schedule:
    """Turns a digest on as wished; what is left open stays as it was or, of a new one, is as in `default`.

    The first one covers the 24 hours before it, and goes by the clock of the chat's others; a changed one goes on where it was.
    """
    seq = teams.begin(tx, team)
    is_ = _put(tx, team, place, wish, default=default, who=who, now=now)
    _note(tx, seq, "digest_set", is_, who, now)
    return is_


def _put(tx: Tx, team: int, place: Place, wish: Setting, *, default: Setting, who: int, now: datetime) -> Schedule:
    was = kept.of_chat(tx, team, place.chat, place.thread, place.filter)
    if was is None:
        beside = kept.all_of_chat(tx, team, place.chat, place.thread)
        clock = Setting(zone=beside[0].zone if beside else None)
        return _new(tx, team, place, _filled(wish, _filled(clock, default)), who=who, now=now)
    rule, zone = wish.rule or was.rule, wish.zone or was.zone
    if zone != was.zone:
        # What needed someone by the day of the digest before is known: that day is the one its readers had then.
        kept.set_told(tx, was.id, was.told, same_day(was.told_at, ZoneInfo(was.zone), ZoneInfo(zone)))
    due_at, owed = was.due_at, was.owed
    if wish.chart is False:
        pictures.drop_lonely(tx, was.id)
    if was.state != "on":
        letters.take_back(tx, was.id)
        due_at, owed = next_due(rule, ZoneInfo(zone), now), ()
    elif (rule, zone) != (was.rule, was.zone):
        due_at, owed = _changed(was, rule, ZoneInfo(zone), now)
    return kept.change(
        tx,
        replace(
            was,
            who=who,
            rule=rule,
            zone=zone,
            language=wish.language or was.language,
            when_empty=wish.when_empty or was.when_empty,
            due_at=due_at,
            owed=owed,
            chart=was.chart if wish.chart is None else wish.chart,
        ),
    )


def _changed(was: Schedule, rule: Rule, zone: ZoneInfo, now: datetime) -> tuple[datetime, tuple[date, ...]]:
    """When the next digest is due by another rule or zone, and the days owed till then: at once if there are any.

    A day whose hour has passed is owed whatever the rule is now; so is one whose hour passes by this change.
    """
    if was.due_at <= now:
        return now, mornings(was, (), now)
    day = was.due_at.astimezone(ZoneInfo(was.zone)).date()
    due_at = changed_due(rule, zone, now, owed=day, told=was.told_on)
    return due_at, was.owed if due_at > now else (*was.owed, day)


def _new(tx: Tx, team: int, place: Place, wish: Setting, *, who: int, now: datetime) -> Schedule:
    rule, zone = wish.rule or Rule(), wish.zone or UTC
    due_at = next_due(rule, ZoneInfo(zone), now)
    since = min(now, due_at - FIRST)
    return kept.add(
        tx,
        Schedule(
            id=0,
            team=team,
            chat=place.chat,
            thread=place.thread,
            who=who,
            rule=rule,
            zone=zone,
            language=wish.language or "",
            filter=place.filter,
            when_empty=wish.when_empty or ("send" if place.chat > 0 else "skip"),
            due_at=due_at,
            told=changes.bookmark(tx, team, since),
            told_at=since,
            state="on",
            remind_at=since + NEXT,
            chart=bool(wish.chart),
        ),
    )


def _filled(wish: Setting, default: Setting) -> Setting:
    return Setting(
        wish.rule or default.rule,
        wish.zone or default.zone,
        wish.language or default.language,
        wish.when_empty or default.when_empty,
        default.chart if wish.chart is None else wish.chart,
    )


def off(tx: Tx, team: int, place: Place, *, who: int, now: datetime) -> bool:
    """Turns a chat's digest off; whether it was on. What waits to be sent is dropped, and told if it is turned on again."""
    seq = teams.begin(tx, team)
    was = kept.of_chat(tx, team, place.chat, place.thread, place.filter)
    if was is None or was.state == "off":
        return False
    kept.set_state(tx, was.id, "off")
    letters.take_back(tx, was.id)
    _note(tx, seq, "digest_off", was, who, now)
    return was.state == "on"


def _note(tx: Tx, seq: int, act: str, is_: Schedule, who: int, now: datetime) -> None:
    """A group's digest is a setting of the team's, so the journal says who changed it; one's own is nobody else's affair."""
    if is_.chat < 0:
        details: dict[str, Value] = {"chat": is_.chat, "thread": is_.thread, "filter": is_.filter}
        if act == "digest_set":
            details |= {"rule": is_.rule.text, "zone": is_.zone, "language": is_.language, "when_empty": is_.when_empty}
            details |= {"chart": True} if is_.chart else {}
        journal.note(tx, is_.team, seq, now, act, who=who, details=details)


def get(tx: Tx, team: int, chat: int, thread: int = 0, filter_: str = "") -> Schedule | None:
    """What is set for a chat with that filter, on, off or paused; None if nothing ever was."""
    return kept.of_chat(tx, team, chat, thread, filter_)


def of_chat(tx: Tx, team: int, chat: int, thread: int = 0) -> tuple[Schedule, ...]:
    """All that is set for a chat and not off, the digest of everything first."""
    return tuple(one for one in kept.all_of_chat(tx, team, chat, thread) if one.state != "off")


def preview(
    tx: Tx,
    team: int,
    chat: int,
    kinds: Sequence[Kind],
    *,
    zone: str,
    language: str,
    now: datetime,
    thread: int = 0,
    filter_: str = "",
    groups: Audience = MASKED,
) -> Digest:
    """What a chat's digest with that filter would say now, that of a group as `groups` are told; moves nothing.

    A chat without one sees the last 24 hours, in `zone` and `language`.
    """
    was = kept.of_chat(tx, team, chat, thread, filter_)
    told_at = was.told_at if was else now - FIRST
    told = was.told if was else changes.bookmark(tx, team, told_at)
    there = was.zone if was else zone
    readers = Readers(
        filter=filter_,
        language=was.language if was else language,
        zone=there,
        restricted=chat > 0,
        told=told,
        told_at=told_at,
        mornings=(now.astimezone(ZoneInfo(there)).date(),),
        remind=was.reminds(told_at, now) if was else True,
    )
    return Telling(tx, team, kinds, now, [readers], groups).digest(readers, preview=True)


def remind(tx: Tx, team: int, chat: int, schedule: int, *, days: int, now: datetime) -> date | None:
    """The day in so many days from which on a chat's next digest tells again what needs someone; None if it has no such digest."""
    was = kept.find(tx, schedule)
    if was is None or (was.team, was.chat, was.state) != (team, chat, "on") or not 1 <= days <= MOST_AHEAD:
        return None
    teams.begin(tx, team)
    zone = ZoneInfo(was.zone)
    day = now.astimezone(zone).date() + timedelta(days=days)
    if was.told_at > now:  # told while the machine's clock ran wild: that day is to come before it
        kept.set_told(tx, was.id, was.told, now)
    kept.set_remind(tx, was.id, moment_on(day, time(0), zone))
    return day


def put_dates_right(tx: Tx, now: datetime) -> int:
    """Corrects due dates kept under other zone data, or while the machine's clock ran wild; how many. For every start."""
    wrong = 0
    for one in kept.ahead(tx, now):
        due_at = put_right(one.rule, ZoneInfo(one.zone), one.due_at, now)
        if due_at != one.due_at:
            kept.set_due(tx, one.id, due_at)
            wrong += 1
    letters.hurry(tx, now, now + UNREASONABLE)
    return wrong
