"""Cuts a message into words and what stands between them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from records.fold import fold, of_one_script


class Gap(IntEnum):
    """What stands before a token, the strongest of what is there."""

    SPACE = 0
    LINK = 1
    """`:`, `=`, a spaced dash, an arrow: ties a value to its word, or two places to a pair."""
    COMMA = 2
    """A comma, a bracket, a bullet, the end of a sentence: nothing but a date goes over it."""
    LINE = 3
    """The end of a line, `;`, or the beginning of the message."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as typed, folded into its parts ("Al-Hol" has two), and where it stands in the text."""

    text: str
    parts: tuple[str, ...]
    start: int
    end: int
    gap: Gap
    linked: bool = False
    """A link stands before it, whatever else does."""
    quoted: bool = False
    """It stood in quotes, `text` being what was between them: a value, whole."""
    stem: str = ""
    """The word of a name without what is written together with it; "" if that is the word as typed."""
    opens: tuple[str, ...] = ()
    """The fields its case ending opens."""
    tail: bool = False
    """It is the rest of a line, taken whole because a note or a source began."""

    @property
    def folded(self) -> str:
        """The word for comparing."""
        return " ".join(self.parts)

    @property
    def name(self) -> str:
        """The word as a place's name has it."""
        return self.stem or self.text


QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("„", "“"))
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_SCANNER = re.compile(
    rf"""
      (?P<quoted>"[^"\n]{{1,600}}"|«[^»\n]{{1,600}}»|“[^”\n]{{1,600}}”|„[^“”\n]{{1,600}}[“”])
    | (?P<line>[\n;؛])
    | (?P<arrow>(?<=[\u0600-\u06ff])\ ?[←⇐]|->|=>|>++(?!\s?\d)|[→⇒➔➡➜✈🛫🛬])
    | (?P<link>[:=：])
    | (?P<number>(?:[~≈<>≤≥±]\s?)?(?:(?<![\w)])[-−])?\d(?:[\w%+{_MARKS}]|(?<=\d)[.:,/](?=\d)|[-–](?=\w))*)
    | (?P<short>(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?)
    | (?P<dotted>[^\W\d_]{{2,12}}\.[^\W\d_]{{2,30}}(?![\w@]))
    | (?P<word>\w(?:[\w{_MARKS}]|['’ʼʻ‘`&@/-](?=\w))*)
    | (?P<dash>[-–—―−]+)
    | (?P<comma>[,،、.!?…()\[\]{{}}•·*|/<>«»“”„"])
    | (?P<other>\S)
    """,
    re.VERBOSE,
)
_COUNTED = re.compile(r"([~≈]?\s?\d+(?:[.:,/]\d+)*\+?)[-–]?([^\W\d_].*)")
_NAMED = re.compile(r"([^\W\d_]+)([-–]?)(\d+\+?)")
_RUN = re.compile(r"(?:\d+[^\W\d_]+){2,}")
_IN_RUN = re.compile(r"\d+|[^\W\d_]+")
_BULLET_LINES = re.compile(r"^[ \t]*[-−](?=\d)", re.MULTILINE)
_NUMBERED_LINES = re.compile(r"^[ \t]*(\d{1,2})[.)](?=[ \t])", re.MULTILINE)

_SHORT = 2
_LONGEST = 600
"""Characters of a word that are looked at: what is longer is nothing the desk knows, and one letter may fold to eighteen."""
_MOST_PAIR = 60
"""Characters of two places typed as one word."""
_APART = "&+№#×'’‘ʼ`´"
"""Signs that stand between words and part nothing."""

Known = Callable[[str], bool]


def _nowhere(name: str) -> bool:
    del name
    return False


