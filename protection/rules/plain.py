"""A text as the rules read it: look-alikes of every alphabet are one letter, digits are 0-9, and what nobody sees is gone."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from protection.rules.numbers import Number, bare, numbers
from records.fold import ALIKE

_CYRILLIC = str.maketrans("авекмнорстухіѕјһ", "abekmhopctyxisjh")
_GREEK = str.maketrans("αβεικνορτυχ", "abeikvoptyx")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("’‘ʼʻʿʾ`´", "'"),
        **dict.fromkeys("″”“", '"'),
        **dict.fromkeys("º˚", "°"),
        "№": "#", "،": ",", "؛": ";", "٫": ".", "٬": ",", "＠": "@", "﹫": "@", "′": "'", "：": ":",
        **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"),
    }
)  # fmt: skip
_GONE = frozenset({"Mn", "Me", "Cf"})
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")


@lru_cache(4096)
def _letter(one: str) -> str:
    """What stands for a character: nothing, itself, or all it is put together of."""
    one = one.translate(_SIGNS)
    if one.isascii():
        return one.lower()
    return "".join(_part(part) for part in unicodedata.normalize("NFKD", one.casefold()))


def _part(one: str) -> str:
    category = unicodedata.category(one)
    if category in _GONE:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(one))
    if category == "Zs":
        return " "
    return one.translate(_SIGNS).translate(ALIKE).translate(_CYRILLIC).translate(_GREEK)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as the rules read it, as typed, and where it stands in the plain text."""

    plain: str
    typed: str
    start: int
    end: int

    @property
    def like_a_name(self) -> bool:
        """Whether it begins as names do: in a capital, or in a script that has none."""
        return self.typed[:1].isupper() or not (self.typed[:1].islower() or self.typed[:1].istitle())


@dataclass(frozen=True)
class Plain:
    """A plain text, and where each of its characters stood in what was typed."""

    typed: str
    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, typed: str) -> "Plain":
        """The plain form of any text."""
        if typed.isascii():
            return cls(typed, typed.lower().replace("\r", "\n"), tuple(range(len(typed))))
        letters = [_letter(one) for one in typed]
        at = tuple(place for place, some in enumerate(letters) for _ in some)
        return cls(typed, "".join(letters), at)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where that part of the plain text stood in what was typed."""
        return self.at[start], self.at[end - 1] + 1

    @cached_property
    def bare(self) -> str:
        """The text without its dates, times and pages; everything keeps its place."""
        return bare(self.text)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """All that may be read as one number."""
        return numbers(self.bare)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words, in order."""
        return tuple(
            Word(one[0], self.typed[slice(*self.span(*one.span()))], one.start(), one.end())
            for one in _WORD.finditer(self.text)
        )


def plain(text: str) -> str:
    """A word or phrase as the rules read it."""
    return Plain.of(text).text
