"""Numbers that lead to one person: telephones, Kazakhstan's IIN, cards and documents."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import phonenumbers

from protection.rules.numbers import MOST_DIGITS, Number, Span, labelled
from protection.rules.plain import Plain
from protection.rules.words import either

_REGIONS = ("KZ", "SY", "IQ")
_TRUNKS = {"KZ": (7, ("8", "7")), "SY": (963, ("00963", "963", "0")), "IQ": (964, ("00964", "964", "0"))}
_BARE = re.compile(r"7[0-8]\d{8}|9[03-689]\d{7}")
"""Numbers that are a telephone's without anything before: those of mobiles."""

_BARE_GROUPS = {(3, 3, 4), (3, 3, 2, 2), (3, 3, 3)}
_MAYBE = re.compile(r"[78]7|7\d{9}\Z|0|9")
"""How all numbers of the three countries begin; a quick look before a slow one."""
_DOTTED = re.compile(
    r"(?<!\d)\d\d[./ -]{1,2}\d\d[./ -]{1,2}\d\d[./ -]{1,3}(?:\d{6}|\d[ .-]\d{5}|\d{3}[ .-]\d{3})(?!\d)"
)
"""An IIN whose first half is written as a date."""


def phone(plain: Plain) -> Iterator[Span]:
    """Telephone numbers valid in Kazakhstan, Syria or Iraq, or anywhere after "+"; behind a word for it any five digits."""
    yield from labelled(plain.bare, _labels("phone"), 5)
    papers = [*labelled(plain.bare, _labels("document"), 6)]
    for one in plain.numbers:
        if _is_phone(one) and not any(start < one.start < end for start, end in papers):
            yield one.start - one.plus, one.end


def _is_phone(one: Number) -> bool:
    if not 8 <= len(one.digits) <= 15:  # noqa: PLR2004 (E.164)
        return False
    if one.plus or (one.digits.startswith("00") and len(one.digits) > 10):  # noqa: PLR2004
        return _valid_abroad(one.digits.lstrip("0"))
    return _MAYBE.match(one.digits) is not None and any(_valid_at_home(one, region) for region in _REGIONS)


def _valid_abroad(digits: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}"))
    except phonenumbers.NumberParseException:
        return False


def _valid_at_home(one: Number, region: str) -> bool:
    digits = one.digits
    code, trunks = _TRUNKS[region]
    trunk = next((one for one in trunks if digits.startswith(one)), "")
    rests = [digits[len(trunk) :]] if trunk else []
    if _BARE.fullmatch(digits) and tuple(map(len, one.groups)) in _BARE_GROUPS | {(len(digits),)}:
        rests.append(digits)
    return any(
        not rest.startswith("0")
        and phonenumbers.is_valid_number_for_region(phonenumbers.PhoneNumber(code, int(rest)), region)
        for rest in rests
        if rest
    )


def iin(plain: Plain) -> Iterator[Span]:
    """Twelve digits of which six are a day and the seventh is 0 to 6; there is no checksum, or mistyped ones would slip through."""
    yield from ((one.start, one.end) for one in plain.numbers if is_iin(one.digits))
    yield from (one.span() for one in _DOTTED.finditer(plain.text) if is_iin("".join(re.findall(r"\d", one[0]))))
    yield from labelled(plain.bare, _labels("iin"), 6)


def is_iin(digits: str) -> bool:
    """Whether twelve digits may be somebody's IIN."""
    if len(digits) != 12 or digits[6] > "6":  # noqa: PLR2004
        return False
    return any(_is_day(century + digits[:6]) for century in ("19", "20"))


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def card(plain: Plain) -> Iterator[Span]:
    """Numbers of payment cards, told by their check digit; behind a word for them any of twelve digits and more."""
    yield from ((one.start, one.end) for one in plain.numbers if _is_card(one.digits))
    yield from labelled(plain.bare, _labels("card"), 13)


def _is_card(digits: str) -> bool:
    return 13 <= len(digits) <= MOST_DIGITS and digits[0] in "23456" and luhn(digits)  # noqa: PLR2004


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    doubled = (sum(divmod(int(one) * 2, 10)) for one in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


_SERIES = re.compile(r"(?<![\w/.-])(?!f-|s-)[a-z]{1,2}(?:#?\d{7,9}|-\d{8,9})(?![\w-]*[a-z])")
_CAPITALS = re.compile(r"(?<![\w/.-])[a-z]{1,2} [# ]{0,2}\d{7,9}(?!\w)")
_BY_SHAPE = re.compile(r"0\d{8}|(?:0[1-9]|1[0-4])\d{9}|(?:19[3-9]|20[0-2])\d{9}")
"""A Kazakh identity card, a Syrian national number, an Iraqi national card."""


def document(plain: Plain) -> Iterator[Span]:
    """Numbers of passports and identity cards, by their letters, by their shape, or behind a word for them."""
    series = [*_SERIES.finditer(plain.bare)]
    series += [one for one in _CAPITALS.finditer(plain.bare) if plain.typed[plain.at[one.start()]].isupper()]
    yield from (
        one.span() for one in series if not _flight().search(plain.bare[max(0, one.start() - 20) : one.start()])
    )
    shaped = (one for one in plain.numbers if len(one.groups) == 1 and not one.plus)
    yield from ((one.start, one.end) for one in shaped if _BY_SHAPE.fullmatch(one.digits))
    yield from labelled(plain.bare, _labels("document"), 6)


@cache
def _flight() -> re.Pattern[str]:
    """The word for a flight, or a reference, at the end of a text."""
    return re.compile(rf"{either('document', 'flight')}[^\w\n]{{0,3}}\Z")


@cache
def _labels(rule: str) -> str:
    return either(rule, "label")
