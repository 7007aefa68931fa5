"""What shows by its form alone: e-mail addresses, names at Telegram, bank accounts, coordinates, numbers of flats."""

import re
from collections.abc import Iterator
from functools import cache

from protection.rules.numbers import Span, labelled
from protection.rules.plain import Plain
from protection.rules.words import LETTER, either, iban_length

_IBAN = re.compile(r"(?<![^\W_])[a-z]{2}[ -]?\d{2}(?:[ -]{0,2}[a-z0-9]){11,40}")
_DEGREES = re.compile(r"(?<!\d)\d{1,3}(?:\.\d+)? ?° ?\d{1,2}(?:\.\d+)? ?['m]|(?<!\d)\d{1,3}\.\d{2,} ?°")
_PAIR = re.compile(
    r"""
      (?<![\d.,])[nsew]?\ ?(?P<one>[+-]?\d{1,3}[.,](?P<first>\d{3,}))\ ?°?\ ?[nsew]?
      (?P<between>[\s,;/]{1,3})
      [nsew]?\ ?(?P<two>[+-]?\d{1,3}[.,](?P<second>\d{3,}))(?!\d|\.\d)
    """,
    re.VERBOSE,
)
_POLES = re.compile(
    r"(?<![\w.])(?:[ns] ?\d{1,2}\.\d{2,}[ ,;/]+[ew] ?\d{1,3}\.\d{2,}|\d{1,2}\.\d{2,} ?[ns][ ,;/]+\d{1,3}\.\d{2,} ?[ew])(?![\w.])"
)
_USERNAME = re.compile(
    r"""
      (?:(?<![\w.@/])@ | (?<![\w.])(?:t|telegram)\.me/@? | tg://resolve\?domain=)
      (?!(?:joinchat|share|addlist|addstickers|proxy)\b|\w*bot\b)
      [a-z][a-z0-9_]{3,31}(?!\w|/\d)
    """,
    re.VERBOSE,
)
"""Names of bots end in "bot", which is nobody; a link to one post leads to a channel."""
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[\w.+%-]+\Z")
_FINE = 4
"""Digits behind the point that no measure of a flight has."""


def email(plain: Plain) -> Iterator[Span]:
    """E-mail addresses, spelled out ones too."""
    for one in _email().finditer(plain.text):
        before = _LOCAL.search(plain.text, max(0, one.start() - _LONGEST_LOCAL), one.start())
        if before:
            yield before.start(), one.end()


@cache
def _email() -> re.Pattern[str]:
    at = rf"(?:\ ?@\ ?|\ ?[(\[<{{]\ ?(?:{either('email', 'at')}|@)\ ?[)\]>}}]\ ?|\ {either('email', 'at')}\ )"
    dot = rf"(?:\.|\ ?[(\[]\ ?(?:{either('email', 'dot')}|\.)\ ?[)\]]\ ?|\ {either('email', 'dot')}\ )"
    return re.compile(rf"{at}(?:[\w-]{{1,63}}{dot}){{1,5}}{LETTER}{{2,12}}(?![\w@])")


def username(plain: Plain) -> Iterator[Span]:
    """Names by which people are known at Telegram, behind @ or in a link."""
    yield from (one.span() for one in _USERNAME.finditer(plain.text))


def address(plain: Plain) -> Iterator[Span]:
    """Numbers of flats, which are somebody's home; a street and a house may be a centre's."""
    yield from (one.span() for one in _flat().finditer(plain.text))


@cache
def _flat() -> re.Pattern[str]:
    flat, number = either("address", "flat"), rf"(?:{either('address', 'number')}\.?|#)"
    digits = rf"\d{{1,3}}{LETTER}?(?!\w)(?![ ]{{0,2}}{either('address', 'people')})"
    behind = rf"{flat}[.:]?[ ]{{0,2}}(?:{number}[ ]{{0,2}}){{0,2}}{digits}"
    before = rf"(?<![\d.,-])\d{{1,3}}(?:[ ]?-[ ]?{either('address', 'ordinal')}|[ ]{either('address', 'short')})"
    return re.compile(f"{behind}|{before}")


def account(plain: Plain) -> Iterator[Span]:
    """International bank account numbers, told by their check digits; behind a word for them any of ten digits and more."""
    for one in _IBAN.finditer(plain.text):
        end = _end_of_iban(one[0], plain.text[one.end() : one.end() + 1])
        if end:
            yield one.start(), one.start() + end
    yield from labelled(plain.bare, _account(), 10)


@cache
def _account() -> str:
    return either("account", "label")


def _end_of_iban(text: str, behind: str) -> int:
    """Where a number whose check digits are right ends; 0 if there is none."""
    signs = [(sign, at + 1) for at, sign in enumerate(text) if sign.isalnum()][: iban_length(text[:2])]
    if not signs or len(signs) < iban_length(text[:2]):
        return 0
    end = signs[-1][1]
    whole = not (text[end : end + 1] or behind).isalnum()
    return end if whole and is_iban("".join(sign for sign, _ in signs)) else 0


def is_iban(signs: str) -> bool:
    """Whether the two digits behind the country are the check digits of the rest."""
    turned = signs[4:] + signs[:4]
    return int("".join(str(int(one, 36)) for one in turned)) % 97 == 1


def coordinates(plain: Plain) -> Iterator[Span]:
    """Points on the map: two fine decimals, degrees and minutes, or words for latitude and longitude."""
    for one in _PAIR.finditer(plain.text):
        if _is_point(one):
            yield one.span()
    for pattern in (_DEGREES, _POLES, _named()):
        yield from (one.span() for one in pattern.finditer(plain.text))


@cache
def _named() -> re.Pattern[str]:
    number = r"[.:= ]{0,3}[+-]?\d{1,3}[.,]\d{1,8}"
    return re.compile(
        rf"{either('coordinates', 'latitude')}{number}[^\d\n]{{0,6}}{either('coordinates', 'longitude')}{number}"
    )


def _is_point(one: re.Match[str]) -> bool:
    first, second = (abs(float(one[name].replace(",", "."))) for name in ("one", "two"))
    least = min(len(one["first"]), len(one["second"]))
    if "," in one["one"] + one["two"]:
        fine = least >= _FINE and not one["between"].strip(" ;/") and one.string[one.end() : one.end() + 1] != ","
    else:
        fine = least >= _FINE or not one["first"].endswith("00")
    return fine and max(first, second) <= 180 and min(first, second) <= 90  # noqa: PLR2004 (degrees)
