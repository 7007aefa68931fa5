"""Letters on their way to chats, and the pages they point to: a page is kept once, however many chats get it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from records.digest import Letter
from storage import deliveries, pictures, schedules
from storage.moments import days_in, days_text, moment, text
from storage.transaction import Row, Tx

UNSURE = "unsure"
"""Why a letter goes once more: it may have been sent or not."""
LATE = "late"
"""Why a letter doesn't go: the next digest is near, and tells all of it."""

# A page that letters point to.
ADD_PAGE = "INSERT INTO pages (team, html, reminds, chart) VALUES (:team, :html, :reminds, :chart) RETURNING id"

# A letter that waits.
ADD = """
INSERT INTO letters (
  schedule, due_at, part, parts, since, since_at, until, page, state, marked, tries, not_before, delivery, days)
VALUES (
  :schedule, :due_at, :part, :parts, :since, :since_at, :until, :page, 'waiting', 0, 0, :due_at, :delivery, :days)
"""

# The next letters that may go: nothing of their chats' earlier letters is still on the way.
NEXT = """
SELECT letter.id, letter.schedule
FROM letters AS letter
JOIN schedules AS schedule ON schedule.id = letter.schedule
WHERE letter.state = 'waiting' AND letter.not_before <= :now AND schedule.state = 'on'
  AND NOT EXISTS (
    SELECT 1 FROM letters AS earlier
    WHERE earlier.schedule = letter.schedule AND earlier.id < letter.id AND earlier.state IN ('waiting', 'sending'))
ORDER BY letter.not_before, letter.id
LIMIT 64
"""

# One letter, with its page and where it goes.
LETTER = """
SELECT letter.id, letter.schedule, letter.due_at, letter.part, letter.parts, letter.marked, letter.tries,
  schedule.team, schedule.chat, schedule.thread, schedule.language, page.html, page.reminds, page.chart
FROM letters AS letter
JOIN schedules AS schedule ON schedule.id = letter.schedule
JOIN pages AS page ON page.id = letter.page
WHERE letter.id = :id
"""

# Taken in hand.
SENDING = "UPDATE letters SET state = 'sending' WHERE id = :id AND state = 'waiting'"

# Gone out; `message` is None if nobody knows.
SENT = "UPDATE letters SET state = 'sent', message = :message WHERE id = :id"

# To be tried again.
PUT_OFF = """
UPDATE letters SET state = 'waiting', marked = :marked, tries = tries + 1, not_before = :not_before WHERE id = :id
"""

# Left for the next digest to tell.
HOLD = "UPDATE letters SET not_before = :until WHERE id = :id"

# Those that were taken in hand.
IN_HAND = "SELECT id, marked FROM letters WHERE state = 'sending'"

# What is not yet done of schedules that are due, in order; a picture tells nothing that a digest would have to tell anew.
UNDONE_OF_DUE = """
SELECT letter.id, letter.schedule, letter.due_at, letter.part, letter.since, letter.since_at, letter.state, letter.marked,
  letter.days
FROM letters AS letter
JOIN schedules AS schedule ON schedule.id = letter.schedule
JOIN pages AS page ON page.id = letter.page
WHERE schedule.state = 'on' AND schedule.due_at <= :now AND letter.state IN ('waiting', 'sending') AND page.chart = ''
ORDER BY letter.id
"""

# What still waits of one schedule, in order.
UNDONE = """
SELECT letter.id, letter.schedule, letter.due_at, letter.part, letter.since, letter.since_at, letter.state, letter.marked,
  letter.days
FROM letters AS letter
JOIN pages AS page ON page.id = letter.page
WHERE letter.schedule = :schedule AND letter.state IN ('waiting', 'sending') AND page.chart = ''
ORDER BY letter.id
"""

# Letters that will not go out as they are.
DROP = "DELETE FROM letters WHERE schedule = :schedule AND state = 'waiting'"

# Dates that were kept while the clock ran wild.
HURRY = "UPDATE letters SET not_before = :now WHERE state = 'waiting' AND not_before > :far"

# Schedules that are not on, of which something waits for long.
FORSAKEN = """
SELECT DISTINCT letter.schedule FROM letters AS letter
JOIN schedules AS schedule ON schedule.id = letter.schedule
WHERE schedule.state <> 'on' AND letter.state = 'waiting' AND letter.due_at < :before
"""

