"""`wayhome export`: the file that /export sends, from the shell."""

import csv
import io
import json
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from storage.door import Door, Tx
from storage.teams import ensure
from tests.bot.test_cli import ROOT, Ended, config, wayhome
from tests.storage.made import ZHUSAN, post

FLIGHTS = "export", "flights", "2019"


def _posted(tx: Tx) -> None:
    team = ensure(tx, "Our team")
    post(tx, team, {**ZHUSAN, "girls": 3, "note": "=1+1"})


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database in it, and its config; the program is this one, wherever it is run."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    config(tmp_path)
    async with await Door.open(f"sqlite:///{tmp_path}/wayhome.db") as door:
        await door.change(_posted)
    return tmp_path


def exported(folder: Path) -> list[dict[str, object]]:
    """What the journal says of files."""
    db = sqlite3.connect(folder / "wayhome.db")
    try:
        rows = db.execute("SELECT payload FROM journal WHERE act = 'exported' ORDER BY seq").fetchall()
    finally:
        db.close()
    return [json.loads(payload) for (payload,) in rows]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_a_file_is_written_for_its_owner_only_and_the_journal_says_so(desk: Path) -> None:
    ended = await wayhome(*FLIGHTS, "--form", "csv", "--out", "here.csv", folder=desk)
    assert (ended.code, ended.err) == (0, "")
    assert "here.csv: 1 entries" in ended.out
    file = desk / "here.csv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    [row] = rows(file.read_text("utf-8"))
    assert (row["ref"], row["women"], row["girls"], row["note"]) == ("F-0001", "67", "3", "'=1+1")
    details = {"kind": "flight", "period": "2019", "rows": 1, "form": "csv", "audience": "team"}
    assert exported(desk) == [{"by": 0, "details": details}]


async def test_without_a_name_it_is_named_by_what_it_holds(desk: Path) -> None:
    ended = await wayhome(*FLIGHTS, "--for-outsiders", "--form", "json", folder=desk)
    assert ended.code == 0, ended.err
    [row] = json.loads((desk / "flights-2019-outsiders.json").read_text("utf-8"))
    assert (row["women"], row["girls"]) == (65, "<5")
    assert "note" not in row


async def test_it_may_go_to_standard_output(desk: Path) -> None:
    ended = await wayhome(*FLIGHTS, "hxl", "--out", "-", folder=desk)
    assert ended.code == 0
    assert rows(ended.out)[0]["women"] == "#affected+adults+f"
    assert "1 entries" in ended.err


async def test_nothing_is_written_over(desk: Path) -> None:
    (desk / "here.csv").write_text("mine")
    ended = await wayhome(*FLIGHTS, "csv", "--out", "here.csv", folder=desk)
    assert ended.code == 1
    assert "here.csv is there already" in ended.err
    assert (desk / "here.csv").read_text() == "mine"
    assert exported(desk) == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("export", "flights", "2018"), 1, "no such entries"),
        (("export", "flights", "last", "30", "days", "--for-outsiders"), 2, "whole days, weeks"),
        (("export", "flights", "--out", "-"), 2, "doesn't go to standard output"),
        (("export", "flights", "csv", "--form", "json"), 2, "one format of file"),
        (("export", "2019"), 2, "flights or sessions"),
        (("export", "flights", "csv", "--out", "no/such/folder.csv"), 1, "No such file or directory"),
    ],
)
async def test_what_can_not_be_done_is_said(desk: Path, words: tuple[str, ...], code: int, told: str) -> None:
    ended: Ended = await wayhome(*words, folder=desk)
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err
    assert {one for one in os.listdir(desk) if one.startswith(("flights", "here"))} == set()  # noqa: PTH208
