"""The door's promises: committed before it is told, each change alone in its failure, nothing that hangs."""

import asyncio
import sqlite3
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from storage.door import Door, Tx
from storage.errors import DatabaseBroken, DatabaseClosed, DatabaseFull, DatabaseLocked
from storage.writer import MOST_TOGETHER
from tests.storage.doors import all_begun, content, fails, held, names, put, seen_from_outside, without_end


async def test_a_change_is_committed_before_it_is_told(door: Door, url: str) -> None:
    for number in range(20):
        name = await door.change(put, f"team {number}")
        assert seen_from_outside(url)[-1] == name


async def test_changes_that_wait_are_committed_together(door: Door) -> None:
    commits: list[str] = []
    first = await held(door)
    traced = asyncio.create_task(door._writer.alone(lambda db: db.set_trace_callback(commits.append)))
    waiting = [asyncio.create_task(door.change(put, f"team {number}")) for number in range(100)]
    await all_begun(waiting)
    await first.let_go()
    await traced
    assert list(await asyncio.gather(*waiting)) == await door.read(names)
    assert commits.count("COMMIT") == 1


async def test_a_group_has_a_limit_so_that_nobody_waits_for_all(door: Door) -> None:
    commits: list[str] = []
    first = await held(door)
    traced = asyncio.create_task(door._writer.alone(lambda db: db.set_trace_callback(commits.append)))
    waiting = [asyncio.create_task(door.change(put, f"team {number}")) for number in range(MOST_TOGETHER + 1)]
    await all_begun(waiting)
    await first.let_go()
    await traced
    await asyncio.gather(*waiting)
    assert commits.count("COMMIT") == 2


async def test_a_change_that_fails_fails_alone(door: Door) -> None:
    first = await held(door)
    good = [asyncio.create_task(door.change(put, f"good {number}")) for number in range(10)]
    bad = [asyncio.create_task(door.change(fails, f"bad {number}")) for number in range(10)]
    broken = asyncio.create_task(door.change(lambda tx: tx.run("NOT EVEN SQL")))
    twice = asyncio.create_task(door.change(put, "good 1"))
    late = asyncio.create_task(door.change(put, "late"))
    await asyncio.sleep(0)
    await first.let_go()
    outcomes = await asyncio.gather(*good, *bad, broken, twice, late, return_exceptions=True)
    assert outcomes[:10] == [f"good {number}" for number in range(10)]
    assert all(isinstance(one, LookupError) for one in outcomes[10:20])
    assert isinstance(outcomes[20], sqlite3.OperationalError)
    assert isinstance(outcomes[21], sqlite3.IntegrityError)
    assert await door.read(names) == [*(f"good {number}" for number in range(10)), "late"]


async def test_cancelled_before_its_turn_is_never_done(door: Door) -> None:
    first = await held(door)
    waiting = [asyncio.create_task(door.change(put, name)) for name in ("dropped", "kept")]
    await all_begun(waiting)
    waiting[0].cancel()
    await first.let_go()
    with pytest.raises(asyncio.CancelledError):
        await waiting[0]
    assert await waiting[1] == "kept"
    assert await door.read(names) == ["kept"]


async def test_cancelled_while_it_runs_is_committed_all_the_same(door: Door) -> None:
    go, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(tx: Tx) -> None:
        loop.call_soon_threadsafe(begun.set)
        go.wait()
        put(tx, "slow")

    task = asyncio.create_task(door.change(slow))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()
    await door.change(put, "next")
    assert await door.read(names) == ["slow", "next"]


async def test_a_look_sees_one_state_however_long_it_takes(door: Door) -> None:
    go, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def looks_twice(tx: Tx) -> tuple[list[str], list[str]]:
        before = names(tx)
        loop.call_soon_threadsafe(begun.set)
        go.wait()
        return before, names(tx)

    look = asyncio.create_task(door.read(looks_twice))
    await begun.wait()
    await door.change(put, "meanwhile")
    assert await door.read(names) == ["meanwhile"]
    go.set()
    assert await look == ([], [])


async def test_a_look_can_change_nothing(door: Door) -> None:
    with pytest.raises(DatabaseBroken, match="readonly"):
        await door.read(put, "team")
    assert await door.read(names) == []


async def test_more_looks_than_readers_take_turns_and_a_failing_one_gives_its_reader_back(door: Door) -> None:
    await door.change(put, "team")

    def broken(tx: Tx) -> None:
        raise LookupError

    for _ in range(5):
        with pytest.raises(LookupError):
            await door.read(broken)
    assert await asyncio.gather(*(door.read(names) for _ in range(20))) == [["team"]] * 20


async def test_a_cancelled_look_gives_its_reader_back_at_once(door: Door) -> None:
    endless = [await without_end(door.read) for _ in range(2)]
    for one in endless:
        one.cancel()
    await asyncio.gather(*endless, return_exceptions=True)
    assert await asyncio.gather(*(door.read(names) for _ in range(4))) == [[]] * 4


