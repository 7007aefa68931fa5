"""The four ways in which a letter may fail to arrive; whatever carries letters raises them, and only them."""

from datetime import timedelta
from typing import Protocol

from records.digest import Letter


class NotNow(Exception):  # noqa: N818 - an outcome, not an error
    """It was certainly not sent, and may be later: after `after` at the earliest; `everywhere`: nor would any other letter be."""

    def __init__(self, after: timedelta = timedelta(0), *, everywhere: bool = False) -> None:
        super().__init__(f"not before {after}")
        self.after = after
        self.everywhere = everywhere


class NotEver(Exception):  # noqa: N818
    """The chat can't be written to any more; `reason` is a short code for the admins: blocked, kicked, gone …"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Moved(Exception):  # noqa: N818
    """It was not sent: the chat has a new id."""

    def __init__(self, chat: int) -> None:
        super().__init__("the chat has a new id")
        self.chat = chat


class Uncertain(Exception):  # noqa: N818
    """It may have been sent or not; nobody will ever know."""


class Plain(int):
    """The id of a message that went as plain text, since Telegram could not read its markup."""

    __slots__ = ()


class Transport(Protocol):
    """What carries a letter to its chat."""

    async def send(self, letter: Letter) -> int:
        """Sends the letter, saying so if it is `marked`, and gives the message's id; or raises one of the four outcomes."""
        ...