# Letters that are done for long.
PRUNE = "DELETE FROM letters WHERE state = 'sent' AND due_at < :before"

# Pages no letter points to.
PRUNE_PAGES = "DELETE FROM pages WHERE NOT EXISTS (SELECT 1 FROM letters WHERE letters.page = pages.id)"


@dataclass(frozen=True, slots=True)
class Undone:
    """A letter that has not gone out: the lines of the journal and the days its digest tells, and whether it may have been seen."""

    id: int
    schedule: int
    due_at: datetime
    part: int
    since: int
    since_at: datetime
    state: str
    marked: bool
    days: tuple[date, ...]


def add_page(tx: Tx, team: int, html: str, *, reminds: bool = False, chart: str = "") -> int:
    """Keeps a page and gives its id; `reminds` if the buttons that ask for a reminder stand below it, `chart` of a picture."""
    return int(tx.all(ADD_PAGE, team=team, html=html, reminds=int(reminds), chart=chart)[0]["id"])


def add(
    tx: Tx,
    schedule: int,
    pages: Sequence[int],
    *,
    due_at: datetime,
    since: int,
    since_at: datetime,
    until: int,
    days: Sequence[date],
    delivery: int,
) -> None:
    """Posts one digest to a chat: a letter for each page, telling the journal's lines after `since` up to `until`."""
    for part, page in enumerate(pages, start=1):
        tx.run(
            ADD,
            schedule=schedule,
            due_at=text(due_at),
            part=part,
            parts=len(pages),
            since=since,
            since_at=text(since_at),
            until=until,
            page=page,
            days=days_text(days),
            delivery=delivery,
        )


def next_waiting(tx: Tx, now: datetime, rather_not: Collection[int] = ()) -> Letter | None:
    """The next letter that may go now, those that have waited longest first; of the schedules in `rather_not` only if need be."""
    waiting = tx.all(NEXT, now=text(now))
    if not waiting:
        return None
    chosen = next((one["id"] for one in waiting if one["schedule"] not in rather_not), waiting[0]["id"])
    [row] = tx.all(LETTER, id=chosen)
    return Letter(
        id=row["id"],
        schedule=row["schedule"],
        due_at=moment(row["due_at"]),
        part=row["part"],
        parts=row["parts"],
        team=row["team"],
        chat=row["chat"],
        thread=row["thread"],
        language=row["language"],
        html=row["html"],
        marked=bool(row["marked"]),
        tries=row["tries"],
        reminds=bool(row["reminds"]),
        chart=row["chart"],
    )


def sending(tx: Tx, letter: Letter) -> bool:
    """Takes a waiting letter in hand; False if another was faster."""
    return tx.run(SENDING, id=letter.id) == 1


def sent(tx: Tx, letter: Letter, message: int | None, now: datetime, *, plain: bool = False) -> None:
    """The letter is out, as that message if it is known; `plain` if as plain text."""
    tx.run(SENT, id=letter.id, message=message)
    deliveries.sent(tx, letter.id, now, marked=letter.marked, plain=plain)
    if letter.part < letter.parts and schedules.by_id(tx, letter.schedule).state != "on":
        pictures.drop_lonely(tx, letter.schedule)


def put_off(tx: Tx, letter: Letter, not_before: datetime, *, marked: bool, reason: str) -> None:
    """The letter goes later; `marked` if it may have been sent. If its schedule was turned off meanwhile, it doesn't."""
    tx.run(PUT_OFF, id=letter.id, marked=int(marked), not_before=text(not_before))
    deliveries.waits(tx, letter.id, reason)
    schedule = schedules.by_id(tx, letter.schedule)
    if schedule.state != "on":
        take_back(tx, schedule.id, schedule.state, schedule.reason)


def hold(tx: Tx, letter: Letter, until: datetime) -> None:
    """The letter waits until then, by when a digest that says all of it has taken its place."""
    tx.run(HOLD, id=letter.id, until=text(until))
    if not letter.tries:
        deliveries.waits(tx, letter.id, LATE)


def give_up(tx: Tx, letter: Letter, reason: str, now: datetime) -> None:
    """The chat can't be written to: its schedule is paused."""
    tx.run(PUT_OFF, id=letter.id, marked=int(letter.marked), not_before=text(letter.due_at))
    pause(tx, letter.schedule, reason, now)


