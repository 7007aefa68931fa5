"""What was asked, taken out of Telegram's classes, and what goes back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TypeAlias

from handlers.fetching import Sent
from records.answer import Answer, Rows
from records.rights import Role, may

Route: TypeAlias = Mapping[str, int | str | bool | None]
"""Where an answer goes, without a word of what was said: kept with an owed answer."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way back to whoever asked: a message, or a press of a button under the desk's `message` (then `query` is its id)."""

    update: int
    chat: int
    thread: int | None
    private: bool
    who: int
    message: int
    language: str
    """What the chat is spoken to in."""
    edited: bool = False
    query: str = ""
    unread: bool = False
    """It came with something that the desk doesn't look into."""
    table: bool = False
    """It came with a file that may be a table."""
    album: str = ""
    """The album the message is an item of."""
    apart: bool = False
    """It tells a group what only private chats are told."""

    role: Role | None = None
    """What whoever asks is in the team, None for nobody of it."""
    linked: bool = True
    """Whether the group is the team's; a private chat always is."""

    def trusted(self, teller: int | None = None) -> bool:
        """Whether the answer may hold restricted counts; those that they told themselves, anyway."""
        return self.private and (self.who == teller or may(self.role, "restricted"))

    @property
    def route(self) -> Route:
        """The way as JSON; `Way(**route)` reads it back."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Ask:
    """A message with a command. `rest` is what stands behind its word, `at` when it was said (first said, if it was edited).

    `replied` is the message it replies to, None if to none; `sent` the file that came with it, or
    with that.
    """

    way: Way
    at: datetime
    command: str
    rest: str
    replied: int | None = None
    sent: Sent | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button; `data` is what the button gives back."""

    way: Way
    data: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that is sent: its name, in letters every system takes, and what it holds."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back.

    `entry` is the entry whose card this is, `revised` its revision if a change has just outdated its other cards; `more` are
    messages that follow. `fresh` is a message of its own, even if the asking one was answered before. `toast` pops up over a
    pressed button; an `answer` of None leaves its message as it is.
    `buttons` take the place of those below the pressed message, the text of which stays as it is.
    `asks` are the fields it asks about instead of showing the entry (`records.contest.marked`), "" if it shows it.
    `unlike` says that the card's entry is known to be like no other, so that nothing is asked about it.
    `receipt` = a card that already stands may show it alone: then the asking message gets a reaction and no answer of its own.
    `menu` = the chat's own menu is brought up to date: a language was chosen there, somebody or a group came to be of the team.
    `to` is an earlier message that this answers, in place of what answered it before: the one that opened a form, say.
    `over` is a message of the desk that this takes the place of, though it answered another message until now.
    `file` is sent with the answer below it, as a message of its own that no later answer takes the place of.
    """

    answer: Answer | None
    entry: int | None = None
    revised: int = 0
    fresh: bool = False
    toast: str = ""
    buttons: Rows = ()
    more: tuple[Answer, ...] = ()
    asks: str = ""
    unlike: bool = False
    receipt: bool = False
    menu: bool = False
    to: int | None = None
    over: int | None = None
    file: File | None = None
