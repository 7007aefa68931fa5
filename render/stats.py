"""Answers to `/stats` about one kind: its counts in detail, or a table of them by one or two fields."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from protection.small_numbers import ROUTE, Audience
from records.answer import Answer
from records.kind import Kind
from records.places import Gazetteer
from records.question import GRAINS, Counted, Question, Totals
from render import counts, html, signs
from render.catalogue import Words, capital
from render.countries import CITIZENS, by_country, home_first, told_apart
from render.html import Html
from render.tables import table as laid_out
from render.values import value

MOST_ROWS = 25
OTHER_MEASURES = ("boarded", "expected", "escorts", "new", "referrals")
HOUR = 60
INSET = "  "


def detail(
    counted: Counted,
    kind: Kind,
    words: Words,
    places: Gazetteer,
    audience: Audience,
    *,
    country: str,
    private: bool = False,
    apart: Counted | None = None,
    before: Counted | None = None,
) -> Answer:
    """The counts of one kind. `apart` is the same question by citizens: several countries' people are shown apart, `country` first.

    `before` is `apart` about the period before, at the same elapsed days. Restricted fields are told in `private`
    chats only.
    """
    total = counted.total
    if not total.entries and not counts.total(total.cells):
        return Answer(nothing(counted.question, kind, words, places))
    hidden = counts.hidden_fields(kind, private=private and not audience.masked)

    def crowd(of: Totals, name: Html) -> Html:
        return _crowd(of, name, kind, words, audience, hidden=hidden)

    groups = {key: one for key, one in by_country(apart or counted).items() if counts.total(one.cells)}
    crowds = [(groups[key], value(kind.field(CITIZENS), key, words, places)) for key in home_first(groups, country)]
    named = told_apart(groups, country, counted.question)
    return Answer(
        html.blocks(
            head(counted.question, kind, words, places),
            _by_status(total, kind, words),
            *((crowd(one, name) for one, name in crowds) if named else (crowd(total, Html()),)),
            html.lines(_hours(total, kind, words), _compared(total, words, audience), _others(total, words, audience)),
            _against(apart or counted, before, kind, words, places, audience, country) if before else Html(),
            _legend(total, words, audience),
        )
    )


def nothing(question: Question, kind: Kind, words: Words, places: Gazetteer) -> Html:
    """There was none of it, said kindly."""
    said = words.say("stats.none", things=words.things(kind.name), days=words.days(question.since, question.until))
    return html.blocks(
        html.lines(said, _filters(question, kind, words, places)),
        words.say(
            "stats.none_how",
            command=words.code(
                f"/stats {html.plain(words.label('kinds', kind.name, 'many'))} {html.plain(words.label('periods', 'all'))}"
            ),
        ),
    )


def head(question: Question, kind: Kind, words: Words, places: Gazetteer) -> Html:
    """What was asked: the kind, the days, what it was narrowed to."""
    title = words.say(
        "stats.head", things=words.title("kinds", kind.name, "many"), days=words.days(question.since, question.until)
    )
    return html.lines(title, _filters(question, kind, words, places))


def _filters(question: Question, kind: Kind, words: Words, places: Gazetteer) -> Html:
    said = (
        words.say("card.field", name=words.title("fields", name), value=value(kind.field(name), wanted, words, places))
        for name, wanted in question.filters
        if name in kind.by_name
    )
    return html.lines(*said)


def _by_status(total: Totals, kind: Kind, words: Words) -> Html:
    """How many entries, and how they stand; nothing where only summaries were counted."""
    if not total.entries:
        return Html()
    stands = [
        words.say("stats.status", n=total.by_status[one.name], status=words.label("choices", "status", one.name))
        for one in kind.statuses
        if total.by_status.get(one.name)
    ]
    entries = words.say_n("stats.entries", total.entries)
    return words.say(
        "stats.by_status", sign=signs.of_kind(kind.name), entries=html.bold(entries), stands=words.listed(stands)
    )


def _crowd(total: Totals, of: Html, kind: Kind, words: Words, audience: Audience, *, hidden: frozenset[str]) -> Html:
    if not total.held and not counts.total(total.cells):
        return words.say("stats.none_counted")
    return html.lines(
        words.say("stats.citizens", country=of) if of else Html(),
        html.join(" ", ("👥", html.bold(counts.tally(kind.name, total, words, audience)))),
        *counts.parts(total.cells, words, audience, approx=total.approx),
        counts.subsets(total.cells, words, audience, hidden=hidden, approx=total.approx),
    )


def _hours(total: Totals, kind: Kind, words: Words) -> Html:
    """How many of a kind that may be many in one entry, and how long they were."""
    if "sessions" not in total.cells:
        return Html()
    many = words.entries(kind.name, total.cells["sessions"])
    hours, minutes = divmod(total.cells.get("minutes", 0), HOUR)
    if not hours and not minutes:
        return words.say("stats.held", many=many)
    key = "stats.minutes" if not hours else "stats.hours_minutes" if minutes else "stats.hours"
    length = words.say(key, h=hours, min=minutes)
    return words.say("stats.held_hours", many=many, hours=length)


def _compared(total: Totals, words: Words, audience: Audience) -> Html:
    """Attendance against expected, of the entries that have both."""
    both = total.compared
    if not both.entries:
        return Html()
    return words.say_n(
        "stats.compared",
        both.entries,
        came=counts.figure(both.attended, words, audience, approx=total.approx),
        expected=counts.figure(both.expected, words, audience, approx=total.approx),
    )


def _others(total: Totals, words: Words, audience: Audience) -> Html:
    said = (
        words.say(
            "card.field",
            name=words.title("fields", name),
            value=counts.figure(total.cells[name], words, audience, approx=total.approx),
        )
        for name in OTHER_MEASURES
        if total.cells.get(name)
    )
    return html.join(" · ", said)


def _against(
    now: Counted, was: Counted, kind: Kind, words: Words, places: Gazetteer, audience: Audience, country: str
) -> Html:
    """The change against the period before, as far as it had elapsed; several countries' people apart."""

    def more(now: Totals, was: Totals) -> Html:
        if counts.unknown(now) or counts.unknown(was):
            return Html()
        number, approx = counts.total(now.cells) - counts.total(was.cells), now.approx or was.approx
        change = counts.movement(number, words, audience, approx=approx)
        return words.people(kind.name, audience.shown(abs(number)).number, change)

    newer = now.total.entries - was.total.entries
    changes = [words.say_n("stats.entries", abs(newer), n=words.signed(newer))]
    groups, earlier = by_country(now), by_country(was)
    keys = {key for one in (groups, earlier) for key, totals in one.items() if counts.total(totals.cells)}
    if told_apart(keys, country, now.question):
        changes += [
            words.say(
                "card.field",
                name=value(kind.field(CITIZENS), key, words, places),
                value=more(groups.get(key, Totals()), earlier.get(key, Totals())),
            )
            for key in home_first(keys, country)
        ]
    else:
        changes.append(more(now.total, was.total))
    days = words.days(was.question.since, was.question.until)
    return words.say("stats.against", days=days, changes=words.listed(changes))


