"""Digits that may be read as one number, however they are spaced.

A post is full of numbers, most of them counts. So digits that stand in groups are read as one number only where the groups look
like one: a long group, few groups, or those telephones and cards are printed in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

MOST_DIGITS = 19
_LEAST_DIGITS = 8
_LONG = 4
"""Digits that a count or a year may have."""
_FEW = 3
"""Groups of a number that was cut by chance."""
_PRINTED = frozenset({
    (1, 3, 3, 2, 2), (1, 3, 3, 4), (3, 3, 2, 2), (3, 3, 4), (4, 3, 3), (4, 3, 4), (4, 2, 2, 2), (3, 2, 2), (2, 2, 2), (1, 2, 2, 2), (1, 2, 2),
    (3, 3), (3, 4), (2, 4), (4, 3, 2, 2), (3, 3, 3), (2, 3, 2, 2), (3, 3, 3, 3), (4, 6, 5), (3, 3, 3, 2), (3, 2, 3, 4), (3, 3, 3, 4),
    (2, 2, 2, 1, 5), (2, 2, 2, 6), (1, 1, 3, 3, 2, 2), (3, 2, 3, 2, 2), (3, 2, 3, 3), (1, 4, 2, 2, 2), (1, 4, 6), (4, 3, 3, 1), (1, 3, 4, 3),
    (4, 4, 4, 4), (4, 4, 4, 1), (4, 4, 4, 2), (4, 4, 4, 3), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (4, 4, 4, 4, 4),
})  # fmt: skip
"""The lengths of the groups in which telephones, cards and papers are printed."""
_BEGUN = frozenset(sizes[:length] for sizes in _PRINTED for length in range(1, len(sizes)))
_RUN = re.compile(r"\d+(?:(?:[^\w\n\t,;:|+]|_){1,3}\d+|[,:;|]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d+")
_LOOKS_ZERO = re.compile(r"(?<=\d)o+(?=\d)")
_NOT_NUMBERS = re.compile(
    r"""
      (?<![\d])(?<!\d[./-])(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d
      | (?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])
      | (?:0?[1-9]|[12]\d|3[01])[./](?:0[1-9]|1[0-2])[./]\d\d)(?![./-]?\d)
    | (?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])
    | (?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[t ]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)
    | https?://(?!wa\.me|api\.whatsapp|t\.me/\+)[^\s]+
    """,
    re.VERBOSE,
)
"""Dates with a year, times of day, and addresses of pages."""

@dataclass(frozen=True, slots=True)
class Number:
    """Digits that may be read as one number, and where they stand."""

    digits: str
    start: int
    end: int
    plus: bool
    groups: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether its groups are none that a few counts would make."""
        return len(self.groups) == 1 or max(map(len, self.groups)) > _LONG


def bare(text: str) -> str:
    """The plain text without its dates, times and pages; everything keeps its place."""
    text = _LOOKS_ZERO.sub(lambda one: "0" * len(one[0]), text)
    return _NOT_NUMBERS.sub(lambda one: "\n" * len(one[0]), text)


def numbers(text: str) -> tuple[Number, ...]:
    """All that may be read as one number in a bare text, the longest first where several begin alike."""
    found: list[Number] = []
    for run in _RUN.finditer(text):
        places = [(run.start() + one.start(), run.start() + one.end()) for one in _DIGITS.finditer(run[0])]
        found += _spelled(text, places)
        for first in range(len(places)):
            found += _from(text, places, first)
    return tuple(found)


def _from(text: str, places: list[Span], first: int) -> list[Number]:
    """The numbers that begin with a group, the longest first."""
    found: list[Number] = []
    begin = places[first][0]
    plus = _plus(text, begin)
    sizes: tuple[int, ...] = ()
    for start, end in places[first:]:
        sizes = (*sizes, end - start)
        size = sum(sizes)
        if size > MOST_DIGITS or not (plus or len(sizes) <= _FEW or max(sizes) > _LONG or sizes[:-1] in _BEGUN):
            break
        if size >= _LEAST_DIGITS:
            groups = tuple(text[one:other] for one, other in places[first : first + len(sizes)])
            if plus or _one(groups):
                found.append(Number("".join(groups), begin, end, plus, groups))
    return found[::-1]


def _spelled(text: str, places: list[Span]) -> Iterator[Number]:
    """Digits with a sign between every two of them."""
    begin = 0
    for at in range(len(places) + 1):
        if at < len(places) and places[at][1] - places[at][0] == 1:
            continue
        some = places[begin:at]
        if len(some) > 5:  # noqa: PLR2004 (fewer are counts)
            groups = tuple(text[start:end] for start, end in some)
            yield Number("".join(groups), some[0][0], some[-1][1], _plus(text, some[0][0]), ("".join(groups),))
        begin = at + 1


def _plus(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" (")
    return before.endswith("+") and not before[:-1][-1:].isdigit()


def _one(groups: tuple[str, ...]) -> bool:
    """Whether groups of digits look like one number rather than like counts."""
    sizes = tuple(map(len, groups))
    if len(sizes) == 1 or max(sizes) > _LONG:
        return True
    few = len(sizes) <= _FEW and max(sizes) == _LONG
    return (few or sizes in _PRINTED) and not all(map(_YEAR.fullmatch, groups))


def labelled(text: str, label: str, least: int) -> Iterator[Span]:
    """Numbers of at least so many digits behind a label, with a few words between."""
    for one in re.finditer(rf"(?:{label})[^\d\n;]{{0,28}}?(?<![\d.,])(?P<number>(?:{_RUN.pattern}))", text):
        groups = tuple(_DIGITS.findall(one["number"]))
        if sum(map(len, groups)) >= least and (_one(groups) or set(map(len, groups)) == {1}):
            yield one.span()
