"""Digits that may be read as one number, however they are spaced.

A post is full of numbers, most of them counts. So digits that stand in groups are read as one number only where the groups look
like one: a long group, few groups, or those telephones and cards are printed in.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

Span = tuple[int, int]

MOST_DIGITS = 19
_LEAST_DIGITS = 8
_LONG = 4
"""Digits that a count or a year may have."""
_MOST_GROUPS = 7
"""Groups in a row that are not yet a table."""
_FEW = 3
"""Groups of a number that was cut by chance."""
_PRINTED = frozenset(
    tuple(map(int, sizes))
    for sizes in [
        "13322",
        "1334",
        "1343",
        "3322",
        "334",
        "3334",
        "3234",
        "3332",
        "32322",
        "3233",
        "113322",
        "14222",
        "433",
        "4331",
        "434",
        "4322",
        "4222",
        "2322",
        "322",
        "333",
        "3333",
        "222",
        "1222",
        "122",
        "33",
        "34",
        "24",
        "146",
        "465",
        "2226",
        "22215",
        "4444",
        "4441",
        "4442",
        "4443",
        "44441",
        "44442",
        "44443",
        "44444",
    ]
)
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


class Number(NamedTuple):
    """Digits that may be read as one number, and where they stand."""

    digits: str
    start: int
    end: int
    plus: bool
    groups: tuple[str, ...]


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
        sizes = tuple(end - start for start, end in places)
        for first in range(len(places)):
            plus = _plus(text, places[first][0])
            for count in _counts(sizes[first : first + _MOST_GROUPS + 1], plus=plus):
                some = places[first : first + count]
                groups = tuple(text[start:end] for start, end in some)
                crowded = len(places) > _MOST_GROUPS and count > 1 and not _apart(sizes[first : first + count])
                if plus or (_one(groups) and not crowded):
                    found.append(Number("".join(groups), some[0][0], some[-1][1], plus, groups))
    return tuple(found)


@lru_cache(4096)
def _counts(sizes: tuple[int, ...], *, plus: bool) -> tuple[int, ...]:
    """How many of the groups that begin with the first may be one number, the most first; sizes are no personal data."""
    found: list[int] = []
    for count in range(1, len(sizes) + 1):
        some = sizes[:count]
        likely = plus or count <= _FEW or max(some) > _LONG or some[:-1] in _BEGUN
        if sum(some) > MOST_DIGITS or not likely:
            break
        if sum(some) >= _LEAST_DIGITS and (plus or _like_one(some)):
            found.append(count)
    return tuple(found[::-1])


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
    """Whether groups of digits look like one number rather than like counts or years."""
    return _like_one(tuple(map(len, groups))) and (len(groups) == 1 or not all(map(_YEAR.fullmatch, groups)))


def _apart(sizes: tuple[int, ...]) -> bool:
    """Whether even in a table groups stand out as one number."""
    return max(sizes) > _LONG or (sizes in _PRINTED and sizes[0] in {1, 4})


def _like_one(sizes: tuple[int, ...]) -> bool:
    few = len(sizes) <= _FEW and max(sizes) == _LONG
    return few or len(sizes) == 1 or max(sizes) > _LONG or sizes in _PRINTED


def labelled(text: str, label: str, least: int) -> Iterator[Span]:
    """Numbers of at least so many digits behind a label, with a few words between."""
    for one in re.finditer(rf"(?:{label})[^\d\n;]{{0,28}}?(?<![\d.,])(?P<number>(?:{_RUN.pattern}))", text):
        groups = tuple(_DIGITS.findall(one["number"]))
        if sum(map(len, groups)) >= least and (_one(groups) or set(map(len, groups)) == {1}):
            yield one.span()
