"""What is said of a table somebody sent: what its lines would do, what keeps them from being stored, what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from records.answer import Answer, Button
from records.entry import Entry, Record
from records.imports import Told
from records.kind import Kind, Place
from records.places import UNKNOWN, Gazetteer
from records.problem import Problem
from records.record import changed
from records.sheet import Line
from render import html
from render.catalogue import Words
from render.html import Html
from render.problems import sentence
from render.values import before_after

SHOWN: Final = 5
"""Lines that are told of in the message, and places; the file tells of all lines."""
HEADS: Final = 10
"""Columns that are told of: of a table of something else all are unknown."""
BULLET: Final = "• "
MEGABYTE: Final = 2**20
PLACE: Final = 60
"""Characters of a place's name that are told."""
LONGEST: Final = 300
"""Characters of what is told of one line in the message."""
COLUMNS: Final = ("row", "ref", "what", "details")


class Row(Protocol):
    """One line and what it would do; `like` are the ids of entries it may be again, or below nothing a line's number."""

    @property
    def line(self) -> Line:
        """As it was read."""

    @property
    def what(self) -> str:
        """New, changed, unchanged or wrong."""

    @property
    def record(self) -> Record | None:
        """What would be kept."""

    @property
    def before(self) -> Entry | None:
        """The entry it would change."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with it."""

    @property
    def like(self) -> tuple[int, ...]:
        """What it may be again."""


class Telling:
    """Tells of lines in one language."""

    def __init__(self, kind: Kind, words: Words, places: Gazetteer, refs: Mapping[int, str]) -> None:
        """`refs` names the entries that some are like."""
        self._kind, self._words, self._places, self._refs = kind, words, places, refs

    def preview(
        self, told: Told, rows: Sequence[Row], number: int, differing: Sequence[Row] = (), *, filed: bool = True
    ) -> Answer:
        """What all lines would do; buttons to store them or not, if nothing is wrong and there is anything to store.

        It names the first that are wrong; else those that are otherwise than they were shown; else those to look at twice.
        Of the rest it names the file, if one that tells of all lines as they are now was sent (`filed`).
        """
        say, number_of = self._words.say, self._words.number
        counted = [say(f"import.{one}", n=number_of(many)) for one, many in _counts(told) if many]
        head = say("import.differs") if differing else say("import.head", n=number_of(told.rows), things=self._things())
        wrong = [row for row in rows if row.what == "wrong"]
        shown = wrong or differing or [row for row in rows if row.like or row.what == "changed"]
        some = [self._row(row) for row in shown[:SHOWN]]
        if len(shown) > SHOWN:
            more = "import.more" if filed and not differing else "import.more_rows"
            some.append(say(more, n=number_of(len(shown) - SHOWN)))
        last = say("import.mend") if wrong else say("import.ask") if told.stores else say("import.nothing")
        buttons = offered(number, self._words) if told.stores else ()
        return Answer(html.blocks(html.lines(head, *counted, self._unknown(rows)), html.lines(*some), last), buttons)

    def _things(self) -> Html:
        return self._words.title("kinds", self._kind.name, "many")

    def _unknown(self, rows: Sequence[Row]) -> Html:
        """The places that nobody knows by the name a line would give them: one that is mistyped counts apart from its own."""
        held = [one.name for one in self._kind.fields if isinstance(one.shape, Place)]
        said = {str(row.record.values[name]): None for row in rows for name in held if row.record and _moves(row, name)}
        names = [one for one in said if self._places.standing(one).startswith(UNKNOWN)]
        shown = [self._words.name(html.clip(self._places.name(one, self._words.language), PLACE)) for one in names]
        listed = self._words.listed([*shown[:SHOWN], *([Html("…")] if len(names) > SHOWN else [])])
        return self._words.say("import.unknown", names=listed) if names else Html()

    def _row(self, row: Row) -> Html:
        told = self._plain(row) or self._words.text(f"import.what.{row.what}")
        return self._words.say("import.row", row=str(row.line.number), told=html.clip(told, LONGEST))

    def _plain(self, row: Row) -> str:
        return " ".join(html.plain(one).removeprefix(BULLET) for one in self._details(row))

    def _details(self, row: Row) -> Iterator[Html]:
        """Why a line can't be stored; else what it would change, and what it may be again."""
        for name, rule in row.line.broken:
            yield self._words.say(
                "import.broken", field=self._words.title("fields", name), rule=rule_of(rule, self._words)
            )
        for problem in row.problems:
            yield sentence(problem, self._words, self._kind)
        if row.what == "changed" and row.before is not None and row.record is not None:
            between = (row.before.values, row.record.values)
            for name in changed(self._kind, *between):
                yield before_after(self._kind, name, between, self._words, self._places)
        words = self._words
        if row.like:
            refs = [
                words.code(self._refs[one]) if one > 0 else words.say("import.line", row=str(-one)) for one in row.like
            ]
            refs = refs[:SHOWN]
            yield self._words.say("import.like_these", refs=self._words.listed(refs))

    def heads(self) -> dict[str, str]:
        """What stands above the columns of the file that tells of every line, by the names of the columns."""
        return {one: self._words.text(f"import.column.{one}") for one in COLUMNS}

    def cells(self, row: Row) -> tuple[int, str, str, str]:
        """What that file tells of a line."""
        ref = row.line.ref or (row.before.ref if row.before is not None else "")
        what = self._words.text(f"import.what.{'like' if row.like else row.what}")
        return row.line.number, ref, what, self._plain(row)


