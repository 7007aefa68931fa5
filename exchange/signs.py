"""Text that a spreadsheet would run as a formula, and the apostrophe that keeps it text (OWASP: CSV injection)."""

import re

_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_SIGNS = r"=+\-@|%＝＋－＠｜￨％﹦﹢﹣﹫﹪⁼⁺⁻₌₊₋−‐‑˗➕➖٪"
_RUNS = rf"(?=['\"\t\r\n{_UNSEEN}]*[\t\r\n{_SIGNS}])"
_RUNS_WITHIN = rf"(?=['\"{_UNSEEN}]*[{_SIGNS}])"
_RISKY = re.compile(rf"\A{_RUNS}|(?<=[;\t\r\n]){_RUNS_WITHIN}")
_MARKED = re.compile(rf"\A'{_RUNS}|(?<=[;\t\r\n])'{_RUNS_WITHIN}")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def writable(text: str) -> str:
    """The text less the control characters that no file may hold; halves of letters become U+FFFD."""
    return _HALVES.sub("\ufffd", _UNWRITABLE.sub("", text))


def neutral(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could begin to run it; `unmarked` takes it off.

    That is at its start and after a semicolon, a tab or a line's end too: a spreadsheet that separates by those, as it
    does where a comma stands before decimals, begins a cell of its own there.
    """
    return _RISKY.sub("'", text)


def unmarked(text: str) -> str:
    """The text less the apostrophes of `neutral`; any other text is as it was."""
    return _MARKED.sub("", text) if "'" in text else text
