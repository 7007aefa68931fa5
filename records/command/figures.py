"""Numbers as they are typed: `67`, `1 200`, `~30`, `600+`, `twelve`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from records.command.row import Row
from records.command.tokens import Gap
from records.vocabulary import Role

_WHOLE = re.compile(r"([~≈>≥±]?)\s?(\d{1,3}(?:,\d{3})+|\d{1,9})(\+?)")
_FIRST_GROUP = re.compile(r"[~≈>≥±]?\s?\d{1,3}")
_GROUP = re.compile(r"\d{3}\+?")
_MOST_SIGNS = 12
"""Nine figures and the signs around them; more are no number."""
_BAD = (
    (re.compile(r"[-−]\d.*"), "negative"),
    (re.compile(r"[~≈]?\d+[.,]\d+\+?"), "decimal"),
    (re.compile(r"\d+/\d+"), "two_numbers"),
    (re.compile(r"\d+[-–]\d+"), "two_numbers"),
    (re.compile(r"[<≤]\s?\d+"), "not_a_number"),
    (re.compile(r"[~≈>]?\s?\d{10,}\+?"), "too_many"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read up to, not including, the word at `end`; `approx` if a sign marks it as not exact."""

    end: int
    number: int
    approx: bool


def figures(row: Row, at: int) -> Iterator[Figure]:
    """The ways to read a number at a word, the longest first: `1 200` is one number, or perhaps two."""
    if at >= row.end or row.tokens[at].tail:
        return
    token = row.tokens[at]
    if not token.text[-1:].isdecimal() and token.text[-1:] != "+":
        word = row.match(at, Role.NUMBER)
        if word is not None:
            yield _and_tens(row, Figure(word.end, int(next(word.of(Role.NUMBER)).name), approx=False))
        return
    if _FIRST_GROUP.fullmatch(token.text):
        end, digits = at + 1, token.text
        while (
            len(digits) <= _MOST_SIGNS
            and row.near(end)
            and _GROUP.fullmatch(row.tokens[end].text)
            and _one_space(row, end)
        ):
            digits, end = digits + row.tokens[end].text, end + 1
            if digits[-1] == "+":
                break
        if end > at + 1 and (match := _WHOLE.fullmatch(digits)):
            yield Figure(end, int(match[2]), approx=bool(match[1] or match[3]))
    if match := _WHOLE.fullmatch(token.text):
        yield Figure(at + 1, int(match[2].replace(",", "")), approx=bool(match[1] or match[3]))


def _and_tens(row: Row, figure: Figure) -> Figure:
    """The number with what an "and" written together with it adds: "خمسة وعشرون" is 25."""
    at = figure.end
    if not row.near(at + 1) or not row.match(at, Role.FILLER) or row.tokens[at].end != row.tokens[at + 1].start:
        return figure
    more = row.match(at + 1, Role.NUMBER)
    if more is None:
        return figure
    behind = _and_tens(row, Figure(more.end, int(next(more.of(Role.NUMBER)).name), approx=False))
    tens = figure.number in range(1, 10) and behind.number in range(20, 100, 10)
    hundreds = figure.number in range(100, 1000, 100) and behind.number in range(1, 100)
    return replace(behind, number=figure.number + behind.number) if tens or hundreds else figure


def wrong(text: str) -> str:
    """The code of what is wrong with a number that isn't one; "" if it doesn't look like one."""
    return next((code for pattern, code in _BAD if pattern.fullmatch(text)), "")


def _one_space(row: Row, at: int) -> bool:
    return row.tokens[at].gap is Gap.SPACE and row.tokens[at].start == row.tokens[at - 1].end + 1