def pause(tx: Tx, schedule: int, reason: str, now: datetime) -> None:
    """Pauses a schedule; what it was not told waits in the journal, not in a letter, and is due as soon as it goes on."""
    schedules.set_state(tx, schedule, "paused", reason)
    if take_back(tx, schedule, "paused", reason):
        schedules.set_due(tx, schedule, min(now, schedules.by_id(tx, schedule).due_at))


def replaceable(waiting: Sequence[Undone]) -> bool:
    """Whether none of a chat's letters can have been seen, nor another part of their digest."""
    whole = not waiting or waiting[0].part == 1
    return whole and not any(one.marked or one.state == "sending" for one in waiting)


def take_back(tx: Tx, schedule: int, became: str = "off", reason: str = "") -> bool:
    """Drops what waits for a chat, its digest being off or paused: its days are owed again, its bookmark is back before them.

    What may have been seen, or in part was, stays: it goes out when the schedule is on again, marked or as the other part, where
    a new digest would tell the same once more without saying so. Gives whether anything was dropped.
    """
    pictures.drop_lonely(tx, schedule)
    waiting = undone(tx, schedule)
    if not waiting or not replaceable(waiting):
        return False
    _forget(tx, waiting, became, reason)
    return True


def _forget(tx: Tx, waiting: Sequence[Undone], became: str, reason: str = "") -> None:
    deliveries.became(tx, waiting[0].schedule, became, reason)
    tx.run(DROP, schedule=waiting[0].schedule)
    schedules.set_told(tx, waiting[0].schedule, waiting[0].since, waiting[0].since_at)
    schedules.owe(tx, waiting[0].schedule, waiting[0].days)


def put_back(tx: Tx, in_hand: Collection[int], now: datetime) -> None:
    """Letters taken in hand by somebody who is gone: they wait again, marked; one that was marked already counts as sent."""
    for row in tx.all(IN_HAND):
        if row["id"] in in_hand:
            continue
        if row["marked"]:
            tx.run(SENT, id=row["id"], message=None)
            deliveries.sent(tx, row["id"], now, marked=True)
        else:
            tx.run(PUT_OFF, id=row["id"], marked=1, not_before=text(now))
            deliveries.waits(tx, row["id"], UNSURE)


def undone(tx: Tx, schedule: int) -> list[Undone]:
    """What has not gone out to one chat, in order."""
    return [read(row) for row in tx.all(UNDONE, schedule=schedule)]


def undone_of_due(tx: Tx, now: datetime) -> dict[int, list[Undone]]:
    """What has not gone out to the chats that are due again, by schedule, each in order."""
    found: dict[int, list[Undone]] = {}
    for row in tx.all(UNDONE_OF_DUE, now=text(now)):
        found.setdefault(row["schedule"], []).append(read(row))
    return found


def drop(tx: Tx, schedule: int) -> None:
    """Drops what waits for a chat, because a digest that says all of it takes its place."""
    deliveries.became(tx, schedule, "merged")
    tx.run(DROP, schedule=schedule)


def hurry(tx: Tx, now: datetime, far: datetime) -> None:
    """Letters put off beyond all reason may go now."""
    tx.run(HURRY, now=text(now), far=text(far))


def prune(tx: Tx, before: datetime) -> None:
    """Forgets letters that went out before a day, what became of their digests, and pages nobody waits for.

    What has waited as long for a chat whose digests are not on is dropped too: better told twice than kept for ever.
    """
    for row in tx.all(FORSAKEN, before=text(before)):
        pictures.drop_lonely(tx, row["schedule"])
        if waiting := undone(tx, row["schedule"]):
            _forget(tx, waiting, "off")
    tx.run(PRUNE, before=text(before))
    deliveries.prune(tx, before)
    tx.run(PRUNE_PAGES)


def read(row: Row) -> Undone:
    """What a row tells of a letter that has not gone out."""
    due_at, since_at = moment(row["due_at"]), moment(row["since_at"])
    own = (row["part"], row["since"], since_at, row["state"], bool(row["marked"]), days_in(row["days"]))
    return Undone(row["id"], row["schedule"], due_at, *own)
