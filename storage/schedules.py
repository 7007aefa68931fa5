"""Which chat wants a digest and when it is due; what each was told last is its bookmark in the journal."""

from collections.abc import Sequence
from datetime import date, datetime

from records.digest import Schedule
from records.rule import Rule
from storage.moments import days_in, days_text, moment, text
from storage.transaction import Row, Tx

# The schedules of one chat or one topic of it, one for each filter.
OF_CHAT = "SELECT * FROM schedules WHERE team = :team AND chat = :chat AND thread = :thread ORDER BY filter"

# That of one filter.
OF_FILTER = "SELECT * FROM schedules WHERE team = :team AND chat = :chat AND thread = :thread AND filter = :filter"

# One schedule.
BY_ID = "SELECT * FROM schedules WHERE id = :id"

# All that are on and due.
DUE = "SELECT * FROM schedules WHERE state = 'on' AND due_at <= :now ORDER BY team, id"

# All that are not off and not yet due.
AHEAD = "SELECT * FROM schedules WHERE state IN ('on', 'paused') AND due_at > :now"

# Those of a team that can't be delivered: admins are shown them.
PAUSED = "SELECT * FROM schedules WHERE team = :team AND state = 'paused' ORDER BY id"

# Zones the team's digests go by, the most usual first.
ZONES = "SELECT zone, COUNT(*) AS n FROM schedules WHERE team = :team GROUP BY zone ORDER BY n DESC, zone LIMIT :most"

# A chat's first schedule.
ADD = """
INSERT INTO schedules (
  team, chat, thread, who, rule, zone, language, filter, when_empty, due_at, told, told_at, remind_at,
  chart, state, reason)
VALUES (
  :team, :chat, :thread, :who, :rule, :zone, :language, :filter, :when_empty, :due_at, :told, :told_at, :remind_at,
  :chart, 'on', '')
RETURNING *
"""

# A chat's changed wish; its bookmark stays.
CHANGE = """
UPDATE schedules SET who = :who, rule = :rule, zone = :zone, language = :language, when_empty = :when_empty,
  due_at = :due_at, owed = :owed, chart = :chart, state = 'on', reason = ''
WHERE id = :id
RETURNING *
"""

# On, off or paused, and why.
STATE = "UPDATE schedules SET state = :state, reason = :reason WHERE id = :id"

# A due date put right.
DUE_AT = "UPDATE schedules SET due_at = :due_at WHERE id = :id"

# A bookmark put back: what was not delivered is told again.
TOLD = "UPDATE schedules SET told = :told, told_at = :told_at WHERE id = :id"

# Days whose digest did not come.
OWED = "UPDATE schedules SET owed = :owed WHERE id = :id"

# When to tell again what needs someone.
REMIND_AT = "UPDATE schedules SET remind_at = :remind_at WHERE id = :id"

# Bookmark and due date moved on by a cut that tells all that is owed, unless somebody was faster.
MOVE_ON = """
UPDATE schedules SET told = :told, told_at = :told_at, due_at = :due_at, told_on = :told_on, owed = ''
WHERE id = :id AND state = 'on' AND due_at = :was_due AND told = :was_told
"""

# A chat's new id, unless that chat has a schedule of its own in the same topic with the same filter.
NEW_CHAT = """
UPDATE schedules SET chat = :new WHERE chat = :old AND NOT EXISTS (
  SELECT 1 FROM schedules AS other
  WHERE other.team = schedules.team AND other.chat = :new AND other.thread = schedules.thread AND other.filter = schedules.filter)
"""

# What is left under a chat's old id.
OLD_CHAT_OFF = "UPDATE schedules SET state = 'off' WHERE chat = :old"


def of_chat(tx: Tx, team: int, chat: int, thread: int = 0, filter_: str = "") -> Schedule | None:
    """The schedule of a chat with that filter, on or not; None if it never had one."""
    row = tx.one(OF_FILTER, team=team, chat=chat, thread=thread, filter=filter_)
    return read(row) if row else None


def all_of_chat(tx: Tx, team: int, chat: int, thread: int = 0) -> list[Schedule]:
    """All schedules of a chat, on or not, the one without a filter first."""
    return [read(row) for row in tx.all(OF_CHAT, team=team, chat=chat, thread=thread)]


def zones(tx: Tx, team: int, most: int) -> list[str]:
    """The zones the team's digests go by, the most usual first."""
    return [row["zone"] for row in tx.all(ZONES, team=team, most=most)]


def by_id(tx: Tx, schedule: int) -> Schedule:
    """The schedule of that id, which must be there."""
    return read(tx.all(BY_ID, id=schedule)[0])


def find(tx: Tx, schedule: int) -> Schedule | None:
    """The schedule of that id, None if there is none."""
    row = tx.one(BY_ID, id=schedule)
    return read(row) if row else None


