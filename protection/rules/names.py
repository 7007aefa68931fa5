"""People's names: behind words that announce one, with a patronymic, with initials. Those of streets, centres and places pass."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from protection.rules.numbers import Span
from protection.rules.plain import Plain, Word
from protection.rules.words import LETTER, case_ending, either, endings, everyday
from records.fold import fold
from records.places import Gazetteer

_MOST_WORDS = 3
"""Words of a name that are looked at."""
_NEAR = 2
"""Words before and behind a name in which the street or centre stands that bears it."""
_PLACE_WORDS = 4
_SEPARATOR = re.compile(r"[^\w\n]{0,3}[:=][^\w\n]{0,3}|[^\w\n]{0,2} [-][^\w\n]{0,2}|[^\w\n]{0,2}\n?[^\w\n]{0,2}")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_INITIALS = re.compile(
    rf"(?<![\w.])({LETTER}\. ?{LETTER}\.) ?(?={LETTER}{{3}})|(?<={LETTER}) ({LETTER}\. ?{LETTER}(?:\.|(?!\w)))"
)
_BREAK = re.compile(r"[\w\n;)]")
_NUMBERED = re.compile(r"-?\d")
_LINK = r"[^\w\n]{0,3}"


@dataclass(frozen=True, slots=True)
class _Names:
    """A text's words, looked at for names."""

    plain: Plain
    places: Gazetteer

    def at(self, start: int) -> int | None:
        """Which word begins at or behind that place, on the same line and with nothing but signs between."""
        words = self.plain.words
        index = bisect_left(words, start, key=_start)
        if index == len(words) or _BREAK.search(self.plain.text, start, words[index].start):
            return None
        return index

    def before(self, end: int) -> int | None:
        """Which word ends at or before that place, with nothing but a space or a dot between."""
        index = bisect_right(self.plain.words, end, key=_end) - 1
        if index < 0 or self.plain.text[self.plain.words[index].end : end].strip(" .-"):
            return None
        return index

    def is_name(self, index: int, *, small: bool = False, strange: bool = False) -> bool:
        """Whether a word may name somebody. `small`: in small letters too; `strange`: only if the desk knows no such word."""
        word = self.plain.words[index]
        stem = word.plain.removesuffix("'s")
        if len(stem) < 2 or _nobody().fullmatch(stem) or _thing().fullmatch(stem):  # noqa: PLR2004
            return False
        if not (small or word.like_a_name) or _NUMBERED.match(self.plain.text, word.end):
            return False
        unheard = strange or (small and not word.typed[:1].isupper())
        if unheard and (everyday(word.typed) or (word.typed.isupper() and len(word.typed) > 1)):
            return False
        return not self.is_place(index)

    def is_place(self, index: int) -> bool:
        """Whether a place the desk knows begins with that word."""
        words = [one.typed for one in self.plain.words[index : index + _PLACE_WORDS]]
        if self.places.find_longest(words, 0) is not None:
            return True
        stem = case_ending().sub("", fold(words[0]))
        return stem != fold(words[0]) and self.places.find_longest([stem], 0) is not None

    def of_a_thing(self, first: int, last: int) -> bool:
        """Whether a street, a centre or the like stands beside a name and bears it."""
        words = self.plain.words
        text = self.plain.text
        behind = [
            one
            for one in words[last + 1 : last + 1 + _NEAR]
            if not re.search(r"[\n;:.,]", text[words[last].end : one.start])
        ]
        before = [
            one
            for one in words[max(0, first - _NEAR) : first]
            if not re.search(r"[\n;:,]", text[one.end : words[first].start])
        ]
        return any(_bearer().fullmatch(one.plain) for one in (*before, *behind))

    def whole(self, first: int) -> int:
        """The last word of a name that begins with that one."""
        last = first
        for index in range(first + 1, min(first + _MOST_WORDS, len(self.plain.words))):
            between = self.plain.text[self.plain.words[last].end : self.plain.words[index].start]
            if between.strip(" .-") or not self.is_name(index, small=not self.plain.words[first].typed[:1].isupper()):
                break
            if _ARABIC.match(self.plain.words[index].plain) and index > first + 1:
                break
            last = index
        return last


def name(plain: Plain, places: Gazetteer) -> Iterator[Span]:
    """Names of people; `places` are those whose names may be told."""
    names = _Names(plain, places)
    for find in (_labelled, _titled, _called, _roles, _followed, _patronymics, _initials):
        yield from find(names)


def _labelled(names: _Names) -> Iterator[Span]:
    """What follows "name:", in small letters as well where a colon stands, and in a capital where none does."""
    for one in _pattern("label", whose=True).finditer(names.plain.text):
        separator = _SEPARATOR.match(names.plain.text, one.end())
        tied = separator is not None and any(sign in separator[0] for sign in ":=-")
        index = names.at(separator.end() if separator else one.end())
        if index is None or _about_a_thing(names, one):
            continue
        if names.is_name(index, small=tied, strange=not tied) and not _thing_within(names, index):
            yield one.start(), names.plain.words[names.whole(index)].end


def _about_a_thing(names: _Names, label: re.Match[str]) -> bool:
    """Whether it is a thing whose name is told: "site name", "орталықтың аты"."""
    index = names.before(label.start())
    return index is not None and bool(_thing().fullmatch(names.plain.words[index].plain))


