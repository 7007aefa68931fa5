"""A group tied to the team, or let go again; both are lines of the journal."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from desk.rights import Denied, role_of
from records.rights import may
from storage import groups, journal, moves, teams
from storage.door import Tx


def link(tx: Tx, team: int, chat: int, who: int, owners: AbstractSet[int], now: datetime) -> bool:
    """Ties the group to the team, whose digests there go on; False if it was. Raises Denied."""
    seq = _begin(tx, team, who, owners)
    if not groups.link(tx, team, chat, who, now):
        return False
    moves.regain(tx, team, chat)
    journal.note(tx, team, seq, now, "linked", who=who, details={"chat": chat})
    return True


def unlink(tx: Tx, team: int, chat: int, who: int, owners: AbstractSet[int], now: datetime) -> bool:
    """Lets the group go; False if it wasn't tied. Raises Denied."""
    seq = _begin(tx, team, who, owners)
    if not groups.unlink(tx, team, chat):
        return False
    journal.note(tx, team, seq, now, "unlinked", who=who, details={"chat": chat})
    return True


def _begin(tx: Tx, team: int, who: int, owners: AbstractSet[int]) -> int:
    seq = teams.begin(tx, team)
    if not may(role_of(tx, team, who, owners), "link"):
        raise Denied("link")
    return seq
