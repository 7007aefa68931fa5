"""The overview: every kind's counts side by side, a column per period."""

from collections.abc import Sequence

from protection.small_numbers import Audience
from records.answer import Answer
from records.kind import Kind
from records.question import Counted, Totals
from render import counts, html
from render.catalogue import Words
from render.countries import by_country, home_first, told_apart
from render.html import Html
from render.stats import figure
from render.tables import table


def overview(
    counted: Sequence[Counted], kinds: Sequence[Kind], words: Words, audience: Audience, country: str
) -> Answer:
    """A row per kind and what it counts, a column per `question.period` in the order given.

    Where the questions were by citizens and several countries have people, each has rows of its own, `country` first.
    """
    periods = tuple(dict.fromkeys(one.question.period for one in counted))
    rows: list[tuple[str, ...]] = []
    for kind in kinds:
        of_kind = {one.question.period: one for one in counted if one.question.kind == kind.name}
        if of_kind:
            rows += _rows(kind, [of_kind.get(one) for one in periods], words, audience, country)
    header = ("", *(_named(f"overview.{one}", html.escape(one), words) for one in periods))
    approx = any(one.total.approx for one in counted)
    return Answer(
        html.blocks(
            words.say("overview.head"),
            table(header, rows, rtl=words.rtl),
            html.lines(
                words.say("stats.approx") if approx else Html(),
                counts.legend(words, audience),
            ),
            words.say("overview.how"),
        )
    )


def _rows(
    kind: Kind, columns: Sequence[Counted | None], words: Words, audience: Audience, country: str
) -> list[tuple[str, ...]]:
    totals = [one.total if one else Totals() for one in columns]
    name = _named(f"overview.{kind.name}.held", words.title("kinds", kind.name), words)
    rows = [(name, *(html.plain(words.number(one.cells.get("sessions", one.held))) for one in totals))]
    countries = {key for one in columns if one for key, sums in by_country(one).items() if counts.total(sums.cells)}
    people = _named(f"overview.{kind.name}.people", words.title("fields", "people"), words)
    if not told_apart(countries, country):
        return [*rows, *_people(people, totals, words, audience)]
    short = _named(f"table.{kind.name}.people", html.escape(people), words)
    for key in home_first(countries, country):
        sums = [by_country(one).get(key, Totals()) if one else Totals() for one in columns]
        rows += _people(f"{key} {short}", sums, words, audience)
    return rows


def _people(name: str, totals: Sequence[Totals], words: Words, audience: Audience) -> list[tuple[str, ...]]:
    rows = [(name, *(figure(one, "people", words, audience) for one in totals))]
    if any(counts.total(one.cells, "children") for one in totals):
        children = words.text("overview.children")
        rows.append((children, *(figure(one, "children", words, audience) for one in totals)))
    return rows


def _named(key: str, otherwise: Html, words: Words) -> str:
    return html.plain(words.say(key) if words.has(key) else otherwise)
