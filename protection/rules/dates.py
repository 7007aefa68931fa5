"""When somebody was born and how old exactly somebody is; bands of either may be told."""

import re
from collections.abc import Iterator
from functools import cache

from protection.rules.numbers import Span
from protection.rules.plain import Plain
from protection.rules.words import LETTER, either, endings, named
from records.vocabulary import Role

_YEAR = r"(?:19[2-9]|20[0-4])\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = rf"(?:{_DAY}[./ -]{_MONTH}[./ -](?:{_YEAR}|\d\d)|{_YEAR}[./-]{_MONTH}[./-]{_DAY}|{_DAY}\.{_MONTH}(?![.\d]))"
_WHEN = rf"(?<![\d/])(?<!\d[.-])(?:{_DATE}|'?{_YEAR})(?![\d/])(?![.:-]\d)"
_SHORT_YEAR = r"(?<![\d.,:/-])\d\d(?!\d)"
_LONGEST_DAY = 48
_NEARBY = 12
"""Characters in which the other end of a band of years stands."""


def birth_date(plain: Plain) -> Iterator[Span]:
    """Days and years beside a word of birth."""
    for start, end in _born(plain.text):
        if not _band_of_years().search(plain.text, max(0, start - _NEARBY), end + _NEARBY):
            yield start, end


def _born(text: str) -> Iterator[Span]:
    for pattern in _births():
        yield from (one.span() for one in pattern.finditer(text))
    for word in _behind_births().finditer(text):
        one = _ends_with_a_day().search(text[max(0, word.start() - _LONGEST_DAY) : word.start()])
        if one:
            yield word.start() - len(one[0]), word.end()
    yield from (one.span() for one in _short_births().finditer(text))


@cache
def _births() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{either('born', 'before')}{_between()}{_WHEN}"),
        re.compile(
            rf"(?<!\d )(?<!\d){either('born', 'faint')}\W{{1,3}}{either('born', 'needed')}\W{{1,3}}{_between()}{_WHEN}"
        ),
        re.compile(rf"(?<!и ){either('born', 'abbreviated')}[.: ]{{1,3}}{_WHEN}"),
    )


@cache
def _behind_births() -> re.Pattern[str]:
    return re.compile(rf"{either('born', 'behind')}(?!\W{{0,3}}{_WHEN})")


@cache
def _ends_with_a_day() -> re.Pattern[str]:
    return re.compile(rf"{_WHEN}{_between()}\Z")


@cache
def _short_births() -> re.Pattern[str]:
    return re.compile(rf"{_SHORT_YEAR}\W{{0,2}}{either('born', 'short')}")


def _between() -> str:
    some = rf"(?:{either('born', 'between')}|{named(Role.MONTH)}|{_DAY}(?!\d))"
    return rf"[^\w\n]{{0,4}}(?:{some}[^\w\n]{{0,3}}){{0,5}}"


@cache
def _band_of_years() -> re.Pattern[str]:
    return re.compile(rf"{_YEAR}\W{{0,3}}(?:[-/]|{either('born', 'band')})\W{{0,3}}{_YEAR}")


def age(plain: Plain) -> Iterator[Span]:
    """Exact ages: what a number is said to be the age of, and what stands between no bounds."""
    text = plain.text
    for pattern in _ages():
        for one in pattern.finditer(text):
            if not _before().search(text[max(0, one.start() - 40) : one.start()]) and not _behind().match(
                text, one.end()
            ):
                yield one.span()


@cache
def _ages() -> tuple[re.Pattern[str], ...]:
    number = rf"(?<![\d.,:/+<>~-])(?:(?:1[01]\d|\d{{1,2}})(?![\d%]|[.,:/]\d|[ ]\d{{3}})|{named(Role.NUMBER)})"
    dual = either("age", "dual")
    unit, old = either("age", "unit"), either("age", "old")
    loose = r"[^\w\n]{0,3}"
    more = rf"(?:{loose}(?:{either('age', 'and')}|,){loose}{number})"
    between = rf"(?:{either('age', 'between')}{loose})?"
    stay = rf"(?![^\w\n]{{0,2}}{either('age', 'spent')})"
    closed = r"(?=[^\w\n]*(?:$|[\n.,;)!]|and\b|but\b))"
    return tuple(
        re.compile(one)
        for one in (
            rf"{either('age', 'label')}{loose}(?:{either('age', 'between')}{loose}){{0,2}}(?:{number}(?:{loose}{unit})?|{dual})",
            either("age", "worded"),
            rf"{number}-?{loose}{old}",
            rf"{number}{loose}{either('age', 'bare')}(?!{loose}{either('age', 'young')})",
            rf"{either('age', 'child', 'whom')}{loose}{between}{number}{loose}{unit}",
            rf"{either('age', 'adult')}{loose}{either('age', 'of')}{loose}{number}{loose}{unit}",
            rf"{either('age', 'adult')}{loose}{between}{number}{loose}{unit}{stay}",
            rf"{either('age', 'child', 'adult')}{loose}{either('age', 'is')}[ ]{number}{closed}",
            rf"{either('age', 'whom')}[ ]{number}{closed}",
            rf"{either('age', 'child', 'adult', 'children')}{loose}{number}{more}{{1,6}}{loose}{unit}{stay}",
            rf"(?<!{LETTER}){endings('age', 'numerals')}{endings('age', 'compound')}(?!{LETTER})",
        )
    )


@cache
def _before() -> re.Pattern[str]:
    """The lower bound of a band, or a word for one, at the end of a text."""
    return re.compile(
        rf"(?:{either('age', 'band')}|\d\W{{0,2}}[-/]|[<>≤≥+])[^\w\n]{{0,3}}(?:the[ ]|age[ ]|of[ ]){{0,3}}$"
    )


@cache
def _behind() -> re.Pattern[str]:
    """The upper bound of a band, or a word for one."""
    return re.compile(
        rf"[^\w\n]{{0,2}}(?:[-/+][ ]?(?:\d|$|[^\w])|\+|(?:{either('age', 'unit')}[^\w\n]{{0,2}})?{either('age', 'banded')})"
    )
