"""The team's sites, and the places nobody knows yet: as pages of a list, one by one, and with the buttons that change them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from records.answer import Answer, Button, Rows
from records.fold import fold
from render import html
from render.catalogue import Words
from render.html import Html

MOST_NAMES = 12
"""Other names that are told of one place."""
MOST_BUTTON = 40
MOST_HASH = 12


@dataclass(frozen=True, slots=True)
class Stand:
    """A known place as it is told: `others` are its further names, `merged` those that are only understood.

    `entries` is None where an audience isn't told; `own` is one of the team's sites, `country` and `zone` where it lies.
    """

    key: str
    name: str
    others: tuple[str, ...]
    merged: tuple[str, ...]
    entries: int | None
    own: bool
    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class Strange:
    """A place nobody knows yet, as it was typed."""

    name: str
    entries: int


def mark(name: str) -> str:
    """What stands for a name in a button, whatever its length and letters."""
    return hashlib.sha256(name.encode()).hexdigest()[:MOST_HASH]


def data(verb: str, one: str, page: int, to: str = "") -> str:
    """What a button gives back."""
    return f"w:{verb}:{one}:{page}" + (f":{to}" if to else "")


def listed(
    shown: Sequence[Stand | Strange],
    counts: tuple[int, int],
    page: int,
    pages: int,
    words: Words,
    *,
    leads: bool,
    masked: bool,
) -> Answer:
    """One page of `counts` known places and unknown ones; whoever `leads` gets a button for each."""
    known = [_line(one, words) for one in shown if isinstance(one, Stand)]
    strange = [_strange(one, words) for one in shown if isinstance(one, Strange)]
    head = words.say_n("sites.head", counts[0]) if counts[0] else words.say("sites.none")
    unknown = html.lines(words.say_n("sites.unknown", counts[1]), *strange) if strange else Html()
    where = words.say("list.page", page=page, pages=pages) if pages > 1 else Html()
    how = words.say("sites.how", command=words.code(f"/sites {_act('add', words)} …")) if leads else Html()
    rows = tuple((_opens(one, page),) for one in shown) if leads else ()
    turns = [("list.earlier", page - 1)] if page > 1 else []
    turns += [("list.later", page + 1)] if page < pages else []
    row = tuple(Button(words.text(key), data("l", "", to)) for key, to in turns)
    private = words.say("sites.in_private") if masked else Html()
    return Answer(html.blocks(head, html.lines(*known), unknown, where, private, how), (*rows, row) if row else rows)


def site(one: Stand, page: int, words: Words, *, leads: bool) -> Answer:
    """One known place, with what may be done to it."""
    lies = words.say("sites.lies", country=words.country(one.country), zone=words.name(one.zone or "–"))
    text = html.blocks(_line(one, words, bold=True), lies if one.own else Html())
    if not leads:
        return Answer(text, (_back(page, words),))
    names = [(name, "sites.button_drop") for name in (*one.others, *one.merged)]
    rows: Rows = tuple((_button(words.text(key, name=name), data("x", mark(name), page)),) for name, key in names)
    if one.own:
        copies = tuple(
            (Button(words.text(f"sites.button_{act}"), copy=f"/sites {_act(label, words)} {one.name} = "),)
            for act, label in (("name", "add"), ("rename", "rename"), ("city", "city"))
        )
        rows = (*copies, *rows, (Button(words.text("sites.button_remove"), data("r", one.key, page)),))
    return Answer(html.blocks(text, words.say("sites.how_one")), (*rows, _back(page, words)))


def sure(one: Stand, page: int, words: Words) -> Answer:
    """Whether the site is to be removed, really."""
    rows: Rows = ((Button(words.text("sites.button_sure"), data("y", one.key, page)),), _back(page, words))
    return Answer(html.blocks(_line(one, words, bold=True), words.say("sites.sure")), rows)


def strange(one: Strange, guesses: Sequence[tuple[str, str]], page: int, words: Words, *, leads: bool) -> Answer:
    """A place nobody knows, with the known ones it may be, by key and name."""
    if not leads:
        return Answer(_strange(one, words), (_back(page, words),))
    which = mark(fold(one.name))
    known = tuple(
        (_button(words.text("sites.button_merge", name=name), data("m", which, page, key)),) for key, name in guesses
    )
    copy = Button(words.text("sites.button_other"), copy=f"/sites {_act('merge', words)} {one.name} = ")
    own = Button(words.text("sites.button_own"), data("a", which, page))
    return Answer(
        html.blocks(_strange(one, words), words.say("sites.which")), (*known, (own,), (copy,), _back(page, words))
    )


def merged(page: Answer, name: str, words: Words) -> Answer:
    """The place, and how to take back that something typed is it."""
    back = words.say("sites.undo", command=words.code(f"/sites {_act('remove', words)} {name}"))
    return Answer(html.blocks(Html(page.html), back), page.buttons)


def how(words: Words) -> Answer:
    """What `/sites` may be told."""
    return Answer(html.blocks(words.say("sites.unread"), words.say("command.sites.help")))


def _act(name: str, words: Words) -> str:
    return words.vocabulary.label(words.language, "sites", name)


def _line(one: Stand, words: Words, *, bold: bool = False) -> Html:
    name = html.bold(words.name(one.name)) if bold or one.own else words.name(one.name)
    count = words.say_n("sites.entries", one.entries) if one.entries is not None else Html()
    told = html.join(" · ", [part for part in (name, count) if part])
    return html.lines(
        words.say("sites.line", told=told), *_names("also", one.others, words), *_names("typed", one.merged, words)
    )


def _names(key: str, names: Sequence[str], words: Words) -> list[Html]:
    shown = [words.name(one) for one in names[:MOST_NAMES]]
    shown += [Html("…")] if len(names) > MOST_NAMES else []
    return [words.say(f"sites.{key}", names=words.listed(shown))] if shown else []


def _strange(one: Strange, words: Words) -> Html:
    name = words.say("value.place_unknown", name=words.name(one.name))
    return words.say("sites.line", told=html.join(" · ", (name, words.say_n("sites.entries", one.entries))))


def _opens(one: Stand | Strange, page: int) -> Button:
    if isinstance(one, Stand):
        return _button(f"📍 {one.name}", data("s", one.key, page))
    return _button(f"❔ {one.name}", data("u", mark(fold(one.name)), page))


def _button(text: str, given: str) -> Button:
    return Button(html.clip(text, MOST_BUTTON), given)


def _back(page: int, words: Words) -> tuple[Button, ...]:
    return (Button(words.text("team.button_back"), data("l", "", page)),)
