"""Which language each chat is spoken to in: a person's own in private, a group's in a group."""

from storage.transaction import Tx

# What is known of all chats of a team.
ALL = "SELECT chat, language FROM tongues WHERE team = :team"

# What private chats were answered in last.
LAST = """
SELECT chat, language FROM answers AS one
WHERE team = :team AND chat > 0 AND language IS NOT NULL AND answer = (
  SELECT MAX(answer) FROM answers WHERE team = :team AND chat = one.chat AND language IS NOT NULL)
"""

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


def last(tx: Tx, team: int) -> dict[int, str]:
    """The language each private chat was answered in last, as far as an answer is kept."""
    return {row["chat"]: row["language"] for row in tx.all(LAST, team=team)}


def choose(tx: Tx, team: int, chat: int, language: str) -> None:
    """The chat is spoken to in that language from now on, by its digests too."""
    tx.run(CHOOSE, team=team, chat=chat, language=language)
    tx.run(OF_DIGESTS, team=team, chat=chat, language=language)