async def test_a_database_locked_by_another_program_is_named_and_works_again_after(url: str) -> None:
    async with await Door.open(url, patience=0.05) as door:
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        both = await asyncio.gather(door.change(put, "a"), door.change(put, "b"), return_exceptions=True)
        assert [type(one) for one in both] == [DatabaseLocked, DatabaseLocked]
        assert isinstance(both[0], DatabaseLocked)
        assert isinstance(both[0].__cause__, sqlite3.OperationalError)
        assert await door.read(names) == []
        other.execute("ROLLBACK")
        other.close()
        assert await door.change(put, "c") == "c"


async def test_waits_for_another_program_that_is_soon_done(door: Door, url: str) -> None:
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(door.change(put, "patient"))
    await asyncio.sleep(0.05)
    other.execute("COMMIT")
    other.close()
    assert await waiting == "patient"


def limit(db: sqlite3.Connection, more: int) -> None:
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + more}")


async def test_when_the_disk_is_full_only_what_finds_no_room_fails(door: Door) -> None:
    await door._writer.alone(limit, 8)
    first = await held(door)
    small = [asyncio.create_task(door.change(put, f"small {number}")) for number in range(5)]
    large = asyncio.create_task(door.change(put, "x" * 1_000_000))
    more = [asyncio.create_task(door.change(put, f"more {number}")) for number in range(5)]
    await asyncio.sleep(0)
    await first.let_go()
    with pytest.raises(DatabaseFull):
        await large
    kept = await asyncio.gather(*small, *more)
    assert await door.read(names) == list(kept)
    await door._writer.alone(limit, 1_000)
    assert await door.change(put, "room again") == "room again"


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_an_act_that_loses_the_whole_transaction_costs_the_others_nothing(door: Door, place: int) -> None:
    runs: list[str] = []

    def lost(tx: Tx) -> None:
        runs.append("lost")
        put(tx, "lost")
        tx.run("INSERT OR ROLLBACK INTO teams (name, head) VALUES ('lost', '')")

    first = await held(door)
    good = [asyncio.create_task(door.change(put, name)) for name in ("one", "two")[:place]]
    losing = asyncio.create_task(door.change(lost))
    good += [asyncio.create_task(door.change(put, name)) for name in ("one", "two")[place:]]
    await asyncio.sleep(0)
    await first.let_go()
    assert list(await asyncio.gather(*good)) == ["one", "two"]
    with pytest.raises(sqlite3.IntegrityError):
        await losing
    assert runs == ["lost"]
    assert await door.read(names) == ["one", "two"]


async def test_a_change_that_hides_its_loss_fails_all_the_same(door: Door) -> None:
    def hides(tx: Tx) -> str:
        with suppress(sqlite3.IntegrityError):
            for _ in range(2):
                tx.run("INSERT OR ROLLBACK INTO teams (name, head) VALUES ('one', '')")
        return "done"

    first = await held(door)
    before, hiding, after = (
        asyncio.create_task(door.change(act)) for act in (partial(put, name="a"), hides, partial(put, name="b"))
    )
    await asyncio.sleep(0)
    await first.let_go()
    assert [await before, await after] == ["a", "b"]
    with pytest.raises(RuntimeError):
        await hiding
    assert await door.read(names) == ["a", "b"]


async def test_nothing_of_a_change_that_goes_on_without_its_transaction_is_kept(door: Door) -> None:
    def stubborn(tx: Tx) -> None:
        put(tx, "one")
        try:
            tx.run("INSERT OR ROLLBACK INTO teams (name, head) VALUES ('one', '')")
        except sqlite3.IntegrityError:
            put(tx, "two")

    with pytest.raises(DatabaseClosed):
        await door.change(stubborn)
    assert await door.read(names) == []


async def test_what_fails_at_the_commit_itself_is_done_one_by_one(door: Door) -> None:
    def make(tx: Tx) -> None:
        tx.run("CREATE TABLE late (team INTEGER REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED)")

    def orphan(tx: Tx) -> None:
        tx.run("INSERT INTO late VALUES (99)")

    await door.change(make)
    first = await held(door)
    before = asyncio.create_task(door.change(put, "before"))
    breaking = asyncio.create_task(door.change(orphan))
    after = asyncio.create_task(door.change(put, "after"))
    await asyncio.sleep(0)
    await first.let_go()
    outcomes = await asyncio.gather(before, breaking, after, return_exceptions=True)
    assert (outcomes[0], outcomes[2]) == ("before", "after")
    assert isinstance(outcomes[1], sqlite3.IntegrityError)
    assert await door.read(names) == ["before", "after"]


async def test_the_log_is_emptied_unless_somebody_reads(door: Door, url: str) -> None:
    log = Path(f"{url.removeprefix('sqlite:///')}-wal")
    await door.change(put, "team")
    assert content(log)
    assert await door.shorten_log()
    assert not content(log)

    go, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def reads(tx: Tx) -> None:
        names(tx)
        loop.call_soon_threadsafe(begun.set)
        go.wait()

    look = asyncio.create_task(door.read(reads))
    await begun.wait()
    await door.change(put, "meanwhile")
    assert not await door.shorten_log()
    go.set()
    await look
    assert await door.shorten_log()


async def test_connections_are_set_up_as_the_house_wants_them(door: Door) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    for name, value in wanted.items():
        pragma = partial(Tx.all, sql=f"PRAGMA {name}")
        assert (await door.read(pragma))[0][name] == value
        assert (await door.change(pragma))[0][name] == value
