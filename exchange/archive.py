"""A workbook's archive, looked through before anything parses it. Runs in the process that `reading` starts.

What passes is packed anew, so that the parser sees an archive of ours: two readers of one hostile archive may
disagree about what is in it.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from exchange.limits import Limits
from exchange.shapes import Unreadable

_TYPES = "[content_types].xml"
_BOOK = "xl/workbook.xml"
_TABLE = re.compile(rb"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.(?:sheet|template)\.main\+xml")
_MACRO_NAMES = re.compile(r"vbaproject|vbadata|(?:^|/)macrosheets/")
_MACROS = re.compile(rb"macroEnabled|vbaProject|vbaData|macrosheet", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?!--|\[CDATA\[)")
_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii"}
_ERROR = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*?\st\s*=\s*)(?:"e"|'e')""")
_NOT_WORKED_OUT = re.compile(
    rb"<(?:\w+:)?c\b(?![^<>]*\st\s*=)[^<>]*>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula without its value, as programs write it that can't count; an empty text would be said to be text."""
_LOCKED = 0x1
_LOCAL_HEADER = 30


def workbook(data: bytes, limits: Limits) -> BytesIO:
    """The workbook packed anew, with its XML parts only. Raises Unreadable, or whatever zipfile raises for a broken one."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        names = [entry.filename.replace("\\", "/").lower() for entry in entries]
        if _BOOK not in names or _TYPES not in names:
            raise Unreadable("not_a_table")
        _look(entries, names, limits)
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_STORED) as anew:
            for name, part in _parts(archive, entries):
                anew.writestr(name, part)
    packed.seek(0)
    return packed


def _look(entries: list[ZipInfo], names: list[str], limits: Limits) -> None:
    """Everything that can be known before a byte is inflated."""
    if len(entries) > limits.parts or sum(entry.file_size for entry in entries) > limits.unzipped or _overlap(entries):
        raise Unreadable("bomb")
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise Unreadable("locked")
    if any(_MACRO_NAMES.search(name) for name in names):
        raise Unreadable("macros")
    ways = any(name.startswith("/") or ".." in name.split("/") or ":" in name for name in names)
    packings = {entry.compress_type for entry in entries} - {ZIP_STORED, ZIP_DEFLATED}
    if ways or packings or len(set(names)) < len(names):
        raise Unreadable("broken")


def _overlap(entries: list[ZipInfo]) -> bool:
    """Whether two entries share bytes, as those of an archive that holds itself do."""
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    return any(
        one.header_offset + _LOCAL_HEADER + one.compress_size > two.header_offset for one, two in pairwise(placed)
    )


def _parts(archive: ZipFile, entries: list[ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """The XML parts; a part that inflates to more than it says ends there, and its checksum gives it away."""
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.lower().endswith((".xml", ".rels")):
            part = archive.read(entry)
            _look_into(name.lower(), part)
            # An error would come out of the parser as an empty cell; as text it says what it is.
            yield name, _ERROR.sub(rb'\1"str"', part)


def _look_into(name: str, part: bytes) -> None:
    """No part may declare anything, nor be written so that we couldn't see it."""
    encoding = _ENCODING.match(part)
    hidden = b"\0" in part or part.startswith((b"\xff\xfe", b"\xfe\xff"))
    if hidden or _DECLARED.search(part) or (encoding and encoding[1].lower() not in _ENCODINGS):
        raise Unreadable("broken")
    if (name == _TYPES or name.endswith(".rels")) and _MACROS.search(part):
        raise Unreadable("macros")
    if _NOT_WORKED_OUT.search(part):
        raise Unreadable("formulas")
    if name == _TYPES and not _TABLE.search(part):
        raise Unreadable("not_a_table")


def is_one(data: bytes) -> bool:
    """Whether it begins as an archive does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))
