"""Whether somebody may: looked up in the change itself, so that a right that ended a moment ago has ended."""

from collections.abc import Set as AbstractSet

from desk.acts import Done
from records import people
from records.entry import Entry
from records.kind import Kind
from records.record import changed
from records.rights import Role, may
from storage import members
from storage.door import Tx


class Denied(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """Their role is not enough for that act, and nothing of it was stored."""

    def __init__(self, act: str) -> None:
        super().__init__(act)
        self.act = act


def role_of(tx: Tx, team: int, who: int, owners: AbstractSet[int]) -> Role | None:
    """Somebody's role in the team; None for whoever isn't of it."""
    if who in owners:
        return "admin"
    member = members.get(tx, team, who)
    return member.role if member is not None else None


def hold(tx: Tx, done: Done, kind: Kind, who: int, owners: AbstractSet[int]) -> None:
    """Raises Denied if what was just done is more than that person may do."""
    act = act_of(done, kind, who)
    if act and not may(role_of(tx, done.entry.team, who, owners), act):
        raise Denied(act)


def act_of(done: Done, kind: Kind, who: int) -> str:
    """What was done, as rights call it; "" if it changed nothing."""
    if done.before is None:
        return "post"
    if not done.changed:
        return ""
    if who == done.entry.who or done.act == "undone":  # undoing takes back nothing but their own
        return "correct"
    completes = done.act != "figured" and _completes(kind, done.before, done.entry)
    return "complete" if completes else "correct_others"


def _completes(kind: Kind, before: Entry, after: Entry) -> bool:
    """Whether it only adds what an open entry lacks, or moves it on to a status that may follow."""
    now = kind.status(before.values)
    if before.withdrawn or after.withdrawn or before.ref != after.ref or not _open(kind, before):
        return False
    status = str(after.values["status"])
    moves = status in now.buttons
    free = {"status", kind.status_named[status].asks} if moves else set[str | None]()
    return all(name not in before.values or name in free for name in changed(kind, before.values, after.values))


def _open(kind: Kind, entry: Entry) -> bool:
    """Whether something is still to be told of it."""
    if kind.status(entry.values).coming or kind.attention(entry.values) is not None:
        return True
    known = people.breakdown(entry.values)
    unsplit = any(known.cells.get(one) for one in people.CELLS if one not in people.PARTS)
    return unsplit or known.people is None or known.derived.get("people") == "at_least"
