"""A person forgotten: what they posted stays, and nobody can tell any more that it was theirs."""

from datetime import datetime

from storage import journal, people, teams
from storage.door import Tx


def leave(tx: Tx, team: int, who: int, number: int, at: datetime) -> int | None:
    """Takes the person's id off everything they did, and their chat off the desk's list; how many entries were theirs.

    The journal says that somebody was forgotten, not who. None if they are no longer known by that
    number: they were forgotten since.
    """
    seq = teams.begin(tx, team)
    if people.known_as(tx, team, who) != number:
        return None
    posted = people.forget(tx, team, who)
    if number:
        journal.note(tx, team, seq, at, "forgotten", who=people.NOBODY, details={"person": number})
    return posted
