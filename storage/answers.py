"""Which message of the desk answers which message of a person, and which entry it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from storage.moments import text
from storage.transaction import Tx

# An answer, or what it shows now.
KEEP = """
INSERT INTO answers (team, chat, answer, message, entry, album, language, asks, at)
VALUES (:team, :chat, :answer, :message, :entry, :album, :language, :asks, :at)
ON CONFLICT (team, chat, answer) DO UPDATE SET message = excluded.message, entry = excluded.entry, asks = excluded.asks,
  at = excluded.at,
  album = COALESCE(excluded.album, answers.album), language = COALESCE(excluded.language, answers.language)
"""

# What the answer to a message will ask, as soon as it is drawn.
ASK = "UPDATE answers SET asks = :asks WHERE team = :team AND chat = :chat AND message = :message"

# The question was answered: its message is a card from now on.
SETTLE = "UPDATE answers SET asks = NULL WHERE team = :team AND chat = :chat AND answer = :answer"

# The latest answer to a message.
OF_MESSAGE = (
    "SELECT answer FROM answers WHERE team = :team AND chat = :chat AND message = :message ORDER BY answer DESC LIMIT 1"
)

# What was answered first of an album.
OF_ALBUM = "SELECT message FROM answers WHERE team = :team AND chat = :chat AND album = :album ORDER BY answer LIMIT 1"

# An answer to an item of an album that only asks for the pictures to be deleted.
LINE_OF_ALBUM = (
    "SELECT answer FROM answers WHERE team = :team AND chat = :chat AND album = :album AND asks = :asks LIMIT 1"
)

# The entry an answer shows.
SHOWN = "SELECT entry FROM answers WHERE team = :team AND chat = :chat AND answer = :answer"

# All cards of an entry, the latest first.
CARDS = """
SELECT chat, answer, language, asks FROM answers WHERE team = :team AND entry = :entry ORDER BY chat DESC, answer DESC
"""

# Some of those that were given long ago.
PRUNE = """
DELETE FROM answers WHERE team = :team AND (chat, answer) IN (
  SELECT chat, answer FROM answers WHERE team = :team AND at < :before LIMIT :most)
"""


PICTURES: Final = "pictures"
"""What an answer `asks` that holds nothing but the request to delete pictures; no field is called so."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message of the desk that shows an entry; `language` is what it was written in, None if that is not known.

    `asks` are the fields that it asks about instead, as `records.contest.marked` has them; "" for a card.
    """

    chat: int
    message: int
    language: str | None
    asks: str = ""


def keep(
    tx: Tx,
    team: int,
    chat: int,
    message: int,
    *,
    answer: int,
    entry: int | None,
    at: datetime,
    album: str = "",
    language: str = "",
    asks: str = "",
) -> None:
    """The desk's message `answer` answers the person's `message` in that chat, in that language, and shows the entry.

    There may be no entry (None). `at` is the moment of the answer, `album` the one the person's message is an item of, `asks` as
    a `Card` has it.
    """
    said = {"message": message, "album": album or None, "language": language or None, "asks": asks or None}
    tx.run(KEEP, team=team, chat=chat, answer=answer, entry=entry, at=text(at), **said)


def ask(tx: Tx, team: int, chat: int, message: int, asks: str) -> None:
    """What stands in answer to the message asks about these fields from now on; about none if it is ""."""
    tx.run(ASK, team=team, chat=chat, message=message, asks=asks or None)


def settle(tx: Tx, team: int, chat: int, answer: int) -> None:
    """That message of the desk asks nothing any more."""
    tx.run(SETTLE, team=team, chat=chat, answer=answer)


def of_message(tx: Tx, team: int, chat: int, message: int) -> int | None:
    """The desk's latest answer to a message, None if it has none."""
    row = tx.one(OF_MESSAGE, team=team, chat=chat, message=message)
    return row["answer"] if row else None


def first_of_album(tx: Tx, team: int, chat: int, album: str) -> int | None:
    """The item of an album that was answered first, None if none was."""
    row = tx.one(OF_ALBUM, team=team, chat=chat, album=album)
    return row["message"] if row else None


def line_of_album(tx: Tx, team: int, chat: int, album: str) -> int | None:
    """The desk's message that says of an album only that its pictures aren't read, None if none does."""
    row = tx.one(LINE_OF_ALBUM, team=team, chat=chat, album=album, asks=PICTURES)
    return row["answer"] if row else None


def entry_of(tx: Tx, team: int, chat: int, answer: int) -> int | None:
    """The entry a message of the desk shows, None if it shows none."""
    row = tx.one(SHOWN, team=team, chat=chat, answer=answer)
    return row["entry"] if row else None


def cards_of(tx: Tx, team: int, entry: int) -> list[Card]:
    """Every message that shows an entry, chat by chat, the latest of each chat first."""
    return [
        Card(row["chat"], row["answer"], row["language"], row["asks"] or "")
        for row in tx.all(CARDS, team=team, entry=entry)
    ]


def ends(cards: Sequence[Card]) -> list[Card]:
    """Of each chat's cards the last one and the first, which is under its post."""
    chats = (list(of_chat) for _, of_chat in groupby(cards, key=lambda one: one.chat))
    return [one for of_chat in chats for one in (of_chat[0], *of_chat[1:][-1:])]


def prune(tx: Tx, team: int, before: datetime, most: int) -> int:
    """Forgets at most so many of the answers that were given before that moment; how many it were."""
    return tx.run(PRUNE, team=team, before=text(before), most=most)
