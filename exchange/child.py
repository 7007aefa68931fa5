"""The process that reads a file from outside: bytes come in, lines of JSON go out, and it may do little else.

It is started anew for each file by `exchange.reading`, which says its limits as the only argument. All it needs is
loaded before it sees a byte of the file.
"""

import codecs
import gc
import json
import resource
import sys

from exchange import archive, delimited, workbook
from exchange.heading import sheet
from exchange.limits import Limits
from exchange.shapes import Sheet, Unreadable

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CODECS = ("cp437", "utf-8-sig", "utf-16", *delimited.CODES)
"""What would be looked up in files, the first for names in archives."""


def main() -> None:
    limits = Limits(**json.loads(sys.argv[1]))
    for one in _CODECS:
        codecs.lookup(one)
    _confine(limits)
    gc.disable()  # nothing here goes round in circles, and the cells are many
    try:
        lines = _told(_read(sys.stdin.buffer.read(), limits), limits)
    except Unreadable as error:
        lines = [_line("why", error.why, error.most, error.row)]
    except MemoryError:
        lines = [_BOMB]
    except BaseException:  # noqa: BLE001 - parsers raise what they like, a panic of Rust's among it
        lines = [_line("why", "broken", None, None)]
    for line in lines:
        sys.stdout.buffer.write(line)


def _confine(limits: Limits) -> None:
    """Memory and time come to an end. From here on nothing can be opened, not a file nor a connection, and no process started."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.processor),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def _read(data: bytes, limits: Limits) -> Sheet:
    """What it is, goes by what stands in it."""
    if data.startswith(_OLD):
        raise Unreadable("locked" if _LOCKED in data else "old_format")
    if archive.is_one(data):
        return sheet(*workbook.rows(archive.workbook(data, limits), limits), limits)
    return sheet("", delimited.rows(data, limits), limits)


def _told(found: Sheet, limits: Limits) -> list[bytes]:
    lines = [
        _line("head", found.name, found.head),
        *(_line("above", line.number, line.cells) for line in found.above),
        *(_line("line", line.number, line.cells) for line in found.lines),
        _line("end"),
    ]
    return lines if sum(map(len, lines)) <= limits.answer else [_BOMB]


def _line(*what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False).encode() + b"\n"


_BOMB = _line("why", "bomb", None, None)
