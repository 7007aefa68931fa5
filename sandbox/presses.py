"""Pressed buttons that wait for their answer."""

import itertools
from dataclasses import dataclass

from sandbox.shapes import Object

ANSWERED_WITHIN = 150  # seconds; afterwards Telegram takes no answer


@dataclass(slots=True, eq=False)
class Press:
    """One press of one button."""

    id: str
    bot: int
    person: int
    chat: int  # as the person knows it
    at: float
    answer: Object | None = None

    def view(self) -> Object:
        answer = self.answer or {}
        return {
            "answered": self.answer is not None,
            "text": answer.get("text"),
            "show_alert": bool(answer.get("show_alert")),
        }


class Presses:
    """All presses of a world by their id."""

    def __init__(self) -> None:
        self._all: dict[str, Press] = {}
        self._ids = itertools.count(4_300_000_000_000_000_001)

    def add(self, bot: int, person: int, chat: int, at: float) -> Press:
        press = Press(str(next(self._ids)), bot, person, chat, at)
        self._all[press.id] = press
        return press

    def get(self, number: str) -> Press | None:
        return self._all.get(number)

    def answerable(self, number: str, bot: int, now: float) -> Press | None:
        """The bot's own press that may still be answered."""
        press = self._all.get(number)
        if press is None or press.bot != bot or press.answer is not None or now - press.at > ANSWERED_WITHIN:
            return None
        return press
