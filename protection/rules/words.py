"""The words of words.toml as regular expressions over plain texts, and what else the desk knows not to be a name."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from protection.rules.plain import plain
from records.fold import fold
from records.vocabulary import Role, Vocabulary

WORDS = Path(__file__).parent / "words.toml"
_IBAN = "iban"
LETTER = r"[^\W\d_]"
_ARABIC = re.compile(r"[\u0620-\u064a]")
_THE = r"(?=[\u0620-\u064a])[وف]?(?:[بك]?ال|لل)"
_BEFORE_ARABIC = f"(?:{_THE}|(?=[\u0620-\u064a])[وف]?[بلك]?)"
"""And, in, for, the: what Arabic writes together with a word."""
_PART = re.compile(r"[^\W_]+\*?")


@cache
def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return {name: one for name, one in tomllib.loads(WORDS.read_text("utf-8")).items() if name != _IBAN}


@cache
def _lengths() -> Mapping[str, int]:
    return {plain(country): int(length) for country, length in tomllib.loads(WORDS.read_text("utf-8"))[_IBAN].items()}


def iban_length(country: str) -> int:
    """How long a bank account number of that country is, 0 if it has none."""
    return _lengths().get(country, 0)


def either(rule: str, *names: str) -> str:
    """A pattern that matches whole words: any phrase of those lists."""
    return either_of(phrase for name in names for phrase in _lists()[rule][name])


def either_of(phrases: Iterable[str]) -> str:
    """A pattern that matches any of those phrases as whole words."""
    patterns = set(map(_pattern, phrases))
    arabic = {one for one in patterns if _ARABIC.match(one)}
    definite = {one.removeprefix("ال") for one in arabic if one.startswith("ال")}
    indefinite = {one for one in arabic if not one.startswith("ال")}
    branches = [
        rf"{before}(?:{_branches(some)})"
        for before, some in (("", patterns - arabic), (_THE, definite), (_BEFORE_ARABIC, indefinite))
        if some
    ]
    return rf"(?<!{LETTER})(?={LETTER})(?:{'|'.join(branches)})(?!{LETTER})"


def _branches(patterns: Iterable[str]) -> str:
    """Any of those, the longest first, sorted by their first letters: a text of 4,096 characters is looked through in no time."""
    by_letter: dict[str, list[str]] = {}
    for one in sorted(patterns, key=lambda one: (-len(one), one)):
        by_letter.setdefault(one[0], []).append(one[1:])
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())


def endings(rule: str, name: str) -> str:
    """A pattern of the ends of words."""
    return f"(?:{'|'.join(sorted(map(plain, _lists()[rule][name]), key=len, reverse=True))})"


def _pattern(phrase: str) -> str:
    parts = _PART.findall(plain(phrase))
    made = _one(parts[0])
    for before, part in pairwise(parts):
        made += ("[^\\w\\n]{1,3}" if len(before) == len(part) == 1 else "[^\\w\\n]{0,3}") + _one(part)
    return made


def _one(part: str) -> str:
    return part[:-1] + LETTER + "*" if part.endswith("*") else part


@cache
def named(role: Role) -> str:
    """A pattern of the desk's own words of that sort: months, say."""
    return either_of(
        " ".join(phrase) for phrase, some in _vocabulary().senses.items() if any(one.role is role for one in some)
    )


@cache
def case_ending() -> re.Pattern[str]:
    """The case ending of a place, at the end of a folded word."""
    return re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _vocabulary().endings), key=len, reverse=True))})\Z")


def everyday(word: str) -> bool:
    """Whether the command language knows that word, so that it names nobody."""
    return fold(word) in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(word for phrase in _vocabulary().senses for word in phrase)


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary.load()
