"""A kind as the columns of a file: what stands above each, what an entry puts below it, and what a head or a tag stands for.

What is written reads back: a place, a country, a choice by the word that language has for it, days and times in digits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

from records.fold import fold
from records.kind import Choice, Count, Country, Field, Flag, Kind, Moment, Place, Value, Values
from records.places import Gazetteer
from records.vocabulary import Role, Vocabulary

Cell: TypeAlias = str | int | None
"""What stands in a cell; None where nothing is known."""

BESIDE: Final[Mapping[str, str]] = {
    "recorded": "#date+recorded",
    "revised": "#date+revised",
    "question": "#meta+question",
}
"""What a file tells of an entry beside its fields, and the tags of it: nothing of that is ever read back."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name of the field or of what stands beside it, the word above it, its HXL tag."""

    key: str
    head: str
    hxl: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a file is written in: a language, the words of it, and the places as they are called now."""

    language: str
    words: Vocabulary
    places: Gazetteer
    named: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What places are called, as far as that was asked: few differ in a file."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a file tells of an entry beside its fields: when it was told and last revised, whether it may be another told twice."""

    recorded: datetime
    revised: datetime
    question: bool = False


def columns(kind: Kind, tongue: Tongue, *, beside: bool = False) -> tuple[Column, ...]:
    """The columns of a kind, the reference first; `beside` adds what is told beside the fields."""
    label, language = tongue.words.label, tongue.language
    fields = tuple(Column(one.name, label(language, "fields", one.name), one.hxl or "") for one in kind.fields)
    if not beside:
        return fields
    return (*fields, *(Column(name, label(language, "columns", name), tag) for name, tag in BESIDE.items()))


def cells(kind: Kind, ref: str, values: Values, tongue: Tongue, *, beside: Beside | None = None) -> tuple[Cell, ...]:
    """One entry's cells, as `columns` has them."""
    said = {**values, "ref": ref}
    found = tuple(cell(one, said.get(one.name), tongue) for one in kind.fields)
    if beside is None:
        return found
    question = tongue.words.label(tongue.language, "columns", "question") if beside.question else None
    return (*found, _utc(beside.recorded), _utc(beside.revised), question)


def cell(one: Field, value: Value | None, tongue: Tongue) -> Cell:
    """A field's value as it stands in a file: a number for a count, for all else the words it is read by."""
    if value is None or isinstance(one.shape, Count):
        return None if value is None else int(value)
    text, label = str(value), tongue.words.label
    match one.shape:
        case Flag():
            text = label(tongue.language, "fields", one.name) if value else ""
        case Choice():
            text = label(tongue.language, "choices", one.name, text)
        case Place() | Country():
            text = _place(text, tongue)
        case Moment():
            text = text.replace("T", " ")
        case _:
            pass
    return text or None


def field_of_head(head: str, kind: Kind, words: Vocabulary) -> Field | None:
    """The field that a column's head names, in any language and by any word for it; None if it names none, or several.

    Where a word stands for several, the one it is shown for is meant: "citizens" are not "people" here.
    """
    senses = words.senses.get(tuple(fold(head).split()), ())
    names = [one.name for one in senses if one.role is Role.FIELD and one.name in kind.by_name]
    shown = [one for one in names if fold(head) in _labels(one, words)]
    found = shown if len(shown) == 1 else names
    return kind.by_name[found[0]] if len(found) == 1 else kind.by_name.get(head.strip())


def field_of_tag(tag: str, kind: Kind) -> Field | None:
    """The field that an HXL tag names, its attributes in any order; None if none of this kind has exactly that tag."""
    return next((one for one in kind.fields if one.hxl and _tag(one.hxl) == _tag(tag)), None)


def is_beside(head: str, words: Vocabulary) -> bool:
    """Whether a column, by its head or its tag, holds what files tell beside the fields: it is passed over when one is read."""
    tags = {_tag(one) for one in BESIDE.values()}
    return fold(head) in words.columns or (head.lstrip().startswith("#") and _tag(head) in tags)


def option_of(text: str, one: Field, kind: Kind, words: Vocabulary) -> str | None:
    """The choice that a cell names, in any language, one that nobody could type among them ("not settled yet"); None for none."""
    options = one.shape.options if isinstance(one.shape, Choice) else ()
    if one.name == "status":
        options = (*options, *(name for name in kind.status_named if name not in options))
    senses = words.senses.get(tuple(fold(text).split()), ())
    found = [each.option for each in senses if each.role is Role.CHOICE and each.name == one.name]
    fitting = [each for each in found if each in options]
    return fitting[0] if len(fitting) == 1 else None


def _labels(name: str, words: Vocabulary) -> Iterator[str]:
    return (fold(words.label(language, "fields", name)) for language in words.languages)


def _place(key: str, tongue: Tongue) -> str:
    if key not in tongue.named:
        tongue.named[key] = tongue.places.written(key, tongue.language)
    return tongue.named[key]


def _tag(tag: str) -> tuple[str, frozenset[str]]:
    """A tag and its attributes, comparable."""
    name, *attributes = "".join(tag.casefold().split()).split("+")
    return name, frozenset(attributes)


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%MZ}"
