"""What the desk reads out of files that people send."""

import codecs
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.delimited import decoded
from exchange.limits import LIMITS, Limits
from exchange.reading import read
from exchange.shapes import Cell, Column, Line, Sheet, Table, Unreadable
from exchange.signs import writable
from exchange.writing import Form, written
from tests.exchange.books import book, cell, packed, parts, sheet, text

ROOMY = 600.0
"""Seconds a loaded machine may take: what ends these tests is never the clock."""


async def seen(data: bytes) -> list[list[str]]:
    """Head and lines."""
    found = await read(data, Limits(wall=ROOMY))
    return [list(found.head), *(list(line.cells) for line in found.lines)]


async def refusal(data: bytes, limits: Limits | None = None) -> tuple[str, int | None, int | None]:
    with pytest.raises(Unreadable) as refused:
        await read(data, limits or Limits(wall=ROOMY))
    return refused.value.why, refused.value.most, refused.value.row


HEAD = [text("A1", "Ref"), text("B1", "Value")]


async def value_of(xml: str, *formats: str) -> str:
    """What a workbook's cell B2 is read as."""
    rows = f"<row r='1'>{''.join(HEAD)}</row><row r='2'>{text('A2', 'F-1')}{xml}</row>"
    return (await seen(packed(parts(rows, formats=formats))))[1][1]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_table_comes_back_as_it_was_written(form: Literal["csv", "xlsx"]) -> None:
    columns = (Column("ref", "Ref"), Column("men", "Мужчины"), Column("note", "ملاحظة"))
    data = written(
        Table(columns, [("F-1", 12, "=1+1"), ("F-2", None, "Ақтау, 'Al-Hol'\nтау"), ("", -3, " '=x;-y")]), form
    )
    found = await read(data, Limits(wall=ROOMY))
    assert found.head == ("Ref", "Мужчины", "ملاحظة")
    assert found.lines == (
        Line(2, ("F-1", "12", "=1+1")),
        Line(3, ("F-2", "", "Ақтау, 'Al-Hol'\nтау")),
        Line(4, ("", "-3", " '=x;-y")),
    )


TEXTS = st.text(st.sampled_from("'\"=+-;,|\t\r\n a_x\u200b") | st.characters(), max_size=12)
CELLS = st.one_of(st.none(), st.integers(-(10**18), 10**18), TEXTS)


@pytest.mark.parametrize("form", ["csv", "hxl", "xlsx"])
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=30)))
async def test_any_table_comes_back_as_it_was_written(form: Form, rows: list[tuple[Cell, ...]]) -> None:
    width = len(rows[0]) if rows else 2
    columns = tuple(Column(f"k{number}", f"Head {number}", f"#tag{number}") for number in range(width))
    found = await read(written(Table(columns, rows), form), Limits(wall=ROOMY))
    expected = [tuple("" if one is None else writable(str(one)) for one in row) for row in rows]
    if form == "hxl":
        expected.insert(0, tuple(one.hxl for one in columns))
    lines = {number: row for number, row in enumerate(expected, 2) if any(one.strip() for one in row)}
    assert found == Sheet(
        tuple(one.head for one in columns), tuple(Line(*one) for one in lines.items()), (), found.name
    )


@pytest.mark.parametrize(
    ("xml", "formats", "shown"),
    [
        (cell("B2", "12"), (), "12"),
        (cell("B2", "12.0"), (), "12"),
        (cell("B2", "1.5"), (), "1.5"),
        (cell("B2", "0.30000000000000004"), (), "0.3"),
        (cell("B2", "-0.0"), (), "0"),
        (cell("B2", "1e300"), (), "1e+300"),
        (cell("B2", "1", "b"), (), "TRUE"),
        (cell("B2", "0", "b"), (), "FALSE"),
        (cell("B2", "#REF!", "e"), (), "#REF!"),
        ('<c t="e" r="B2"><f>1/0</f><v>#DIV/0!</v></c>', (), "#DIV/0!"),
        ("<c r='B2' t = 'e' s='0'><v>#N/A</v></c>", (), "#N/A"),
        ('<c r="B2"><f>6*7</f><v>42</v></c>', (), "42"),
        (cell("B2", "text of a formula", "str"), (), "text of a formula"),
        (cell("B2", "0", "s"), (), "shared"),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', (), ""),
        ('<c r="B2" s="1"><v>43616</v></c>', ("yyyy\\-mm\\-dd",), "2019-05-31"),
        ('<c r="B2" s="1"><v>43616.354166666664</v></c>', ("dd.mm.yyyy hh:mm",), "2019-05-31T08:30"),
        ('<c r="B2" s="1"><v>43616.354167</v></c>', ("dd.mm.yyyy hh:mm",), "2019-05-31T08:30"),
        ('<c r="B2" s="1"><v>43615.99999999</v></c>', ("dd.mm.yyyy hh:mm",), "2019-05-31"),
        ('<c r="B2" s="1"><v>0.35416666666666669</v></c>', ("hh:mm",), "08:30"),
        ('<c r="B2" s="1"><v>1.1041666666666667</v></c>', ("[h]:mm",), "26:30"),
        ('<c r="B2" t="d"><v>2019-05-31</v></c>', (), "2019-05-31"),
        (text("B2", "_x0041_"), (), "A"),
        (text("B2", "&lt;b&gt; &amp;amp;"), (), "<b> &amp;"),
    ],
)
async def test_a_cell_of_a_workbook_is_read_as_the_text_it_stands_for(
    xml: str, formats: tuple[str, ...], shown: str
) -> None:
    assert await value_of(xml, *formats) == shown


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="B2"><f>1+1</f></c>',
        '<c r="B2" s="0"><f>1+1</f><v></v></c>',
        '<c r="B2"><f>1+1</f><v /></c>',
        '<c r="B2"><f t="shared" si="0"/></c>',
    ],
)
async def test_a_formula_that_was_never_worked_out_is_no_empty_cell(xml: str) -> None:
    assert await refusal(book(f"<row r='1'>{''.join(HEAD)}</row><row r='2'>{text('A2', 'F-1')}{xml}</row>")) == (
        "formulas",
        None,
        None,
    )


