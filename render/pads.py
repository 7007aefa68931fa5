"""The buttons a field of a form is filled with: a calendar, a keypad, its choices, likely places."""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from records.answer import Button
from records.form import YES, Draft
from records.kind import Choice, Count, Day, Field, Flag
from records.places import Gazetteer
from records.record import FIRST_YEAR, LAST_YEAR
from render import html
from render.cards import in_rows
from render.catalogue import Words
from render.values import place

Rows = tuple[tuple[Button, ...], ...]

EARLIER: Final = "‹"
LATER: Final = "›"
ERASE: Final = "⌫"
TAKE: Final = "OK"
BLANK: Final = "·"
NEAR: Final = ("-1", "0", "1")
"""Yesterday, today and tomorrow, as the words have them."""
KEYS: Final = ("123", "456", "789")
MOST_SHOWN: Final = 40
"""Characters of a button that are sure to be seen."""


def pressing(draft: Draft, verb: str, arg: str = "") -> str:
    """What a button of a form gives back: "f:<draft>:<revision>:<verb>[:arg]"."""
    return f"f:{draft.id}:{draft.revision}:{verb}" + (f":{arg}" if arg else "")


def button(draft: Draft, text: str, verb: str, arg: str = "") -> Button:
    """One button of a form."""
    return Button(html.clip(html.plain(html.escape(text)), MOST_SHOWN), pressing(draft, verb, arg))


def pad(
    draft: Draft, field: Field, words: Words, places: Gazetteer, *, look: str, today: date, likely: Sequence[str]
) -> Rows:
    """The buttons that fill the open field. `look` is what it shows meanwhile: a month ("2026-03"), digits keyed in so far."""
    match field.shape:
        case Day():
            return calendar(draft, look, words, today)
        case Count(most=most, least=least):
            return keypad(draft, look, least, most)
        case Choice(options=options):
            labels = ((one, words.title("choices", field.name, one)) for one in options)
            return in_rows(button(draft, label, "v", one) for one, label in labels)
        case Flag():
            return ((button(draft, words.say("form.yes"), "v", YES),),)
    return in_rows(button(draft, place(key, words, places), "v", key) for key in likely)


def calendar(draft: Draft, look: str, words: Words, today: date) -> Rows:
    """A month, week by week, Monday first; the days next to today below it."""
    first = _month(look) or _month(str(draft.values.get(draft.field, ""))[:7]) or today.replace(day=1)
    here = f"{first:%Y-%m}"
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    head = (
        _turn(draft, first - timedelta(days=1), EARLIER),
        button(draft, words.month_short(first), "m", here),
        _turn(draft, first + timedelta(days=31), LATER),
    )
    names = tuple(button(draft, words.weekday_short(day), "m", here) for day in weeks[0])
    rows = tuple(tuple(_day(draft, day, first, today) for day in week) for week in weeks)
    near = tuple(
        button(draft, words.title("relative", away), "v", (today + timedelta(days=int(away))).isoformat())
        for away in NEAR
    )
    return (head, names, *rows, near)


def _month(text: str) -> date | None:
    """The first day of a month as a button names it; None for what no calendar here shows."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def _turn(draft: Draft, to: date, sign: str) -> Button:
    return button(draft, sign, "m", f"{to:%Y-%m}")


def _day(draft: Draft, day: date, month: date, today: date) -> Button:
    if day.month != month.month:
        return button(draft, BLANK, "m", f"{month:%Y-%m}")
    return button(draft, f"[{day.day}]" if day == today else str(day.day), "v", day.isoformat())


def keypad(draft: Draft, look: str, least: int, most: int) -> Rows:
    """Digits. Each button gives the whole number it would make, so that a press that comes twice is one digit, not two."""
    keyed = keyed_in(look, most)
    rows = tuple(tuple(_digit(draft, keyed, one, most) for one in keys) for keys in KEYS)
    last = [button(draft, ERASE, "n", keyed[:-1]), _digit(draft, keyed, "0", most)]
    if keyed and int(keyed) >= least:
        last.append(button(draft, TAKE, "v", keyed))
    return (*rows, tuple(last))


def _digit(draft: Draft, keyed: str, digit: str, most: int) -> Button:
    number = int(keyed + digit)
    return button(draft, digit, "n", keyed if number > most else str(number))


def keyed_in(look: str, most: int) -> str:
    """The digits keyed in so far; none if a button of a keypad can't have given them."""
    return look if look.isascii() and look.isdecimal() and len(look) <= len(str(most)) else ""
