"""What became of each digest that was due, for whoever wants to know who got which when: kept as long as its letters are."""

from datetime import datetime
from typing import Final

from records.digest import NO_CHART, Delivery, Schedule
from records.rule import Rule
from storage.moments import moment, text
from storage.transaction import Row, Tx

NEWEST: Final = 2**62
"""Above every id."""

# A digest was cut: it waits, or has nothing to say.
ADD = """
INSERT INTO deliveries (team, chat, schedule, due_at, mornings, state, parts)
VALUES (:team, :chat, :schedule, :due_at, :mornings, :state, :parts)
RETURNING id
"""

# One of its messages is out.
SENT = """
UPDATE deliveries SET sent = sent + 1, sent_at = :now,
  marked = CASE WHEN :marked = 1 THEN 1 ELSE marked END,
  plain = CASE WHEN :plain = 1 THEN 1 ELSE plain END,
  state = CASE WHEN sent + 1 >= parts THEN 'sent' ELSE state END
WHERE id = (SELECT delivery FROM letters WHERE letters.id = :letter)
"""

# Why a message of it waits.
WAITS = "UPDATE deliveries SET reason = :reason WHERE id = (SELECT delivery FROM letters WHERE letters.id = :letter)"

# Its text is out, and its picture will not be.
WITHOUT_CHART = """
UPDATE deliveries SET parts = sent, state = 'sent', reason = :reason
WHERE id = (SELECT delivery FROM letters WHERE letters.id = :letter)
"""

# What becomes of digests whose letters are about to be dropped; a reason that is known already stays unless there is another.
BECAME = """
UPDATE deliveries SET state = :state, reason = CASE WHEN :reason = '' THEN reason ELSE :reason END
WHERE id IN (SELECT delivery FROM letters WHERE letters.schedule = :schedule AND letters.state = 'waiting')
"""

# A chat's new id.
NEW_CHAT = "UPDATE deliveries SET chat = :new WHERE chat = :old"

# Those whose letters are all forgotten, or that had none.
PRUNE = """
DELETE FROM deliveries
WHERE due_at < :before AND NOT EXISTS (SELECT 1 FROM letters WHERE letters.delivery = deliveries.id)
"""

_TOLD = """
SELECT delivery.id, delivery.chat, delivery.due_at, delivery.mornings, delivery.state, delivery.reason, delivery.parts,
  delivery.sent, delivery.sent_at, delivery.marked, delivery.plain, schedule.rule, schedule.zone, schedule.filter, schedule.thread,
  letter.tries, letter.not_before
FROM deliveries AS delivery
JOIN schedules AS schedule ON schedule.id = delivery.schedule
LEFT JOIN letters AS letter
  ON letter.delivery = delivery.id AND letter.part = delivery.sent + 1 AND letter.state IN ('waiting', 'sending')
"""
_PAGED = "AND delivery.id < :before ORDER BY delivery.id DESC LIMIT :most"

# One page of a team's, the newest first.
OF_TEAM = f"{_TOLD} WHERE delivery.team = :team {_PAGED}"

# One page of a chat's, or of one topic of it.
OF_CHAT = f"{_TOLD} WHERE delivery.chat = :chat AND delivery.team = :team AND schedule.thread = :thread {_PAGED}"


def add(tx: Tx, schedule: Schedule, *, due_at: datetime, mornings: int, parts: int) -> int:
    """Notes that a digest was cut in so many parts, none if it had nothing to say; gives its id for the letters."""
    row = tx.all(
        ADD,
        team=schedule.team,
        chat=schedule.chat,
        schedule=schedule.id,
        due_at=text(due_at),
        mornings=mornings,
        state="waiting" if parts else "skipped",
        parts=parts,
    )[0]
    return int(row["id"])


def sent(tx: Tx, letter: int, now: datetime, *, marked: bool, plain: bool = False) -> None:
    """Notes that a letter went out; `marked` if perhaps twice, `plain` if as plain text."""
    tx.run(SENT, letter=letter, now=text(now), marked=int(marked), plain=int(plain))


def without_chart(tx: Tx, letter: int) -> None:
    """A digest is out but for that letter, its picture, which is given up."""
    tx.run(WITHOUT_CHART, letter=letter, reason=NO_CHART)


def waits(tx: Tx, letter: int, reason: str) -> None:
    """Notes why a letter has not gone out yet."""
    tx.run(WAITS, letter=letter, reason=reason)


def became(tx: Tx, schedule: int, state: str, reason: str = "") -> None:
    """Notes what becomes of what waits for a chat, right before its letters are dropped."""
    tx.run(BECAME, schedule=schedule, state=state, reason=reason)


def new_chat(tx: Tx, old: int, new: int) -> None:
    """What went to a group is told under its new id."""
    tx.run(NEW_CHAT, old=old, new=new)


def prune(tx: Tx, before: datetime) -> None:
    """Forgets digests that were due before a day, unless a letter of theirs is still kept."""
    tx.run(PRUNE, before=text(before))


def latest(
    tx: Tx, team: int, chat: int | None, before: int = NEWEST, most: int = 1, *, thread: int = 0
) -> list[Delivery]:
    """So many digests of a team, or of a topic of one of its chats, that are older than the one of that id; the newest first."""
    if chat is None:
        return [read(row) for row in tx.all(OF_TEAM, team=team, before=before, most=most)]
    return [read(row) for row in tx.all(OF_CHAT, team=team, chat=chat, thread=thread, before=before, most=most)]


def read(row: Row) -> Delivery:
    """What a row tells of a digest."""
    return Delivery(
        id=row["id"],
        chat=row["chat"],
        thread=row["thread"],
        rule=Rule.parse(row["rule"]),
        zone=row["zone"],
        filter=row["filter"],
        due_at=moment(row["due_at"]),
        mornings=row["mornings"],
        state=row["state"],
        reason=row["reason"],
        parts=row["parts"],
        sent=row["sent"],
        sent_at=moment(row["sent_at"]) if row["sent_at"] else None,
        marked=bool(row["marked"]),
        plain=bool(row["plain"]),
        tries=row["tries"] or 0,
        next_try=moment(row["not_before"]) if row["not_before"] else None,
    )
