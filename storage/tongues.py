"""Which language each chat is spoken to in: a person's own in private, a group's in a group."""

from storage.transaction import Tx

# What is known of all chats of a team.
ALL = "SELECT chat, language FROM tongues WHERE team = :team"

# A chat's choice, in place of the one before.
CHOOSE = """
INSERT INTO tongues (team, chat, language) VALUES (:team, :chat, :language)
ON CONFLICT (team, chat) DO UPDATE SET language = excluded.language
"""

# Its digests speak it too.
OF_DIGESTS = "UPDATE schedules SET language = :language WHERE team = :team AND chat = :chat"


def known(tx: Tx, team: int) -> dict[int, str]:
    """The language of every chat that has one."""
    return {row["chat"]: row["language"] for row in tx.all(ALL, team=team)}


def choose(tx: Tx, team: int, chat: int, language: str) -> None:
    """The chat is spoken to in that language from now on, by its digests too."""
    tx.run(CHOOSE, team=team, chat=chat, language=language)
    tx.run(OF_DIGESTS, team=team, chat=chat, language=language)
