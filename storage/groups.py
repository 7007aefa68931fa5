"""Groups that belong to a team: elsewhere the desk does nothing, whoever asks."""

from datetime import datetime

from storage.moments import text
from storage.transaction import Tx

# Whether a group belongs to a team.
LINKED = "SELECT 1 AS yes FROM linked WHERE team = :team AND chat = :chat"

# All that belong to it.
EVERY = "SELECT chat FROM linked WHERE team = :team ORDER BY chat"

# It does from now on.
LINK = """
INSERT INTO linked (team, chat, who, at) VALUES (:team, :chat, :who, :at) ON CONFLICT (team, chat) DO NOTHING
"""

# It does no more.
UNLINK = "DELETE FROM linked WHERE team = :team AND chat = :chat"


def linked(tx: Tx, team: int, chat: int) -> bool:
    """Whether the group belongs to the team."""
    return tx.one(LINKED, team=team, chat=chat) is not None


def every(tx: Tx, team: int) -> list[int]:
    """All groups that belong to the team."""
    return [row["chat"] for row in tx.all(EVERY, team=team)]


def link(tx: Tx, team: int, chat: int, who: int, at: datetime) -> bool:
    """The group belongs to the team from now on; whether it didn't before."""
    return tx.run(LINK, team=team, chat=chat, who=who, at=text(at)) == 1


def unlink(tx: Tx, team: int, chat: int) -> bool:
    """The group belongs to the team no more; whether it did."""
    return tx.run(UNLINK, team=team, chat=chat) == 1
