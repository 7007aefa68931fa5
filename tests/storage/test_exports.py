"""Entries for a file: all of them once, in their order, in pages that follow the key."""

import sqlite3
from datetime import date

from records.question import Question
from records.session import SESSION
from storage import exports
from storage.door import Cell, Door, Tx
from storage.teams import ensure
from tests.storage.made import LESSON, ZHUSAN, post, revise

ALL = Question("flight", None, None)


def _filled(tx: Tx) -> int:
    team = ensure(tx, "Our team")
    for day in ("2019-05-31", "2019-05-30", "2019-05-31", "2019-06-02", "2019-05-31", "2019-05-31", "2019-05-30"):
        post(tx, team, {**ZHUSAN, "date": day})
    post(tx, team, {**ZHUSAN, "to": "almaty", "date": "2019-05-31"})
    revise(tx, post(tx, team), withdraw=True)
    post(tx, team, LESSON, kind=SESSION)
    return team


def refs(tx: Tx, team: int, question: Question, size: int) -> list[str]:
    return [entry.ref for entry, _ in exports.exported(tx, team, question, size)]


async def test_every_entry_comes_once_and_in_its_order_however_large_a_page_is(door: Door) -> None:
    team = await door.change(_filled)
    wanted = [f"F-{number:04}" for number in (2, 7, 1, 3, 5, 6, 8, 4)]
    for size in (1, 2, 3, 4, 500):
        assert await door.read(refs, team, ALL, size) == wanted
    may = Question("flight", date(2019, 5, 31), date(2019, 5, 31), filters=(("to", "almaty"),))
    assert await door.read(refs, team, may, 2) == ["F-0008"]


async def test_counting_stops_where_it_is_enough(door: Door) -> None:
    team = await door.change(_filled)
    assert [await door.read(exports.total, team, ALL, most) for most in (3, 8, 100)] == [3, 8, 8]


async def test_a_page_is_found_by_its_day(door: Door) -> None:
    def plan(tx: Tx) -> str:
        params: dict[str, Cell] = {
            "team": 1,
            "kind": "flight",
            "since": "2019-05-31",
            "until": "9999-12-31",
            "id": 7,
            "size": 500,
        }
        sql = f"EXPLAIN QUERY PLAN {exports.PAGED}{exports.IN_ORDER}"
        return " ".join(row["detail"] for row in tx.all(sql, **params))

    found = await door.read(plan)
    assert "entries_by_day (team=? AND kind=? AND day>? AND day<?)" in found
    assert "TEMP B-TREE FOR ORDER BY" not in found, (found, sqlite3.sqlite_version)
