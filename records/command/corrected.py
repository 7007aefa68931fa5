"""The message put right: typos by the word that was meant, what can't be read left out; checked by reading it again."""

import re
from collections.abc import Sequence

from records.command.gathered import Gathered
from records.command.item import Fix
from records.command.row import Row
from records.problem import Problem

_DOUBLE_SPACE = re.compile(r"[ \t]{2,}")
_LONELY = re.compile(r"[ \t]+(?=[,;\n]|$)|(?<=\n)[ \t]*[,;]+[ \t]*")
_DOUBLE_COMMA = re.compile(r"([,;])(?:[ \t]*[,;])+")
_TAIL = re.compile(r"(?:[ \t]*[:=?!]+(?=\s|$))*")
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
        if _loses(row, problem, mine):
            return ""
        fixes += mine
    fixes += [fix for one in result.filling for fix in one.fixes or ()]
    text, last = row.text, len(row.text)
    for start, end, instead in sorted(set(fixes), reverse=True):
        first, until = row.tokens[start].start, row.tokens[end - 1].end
        if until > last:
            continue
        tail = _TAIL.match(text, until) if not instead else None
        text, last = text[:first] + instead + text[tail.end() if tail else until :], first
    return _neat(text)


def _loses(row: Row, problem: Problem, fixes: Sequence[Fix]) -> bool:
    """Whether a figure would be left out without anybody noticing: a required field is asked for again, all else is gone."""
    field = row.kind.by_name.get(problem.field)
    if field is not None and field.required:
        return False
    return any(not instead and any(map(str.isdecimal, row.typed(start, end))) for start, end, instead in fixes)


def _neat(text: str) -> str:
    """Without the separators that stood between pieces now gone."""
    text = _EMPTY_BRACKETS.sub(" ", text)
    text = _DOUBLE_COMMA.sub(r"\1", _DOUBLE_SPACE.sub(" ", text))
    text = _EMPTY_LINE.sub("\n", _LONELY.sub("", text))
    return text.strip(" \t\n,;")
