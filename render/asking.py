"""Questions a press of a button leads to: how many arrived, on which day; each with the likely answers as buttons."""

from datetime import date, timedelta

from records.answer import Answer, Button
from records.entry import Entry
from records.kind import Kind
from render import html
from render.cards import in_rows, status_name
from render.catalogue import Words
from render.html import Html
from render.values import day_of

DAYS_LATER = (1, 2, 3, 7)


def ask(entry: Entry, kind: Kind, status: str, field: str, words: Words, *, today: date) -> Answer:
    """The question for `field` before the entry goes to that status; the field is what `records.record.asks` gave."""
    if field == "date":
        return ask_date(entry, kind, status, words, today)
    return ask_people(entry, kind, status, words)


def ask_people(entry: Entry, kind: Kind, status: str, words: Words) -> Answer:
    """How many people it was. "As expected" gives "c:<id>:<revision>:<status>:expected"; another number is a command to copy."""
    expected = entry.values.get("expected")
    question, buttons = words.say("ask.people"), []
    if expected is not None:
        question = html.lines(question, words.say_n("ask.people_expected", int(expected)))
        text = html.plain(words.say_n("ask.as_expected", int(expected)))
        buttons.append((Button(text, f"c:{entry.id}:{entry.revision}:{status}:expected"),))
    typed = _edit(entry, words, status, words.label("fields", "people"))
    buttons.append((Button(words.text("ask.another_number"), copy=f"{typed} "),))
    return Answer(
        html.blocks(_head(entry, kind, status, words), question, _typed(typed, words)), (*buttons, _back(entry, words))
    )


def ask_date(entry: Entry, kind: Kind, status: str, words: Words, today: date) -> Answer:
    """On which day it will be instead. A press gives "c:<id>:<revision>:<status>:<yyyy-mm-dd>": the entry's own if not known."""
    day = day_of(entry.values)
    choices = [max(day, today) + timedelta(days=later) for later in DAYS_LATER]
    pressed = f"c:{entry.id}:{entry.revision}:{status}"
    rows = in_rows(Button(html.plain(words.short_day(one, today)), f"{pressed}:{one.isoformat()}") for one in choices)
    typed = _edit(entry, words, status, words.label("fields", "date"))
    rest = (
        (
            Button(
                html.plain(words.say("ask.same_day", day=words.short_day(day, today))), f"{pressed}:{day.isoformat()}"
            ),
        ),
        (Button(words.text("ask.another_day"), copy=f"{typed} "),),
    )
    text = html.blocks(_head(entry, kind, status, words), words.say("ask.date"), _typed(typed, words))
    return Answer(text, (*rows, *rest, _back(entry, words)))


def _head(entry: Entry, kind: Kind, status: str, words: Words) -> Html:
    return words.say("ask.head", ref=words.code(entry.ref), status=html.bold(status_name(kind, status, words)))


def _typed(command: str, words: Words) -> Html:
    return words.say("ask.typed", command=words.code(f"{command} "))


def _edit(entry: Entry, words: Words, status: str, field: Html) -> str:
    """The correction to be completed by hand, in words the desk reads back."""
    said = (
        html.plain(one) for one in (words.label("fields", "status"), words.label("choices", "status", status), field)
    )
    return " ".join(("/edit", entry.ref, *said))


def _back(entry: Entry, words: Words) -> tuple[Button, ...]:
    return (Button(words.text("ask.back"), f"b:{entry.id}:{entry.revision}"),)
