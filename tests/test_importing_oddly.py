"""Tables as people really send them: saved by spreadsheets, with columns of their own, and places nobody has heard of."""

import asyncio
import io
from datetime import datetime

import pytest
import xlsxwriter

from tests.bot.test_cli import wayhome
from tests.house import Talk
from tests.test_importing import HEAD, sends, talk

__all__ = ["talk"]


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ar"])
async def test_however_many_columns_are_unknown_there_is_one_answer(talk: Talk, language: str) -> None:
    await talk.says(f"/language {language}")
    heads = ",".join(f"{at} {'what nobody knows ' * 5}" for at in range(200))
    shown = await sends(talk, f"{heads}\n{'1,' * 199}1\n")
    assert "what nobody knows" in shown.text
    assert "190" in shown.text
    assert len(shown.text) < 4_096


async def test_days_times_and_counts_are_read_as_spreadsheets_write_them(talk: Talk) -> None:
    rows = (
        "A-1,2019-05-31 00:00:00,Erbil,Aktau,12.0,,\n"
        "A-2,31.05.2019 0:00,Erbil,Almaty,~12.0,,\n"
        "A-3,2019-05-31T00:00:00.000,Erbil,Astana,12,,\n"
    )
    shown = await sends(talk, HEAD + rows)
    await talk.presses(shown, "Store")
    assert [(one["day"], one["women"]) for one in await talk.kept()] == [("2019-05-31", 12)] * 3


@pytest.mark.parametrize(("day", "women"), [("2019-05-31 08:30", "1"), ("2019-05-31", "12.5"), ("2019-05-31", "1.200")])
async def test_nothing_is_cut_off_a_day_or_a_count_that_says_more(talk: Talk, day: str, women: str) -> None:
    shown = await sends(talk, f"{HEAD}A-1,{day},Erbil,Aktau,{women},,\n")
    assert "Wrong: 1" in shown.text


async def test_a_moment_is_read_back_from_a_workbook_that_made_a_moment_of_it(talk: Talk) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, moment = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_row(0, 0, ("ref", "date", "from", "to", "departs", "arrives", "women"))
        sheet.write_row(1, 0, ("K-1", "", "Erbil", "Aktau", "", "", 12))
        for column, at in ((1, "2019-05-31T00:00"), (4, "2019-05-30T22:30"), (5, "2019-05-31T04:10")):
            sheet.write_datetime(1, column, datetime.fromisoformat(at), moment)
    await talk.presses(await sends(talk, file.getvalue(), name="a.xlsx"), "Store")
    (kept,) = await talk.kept()
    assert '"departs":"2019-05-30T22:30"' in kept["body"]
    assert '"arrives":"' in kept["body"]


async def test_places_nobody_knows_are_named_before_they_are_stored(talk: Talk) -> None:
    await talk.says("/flight ref K-1 31.05.2019 from Roj to Kept As It Was women 6")
    odd = ("n/a", "Erbill", "Aktauu & Co", "One", "Two", "Three")
    rows = "".join(f"A-{at},{at}.01.2019,{name},Aktau,3,,\n" for at, name in enumerate((*odd, *odd), 1))
    shown = await sends(talk, HEAD + rows + "K-1,31.05.2019,Roj,Kept As It Was,7,,\n")
    (line,) = [one for one in shown.text.splitlines() if "Erbill" in one]
    assert "n/a" in line
    assert "Aktauu & Co" in line
    assert line.count("Erbill") == 1
    assert "Three" not in line
    assert "Aktau," not in line
    assert "Kept As It Was" not in line
    assert "Store" in "".join(shown.buttons)


async def test_a_row_that_would_be_otherwise_for_the_days_sake_is_not_told_of_in_silence(talk: Talk) -> None:
    shown = await sends(talk, f"{HEAD}N-1,02.03.2026,Erbil,Aktau,5,,\n")
    talk.clock.forward(30 * 3600)
    _, now = await talk.presses(shown, "Store")
    assert "changed since the preview" in now.text
    assert "Row 2: new" in now.text


async def test_no_file_is_named_that_tells_of_the_rows_as_they_were(talk: Talk) -> None:
    rows = "".join(f"N-{at},02.03.2026,Erbil,Aktau,{at},,\n" for at in range(1, 9))
    shown = await sends(talk, HEAD + rows)
    assert "and more rows: 2. The file above" in shown.text
    talk.clock.forward(30 * 3600)
    _, now = await talk.presses(shown, "Store")
    assert "and more rows: 3." in now.text
    assert "file above" not in now.text


async def test_the_shell_names_no_file_above(talk: Talk) -> None:
    file = talk.folder / "flights.csv"
    rows = "".join(f"N-{at},02.03.2026,Erbil,Aktau,many,,\n" for at in range(1, 9))
    await asyncio.to_thread(file.write_text, HEAD + rows, "utf-8")
    await talk.shell("stats", "flights", "all")  # writes the config
    ended = await wayhome("import", str(file), "flights", "--config", str(talk.folder / "wayhome.toml"))
    assert "and more rows: 3." in ended.err
    assert "file above" not in ended.err