def _moves(row: Row, name: str) -> bool:
    """Whether the line would give that field a value which its entry doesn't have yet."""
    after = row.record.values.get(name) if row.record else None
    return after is not None and (row.before is None or row.before.values.get(name) != after)


def _counts(told: Told) -> Iterator[tuple[str, int]]:
    return ((one, getattr(told, one)) for one in ("new", "changed", "unchanged", "wrong", "like"))


def offered(number: int, words: Words) -> tuple[tuple[Button, ...], ...]:
    """The buttons to store a table or not."""
    return (
        (Button(words.text("button.import_store"), f"i:{number}:s"),),
        (Button(words.text("button.import_cancel"), f"i:{number}:x"),),
    )


def unreadable(why: str, most: int | None, row: int | None, words: Words) -> Answer:
    """Why a file isn't read: the limit it broke, of its size in megabytes, and where."""
    number = 0 if most is None else most // MEGABYTE if why == "too_big" else most
    return Answer(words.say(f"file.{why}", most=words.number(number), row=str(row or "")))


def misheaded(problems: Sequence[Problem], broken: Sequence[tuple[str, str]], kind: Kind, words: Words) -> Answer:
    """What is wrong with the heads of a file."""
    told = [words.say("import.head_broken", column=column, rule=rule_of(rule, words)) for column, rule in broken]
    told += [sentence(one, words, kind) for one in problems]
    if len(told) > HEADS:
        told[HEADS:] = [words.say("import.more_columns", n=words.number(len(told) - HEADS))]
    heads = words.say("import.heads", command=_command(kind, words))
    return Answer(html.blocks(words.say("import.misheaded"), html.lines(*told), heads))


def taken_away(told: Answer, words: Words, *, deleted: bool) -> Answer:
    """The answer to a file that tells of single people, which is deleted, or should be."""
    return replace(told, html=html.blocks(Html(told.html), words.say("import.deleted" if deleted else "import.delete")))


def rule_of(rule: str, words: Words) -> Html:
    """A rule about personal data, inside a line."""
    return Html(words.say(f"personal.{rule}").removeprefix(BULLET))


def stored(told: Told, number: int, words: Words) -> Answer:
    """What was stored, what of it is asked about, and a button that takes all of it back."""
    counted = [
        words.say(f"import.{one}", n=words.number(many)) for one, many in _counts(told) if many and one != "like"
    ]
    refs = words.listed([words.code(one) for one in told.refs])
    asked = words.say("import.asked", n=words.number(told.like), refs=refs) if told.like else Html()
    back = ((Button(words.text("button.import_undo"), f"i:{number}:u"),),)
    return Answer(html.blocks(html.lines(words.say("import.stored"), *counted), asked), back)


def told(what: str, words: Words, **values: str | Html) -> Answer:
    """A sentence about importing."""
    return Answer(words.say(f"import.{what}", **values))


def explained(kinds: Sequence[Kind], words: Words) -> Answer:
    """How a table is sent."""
    asked = words.listed([_command(one, words) for one in kinds])
    return Answer(words.say("import.explained", commands=asked))


def template(kind: Kind, words: Words) -> Answer:
    """A table to fill in."""
    return Answer(words.say("import.template", command=_command(kind, words)))


def _command(kind: Kind, words: Words) -> Html:
    return words.code(f"/import {words.label('kinds', kind.name, 'many')}")
