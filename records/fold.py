"""Makes words comparable: case, accents, look-alikes, digits and invisible characters stop mattering."""

import re
import unicodedata
from collections.abc import Callable

_ALIKE = {
    # Kazakh letters and what a phone without them offers
    "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
    # Arabic spellings of one sound, Persian and Urdu keyboards included
    "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "گ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ۃ": "ه", "ـ": "",
    # Latin letters that do not decompose
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe",
}  # fmt: skip
ALIKE = str.maketrans(_ALIKE)
"""The same, for `str.translate`."""
_APOSTROPHES = re.compile(r"['’‘ʼʻʿʾ`´]")
_ABBREVIATION = re.compile(r"(?<=\w)\.(?=\w)")
_NOT_A_WORD = re.compile(r"[\W_]+")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_SPACES = re.compile(r"[^\S\n]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_KEPT_CONTROLS = "\n\t"
_BLANK = dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", "")
"""Letters and signs that are empty to look at."""
_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_HYPHENS = dict.fromkeys("\u2010\u2011\ufe63", "-")
_LATIN = "ABCEHIJKMOPSTXYaceijkopsxy"
_CYRILLIC = "АВСЕНІЈКМОРЅТХУасеіјкорѕху"
_TO_LATIN, _TO_CYRILLIC = str.maketrans(_CYRILLIC, _LATIN), str.maketrans(_LATIN, _CYRILLIC)
_LETTERS = re.compile(r"[^\W\d_]+")
_SEEN = {**_BLANK, **_WIDE, **_HYPHENS, "\u066b": ".", "\u066c": ","}
"""What stands for signs that are nothing to look at, or look like those of every keyboard."""


def fold(text: str) -> str:
    """The text as lower-case words with one space between them, for comparing only: "Al-Hasakah" is "al hasakah"."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    folded = _ABBREVIATION.sub(_joined, _APOSTROPHES.sub("", folded))
    return _NOT_A_WORD.sub(" ", folded).strip()


def unmarked(typed: str, full: str) -> bool:
    """Whether a word is that one with all of its marks, or with some of them left out: "عمّان" is عَمَّان, and "عُمان" isn't."""
    mine, theirs = _letters(typed), _letters(full)
    return len(mine) == len(theirs) and all(
        one == other and marks <= more for (one, marks), (other, more) in zip(mine, theirs, strict=True)
    )


def _letters(word: str) -> list[tuple[str, frozenset[str]]]:
    """The letters of a word, each with its marks."""
    found: list[tuple[str, frozenset[str]]] = []
    for one in unicodedata.normalize("NFD", word.casefold()).replace("ـ", ""):
        if found and unicodedata.category(one) == "Mn":
            letter, marks = found[-1]
            found[-1] = (letter, marks | {one})
        else:
            found.append((one, frozenset()))
    return found


def tidy(text: str) -> str:
    """The text as typed, less what nobody sees: invisible and control characters go, digits become 0-9, spaces and hyphens plain.

    A key cap before a line is a bullet: "1️⃣ 200 women" are 200.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _KEYCAP.sub("•", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    return _SPACES.sub(" ", text).translate(_VISIBLE)


def of_one_script(text: str) -> str:
    """The text with words half Latin and half Cyrillic ("wоmen" with a Cyrillic о) in the script most of their letters are of.

    Letters are replaced by those that look the same, one by one; a word that would stay mixed is left as it is.
    """
    return text if text.isascii() else _LETTERS.sub(_unmixed, text)


def _unmixed(word: re.Match[str]) -> str:
    latin = sum(one.isascii() for one in word[0])
    if latin in {0, len(word[0])}:
        return word[0]
    first, second = _TO_LATIN, _TO_CYRILLIC
    if latin * 2 < len(word[0]) or (latin * 2 == len(word[0]) and not word[0][0].isascii()):
        first, second = second, first
    ways = (word[0].translate(first), word[0].translate(second))
    return next((one for one in ways if len({letter.isascii() for letter in one}) == 1), word[0])


def _joined(dot: re.Match[str]) -> str:
    """Nothing between two letters ("u.s."), a space where a digit is beside the dot."""
    text, at = dot.string, dot.start()
    return " " if text[at - 1].isdigit() or text[at + 1].isdigit() else ""


def _plain(one: str) -> str:
    category = unicodedata.category(one)
    if category in {"Mn", "Cf", "Me"}:
        return ""
    return str(unicodedata.digit(one)) if category == "Nd" else _ALIKE.get(one, one)


def _visible(one: str) -> str:
    category = unicodedata.category(one)
    if category in {"Cf", "Me"} or "\ufe00" <= one <= "\ufe0f":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(one))
    if category in {"Cc", "Cs", "Co", "Cn"} and one not in _KEPT_CONTROLS:
        return " "
    return _SEEN.get(one, one)


class _Letters(dict[int, str]):
    """What each letter becomes, worked out when it is first met."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, letter: int) -> str:
        self[letter] = found = self._become(chr(letter))
        return found


_PLAIN, _VISIBLE = _Letters(_plain), _Letters(_visible)