def _thing_within(names: _Names, index: int) -> bool:
    """Whether what is told is no person's: "name: Aktau adaptation centre"."""
    words = names.plain.words[index : index + _MOST_WORDS]
    end = names.plain.text.find("\n", words[0].start)
    return any(_thing().fullmatch(one.plain) for one in words if end < 0 or one.start < end)


def _titled(names: _Names) -> Iterator[Span]:
    yield from _behind(names, "title", small=True)


def _called(names: _Names) -> Iterator[Span]:
    yield from _behind(names, "called")


def _roles(names: _Names) -> Iterator[Span]:
    yield from _behind(names, "role", strange=True)


def _behind(names: _Names, listed: str, *, small: bool = False, strange: bool = False) -> Iterator[Span]:
    for one in _pattern(listed).finditer(names.plain.text):
        label, index = names.before(one.end()), names.at(one.end())
        if index is None or re.search(r"[,(/]", names.plain.text[one.end() : names.plain.words[index].start]):
            continue
        index = _past_an_initial_or_a_place(names, index)
        last = names.whole(index)
        if names.is_name(index, small=small, strange=strange) and not names.of_a_thing(
            index if label is None else label, last
        ):
            yield one.start(), names.plain.words[last].end


def _past_an_initial_or_a_place(names: _Names, index: int) -> int:
    """Where the surname stands in "г-жа Д. Примерова" and "гражданка РК Примерова"."""
    words = names.plain.words
    if index + 1 == len(words):
        return index
    between = names.plain.text[words[index].end : words[index + 1].start]
    initial = len(words[index].plain) == 1 and between in {".", ". "}
    citizen = between == " " and words[index + 1].typed[:1].isupper() and names.is_place(index)
    return index + (initial or (citizen and names.is_name(index + 1, strange=True)))


def _followed(names: _Names) -> Iterator[Span]:
    """As in "Примерова ханым": Kazakh has the title behind the name."""
    for one in _pattern("behind").finditer(names.plain.text):
        index = names.before(one.start())
        if index is not None and names.is_name(index, strange=True) and names.plain.words[index].typed[:1].isupper():
            yield names.plain.words[index].start, one.end()


def _patronymics(names: _Names) -> Iterator[Span]:
    words = names.plain.words
    for index, word in enumerate(words):
        if index == 0 or not _patronymic().fullmatch(word.plain) or not _beside(names, index - 1):
            continue
        apart = _descent().fullmatch(word.plain) is not None
        first = index - 1 - apart
        if first < 0 or (apart and not _beside(names, first)):
            continue
        capital = all(one.typed[:1].isupper() for one in words[first:index])
        strange = not capital or apart or not word.typed[:1].isupper()
        if not all(names.is_name(at, small=not capital, strange=strange) for at in range(first, index)):
            continue
        if capital or (not everyday(word.typed) and first > 0 and _beside(names, first - 1)):
            first -= first > 0 and _beside(names, first - 1) and names.is_name(first - 1, strange=True)
            if not names.of_a_thing(first, index):
                yield words[first].start, word.end


def _beside(names: _Names, index: int) -> bool:
    """Whether only a space stands between a word and the next."""
    return names.plain.text[names.plain.words[index].end : names.plain.words[index + 1].start] == " "


def _initials(names: _Names) -> Iterator[Span]:
    plain = names.plain
    for one in _INITIALS.finditer(plain.text):
        letters = [at for at in range(*one.span()) if plain.text[at].isalpha()]
        if not all(plain.typed[plain.at[at]].isupper() for at in letters) or _abbreviation().search(one[0]):
            continue
        index = names.at(one.end()) if one[1] else names.before(one.start())
        if index is None or not plain.words[index].typed[:1].isupper() or not names.is_name(index, strange=True):
            continue
        near = _initialled(plain.words, index, one)
        if not names.of_a_thing(*near):
            yield min(one.start(), plain.words[index].start), max(one.end(), plain.words[index].end)


def _initialled(words: tuple[Word, ...], index: int, initials: re.Match[str]) -> tuple[int, int]:
    """The first and last word of a surname and its initials, which are words themselves."""
    inside = [at for at, word in enumerate(words) if initials.start() <= word.start < initials.end()]
    return min(index, *inside), max(index, *inside)


@cache
def _pattern(listed: str, *, whose: bool = False) -> re.Pattern[str]:
    tail = rf"(?:{_LINK}{either('name', 'whose')}){{0,4}}" if whose else ""
    return re.compile(either("name", listed) + tail + (r"\.?" if listed == "title" else ""))


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(either("name", "thing", "bearer"))


@cache
def _bearer() -> re.Pattern[str]:
    return re.compile(either("name", "bearer"))


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(either("name", "nobody"))


@cache
def _patronymic() -> re.Pattern[str]:
    return re.compile(rf"[^\d_]{{3,}}{endings('name', 'patronymic')}|{endings('name', 'descent')}")


@cache
def _descent() -> re.Pattern[str]:
    return re.compile(endings("name", "descent"))


@cache
def _abbreviation() -> re.Pattern[str]:
    return re.compile(either("name", "abbreviations"))


def _start(word: Word) -> int:
    return word.start


def _end(word: Word) -> int:
    return word.end