def _legend(total: Totals, words: Words, audience: Audience) -> Html:
    """What the signs mean, and how fresh the figures are."""
    return html.lines(
        words.say("stats.approx") if total.approx else Html(),
        counts.legend(words, audience),
        words.say("stats.revised", at=total.revised) if total.revised else Html(),
    )


def table(
    counted: Counted,
    kind: Kind,
    words: Words,
    places: Gazetteer,
    audience: Audience,
    *,
    country: str,
    apart: Counted | None = None,
) -> Answer:
    """The counts by some fields, most people first (days in their order), the team's own country before the others.

    `apart` is the same question by citizens first: that is shown where people of several countries are in it.
    """
    if apart and told_apart({key[0] for key, one in apart.groups if counts.total(one.cells)}, country, apart.question):
        counted = apart
    question = counted.question
    if not counted.groups:
        return Answer(nothing(question, kind, words, places))
    groups = counted.groups
    if audience.masked and ROUTE.intersection(question.by):  # a row of its own would say where a coming journey goes
        groups = tuple((key, replace(one, entries=one.held)) for key, one in groups if one.held or one.cells)
    rows = sorted(groups, key=lambda one: _rank(question, one[0], one[1], counted, country))
    kept = rows[:MOST_ROWS]
    people = f"table.{kind.name}.people"
    header = (
        _names(question, words),
        words.say("table.entries"),
        words.say(people if words.has(people) else "table.people"),
    )
    cells = _table_rows(
        kept, counted.question.by, lambda by, key: key_name(by, key, kind, words, places), words, audience
    )
    more = words.say_n("table.more", len(rows) - len(kept)) if len(rows) > len(kept) else Html()
    drawn = laid_out([html.plain(one) for one in header], list(cells), rtl=words.rtl)
    page = html.blocks(
        head(question, kind, words, places), html.lines(drawn, more), _legend(counted.total, words, audience)
    )
    return Answer(page)


def _names(question: Question, words: Words) -> Html:
    return capital(html.join(" / ", (words.say(f"by.{name}") for name in question.by)))


def _rank(
    question: Question, key: tuple[str, ...], totals: Totals, counted: Counted, country: str
) -> tuple[object, ...]:
    """Rows that begin with the same keys stay together, as their people rank them."""
    of = [
        sum(counts.total(one.cells) for other, one in counted.groups if other[:at] == key[:at])
        for at in range(1, len(key))
    ]
    return tuple(
        _place(by, part, people, country)
        for by, part, people in zip(question.by, key, (*of, counts.total(totals.cells)), strict=True)
    )


def _place(by: str, key: str, people: int, country: str) -> tuple[bool, int, str]:
    if by in GRAINS:
        return (False, 0, key)
    return (not (by == CITIZENS and key == country), -people, key)


def _table_rows(
    rows: Sequence[tuple[tuple[str, ...], Totals]],
    by: Sequence[str],
    name: Callable[[str, str], Html],
    words: Words,
    audience: Audience,
) -> Iterator[tuple[str, ...]]:
    """A row per group; under several fields a line for each key above it, and what is below that set in."""
    above: tuple[str, ...] = ()
    for key, totals in rows:
        for depth, part in enumerate(key[:-1]):
            if key[: depth + 1] != above[: depth + 1]:
                yield (f"{INSET * depth}{html.plain(name(by[depth], part))}",)
        above = key
        people = figure(totals, "people", words, audience)
        last = html.plain(name(by[-1], key[-1]))
        yield (f"{INSET * (len(by) - 1)}{last}", html.plain(words.number(totals.entries)), people)


def figure(totals: Totals, name: str, words: Words, audience: Audience) -> str:
    """A cell of a table: how many people (or adults, or children), or that nobody said."""
    if counts.unknown(totals, name):
        return words.text("table.unknown")
    return html.plain(counts.figure(counts.total(totals.cells, name), words, audience, approx=totals.approx))


def key_name(by: str, key: str, kind: Kind, words: Words, places: Gazetteer) -> Html:
    """A group's key in words: a country, a place, a choice, a day, a week by its Monday, a month."""
    if not key:
        return words.say("value.none")
    if by == "month":
        return words.month(date.fromisoformat(f"{key[:7]}-01"))
    if by in GRAINS:
        return words.day(date.fromisoformat(key))
    return value(kind.field(by), key, words, places) if by in kind.by_name else words.name(key)
