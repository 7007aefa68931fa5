"""The rows of a text with delimiters, in whatever letters and signs it was saved. Runs in the process that `reading` starts."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice

from exchange.limits import Limits
from exchange.shapes import Unreadable

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_OTHER = re.compile(r'\s*(?:<[!?a-z]|\{\\rtf|%PDF-|\[\s*\{|\{\s*")', re.IGNORECASE)
"""How pages, XML, RTF, PDF and JSON begin."""
_SAID = re.compile(r'"?sep=([^\w\s"]|\t)"?(?:\r\n?|\n)', re.IGNORECASE)
_DELIMITERS = ",;\t|"
_SAMPLE = 2**16
_FIRST = 10
CODES = _CYRILLIC, _ARABIC = "kz1048", "cp1256"
"""Windows-1251 with the letters of Kazakh where it has those of Ukrainian and Serbian, and the Arabic one."""
_ODD_CYRILLIC = re.compile("[а-яёәғқңөұүһ][А-ЯЁӘҒҚҢӨҰҮҺ]")
_ODD_ARABIC = re.compile("[ء-ي][à-ü]|[à-ü][ء-ي]")


def rows(data: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows, by number as a spreadsheet counts them. Raises Unreadable."""
    text = decoded(data)
    if _OTHER.match(text):
        raise Unreadable("not_a_table")
    said = _SAID.match(text)
    lines = StringIO(text[said.end() :] if said else text, newline="")
    number = 0
    try:
        for row in csv.reader(lines, delimiter=said[1] if said else _delimiter(text), strict=True):
            number += 1
            yield number, row
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable("long_cell", limits.cell, number + 1) from None
        raise Unreadable("quotes", row=number + 1) from None


def decoded(data: bytes) -> str:
    """The text, by its byte order mark, as UTF-8, or as one of two older codes. Raises Unreadable."""
    try:
        text = _decoded(data)
    except UnicodeDecodeError:
        raise Unreadable("broken") from None
    text = text.removesuffix("\x1a")
    if _CONTROLS.search(text):
        raise Unreadable("not_a_table")
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _of_one_byte(data)


def _of_one_byte(data: bytes) -> str:
    """Cyrillic read as Arabic mixes in Latin letters with accents, Arabic read as Cyrillic has capitals inside of words."""
    text = data.decode(errors="replace")
    bad = text.count("\ufffd")
    if sum(not one.isascii() for one in text) > 2 * bad:
        raise Unreadable("broken")  # UTF-8 with a few bytes that went wrong
    cyrillic, arabic = data.decode(_CYRILLIC, "replace"), data.decode(_ARABIC)
    if len(_ODD_ARABIC.findall(arabic)) < len(_ODD_CYRILLIC.findall(cyrillic)):
        return arabic
    return data.decode(_CYRILLIC)


def _delimiter(text: str) -> str:
    """The one by which most of the first rows are equally wide."""
    return max(_DELIMITERS, key=lambda one: _agreement(text[:_SAMPLE], one))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    widths = Counter(islice(_widths(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)), _FIRST))
    rows, width = max(((rows, width) for width, rows in widths.items()), default=(0, 0))
    return (rows, width) if width > 1 else (0, 0)


def _widths(rows: Iterator[list[str]]) -> Iterator[int]:
    """How many cells each row has, as far as they can be read."""
    with suppress(csv.Error):
        for row in rows:
            if any(row):
                yield len(row)
