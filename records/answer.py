"""What goes back to a chat: finished text and its buttons, knowing nothing of Telegram's classes."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Button:
    """One button: pressing gives `data` back (at most 64 bytes), or copies `copy` to the clipboard (at most 256 characters)."""

    text: str
    data: str = ""
    copy: str = ""


Rows: TypeAlias = tuple[tuple[Button, ...], ...]
"""Buttons below a message, row by row."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A message ready to be sent: Telegram's HTML, at most 4,096 characters as shown, and rows of buttons."""

    html: str
    buttons: Rows = ()
