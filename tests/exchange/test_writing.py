"""Tables as files: what stands in them, and what a spreadsheet must not run."""

import csv
import io
import json
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from exchange.shapes import Cell, Column, Table
from exchange.signs import neutral, unmarked
from exchange.writing import ENDINGS, MIME, Form, written

COLUMNS = (Column("ref", "Ref", "#meta+id"), Column("men", "Мужчины", "#affected+m"), Column("note", "ملاحظة"))
FORMS: tuple[Form, ...] = ("csv", "hxl", "xlsx", "json")


def table(*rows: tuple[Cell, ...], rtl: bool = False) -> Table:
    return Table(COLUMNS, rows, rtl)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_csv_is_what_excel_knows_for_utf_8() -> None:
    data = written(table(("F-1", 12, "a, b"), ("F-2", None, 'say "hm"')), "csv")
    assert data == '\ufeffRef,Мужчины,ملاحظة\r\nF-1,12,"a, b"\r\nF-2,,"say ""hm"""\r\n'.encode()


def test_hxl_is_csv_with_a_row_of_tags_below_the_heads() -> None:
    assert written(table(("F-1", 0, None)), "hxl").decode("utf-8-sig").split("\r\n") == [
        "Ref,Мужчины,ملاحظة",
        "#meta+id,#affected+m,",
        "F-1,0,",
        "",
    ]


def test_json_is_a_list_of_objects_and_says_null_for_what_is_unknown() -> None:
    data = written(table(("F-1", 12, "=1+1"), ("F-2", None, "Ақтау")), "json")
    assert json.loads(data) == [
        {"ref": "F-1", "men": 12, "note": "=1+1"},
        {"ref": "F-2", "men": None, "note": "Ақтау"},
    ]
    assert "Ақтау".encode() in data
    assert json.loads(written(table(), "json")) == []


def test_a_workbook_holds_numbers_as_numbers_and_text_as_text() -> None:
    data = written(
        table(("007", 12, "=1+1"), ("http://example.org", None, "1.0"), ("F-3", 10**17, "x\x00\x1fy")), "xlsx"
    )
    assert load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python() == [
        ["Ref", "Мужчины", "ملاحظة"],
        ["007", 12.0, "=1+1"],
        ["http://example.org", "", "1.0"],
        ["F-3", "1" + "0" * 17, "xy"],
    ]
    sheet = parts(data)["xl/worksheets/sheet1.xml"]
    assert "<f" not in sheet
    assert "hyperlink" not in sheet


def test_the_head_of_a_workbook_is_bold_and_stays_in_sight() -> None:
    found = parts(written(table(("F-1", 1, "x")), "xlsx"))
    assert 'state="frozen"' in found["xl/worksheets/sheet1.xml"]
    assert "<b/>" in found["xl/styles.xml"]


def test_an_arabic_workbook_runs_from_right_to_left() -> None:
    right, left = (
        parts(written(table(("F-1", 1, "x"), rtl=rtl), "xlsx"))["xl/worksheets/sheet1.xml"] for rtl in (True, False)
    )
    assert 'rightToLeft="1"' in right
    assert 'rightToLeft="1"' not in left


def test_a_text_too_long_for_a_cell_is_cut_where_one_sees_it() -> None:
    data = written(table(("F-1", 1, "x" * 40_000)), "xlsx")
    [_, [*_, note]] = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert note == "x" * 32_766 + "…"


@pytest.mark.parametrize("form", FORMS)
def test_the_same_table_gives_the_same_bytes_which_name_nobody(form: Form) -> None:
    first, second = (written(table(("F-1", 12, "a"), ("F-2", None, "b")), form) for _ in range(2))
    assert first == second
    assert form in ENDINGS
    assert form in MIME
    if form == "xlsx":
        found = parts(first)
        assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>(.*?)<", found["docProps/core.xml"]) == ["", ""]
        assert set(re.findall(r"W3CDTF\">(.*?)<", found["docProps/core.xml"])) == {"1980-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+7", "-5", "@SUM(1)", "|calc", "%x", "\tx", "\rx", "\nx", "  =1", "\u00a0=1", "\u200b=1", "\ufeff+1",
        "\u2066-1", "＝1", "＋1", "－1", "＠x", "−1", "﹣1", "➕1", "'=1", '"=1', " '\u200f=1", "\U000e0020=1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_an_apostrophe_in_csv(text: str) -> None:
    assert neutral(text) == "'" + text
    assert unmarked(neutral(text)) == text
    [_, [_, _, note]] = csv.reader(io.StringIO(written(table(("", 0, text)), "csv").decode("utf-8-sig"), newline=""))
    assert note == "'" + text
    assert written(Table((Column("a", text),), ()), "csv").decode("utf-8-sig").lstrip('"').startswith("'")


@pytest.mark.parametrize(
    "text", ["", "a=b", "5-7", "Al-Hol", "50%", "o'clock", "'tis", "– none", "— none", "#meta", "1; 2", "a\n\nb"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text
    assert unmarked(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a;=1", "a;'=1"),
        ("a\n=1", "a\n'=1"),
        ('a; "=1', "a;' \"=1"),
        ("a\t+1", "a\t'+1"),
        ("=1;=2", "'=1;'=2"),
        ("\t=1", "'\t'=1"),
        ("a;\n-1", "a;\n'-1"),
    ],
)
def test_a_cell_that_another_spreadsheet_would_cut_in_two_is_safe_on_both_sides(text: str, safe: str) -> None:
    assert neutral(text) == safe
    assert unmarked(safe) == text


@settings(deadline=None, derandomize=True, max_examples=500)
@given(st.text(st.sampled_from("'\"=+-;\t\r\n a\u200b") | st.characters()))
def test_the_apostrophe_is_taken_off_again_whatever_the_text(text: str) -> None:
    assert unmarked(neutral(text)) == text


def test_numbers_below_nought_stay_numbers() -> None:
    assert b"F-1,-5,x\r\n" in written(table(("F-1", -5, "x")), "csv")
