"""Who is of the team: inviting, joining, another role, leaving. Each change is a line of the journal."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from desk.rights import Denied, role_of
from protection.links import same
from records.kind import Value
from records.rights import Role, inviting, may
from storage import invitations, journal, members, moves, people, teams
from storage.door import Tx
from storage.invitations import Invitation
from storage.members import Member

LASTS: Final = timedelta(hours=48)
"""How long an invitation may be taken."""


def invite(tx: Tx, team: int, one: Invitation, owners: AbstractSet[int], now: datetime) -> None:
    """Opens an invitation. Raises Denied if whoever invites may not bring in somebody of that role."""
    seq = teams.begin(tx, team)
    _demand(tx, team, one.who, inviting(one.role), owners)
    invitations.add(tx, team, one, now + LASTS)
    told = {"role": one.role, "label": one.label}
    journal.note(tx, team, seq, now, "invited", who=one.who, details=told)


def join(tx: Tx, team: int, hash_: str, who: int, owners: AbstractSet[int], now: datetime) -> Member | None:
    """Makes somebody the member they were invited to be; None if no open invitation is known by that hash.

    It is over with that, and was over if whoever invited them may not do so any more.
    """
    seq = teams.begin(tx, team)
    found = [one for one in invitations.still_open(tx, team, now) if same(one.hash, hash_)]
    if not found:
        return None
    one = found[0]
    invitations.drop(tx, team, one.hash)
    if not may(role_of(tx, team, one.who, owners), inviting(one.role)):
        return None
    member = Member(who, one.role, one.label, now)
    members.keep(tx, team, member)
    moves.regain(tx, team, who)
    told: dict[str, Value] = {"role": one.role, "label": one.label, "invited_by": people.number(tx, team, one.who)}
    journal.note(tx, team, seq, now, "joined", who=who, details=told)
    return member


def change_role(tx: Tx, team: int, who: int, role: Role, by: int, owners: AbstractSet[int], now: datetime) -> bool:
    """Gives a member another role; whether there is such a member, whom this leaves a team with an admin. Raises Denied."""
    seq = teams.begin(tx, team)
    _demand(tx, team, by, "members", owners)
    member = members.get(tx, team, who)
    if member is None or (role != "admin" and _last_admin(tx, team, member, owners)):
        return False
    if member.role != role:
        members.keep(tx, team, replace(member, role=role))
        moves.regain(tx, team, who)
        told = {"person": people.number(tx, team, who), "before": member.role, "role": role}
        journal.note(tx, team, seq, now, "role_changed", who=by, details=told)
    return True


def remove(tx: Tx, team: int, who: int, by: int, owners: AbstractSet[int], now: datetime) -> bool:
    """Takes a member out of the team, and all that they had offered; False if they are none, or the last admin. Raises Denied."""
    seq = teams.begin(tx, team)
    _demand(tx, team, by, "members", owners)
    member = members.get(tx, team, who)
    if member is None or _last_admin(tx, team, member, owners):
        return False
    members.drop(tx, team, who)
    invitations.drop_of(tx, team, who)
    told = {"person": people.number(tx, team, who), "role": member.role}
    journal.note(tx, team, seq, now, "removed", who=by, details=told)
    return True


def _last_admin(tx: Tx, team: int, member: Member, owners: AbstractSet[int]) -> bool:
    others = (one for one in members.everybody(tx, team) if one.who != member.who)
    return member.role == "admin" and not owners and not any(one.role == "admin" for one in others)


def _demand(tx: Tx, team: int, who: int, act: str, owners: AbstractSet[int]) -> None:
    if not may(role_of(tx, team, who, owners), act):
        raise Denied(act)