def due(tx: Tx, now: datetime) -> list[Schedule]:
    """All that are due, team by team."""
    return [read(row) for row in tx.all(DUE, now=text(now))]


def ahead(tx: Tx, now: datetime) -> list[Schedule]:
    """All that are not off and not yet due."""
    return [read(row) for row in tx.all(AHEAD, now=text(now))]


def paused(tx: Tx, team: int) -> list[Schedule]:
    """Those of a team that can't be delivered, with the reason."""
    return [read(row) for row in tx.all(PAUSED, team=team)]


def add(tx: Tx, schedule: Schedule) -> Schedule:
    """Keeps a chat's first schedule and turns it on; gives it with its id."""
    names = (
        "team",
        "chat",
        "thread",
        "who",
        "rule",
        "zone",
        "language",
        "filter",
        "when_empty",
        "due_at",
        "told",
        "told_at",
        "remind_at",
        "chart",
    )
    return read(tx.all(ADD, **only(schedule, names))[0])


def change(tx: Tx, schedule: Schedule) -> Schedule:
    """Keeps a changed wish and turns it on; the bookmark stays where it was."""
    names = ("id", "who", "rule", "zone", "language", "when_empty", "due_at", "owed", "chart")
    return read(tx.all(CHANGE, **only(schedule, names))[0])


def set_state(tx: Tx, schedule: int, state: str, reason: str = "") -> None:
    """Turns a schedule on, off, or pauses it for a reason."""
    tx.run(STATE, id=schedule, state=state, reason=reason)


def set_due(tx: Tx, schedule: int, due_at: datetime) -> None:
    """Puts a due date right."""
    tx.run(DUE_AT, id=schedule, due_at=text(due_at))


def set_told(tx: Tx, schedule: int, told: int, told_at: datetime) -> None:
    """Puts a bookmark back."""
    tx.run(TOLD, id=schedule, told=told, told_at=text(told_at))


def owe(tx: Tx, schedule: int, days: Sequence[date]) -> None:
    """Days whose digest did not come, beside those that are owed already."""
    tx.run(OWED, id=schedule, owed=days_text(sorted({*by_id(tx, schedule).owed, *days})))


def set_remind(tx: Tx, schedule: int, remind_at: datetime) -> None:
    """The first digest after that moment tells again what needs someone."""
    tx.run(REMIND_AT, id=schedule, remind_at=text(remind_at))


def move_on(tx: Tx, was: Schedule, told: int, told_at: datetime, due_at: datetime, told_on: date | None = None) -> bool:
    """Moves the bookmark and the due date on; False if the schedule isn't as it was any more.

    `told_on` is the day whose digest goes out now, None if none does.
    """
    day = told_on or was.told_on
    moved = tx.run(
        MOVE_ON,
        id=was.id,
        told=told,
        told_at=text(told_at),
        due_at=text(due_at),
        told_on=day.isoformat() if day else "",
        was_due=text(was.due_at),
        was_told=was.told,
    )
    return moved == 1


def new_chat(tx: Tx, old: int, new: int) -> None:
    """A group goes on under its new id; what that id already has goes before."""
    tx.run(NEW_CHAT, old=old, new=new)
    tx.run(OLD_CHAT_OFF, old=old)


def only(schedule: Schedule, names: Sequence[str]) -> dict[str, str | int | None]:
    """Some of a schedule's values as they stand in the table."""
    kept: dict[str, str | int | None] = {
        "id": schedule.id,
        "team": schedule.team,
        "chat": schedule.chat,
        "thread": schedule.thread,
        "who": schedule.who,
        "rule": schedule.rule.text,
        "zone": schedule.zone,
        "language": schedule.language,
        "filter": schedule.filter,
        "when_empty": schedule.when_empty,
        "due_at": text(schedule.due_at),
        "told": schedule.told,
        "told_at": text(schedule.told_at),
        "remind_at": text(schedule.remind_at) if schedule.remind_at else None,
        "owed": days_text(schedule.owed),
        "chart": int(schedule.chart),
    }
    return {name: kept[name] for name in names}


def read(row: Row) -> Schedule:
    """A schedule from its row."""
    return Schedule(
        id=row["id"],
        team=row["team"],
        chat=row["chat"],
        thread=row["thread"],
        who=row["who"],
        rule=Rule.parse(row["rule"]),
        zone=row["zone"],
        language=row["language"],
        filter=row["filter"],
        when_empty=row["when_empty"],
        due_at=moment(row["due_at"]),
        told=row["told"],
        told_at=moment(row["told_at"]),
        state=row["state"],
        reason=row["reason"],
        told_on=date.fromisoformat(row["told_on"]) if row["told_on"] else None,
        remind_at=moment(row["remind_at"]) if row["remind_at"] else None,
        owed=days_in(row["owed"]),
        chart=bool(row["chart"]),
    )
