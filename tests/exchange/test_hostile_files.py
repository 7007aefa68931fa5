"""Files that were made to harm: each gets a clear refusal, and costs little. All of them are made here."""

import gzip
import io
import random
import struct
import zipfile
import zlib
from typing import get_args

import pytest

from exchange.archive import workbook
from exchange.limits import MEGABYTE, Limits
from exchange.reading import read
from exchange.shapes import Sheet, Unreadable, Why
from tests.exchange.books import BEGIN, GOOD, MAIN, NAMESPACE, RELATED, book, cell, packed, parts, sheet, text

PATIENT = Limits(wall=600)
HEAD = f'<row r="1">{text("A1", "Ref")}{text("B1", "Men")}</row>'
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"


async def why(data: bytes) -> Why:
    with pytest.raises(Unreadable) as refused:
        await read(data, PATIENT)
    return refused.value.why


def unparsed(data: bytes) -> Why:
    """Why a workbook is refused before anything parses it."""
    with pytest.raises(Unreadable) as refused:
        workbook(data, PATIENT)
    return refused.value.why


def raw(entries: list[tuple[str, bytes, int, int]], begin: bytes = b"") -> bytes:
    """An archive whose list is free to lie: each entry's name, deflated bytes, declared size and place; -1 is where it stands."""
    body, listed = bytearray(begin), bytearray()
    for name, deflated, size, place in entries:
        sums = struct.pack("<IIIHH", crc(deflated), len(deflated), size, len(name), 0)
        here = len(body) if place < 0 else place
        if place < 0:
            body += b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sums + name.encode() + deflated
        listed += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sums
        listed += struct.pack("<HHHII", 0, 0, 0, 0, here) + name.encode()
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(listed), len(body), 0)
    return bytes(body + listed + b"PK\x05\x06" + end)


def crc(deflated: bytes) -> int:
    try:
        return zlib.crc32(zlib.decompress(deflated, -15))
    except zlib.error:
        return 0


def deflated(part: bytes) -> bytes:
    return zlib.compress(part, 9)[2:-4]


def listed(of: dict[str, str | bytes]) -> list[tuple[str, bytes, int, int]]:
    plain = {name: part.encode() if isinstance(part, str) else part for name, part in of.items()}
    return [(name, deflated(part), len(part), -1) for name, part in plain.items()]


def archive(**members: bytes) -> bytes:
    return packed({name.replace("__", "/"): part for name, part in members.items()})


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x7fELF\x02\x01\x01\x00",
        gzip.compress(b"a,b\n1,2\n", mtime=0),
        b"Rar!\x1a\x07\x01\x00",
        b"{\\rtf1\\ansi a, b}",
        b"<html><table><tr><td>a</td></tr></table></html>",
        b"\xef\xbb\xbf\r\n <!DOCTYPE html>\n<table>",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        '<?xml version="1.0" encoding="utf-16"?><Workbook/>'.encode("utf-16"),
        b'[\n{"ref": "F-1"}]',
        "a,b\n1,2".encode("utf-32"),
        b"a,b\n1,\x00\n",
        b"a,b\n1,\x07\n",
        archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content=b"<x/>"),
        archive(**{TYPES: b"<Types/>", "word__document.xml": b"<x/>"}),
        archive(**{TYPES: b"<Types/>", "xl__workbook.bin": b"\x83"}),
        archive(**{"letters.txt": b"dear"}),
        archive(inner=book()),
        b"PK\x05\x06" + b"\0" * 18,
        packed(parts(main="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")),
    ],
    ids=lambda data: repr(data[:12]),
)
async def test_what_is_no_table_is_refused_whatever_it_is_called(data: bytes) -> None:
    assert await why(data) == "not_a_table"


