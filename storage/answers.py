"""Which message of the desk answers which message of a person, and which entry it shows."""

from storage.transaction import Tx

# An answer, or what it shows now.
KEEP = """
INSERT INTO answers (team, chat, answer, message, entry) VALUES (:team, :chat, :answer, :message, :entry)
ON CONFLICT (team, chat, answer) DO UPDATE SET message = excluded.message, entry = excluded.entry
"""

# The latest answer to a message.
OF_MESSAGE = (
    "SELECT answer FROM answers WHERE team = :team AND chat = :chat AND message = :message ORDER BY answer DESC LIMIT 1"
)

# The entry an answer shows.
SHOWN = "SELECT entry FROM answers WHERE team = :team AND chat = :chat AND answer = :answer"

# All cards of an entry, the latest first.
CARDS = "SELECT chat, answer FROM answers WHERE team = :team AND entry = :entry ORDER BY chat DESC, answer DESC"


def keep(tx: Tx, team: int, chat: int, message: int, *, answer: int, entry: int | None) -> None:
    """The desk's message `answer` answers the person's `message` in that chat, and shows the entry (None: none)."""
    tx.run(KEEP, team=team, chat=chat, answer=answer, message=message, entry=entry)


def of_message(tx: Tx, team: int, chat: int, message: int) -> int | None:
    """The desk's latest answer to a message, None if it has none."""
    row = tx.one(OF_MESSAGE, team=team, chat=chat, message=message)
    return row["answer"] if row else None


def entry_of(tx: Tx, team: int, chat: int, answer: int) -> int | None:
    """The entry a message of the desk shows, None if it shows none."""
    row = tx.one(SHOWN, team=team, chat=chat, answer=answer)
    return row["entry"] if row else None


def cards_of(tx: Tx, team: int, entry: int) -> list[tuple[int, int]]:
    """Every (chat, message) that shows an entry, the latest of each chat first."""
    return [(row["chat"], row["answer"]) for row in tx.all(CARDS, team=team, entry=entry)]
