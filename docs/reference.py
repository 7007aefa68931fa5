"""Writes docs/commands.md from the code: the commands, the kinds with every word, and what days and periods are read as.

The sentences stand in the catalogue and in `reference.toml`; a test holds that what is written is what the code does.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from docs.markdown import block, markdown, table
from records.command import read, read_question
from records.commands import COMMANDS, Command
from records.fields import people_fields
from records.flight import MOST, MOST_IN_SUMMARY
from records.kind import Choice, Code, Context, Count, Field, Kind, Shape, Status, Text
from records.kinds import KINDS
from records.places import Gazetteer
from records.question import GRAINS, GROUPS, Question
from records.rights import LEAST, ROLES, may, there
from records.rule import Rule
from records.vocabulary import WORDS, Vocabulary, WordList
from render.catalogue import LOCALES, Words
from render.html import Html

HERE = Path(__file__).parent
PAGE = HERE / "commands.md"
TEXTS = HERE / "reference.toml"
LANGUAGE = "en"
ZONE = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 6, 10, 12, 0, tzinfo=ZONE)
"""The day the examples are read on, so that the page is the same on every day."""
WRITTEN = "<!-- Written by `make reference` from the code, the catalogue and reference.toml. Change those. -->"
PEOPLE = frozenset(one.name for one in people_fields())
RULES = (Rule(), Rule("weekdays"), Rule("weekly", day=1), Rule("monthly", day=1))
DIGEST_PARTS = ("new", "corrected", "withdrawn", "coming", "attention", "totals")


@dataclass(frozen=True)
class Reference:
    """Everything the page is written from."""

    texts: Mapping[str, Any]
    words: Words
    typed: WordList
    context: Context

    @classmethod
    def load(cls) -> "Reference":
        """From the files beside this one and the words of the desk."""
        texts = tomllib.loads(TEXTS.read_text("utf-8"))
        typed = WordList.parse((WORDS / f"{LANGUAGE}.toml").read_text("utf-8"))
        context = Context(NOW, ZONE, "KZ", LANGUAGE, Gazetteer.load())
        return cls(texts, Words(LANGUAGE, Vocabulary.load(), ZONE), typed, context)

    def page(self) -> str:
        """The whole of docs/commands.md."""
        people = [self.field_row(one, self.note("people", one.name)) for one in people_fields()]
        parts = [
            WRITTEN,
            self.text("head"),
            self.text("commands"),
            self.commands(),
            self.text("rights"),
            self.rights(),
            self.text("posting"),
            *(part for kind in KINDS for part in self.kind(kind)),
            self.text("people"),
            table(self.texts["page"]["fields_head"], people),
            self.every_word(people_fields()),
            *self.days(),
            self.text("places"),
            self.places(),
            self.text("command"),
            *(part for one in COMMANDS if one.name not in {kind.name for kind in KINDS} for part in self.command(one)),
        ]
        return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"

    def text(self, key: str, **values: str) -> str:
        """A sentence of the page itself."""
        return str(self.texts["page"][key]).format(**values) if values else str(self.texts["page"][key])

    def say(self, key: str) -> str:
        """A sentence of the catalogue, as Markdown."""
        return markdown(self.words.say(key))

    def note(self, section: str, field: str) -> str:
        """The line on a field; KeyError if nobody wrote one."""
        notes = self.texts["notes"]
        return str(notes[section].get(field) or notes[field])

    def commands(self) -> str:
        """The commands, a line each, family by family."""
        rows = []
        for family, some in groupby(COMMANDS, key=lambda one: one.family):
            rows.append((f"**{self.say(f'family.{family}')}**", "", "", ""))
            rows += [
                (
                    f"`/{one.name}`",
                    self.say(f"command.{one.name}.line"),
                    self.least(one.act),
                    str(self.texts["page"]["offered"][one.offered]),
                )
                for one in some
            ]
        return table(self.texts["page"]["commands_head"], rows)

    def least(self, act: str) -> str:
        """The role an act needs, in a private chat and in a group if that is another one."""
        alone, group = (self.label("roles", LEAST[there(act, private=one)]) for one in (True, False))
        return alone if alone == group else self.text("who_in_groups", alone=alone, group=group)

    def rights(self) -> str:
        """Every act, and which roles may do it."""
        acts = self.texts["rights"]
        rows = [(str(acts[act]), *("✓" if may(role, act) else "" for role in ROLES)) for act in LEAST]
        return table(("", *(self.label("roles", role) for role in ROLES)), rows)

    def kind(self, kind: Kind) -> Iterator[str]:
        """A kind: examples, fields, statuses, words."""
        own = [one for one in kind.fields if one.name not in PEOPLE]
        yield f"## `/{kind.name}`"
        yield "\n\n".join(block(one) for one in self.texts["examples"][kind.name])
        yield self.text("fields")
        yield table(
            self.texts["page"]["fields_head"],
            [self.field_row(one, self.note(kind.name, one.name)) for one in own],
        )
        yield self.text("fields_people")
        yield self.text("statuses")
        yield table(self.texts["page"]["statuses_head"], [self.status_row(kind, one) for one in kind.statuses])
        yield self.every_word(own)

    def field_row(self, field: Field, note: str) -> tuple[str, str, str]:
        """A field's name, what it takes, what it is."""
        name = f"`{self.label('fields', field.name)}`"
        return (f"**{name}** ({self.text('needed')})" if field.required else name, self.takes(field), note)

    def takes(self, field: Field) -> str:
        """What values a field takes."""
        shape = field.shape
        name = "Line" if isinstance(shape, Text) and shape.line else type(shape).__name__
        sentence = str(self.texts["shapes"][name])
        match shape:
            case Choice():
                options = ", ".join(self.label("choices", field.name, one) for one in shape.options)
                return sentence.format(options=options)
            case Count(most=most) if most == MOST_IN_SUMMARY:
                sentence = str(self.texts["shapes"]["Summed"])
                return sentence.format(least=shape.least, most=self.words.number(MOST), summed=self.words.number(most))
            case Count():
                return sentence.format(least=shape.least, most=self.words.number(shape.most))
            case Text() | Code():
                return sentence.format(most=shape.most)
            case _:
                return sentence

    def status_row(self, kind: Kind, status: Status) -> tuple[str, str, str]:
        """A status, whether its people count, and the buttons under it."""
        buttons = ", ".join(self.button(kind.status_named[one]) for one in status.buttons)
        counted = str(self.texts["page"]["counts"][str(status.counts).lower()])
        return (self.label("choices", "status", status.name), counted, buttons)

    def button(self, status: Status) -> str:
        """A status one may press, and what pressing it asks for."""
        label = self.label("choices", "status", status.name)
        field = self.label("fields", status.asks) if status.asks else ""
        return self.text("asks", label=label, field=field) if field else label

    def every_word(self, fields: Iterable[Field]) -> str:
        """All words of some fields and of their choices, folded away."""
        lines = []
        for field in fields:
            lines.append(f"- **{self.label('fields', field.name)}**: {self.synonyms(field)}")
            lines += [f"  - {', '.join(self.typed.choices[field.name][one])}" for one in options(field.shape)]
        return "\n".join((f"<details><summary>{self.text('words')}</summary>", "", *lines, "", "</details>"))

    def synonyms(self, field: Field) -> str:
        """The words that open a field."""
        lists = self.typed.lists
        said = [", ".join(lists["fields"][field.name][1:])]
        for section, key in (("openers", "before_place"), ("vague", "asked_about")):
            more = lists.get(section, {}).get(field.name)
            said += [self.text(key, words=", ".join(more))] if more else []
        return "; ".join(one for one in said if one) or "–"

    def days(self) -> Iterator[str]:
        """Days and times as they are typed, and what the desk reads."""
        yield self.text("days")
        yield self.text("days_lead", day=self.words.weekday(self.context.today))
        examples = self.texts["examples"]
        rows = [
            (f"`{one}`", self.words.weekday(date.fromisoformat(self.read("date", one)))) for one in examples["days"]
        ]
        for one in examples["times"]:
            day, apart, clock = self.read("departs", one).rpartition("T")
            rows.append(
                (f"`{one}`", Html(f"{self.words.day(date.fromisoformat(day))}, {clock}") if apart else Html(clock))
            )
        yield table(self.texts["page"]["days_head"], rows)

    def read(self, field: str, typed: str) -> str:
        """What the desk reads where that is typed."""
        reading = read(f"{field} {typed}", KINDS[0], self.words.vocabulary, self.context)
        return str(reading.values[field])

    def places(self) -> str:
        """The listed places, country by country."""
        gazetteer = self.context.places
        found = (gazetteer.get(key) for key in set(gazetteer.phrases.values()))
        listed = sorted(
            (unescape(self.words.country(one.country or "")), gazetteer.name(one.key, LANGUAGE))
            for one in found
            if one is not None and one.sort == "place"
        )
        by_country = groupby(listed, key=itemgetter(0))
        return "\n".join(f"- {country}: {', '.join(name for _, name in some)}" for country, some in by_country)

    def command(self, command: Command) -> Iterator[str]:
        """A command that posts nothing: the help the chat gives, and what belongs to it."""
        yield f"### /{command.name}"
        yield self.say(f"command.{command.name}.help")
        if command.name == "stats":
            yield from self.stats()
        if command.name == "digest":
            yield from self.digest()

    def stats(self) -> Iterator[str]:
        """The times that may be asked about, and what may be counted by."""
        yield self.text("periods").replace("### ", "#### ")
        yield self.text("periods_lead", day=self.words.weekday(self.context.today))
        yield table(self.texts["page"]["periods_head"], [self.period(one) for one in self.texts["examples"]["periods"]])
        yield self.text("by").strip().replace("### ", "#### ")
        names = {one.name: {field.name for field in one.fields} for one in KINDS}
        rows = [
            (
                f"`{name}`",
                ", ".join(self.words.things(kind) for kind, fields in names.items() if name in {*fields, *GRAINS}),
            )
            for name in GROUPS
        ]
        yield table(self.texts["page"]["by_head"], rows)

    def period(self, typed: str) -> tuple[str, str, str]:
        """A time as it is typed, its first day and its last."""
        question = read_question(typed, KINDS, self.words.vocabulary, self.context)
        if not isinstance(question, Question):
            raise TypeError(f"not a period: {typed}")
        since, until = (
            self.words.day(one) if one else self.text("open_end") for one in (question.since, question.until)
        )
        return (f"`{typed}`", since, until)

    def digest(self) -> Iterator[str]:
        """How often it comes, and what is in it."""
        yield self.text("digest_rules", cadences=", ".join(f"`{one.text}`" for one in RULES))
        yield self.text("digest").strip().replace("### ", "#### ")
        heads = (markdown(self.words.say(f"digest.{one}", n=Html())) for one in DIGEST_PARTS)
        yield "\n".join(f"{at}. {one.removesuffix('()').strip()}" for at, one in enumerate(heads, 1))
        yield self.text("attention")
        yield "\n".join(f"- {self.say(key)}" for key in keys("attention."))

    def label(self, *path: str) -> str:
        """The word shown for a name."""
        return str(self.words.label(*path))


def options(shape: Shape) -> tuple[str, ...]:
    """The choices of a shape; none if it isn't a choice."""
    return shape.options if isinstance(shape, Choice) else ()


def keys(prefix: str) -> list[str]:
    """The catalogue's keys that begin so, as they stand there."""
    with (LOCALES / f"{LANGUAGE}.po").open("rb") as source:
        return [str(one.id) for one in read_po(source) if str(one.id).startswith(prefix)]


if __name__ == "__main__":
    PAGE.write_text(Reference.load().page(), "utf-8")