async def test_old_and_locked_workbooks_are_told_apart() -> None:
    assert await why(OLE2 + b"\0" * 504 + "Workbook".encode("utf-16-le")) == "old_format"
    assert await why(OLE2 + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")) == "locked"
    good = bytearray(book())
    place = good.find(b"PK\x01\x02") + 8
    good[place] |= 1
    assert await why(bytes(good)) == "locked"


PROJECT = "application/vnd.ms-office.vbaProject"
RELATIONS = "xl/_rels/workbook.xml.rels"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.mark.parametrize(
    "of",
    [
        {"xl/vbaProject.bin": OLE2},
        {"xl/VBAPROJECT.BIN": OLE2},
        {"xl/macrosheets/sheet1.xml": "<x/>"},
        {TYPES: str(parts()[TYPES]).replace(MAIN, MACROS)},
        {TYPES: str(parts()[TYPES]).replace("</Types>", f'<Override PartName="/xl/x.bin" ContentType="{PROJECT}"/></Types>')},
        {RELATIONS: str(parts()[RELATIONS]).replace("/styles", "/vbaProject")},
        {"xl/_rels/other.xml.rels": f'<x Type="{RELATED}/vbaProject" Target="harmless.dat"/>'},
    ],
    ids=range(7),
)  # fmt: skip
async def test_macros_are_refused_whatever_the_file_is_called(of: dict[str, str | bytes]) -> None:
    assert await why(book(others=of)) == "macros"


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "declared", [LAUGHS, OUTSIDE, OUTSIDE.lower(), '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">', '<!ENTITY % p "x">']
)
@pytest.mark.parametrize(
    "part", [SHEET, STRINGS, TYPES, "xl/workbook.xml", "xl/theme/theme1.xml", "customXml/item1.xml"]
)
def test_no_part_may_declare_entities(part: str, declared: str) -> None:
    plain = str(parts().get(part, f"{BEGIN}<x/>"))
    assert unparsed(book(others={part: plain.replace(BEGIN, BEGIN + declared)})) == "broken"


@pytest.mark.parametrize(
    "part",
    [
        (OUTSIDE + "<sst>&i;</sst>").encode("utf-16"),
        (OUTSIDE + "<sst>&i;</sst>").encode("utf-16-le"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<sst/>',
        b"<?xml version='1.0' encoding = 'cp037'?><sst/>",
        b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-16"?><sst/>',
    ],
    ids=range(5),
)
def test_no_part_may_be_written_so_that_it_could_hide_one(part: bytes) -> None:
    assert unparsed(book(others={STRINGS: part})) == "broken"


async def test_what_a_part_declares_is_seen_in_the_process_too() -> None:
    assert await why(book(others={STRINGS: f"{BEGIN}{LAUGHS}<sst/>"})) == "broken"


async def test_a_link_to_another_file_is_not_followed() -> None:
    link = f'{BEGIN}<Relationships><Relationship Id="r1" TargetMode="External" Target="file:///etc/passwd"/></Relationships>'
    rows = f'{HEAD}<row r="2"><c r="A2" t="str"><f>[1]Sheet1!A1</f><v>kept</v></c></row>'
    found = await read(book(rows, {"xl/externalLinks/_rels/externalLink1.xml.rels": link}), PATIENT)
    assert found.lines[0].cells == ("kept", "")


async def test_an_archive_that_unpacks_to_too_much_is_never_unpacked() -> None:
    plain = b" " * (60 * MEGABYTE)
    assert await why(book(others={"xl/media/image1.xml": plain})) == "bomb"
    assert await why(book(others={f"xl/media/{number}.png": b"" for number in range(1_000)})) == "bomb"
    nested = book()
    for _ in range(20):
        nested = packed({"again.zip": nested})
    found = await read(book(others={"xl/media/again.zip": nested, "xl/media/wide.zip": packed({"x": plain})}), PATIENT)
    assert len(found.lines) == 1


async def test_an_archive_that_lies_about_its_sizes_is_found_out() -> None:
    plain = BEGIN.encode() + b"<x>" + b" " * (60 * MEGABYTE)
    small = [*listed(parts()), ("xl/theme/theme1.xml", deflated(plain), 10, -1)]
    assert await why(raw(small)) == "broken"
    large = [*listed(parts()), ("xl/theme/theme1.xml", deflated(b"<x/>"), 2**32 - 2, -1)]
    assert await why(raw(large)) == "bomb"


async def test_entries_that_share_bytes_are_a_bomb() -> None:
    shared = deflated(b"<x>" + b" " * 40_000 + b"</x>")
    first = [*listed(parts()), ("xl/a0.xml", shared, 40_007, -1)]
    place = raw(first).rfind(b"PK\x03\x04")
    assert (
        await why(raw([*first, *((f"xl/a{number}.xml", shared, 40_007, place) for number in range(1, 500))])) == "bomb"
    )
    itself = [*listed(parts()), ("xl/itself.xml", b"x" * 4_000, 4_000, 0)]  # as an archive that holds itself has it
    assert await why(raw(itself)) == "bomb"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.xml", "/etc/passwd.xml", "xl/../../x.xml", "..\\x.xml", "C:\\x.xml", "XL/workbook.xml", SHEET],
)
def test_entries_with_ways_out_or_names_of_others_are_refused(name: str) -> None:
    assert unparsed(raw([*listed(parts()), (name, deflated(b"<x/>"), 4, -1)])) == "broken"


