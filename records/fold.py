"""Makes words comparable: case, accents, look-alikes, digits and invisible characters stop mattering."""

import re
import unicodedata

ALIKE = str.maketrans(
    {
        # Kazakh letters and what a phone without them offers
        "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
        # Arabic spellings of one sound, Persian and Urdu keyboards included
        "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "گ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه",
        "ۃ": "ه", "ـ": None,
        # Latin letters that do not decompose
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe",
    }
)  # fmt: skip
_APOSTROPHES = re.compile(r"['’‘ʼʻʿʾ`´]")
_ABBREVIATION = re.compile(r"(?<=\w)\.(?=\w)")
_NOT_A_WORD = re.compile(r"[\W_]+")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_SPACES = re.compile(r"[^\S\n]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_KEPT_CONTROLS = "\n\t"
_ARABIC_POINT, _ARABIC_THOUSANDS = "\u066b", "\u066c"


def fold(text: str) -> str:
    """The text as lower-case words with one space between them, for comparing only: "Al-Hasakah" is "al hasakah"."""
    if text.isascii():
        folded = text.lower()
    else:
        folded = unicodedata.normalize("NFKD", text.casefold())
        folded = "".join(_plain(one) for one in folded).translate(ALIKE)
    folded = _ABBREVIATION.sub(_joined, _APOSTROPHES.sub("", folded))
    return _NOT_A_WORD.sub(" ", folded).strip()


def tidy(text: str) -> str:
    """The text as typed, less what nobody sees: invisible and control characters go, digits become 0-9, spaces plain.

    A key cap before a line is a bullet: "1️⃣ 200 women" are 200.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _KEYCAP.sub("•", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    return "".join(_visible(one) for one in _SPACES.sub(" ", text))


def _joined(dot: re.Match[str]) -> str:
    """Nothing between two letters ("u.s."), a space where a digit is beside the dot."""
    text, at = dot.string, dot.start()
    return " " if text[at - 1].isdigit() or text[at + 1].isdigit() else ""


def _plain(one: str) -> str:
    if one.isascii():
        return one
    category = unicodedata.category(one)
    if category in {"Mn", "Cf", "Me"}:
        return ""
    return str(unicodedata.digit(one)) if category == "Nd" else one


def _visible(one: str) -> str:
    if one.isascii() and (one.isprintable() or one in _KEPT_CONTROLS):
        return one
    category = unicodedata.category(one)
    if category in {"Cf", "Me"} or "\ufe00" <= one <= "\ufe0f":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(one))
    if category in {"Cc", "Cs", "Co", "Cn"}:
        return " "
    return {_ARABIC_POINT: ".", _ARABIC_THOUSANDS: ","}.get(one, one)
