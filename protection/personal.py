"""Personal data in what people write: which rule a text breaks, and where. Nothing is kept of the text, and nothing logged."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from protection.rules.dates import age, birth_date
from protection.rules.names import name
from protection.rules.numbers import Span
from protection.rules.papers import card, document, iin, phone
from protection.rules.plain import Plain
from protection.rules.signs import account, address, coordinates, email, username
from records.places import Gazetteer

MOST: Final = 4_096
"""Characters of a Telegram message; what is longer is read in pieces of that length, which overlap."""
_OVERLAP: Final = 256
ENOUGH: Final = 20
"""Findings after which nobody looks for more."""


@cache
def _places() -> Gazetteer:
    return Gazetteer.load()


def _names(plain: Plain) -> Iterator[Span]:
    return name(plain, _places())


RULES: Final[Mapping[str, Callable[[Plain], Iterator[Span]]]] = {
    "email": email,
    "username": username,
    "coordinates": coordinates,
    "address": address,
    "account": account,
    "card": card,
    "iin": iin,
    "phone": phone,
    "document": document,
    "birth_date": birth_date,
    "age": age,
    "name": _names,
}
"""Every rule by its name. The order matters: what one rule has found isn't told of again by a later one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a text breaks, and the part of the text that does, as typed."""

    rule: str
    start: int
    end: int


def found(text: str) -> tuple[Finding, ...]:
    """All personal data in a text, in the order of RULES; any text may be given."""
    findings: list[Finding] = []
    for begin in range(0, max(len(text) - _OVERLAP, 1), MOST - _OVERLAP):
        plain = Plain.of(text[begin : begin + MOST])
        for rule, find in RULES.items():
            for span in find(plain):
                start, end = plain.span(*span)
                one = Finding(rule, begin + start, begin + end)
                if not any(_overlap(one, other) for other in findings):
                    findings.append(one)
                if len(findings) == ENOUGH:
                    return tuple(findings)
    return tuple(findings)


def stops(text: str) -> tuple[str, ...]:
    """The rules a text breaks, each once."""
    return tuple(dict.fromkeys(one.rule for one in found(text)))


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end