async def test_an_archive_from_a_program_that_writes_backslashes_is_read() -> None:
    windows = raw([(name.replace("/", "\\"), part, size, -1) for name, part, size, _ in listed(parts())])
    assert b"xl\\workbook.xml" in windows
    assert (
        await read(windows, PATIENT)
        == await read(raw(listed(parts())), PATIENT)
        == await read(packed(parts()), PATIENT)
    )


def row_of(*cells: str, number: int = 2) -> str:
    return f'{HEAD}<row r="{number}">{"".join(cells)}</row>'


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row_of(cell("XFD1048576", "1"), number=1_048_576), "bomb"),
        (row_of(cell("ZZZZZZZZZZ1", "1")), "bomb"),
        (row_of(cell("A99999999999999999999", "1")), "bomb"),
        (row_of(cell("XFD2", "1")), "too_many_columns"),
        (row_of(cell("A0", "1")), "broken"),
        (row_of(*(cell("", "1"),)), "broken"),
        (row_of(text("A2", "x" * 10_001)), "long_cell"),
        (row_of(text("A2", "x" * 40 * MEGABYTE)), "long_cell"),
        ("".join(f"<row>{'<c><v>1</v></c>' * 201}</row>" for _ in range(2)), "too_many_columns"),
        (HEAD + "<row><c><v>1</v></c></row>" * (2**20 - 1), "too_many_rows"),
        ("", "empty"),
    ],
    ids=range(11),
)
async def test_cells_that_take_more_room_than_a_table_has(rows: str, said: Why) -> None:
    assert await why(book(rows)) == said


@pytest.mark.parametrize(
    "rows",
    [
        GOOD + "".join(f'<row r="{number}" s="0" customFormat="1"><c s="0"/></row>' for number in range(3, 200_000)),
        GOOD + '<row r="1048576"><c r="A1048576" s="0"/></row>',
        GOOD + "<row>" * 100_000,
        GOOD + "<x>" * 100_000 + "</x>" * 100_000,
    ],
    ids=["styled", "styled far below", "nested and open", "nested"],
)
async def test_what_holds_nothing_costs_nothing(rows: str) -> None:
    assert [line.cells for line in (await read(book(rows), PATIENT)).lines] == [("F-1", "12")]


@pytest.mark.parametrize("said", ["A1:XFD1048576", "A1", "B7:A1", "ZZZZZZZ99999999999999"])
async def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(said: str) -> None:
    of = parts()
    of[SHEET] = sheet(GOOD, before=f'<dimension ref="{said}"/>')
    assert [line.cells for line in (await read(packed(of), PATIENT)).lines] == [("F-1", "12")]


async def test_one_text_in_a_million_cells_is_a_bomb() -> None:
    row = "".join(("<row>", '<c t="s"><v>0</v></c>' * 50, "</row>"))
    of = parts(HEAD + row * 15_000)
    for length in (9_000, 80):
        of[STRINGS] = f'<sst xmlns="{NAMESPACE}"><si><t>{"x" * length}</t></si></sst>'
        assert await why(packed(of)) == "bomb"
    of[STRINGS] = f'<sst xmlns="{NAMESPACE}" count="4294967295" uniqueCount="4294967295"><si><t>x</t></si></sst>'
    assert await why(packed(of)) == "bomb"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a" * 5 * MEGABYTE, "long_cell"),
        (b'"' * 5 * MEGABYTE, "long_cell"),
        (b'a,b\n1,"' + b"x\n" * 2 * MEGABYTE, "long_cell"),
        (b"a,b\n" + b",1" * MEGABYTE, "too_many_columns"),
        (b"a,b\n" + b"1,2\n" * MEGABYTE, "too_many_rows"),
        (b"a" * (5 * MEGABYTE + 1), "too_big"),
    ],
    ids=range(6),
)
async def test_text_without_measure_is_refused(data: bytes, said: Why) -> None:
    assert await why(data) == said


@pytest.mark.parametrize("length", range(100, len(book()), 100))
async def test_a_file_cut_short_is_broken(length: int) -> None:
    assert await why(book()[:length]) == "broken"


@pytest.mark.parametrize("seed", range(30))
async def test_a_file_with_bytes_gone_wrong_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        for name, part in parts().items():
            made.writestr(name, part)
    data = bytearray(chance.choice((book(), stored.getvalue(), b"Ref,Men\nF-1,12\n" * 9)))
    for _ in range(chance.choice((1, 3, 30))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        found = await read(bytes(data), PATIENT)
    except Unreadable as refused:
        assert refused.why in get_args(Why)  # noqa: PT017 - either will do
    else:
        assert isinstance(found, Sheet)
        assert {len(line.cells) for line in found.lines} <= {len(found.head)}
