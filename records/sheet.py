"""A table of records as somebody sends it: its heads become fields, each of its lines what it says or all that is wrong with it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from records.columns import field_of_head, field_of_tag, is_beside
from records.command.cells import Cells
from records.command.guesses import nearest
from records.fold import fold, tidy
from records.kind import Kind, Value
from records.problem import Problem
from records.vocabulary import Role, Vocabulary

REF: Final = "ref"
LONGEST: Final = 60
"""Characters of a head that are said again."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The field of each column, None for one that is passed over; how many lines below the head are tags; what is wrong."""

    fields: tuple[str | None, ...]
    tags: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was read: its number in the file, what it says, and what is wrong with it.

    A line that tells of one person says nothing but the rules it breaks, by field.
    """

    number: int
    said: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()

    @property
    def ref(self) -> str:
        """The reference that stands in it, "" if none does."""
        return str(self.said.get(REF, ""))


def heading(head: Sequence[str], first: Sequence[str], kind: Kind, words: Vocabulary) -> Heading:
    """What the columns are, by their heads or by tags that stand there or in the `first` line below.

    A column without a head is passed over, and so is what a file of the desk tells beside the fields; one that is unknown,
    or there twice, is a problem: nothing that somebody filled in is dropped.
    """
    tags = first if _tagged(first) else ()
    named = [_field(one, tags[at] if at < len(tags) else "", kind, words) for at, one in enumerate(head)]
    twice = {one for one, many in Counter(filter(None, named)).items() if many > 1}
    problems = [Problem(one, "column_twice") for one in kind.by_name if one in twice]
    for at, text in enumerate(head):
        tag = tags[at] if at < len(tags) else ""
        if named[at] is None and fold(text or tag) and not any(is_beside(one, words) for one in (text, tag) if one):
            problems.append(_unknown(tidy(text or tag).strip(), kind, words))
    if not any(named) and not problems:
        problems.append(Problem("", "no_columns"))
    return Heading(tuple(named), int(bool(tags)), tuple(problems))


def cells_of(heading: Heading, cells: Sequence[str]) -> dict[str, str]:
    """A line's cells by the fields they stand below; those that are empty are left out."""
    return {name: text for name, text in zip(heading.fields, cells, strict=False) if name and text.strip()}


def read_line(number: int, cells: Mapping[str, str], reader: Cells) -> Line:
    """What a line says."""
    said, problems = reader.line(cells)
    return Line(number, said, tuple(problems))


def twice_in(lines: Iterable[Line]) -> dict[int, int]:
    """Lines whose reference stands in an earlier one: its number, by their own."""
    first: dict[str, int] = {}
    found = {}
    for one in lines:
        if one.ref:
            at = first.setdefault(one.ref.casefold(), one.number)
            if at != one.number:
                found[one.number] = at
    return found


def _tagged(cells: Sequence[str]) -> bool:
    filled = [one.strip() for one in cells if one.strip()]
    return bool(filled) and all(one.startswith("#") for one in filled)


def _field(head: str, tag: str, kind: Kind, words: Vocabulary) -> str | None:
    by_tag = field_of_tag(tag or head, kind) if (tag or head).lstrip().startswith("#") else None
    found = by_tag or (field_of_head(tidy(head), kind, words) if fold(head) else None)
    return found.name if found else None


def _unknown(typed: str, kind: Kind, words: Vocabulary) -> Problem:
    meant = _meant(kind, words)
    guesses = nearest(fold(typed), meant, meant.__getitem__)
    return Problem("", "unknown_column", typed[:LONGEST], guesses=tuple(words.listed.get(one, one) for one in guesses))


def _meant(kind: Kind, words: Vocabulary) -> dict[str, str]:
    """The field that each phrase names, folded."""
    return {
        " ".join(phrase): one.name
        for phrase, senses in words.senses.items()
        for one in senses
        if one.role is Role.FIELD and one.name in kind.by_name
    }
