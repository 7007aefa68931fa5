"""Which message of the desk answers which message of a person, and which entry it shows."""

from storage.transaction import Tx

# An answer, or what it shows now.
KEEP = """
INSERT INTO answers (team, chat, answer, message, entry, album)
VALUES (:team, :chat, :answer, :message, :entry, :album)
ON CONFLICT (team, chat, answer) DO UPDATE SET message = excluded.message, entry = excluded.entry,
  album = COALESCE(excluded.album, answers.album)
"""

# The latest answer to a message.
OF_MESSAGE = (
    "SELECT answer FROM answers WHERE team = :team AND chat = :chat AND message = :message ORDER BY answer DESC LIMIT 1"
)

# What was answered first of an album.
OF_ALBUM = "SELECT message FROM answers WHERE team = :team AND chat = :chat AND album = :album ORDER BY answer LIMIT 1"

# The entry an answer shows.
SHOWN = "SELECT entry FROM answers WHERE team = :team AND chat = :chat AND answer = :answer"

# All cards of an entry, the latest first.
CARDS = "SELECT chat, answer FROM answers WHERE team = :team AND entry = :entry ORDER BY chat DESC, answer DESC"


def keep(tx: Tx, team: int, chat: int, message: int, *, answer: int, entry: int | None, album: str = "") -> None:
    """The desk's message `answer` answers the person's `message` in that chat, an item of the album, and shows the entry.

    There may be no entry (None), and no album.
    """
    tx.run(KEEP, team=team, chat=chat, answer=answer, message=message, entry=entry, album=album or None)


def of_message(tx: Tx, team: int, chat: int, message: int) -> int | None:
    """The desk's latest answer to a message, None if it has none."""
    row = tx.one(OF_MESSAGE, team=team, chat=chat, message=message)
    return row["answer"] if row else None


def first_of_album(tx: Tx, team: int, chat: int, album: str) -> int | None:
    """The item of an album that was answered first, None if none was."""
    row = tx.one(OF_ALBUM, team=team, chat=chat, album=album)
    return row["message"] if row else None


def entry_of(tx: Tx, team: int, chat: int, answer: int) -> int | None:
    """The entry a message of the desk shows, None if it shows none."""
    row = tx.one(SHOWN, team=team, chat=chat, answer=answer)
    return row["entry"] if row else None


def cards_of(tx: Tx, team: int, entry: int) -> list[tuple[int, int]]:
    """Every (chat, message) that shows an entry, the latest of each chat first."""
    return [(row["chat"], row["answer"]) for row in tx.all(CARDS, team=team, entry=entry)]
