"""A person forgotten: what they posted stays, and nobody can tell any more that it was theirs."""

from datetime import datetime

from storage import journal, people, teams
from storage.door import Tx


def leave(tx: Tx, team: int, who: int, at: datetime) -> int:
    """Takes the person's id off everything they did, and their chat off the desk's list; how many entries were theirs.

    The journal says that somebody was forgotten, not who. Asking again changes nothing but what was done since.
    """
    seq = teams.begin(tx, team)
    number = people.number(tx, team, who)
    posted = people.forget(tx, team, who)
    journal.note(tx, team, seq, at, "forgotten", who=people.NOBODY, details={"person": number})
    return posted
