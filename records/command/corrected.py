"""The message put right: typos by the word that was meant, every other word kept; checked by reading it again."""

import re

from records.command.gathered import Gathered
from records.command.item import Fix
from records.command.row import Row
from records.vocabulary import Role

_FILLING = (Role.FILLER, Role.PREPOSITION, Role.SUBSET, Role.KIND)
_DOUBLE_SPACE = re.compile(r"[ \t]{2,}")
_LONELY = re.compile(r"[ \t]+(?=[,;\n]|$)|(?<=\n)[ \t]*[,;]+[ \t]*")
_DOUBLE_COMMA = re.compile(r"([,;])(?:[ \t]*[,;])+")
_BRACKETED = re.compile(r"\(\s*(;[^;()]*;)\s*\)")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")


def corrected(row: Row, result: Gathered) -> str:
    """The whole text with every problem put right; "" if one of them can't be."""
    fixes: list[Fix] = []
    for problem, piece in result.problems:
        if piece is None or piece.fixes is None:
            return ""
        mine = piece.fixes
        if problem not in piece.problems:
            mine = ((piece.start, piece.end, problem.guesses[0] if len(problem.guesses) == 1 else ""),)
        if any(not instead and not _says_nothing(row, start, end) for start, end, instead in mine):
            return ""
        fixes += mine
    fixes += [fix for one in result.filling for fix in one.fixes or ()]
    text, last = row.text, len(row.text)
    for start, end, instead in sorted(set(fixes), reverse=True):
        first, until = row.tokens[start].start, row.tokens[end - 1].end
        if until > last:
            continue
        text, last = text[:first] + instead + text[until:], first
    return _neat(text)


def _says_nothing(row: Row, start: int, end: int) -> bool:
    """Whether those words are filler. Any other may hold what nobody would notice the lack of: "баласыз" is a negation."""
    at = start
    while at < end:
        match = next((one for one in row.matches[at] if any(map(one.has, _FILLING))), None)
        if match is None:
            return False
        at = match.end
    return True


def _neat(text: str) -> str:
    """Without the separators that stood between pieces now gone."""
    text = _EMPTY_BRACKETS.sub(" ", _BRACKETED.sub(r"\1", text))
    text = _DOUBLE_COMMA.sub(r"\1", _DOUBLE_SPACE.sub(" ", text))
    text = _EMPTY_LINE.sub("\n", _LONELY.sub("", text))
    return text.strip(" \t\n,;")