async def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    of = parts(
        f"<row r='1'>{''.join(HEAD)}</row><row r='2'><c r='A2' s='1'><v>42154</v></c></row>", formats=["yyyy\\-mm\\-dd"]
    )
    of["xl/workbook.xml"] = str(of["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert (await seen(packed(of)))[1] == ["2019-05-31", ""]


async def test_rows_are_numbered_as_the_spreadsheet_does() -> None:
    rows = (
        f"<row r='3'>{text('C3', 'Ref')}{text('D3', 'Men')}</row><row r='7'>{text('C7', 'F-1')}{cell('D7', '4')}</row>"
    )
    found = await read(book(rows), Limits(wall=ROOMY))
    assert found == Sheet(("Ref", "Men"), (Line(7, ("F-1", "4")),), (), "Sheet1")
    found = await read(b'\n\n"Ref\r\nof flight",Men\n,\nF-1,4\n\nF-2,"5\n"\nF-3,6', Limits(wall=ROOMY))
    assert [line.number for line in found.lines] == [5, 7, 8]
    assert found.head[0] == "Ref\r\nof flight"


async def test_the_first_sheet_in_sight_that_holds_something_is_read() -> None:
    of = parts(states=["hidden", "veryHidden", "visible", "visible", "visible"])
    of["xl/worksheets/sheet2.xml"] = sheet(f"<row r='1'>{text('A1', 'hidden')}</row>")
    of["xl/worksheets/sheet3.xml"] = sheet(f"<row r='1'>{text('A1', '  ')}</row>")
    of["xl/worksheets/sheet4.xml"] = sheet(f"<row r='1'>{text('A1', 'a')}{text('B1', 'b')}</row>")
    found = await read(packed(of), Limits(wall=ROOMY))
    assert (found.name, found.head) == ("Sheet4", ("a", "b"))
    assert await refusal(packed(parts(states=["hidden", "visible"]))) == ("empty", None, None)


async def test_of_merged_cells_the_first_holds_the_text_and_hidden_rows_are_read() -> None:
    rows = f"<row r='1'>{''.join(HEAD)}</row><row r='2' hidden='1'>{text('A2', 'F-1')}</row><row r='3'>{text('B3', 'x')}</row>"
    of = parts()
    of["xl/worksheets/sheet1.xml"] = sheet(rows, after='<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>')
    assert await seen(packed(of)) == [["Ref", "Value"], ["F-1", ""], ["", "x"]]


async def test_a_title_stands_above_the_head() -> None:
    found = await read(b"Flights of May\n\nRef,Men\nF-1,4\n", Limits(wall=ROOMY))
    assert found == Sheet(("Ref", "Men"), (Line(4, ("F-1", "4")),), (Line(1, ("Flights of May",)),))


async def test_a_table_of_one_column_has_its_head_on_top_whatever_comes_far_below() -> None:
    assert await seen(b"Ref\nF-1\nF-2\n") == [["Ref"], ["F-1"], ["F-2"]]
    lines = "".join(f"F-{number}\n" for number in range(20))
    found = await read(f"Ref\n{lines}F-20,stray\n".encode(), Limits(wall=ROOMY))
    assert (found.head, found.above, len(found.lines)) == (("Ref", ""), (), 21)
    assert found.lines[-1].cells == ("F-20", "stray")


async def test_lines_are_as_wide_as_the_head_and_nothing_to_its_right_is_lost() -> None:
    assert await seen(b"a,b,,\n1\n1,2,,,\n1,2,,4\n") == [
        ["a", "b", "", ""],
        ["1", "", "", ""],
        ["1", "2", "", ""],
        ["1", "2", "", "4"],
    ]


@pytest.mark.parametrize("delimiter", list(",;\t|"))
async def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["Рейс", "Дата", "Минут"], ["F-1", "31.05.2019", "1,5"], ["F-2", "a; b | c", "2,5"]]
    lines = [delimiter.join(f'"{one}"' if any(sign in one for sign in ",;|") else one for one in row) for row in rows]
    assert await seen("\n".join(lines).encode()) == rows


async def test_decimal_commas_do_not_make_columns() -> None:
    assert await seen(b"day;hours\n1;1,5\n2;2,5\n3;3,5\n") == [
        ["day", "hours"],
        ["1", "1,5"],
        ["2", "2,5"],
        ["3", "3,5"],
    ]
    assert await seen(b"Report\nday;hours\n1;1,5\n") == [["day", "hours"], ["1", "1,5"]]


@pytest.mark.parametrize("said", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
async def test_the_delimiter_may_be_said_and_that_line_is_no_row(said: str) -> None:
    found = await read(f"{said}a,b;c\n1,5;2\n".encode("utf-8-sig"), Limits(wall=ROOMY))
    assert found == Sheet(("a,b", "c"), (Line(2, ("1,5", "2")),))


CYRILLIC = [
    "Дата;Рейс;Мужчины\r\n31.05.2019;Жусан-3;12\r\n",
    "ДАТА;РЕЙС\r\nАКТАУ;ЖУСАН\r\n",
    "дата,рейс\nактау,жұсан\n",
    "Ұшу күні\tӨлке\n",
]
ARABIC = [
    "التاريخ;الرحلة;رجال\r\n2019-05-31;مخيم الهول;١٢\r\n".replace("١٢", "12"),
    "نساء,أطفال\nحلب,دمشق\n",
    "ملاحظة\tرقم\n",
]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *((words, code) for words in (*CYRILLIC, *ARABIC) for code in ("utf-8", "utf-8-sig", "utf-16")),
        *((words, "kz1048") for words in CYRILLIC),
        (CYRILLIC[0], "cp1251"),
        (CYRILLIC[1], "cp1251"),
        *((words, "cp1256") for words in ARABIC),
    ],
)
def test_letters_are_read_in_the_code_they_were_saved_in(words: str, code: str) -> None:
    assert decoded(words.encode(code)) == words
    assert decoded(codecs.BOM_UTF16_BE + words.encode("utf-16-be")) == words


