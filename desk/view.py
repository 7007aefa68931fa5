"""Looks at counts that only the trusted are told: the journal says who looked, at what and when."""

from collections.abc import Mapping
from datetime import datetime

from records.kind import Value
from storage import journal, teams
from storage.door import Tx


def viewed(tx: Tx, team: int, who: int, what: Mapping[str, Value], now: datetime) -> None:
    """Writes down that somebody was shown restricted counts; `what` names the command, and the entry or the kind."""
    seq = teams.begin(tx, team)
    journal.note(tx, team, seq, now, "viewed", who=who, details=what)
