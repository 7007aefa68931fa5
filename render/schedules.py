"""What is set about a chat's digests, and the buttons that change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from records.answer import Answer, Button
from records.digest import Schedule
from records.filters import conditions
from records.kind import Kind
from records.places import Gazetteer
from records.rule import CADENCES, LAST_DAY, Rule
from render import html
from render.catalogue import Words, capital, own_name
from render.html import Html
from render.narrowed import of_filter, typed

HOURS: Final = ("06:00", "07:00", "08:00", "09:00", "18:00")
SHORTEST_MONTH: Final = 28
WEEK: Final = range(1, 8)
LABEL_MOST: Final = 50
"""Characters of a button that names a digest."""
NOTHING: Final = "0"
"""In the place of an id or a seal that there is none of."""
LOG: Final = "j:"
"""What the button gives back that leads to the log, in a message of its own."""
PICKED: Final[Mapping[str, str]] = MappingProxyType(
    {"k": "schedule.pick_weekday", "m": "schedule.pick_day", "l": "schedule.pick_language", "z": "schedule.pick_zone"}
)
"""The questions a button leads to, by the letter it gives back."""
ABREAST: Final[Mapping[str, int]] = MappingProxyType({"k": 2, "m": 3, "l": 1, "z": 1})
"""Buttons in a row under each: as many as a phone shows whole in every language."""
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """How schedules are told: in whose words, with which kinds and places."""

    words: Words
    kinds: Sequence[Kind]
    places: Gazetteer


def settings(schedules: Sequence[Schedule], told: Told) -> Answer:
    """What is set here, when the next digest comes, and buttons to change it; of several all of them, each to be opened."""
    if not schedules:
        on = Button(told.words.text("schedule.button_on"), data(None, "n"))
        return Answer(html.blocks(told.words.say("schedule.none"), told.words.say("schedule.how")), ((on,),))
    return panel(schedules[0], told) if len(schedules) == 1 else several(schedules, told, "schedule.several")


def several(schedules: Sequence[Schedule], told: Told, head: str, verb: str = "v") -> Answer:
    """All digests of a chat under some heading, with a button for each that gives its id and `verb`."""
    listed = (
        html.lines(
            html.bold(capital(of_filter(one.filter, told.kinds, told.words, told.places))), *_set(one, told.words)
        )
        for one in schedules
    )
    rows: list[tuple[Button, ...]] = [
        (Button(html.clip(_plain(one, told), LABEL_MOST), data(one, verb)),) for one in schedules
    ]
    if verb == "x":
        rows.append((Button(told.words.text("schedule.button_all_off"), f"n:0:{seal_of(schedules)}:x"),))
    else:
        rows.append(_log(told.words))
    return Answer(html.blocks(told.words.say(head, n=len(schedules)), *listed), tuple(rows))


def panel(schedule: Schedule, told: Told, head: str = "schedule.head") -> Answer:
    """One digest with all its buttons; of one that is off or paused, the button that turns it on."""
    words = told.words
    narrowed = (
        html.bold(capital(of_filter(schedule.filter, told.kinds, told.words, told.places)))
        if schedule.filter
        else Html()
    )
    if schedule.state != "on":
        on = Button(words.text("schedule.button_on"), data(schedule, "o"))
        return Answer(html.lines(words.say(f"schedule.{schedule.state}"), narrowed), ((on,), _log(words)))
    text = html.lines(words.say(head), narrowed, *_set(schedule, words))
    return Answer(html.blocks(text, words.say("schedule.how")), _buttons(schedule, words))


def was_set(schedule: Schedule, told: Told) -> Answer:
    """The digest is on now, as the reader wished."""
    words = told.words
    row = (
        Button(words.text("schedule.button_zone"), data(schedule, "z")),
        Button(words.text("schedule.button_preview"), data(schedule, "p")),
    )
    narrowed = (
        html.bold(capital(of_filter(schedule.filter, told.kinds, told.words, told.places)))
        if schedule.filter
        else Html()
    )
    return Answer(html.lines(words.say("schedule.set"), narrowed, *_set(schedule, words)), (row,))


def ask(schedule: Schedule, verb: str, told: Told, zones: Sequence[str] = ()) -> Answer:
    """The question one of `PICKED` leads to, each answer a button; a zone may be typed too."""
    words, rule = told.words, schedule.rule
    chosen: Sequence[tuple[str, str]]
    if verb == "k":
        chosen = [(html.plain(capital(words.day_name(day))), f"w{day}") for day in WEEK]
    elif verb == "m":
        chosen = [(str(day), f"d{day}") for day in (1, 5, 10, 15, 20, 25)]
        chosen = [*chosen, (words.text("schedule.button_last_day"), f"d{LAST_DAY}")]
    elif verb == "l":
        chosen = [(own_name(one), f"L{one}") for one in words.vocabulary.languages]
    else:
        chosen = [(one, f"Z{one}") for one in zones]
    now = {f"w{rule.day}", f"d{rule.day}", f"L{schedule.language}", f"Z{schedule.zone}"}
    buttons = [Button(_marked(text, here=end in now), data(schedule, end)) for text, end in chosen]
    back = (Button(words.text("schedule.button_back"), data(schedule, "v")),)
    command = words.code(
        " ".join(("/digest", _typed_zone(words), *typed(schedule.filter, told.kinds, told.words, told.places)))
    )
    return Answer(words.say(PICKED[verb], command=command), (*_rows(buttons, ABREAST[verb]), back))


def when(rule: Rule, zone: str, words: Words) -> Html:
    """How often, at what time, by which clock: Every day at 08:00, Asia/Almaty."""
    key = f"schedule.{rule.cadence}"
    if rule.cadence == "monthly" and rule.day > SHORTEST_MONTH:
        key = "schedule.monthly_last" if rule.day == LAST_DAY else "schedule.monthly_end"
    day = words.day_name(rule.day) if rule.cadence == "weekly" else words.number(rule.day)
    return words.say(key, at=rule.at, zone=zone, day=day)


def goes_on(schedule: Schedule, following: datetime, words: Words) -> Html:
    """A digest that could not be delivered is on again: whether one comes now for what was missed, and when the next does."""
    missed = schedule.due_at < following
    return html.lines(
        words.say("start.resumed"), words.say("start.missed") if missed else Html(), _next(schedule, following, words)
    )


def turned_off(words: Words) -> Answer:
    """No digest comes here any more."""
    return Answer(words.say("schedule.off"))


def all_off(words: Words) -> Answer:
    """Of several digests none comes any more."""
    return Answer(words.say("schedule.all_off"))


def data(schedule: Schedule | None, verb: str) -> str:
    """What a button gives back: n:id:seal:verb."""
    return f"n:{schedule.id}:{schedule.seal}:{verb}" if schedule else f"n:{NOTHING}:{NOTHING}:{verb}"


def seal_of(schedules: Sequence[Schedule]) -> str:
    """A seal of several, for the button that turns all of them off."""
    return f"{sum(int(one.seal, 16) + one.id for one in schedules) % 16**8:x}"


def _set(schedule: Schedule, words: Words) -> tuple[Html, ...]:
    if schedule.state == "paused":
        return (words.say("schedule.paused"),)
    other = schedule.language != words.language
    return (
        when(schedule.rule, schedule.zone, words),
        _next(schedule, schedule.due_at, words),
        words.say(f"schedule.when_empty_{schedule.when_empty}"),
        _chart(schedule, words),
        words.say("schedule.speaks", language=own_name(schedule.language)) if other else Html(),
    )


def _chart(schedule: Schedule, words: Words) -> Html:
    """That a chart follows, or why none does: in groups nothing that is narrowed is broken down."""
    if not schedule.chart:
        return Html()
    narrowed = not schedule.private and any(name != "kind" for name, _ in conditions(schedule.filter))
    return words.say("schedule.chart_not_here" if narrowed else "schedule.chart")


def _next(schedule: Schedule, at: datetime, words: Words) -> Html:
    return words.say("schedule.next", at=at.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None))


def _buttons(schedule: Schedule, words: Words) -> Rows:
    rule = schedule.rule
    hours = [
        Button(_marked(one, here=one == rule.at), data(schedule, f"h{one.replace(':', '')}"))
        for one in sorted({*HOURS, rule.at})
    ]
    verbs = {"weekly": "k", "monthly": "m"}
    cadences = [
        Button(
            _marked(html.plain(words.label("cadence", one)), here=one == rule.cadence),
            data(schedule, verbs.get(one, f"c{one}")),
        )
        for one in CADENCES
    ]
    other = "skip" if schedule.when_empty == "send" else "send"
    chart = "off" if schedule.chart else "on"
    rest = (
        (Button(words.text(f"schedule.button_{other}"), data(schedule, f"e{other}")),),
        (Button(words.text(f"schedule.button_chart_{chart}"), data(schedule, f"g{chart}")),),
        (
            Button(words.text("schedule.button_zone"), data(schedule, "z")),
            Button(words.text("schedule.button_language"), data(schedule, "l")),
        ),
        (
            Button(words.text("schedule.button_preview"), data(schedule, "p")),
            Button(words.text("schedule.button_off"), data(schedule, "x")),
        ),
        _log(words),
    )
    return (*_rows(hours, 3), *_rows(cadences, 2), *rest)


def _log(words: Words) -> tuple[Button, ...]:
    return (Button(words.text("schedule.button_log"), LOG),)


def _rows(buttons: Sequence[Button], wide: int) -> Rows:
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))


def _marked(text: str, *, here: bool) -> str:
    return f"• {text}" if here else text


def _plain(schedule: Schedule, told: Told) -> str:
    return (
        html.plain(capital(of_filter(schedule.filter, told.kinds, told.words, told.places))) + f" · {schedule.rule.at}"
    )


def _typed_zone(words: Words) -> str:
    return f"{words.vocabulary.label(words.language, 'digest', 'zone')} Europe/Berlin"