async def test_utf_8_with_a_few_bytes_gone_wrong_is_not_taken_for_another_code() -> None:
    data = bytearray("Дата;Рейс;Мужчины\n31.05.2019;Жусан-3;12\n".encode())
    data[1] = 0x20
    assert await refusal(bytes(data)) == ("broken", None, None)
    assert await refusal(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8a\x00") == ("broken", None, None)


async def test_limits_say_what_was_too_much_and_where() -> None:
    tight = Limits(size=400, rows=3, columns=4, cell=10, wall=ROOMY)
    assert await refusal(b"a" * 401, tight) == ("too_big", 400, None)
    assert await refusal(b"a,b\n" + b"1,2\n" * 4, tight) == ("too_many_rows", 3, None)
    assert await refusal(b"a,b\n" + b"1,2\n" * 60, tight) == ("too_many_rows", 3, None)
    assert await refusal(b"a,b\n1,2,3,4,5", tight) == ("too_many_columns", 4, 2)
    assert await refusal(b"a,b\n1,12345678901", tight) == ("long_cell", 10, 2)
    assert len(await seen(b"title\na,b\n" + b"1,2\n" * 3)) == 4


async def test_an_open_quotation_mark_is_named_by_its_row() -> None:
    assert await refusal(b'a,b\n1,2\n3,"4\n5,6\n') == ("quotes", None, 3)
    assert await refusal(b'a,b\n1,2\n3,"4" x\n5,6\n') == ("quotes", None, 3)


@pytest.mark.parametrize("data", [b"", b"\n\n,,\n", b"\xef\xbb\xbf", b" ;; \n", b"sep=;\n"])
async def test_nothing_is_nothing(data: bytes) -> None:
    assert await refusal(data) == ("empty", None, None)


async def test_a_head_alone_is_a_table_without_lines() -> None:
    assert await read(b"a,b\n", Limits(wall=ROOMY)) == Sheet(("a", "b"), ())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_twenty_thousand_rows_pass_and_one_more_does_not(form: Literal["csv", "xlsx"]) -> None:
    columns = (Column("a", "A"), Column("b", "B"))
    rows = [("x", number) for number in range(LIMITS.rows + 1)]
    found = await read(written(Table(columns, rows[:-1]), form), Limits(wall=ROOMY))
    assert found.lines[-1] == Line(20_001, ("x", "19999"))
    assert await refusal(written(Table(columns, rows), form)) == ("too_many_rows", 20_000, None)
