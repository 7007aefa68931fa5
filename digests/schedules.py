"""A chat's wish for digests: set, changed, turned off, shown beforehand, and kept right when clocks are not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.due import moment_on, next_due, put_right
from digests.tell import Readers, Telling
from records.digest import Digest, Schedule
from records.kind import Kind
from records.rule import Rule
from storage import changes, letters, teams
from storage import schedules as kept
from storage.transaction import Tx

FIRST = timedelta(hours=24)
"""How far back a first digest looks."""
NEXT = timedelta.resolution
"""After the bookmark of a first digest, which tells all that needs someone: nobody there has heard of it."""
MOST_AHEAD = 7
"""Days a reminder may be put off."""
UNREASONABLE = timedelta(days=1)
"""No letter is put off longer: a date beyond that was kept while the machine's clock ran wild."""


def ensure_default(
    tx: Tx, team: int, chat: int, *, who: int, rule: Rule, zone: str, language: str, now: datetime
) -> Schedule:
    """Turns the default digest on in a chat that has never had any; gives what the chat has then, on or off."""
    return get(tx, team, chat) or set_rule(tx, team, chat, who=who, rule=rule, zone=zone, language=language, now=now)


def set_rule(
    tx: Tx, team: int, chat: int, *, who: int, rule: Rule, zone: str, language: str, now: datetime, thread: int = 0
) -> Schedule:
    """Turns a chat's digest on at that rule. The first one covers the 24 hours before it; a changed one goes on where it was."""
    teams.begin(tx, team)
    due_at = next_due(rule, ZoneInfo(zone), now)
    was = kept.of_chat(tx, team, chat, thread)
    if was is None:
        since = min(now, due_at - FIRST)
        told = changes.bookmark(tx, team, since)
        empty = "send" if chat > 0 else "skip"
        return kept.add(
            tx,
            Schedule(
                0,
                team,
                chat,
                thread,
                who,
                rule,
                zone,
                language,
                "",
                empty,
                due_at,
                told,
                since,
                "on",
                remind_at=since + NEXT,
            ),
        )
    if was.state != "on":
        letters.take_back(tx, was.id)
    return kept.change(tx, replace(was, who=who, rule=rule, zone=zone, language=language, due_at=due_at))


def off(tx: Tx, team: int, chat: int, thread: int = 0) -> bool:
    """Turns a chat's digest off; whether it was on. What waits to be sent is dropped, and told if it is turned on again."""
    teams.begin(tx, team)
    was = kept.of_chat(tx, team, chat, thread)
    if was is None or was.state == "off":
        return False
    kept.set_state(tx, was.id, "off")
    letters.take_back(tx, was.id)
    return was.state == "on"


def get(tx: Tx, team: int, chat: int, thread: int = 0) -> Schedule | None:
    """What is set for a chat, on, off or paused; None if nothing ever was."""
    return kept.of_chat(tx, team, chat, thread)


def preview(
    tx: Tx, team: int, chat: int, kinds: Sequence[Kind], *, zone: str, language: str, now: datetime, thread: int = 0
) -> Digest:
    """What a chat's digest would say now; moves nothing. A chat without one sees the last 24 hours, in `zone` and `language`."""
    was = kept.of_chat(tx, team, chat, thread)
    told_at = was.told_at if was else now - FIRST
    told = was.told if was else changes.bookmark(tx, team, told_at)
    there = was.zone if was else zone
    readers = Readers(
        filter=was.filter if was else "",
        language=was.language if was else language,
        zone=there,
        restricted=chat > 0,
        told=told,
        told_at=told_at,
        mornings=(now.astimezone(ZoneInfo(there)).date(),),
        remind=was.reminds(told_at, now) if was else True,
    )
    return Telling(tx, team, kinds, now, [readers]).digest(readers, preview=True)


def remind(tx: Tx, team: int, chat: int, schedule: int, *, days: int, now: datetime) -> date | None:
    """The day in so many days from which on a chat's next digest tells again what needs someone; None if it has no such digest."""
    was = kept.find(tx, schedule)
    if was is None or (was.team, was.chat, was.state) != (team, chat, "on") or not 1 <= days <= MOST_AHEAD:
        return None
    teams.begin(tx, team)
    zone = ZoneInfo(was.zone)
    day = now.astimezone(zone).date() + timedelta(days=days)
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