class _Cutter:
    """Goes through a text once, keeping what stands before the next word."""

    def __init__(self, text: str, known: Known, place: Known) -> None:
        self.typed, self.text = text, of_one_script(text)
        self.known, self.place = known, place
        self.gap, self.linked = Gap.LINE, False
        self.bulleted = len(_BULLET_LINES.findall(text)) > 1
        self.numbers = _numbering(text)

    def cut(self) -> Iterator[Token]:
        for match in _SCANNER.finditer(self.text):
            name = str(match.lastgroup)
            if match.start() in self.numbers:
                self._widen(Gap.COMMA)
            elif name == "word" and len(match[0]) > _LONGEST:
                yield replace(self._token(match[0], *match.span()), stem=match[0][:_LONGEST])
            elif name in {"quoted", "number", "short", "word"}:
                yield from self._words(match, name)
            elif name == "dotted":
                yield from self._dotted(match)
            elif name == "dash":
                yield from self._dash(match)
            elif name == "other":
                self._widen(Gap.COMMA if not match[0].isalnum() and match[0] not in _APART else Gap.SPACE)
            elif name == "arrow" and self._begins_line(match.start()):
                self._widen(Gap.COMMA)
            else:
                self._widen({"line": Gap.LINE, "comma": Gap.COMMA}.get(name, Gap.LINK))
                self.linked |= name in {"link", "arrow"}

    def _widen(self, gap: Gap) -> None:
        self.gap = max(self.gap, gap)

    def _words(self, match: re.Match[str], name: str) -> Iterator[Token]:
        start, end, typed = match.start(), match.end(), match[0]
        if name == "quoted":
            if typed[1:-1].strip():
                yield self._token(" ".join(self.typed[start + 1 : end - 1].split()), start, end, quoted=True)
            return
        if typed[0] in "-−" and self.bulleted and self._begins_line(start):
            start, typed = start + 1, typed[1:]
        if _RUN.fullmatch(typed) and all(one.isdecimal() or self.known(fold(one)) for one in _IN_RUN.findall(typed)):
            yield from (self._token(one[0], start + one.start(), start + one.end()) for one in _IN_RUN.finditer(typed))
            return
        pieces = _COUNTED.fullmatch(typed) or _NAMED.fullmatch(typed)
        if pieces and self.known(fold(pieces[1 if pieces.re is _NAMED else 2])):
            last = pieces[pieces.re.groups]
            yield self._token(pieces[1], start, start + len(pieces[1]))
            if pieces.re is _NAMED and pieces[2]:
                self._widen(Gap.LINK)
                self.linked = True
            yield self._token(last, end - len(last), end)
            return
        if "/" in typed and any(len(part) > _SHORT and self.known(fold(part)) for part in typed.split("/")):
            yield from self._slashed(typed, start)
            return
        second = self._second_place(typed)
        if second:
            yield self._token(typed[: second - 1], start, start + second - 1)
            self.gap, self.linked = Gap.LINK, True
            yield self._token(typed[second:], start + second, end)
            return
        if fold(typed):
            yield self._token(typed, start, end)
        else:
            self._widen(Gap.COMMA)

    def _dotted(self, match: re.Match[str]) -> Iterator[Token]:
        """A word cut short by a dot ("проф.обучение"), or the end of one sentence and the beginning of the next."""
        if self.known(fold(match[0])):
            yield self._token(match[0], *match.span())
            return
        first, last = match[0].split(".")
        yield self._token(first, match.start(), match.start() + len(first))
        self._widen(Gap.COMMA)
        yield self._token(last, match.end() - len(last), match.end())

    def _second_place(self, typed: str) -> int:
        """Where the second of two places tied by a hyphen begins ("KAC-SCO"); 0 if that is one name, or none."""
        if "-" not in typed or len(typed) > _MOST_PAIR or typed[0].isdecimal() or self.place(typed):
            return 0
        ends = (one.start() for one in re.finditer("-", typed))
        return next((at + 1 for at in ends if self.place(typed[:at]) and self.place(typed[at + 1 :])), 0)

    def _slashed(self, typed: str, start: int) -> Iterator[Token]:
        """Words with a slash between them: "12 women/8 men"."""
        for part in typed.split("/"):
            if part:
                yield self._token(part, start, start + len(part))
                self._widen(Gap.COMMA)
            start += len(part) + 1
        self.gap = Gap.SPACE

    def _dash(self, match: re.Match[str]) -> Iterator[Token]:
        """A dash ties a value to its word; at a line's beginning it is a bullet, at its end it stands for no value."""
        rest = self.text[match.end() :].lstrip(" \t")
        if self._begins_line(match.start()):
            self._widen(Gap.COMMA)
        elif not rest or rest[0] in "\n;؛,،":
            yield self._token(match[0], match.start(), match.end())
        else:
            self._widen(Gap.LINK)
            self.linked = True

    def _begins_line(self, at: int) -> bool:
        before = self.text[:at].rstrip(" \t")
        return not before or before[-1] in "\n;؛"

    def _token(self, typed: str, start: int, end: int, *, quoted: bool = False) -> Token:
        token = Token(typed, tuple(fold(typed[:_LONGEST]).split()), start, end, self.gap, self.linked, quoted)
        self.gap, self.linked = Gap.SPACE, False
        return token


def cut(text: str, known: Known, place: Known = _nowhere) -> list[Token]:
    """The words of a tidied text.

    `known` tells whether a folded word is one of the language, so that "12women" is two, `place` whether a name is on the map.
    """
    return list(_Cutter(text, known, place).cut())


def _numbering(text: str) -> frozenset[int]:
    """Where the numbers of a numbered list stand: lines that begin with "1.", "2." and so on."""
    found = list(_NUMBERED_LINES.finditer(text))
    ordered = len(found) > 1 and [int(one[1]) for one in found] == list(range(1, len(found) + 1))
    return frozenset(one.start(1) for one in found) if ordered else frozenset()


def with_tails(tokens: list[Token], text: str, ends: list[int]) -> list[Token]:
    """The same tokens, those after each index of `ends` up to the end of its line, or `;`, being one.

    A value that begins with a quote ends with it.
    """
    kept: list[Token] = []
    at = 0
    openers = set(ends)
    while at < len(tokens):
        kept.append(tokens[at])
        at += 1
        if at not in openers or at == len(tokens) or tokens[at].gap is Gap.LINE:
            continue
        first, last = tokens[at], at
        while last + 1 < len(tokens) and tokens[last + 1].gap is not Gap.LINE:
            last += 1
        whole = first.quoted and last == at
        start, end = (first.start, first.end) if whole else line(text, tokens, at, last)
        kept.append(
            replace(
                first, text=first.text if whole else " ".join(text[start:end].split()), start=start, end=end, tail=True
            )
        )
        at = last + 1
    return kept


def line(text: str, tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """From behind the word and its link to the end of the line, with the punctuation typed there."""
    before = tokens[first - 1].end
    start = before + len(text[before:]) - len(text[before:].lstrip(" \t:=–—-"))
    start = min(start, tokens[first].start)
    end = tokens[last].end
    while end < len(text) and text[end] not in "\n;؛":
        end += 1
    return start, start + len(text[start:end].rstrip())
