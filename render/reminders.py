"""Buttons below a digest that ask to be told again what needs someone."""

from datetime import date

from records.answer import Button, Rows
from render.catalogue import Words

DAYS = (1, 3, 7)


def reminders(schedule: int, words: Words, chosen: int = 0, until: date | None = None) -> Rows:
    """A row of them, each giving "a:<schedule>:<days>"; in place of the one that was `chosen` stands the day it means."""
    row = (
        Button(
            words.text("remind.until", day=words.shortest_day(until))
            if until is not None and days == chosen
            else words.text(f"remind.{days}"),
            f"a:{schedule}:{days}",
        )
        for days in DAYS
    )
    return (tuple(row),)
