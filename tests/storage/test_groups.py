"""Whatever goes wrong in whatever order: what was told as done is there, what failed or was dropped is not."""

import asyncio
import random
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress

from storage.door import Door, Tx
from storage.errors import DatabaseFull
from tests.storage.doors import fails, held, names, put

ROUNDS = 40


def loses(tx: Tx, name: str) -> None:
    """The whole transaction is gone with this."""
    put(tx, name)
    tx.run("INSERT OR ROLLBACK INTO teams (name, head) VALUES (:name, '')", name=name)


def hides(tx: Tx, name: str) -> None:
    """The same, but the act makes nothing of it."""
    with suppress(sqlite3.IntegrityError):
        loses(tx, name)


def orphans(tx: Tx, name: str) -> None:
    """Breaks the commit itself."""
    put(tx, name)
    tx.run("INSERT INTO late VALUES (-1)")


def fills(tx: Tx, name: str) -> None:
    """More than the disk holds."""
    put(tx, name)
    put(tx, name + "x" * 500_000)


FAILURES: Mapping[Callable[[Tx, str], object], type[Exception]] = {
    fails: LookupError,
    loses: sqlite3.IntegrityError,
    hides: RuntimeError,
    orphans: sqlite3.IntegrityError,
    fills: DatabaseFull,
}


def small_disk(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE late (team INTEGER REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED)")
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0] + 60}")


async def test_what_was_told_as_done_is_there_and_nothing_else(door: Door) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    await door._writer.alone(small_disk)
    done: list[str] = []
    for number in range(ROUNDS):
        first = await held(door)
        acts = dice.choices((put, *FAILURES), weights=(12, 2, 1, 1, 1, 1), k=dice.randrange(1, 12))
        waiting = {f"{number}-{at}": act for at, act in enumerate(acts)}
        tasks = [asyncio.create_task(door.change(act, name)) for name, act in waiting.items()]
        await asyncio.sleep(0)
        dropped = {at for at in range(len(tasks)) if dice.random() < 0.1}
        for at in dropped:
            tasks[at].cancel()
        await first.let_go()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for at, (name, act) in enumerate(waiting.items()):
            if at in dropped:
                assert isinstance(outcomes[at], asyncio.CancelledError)
            elif act is put:
                assert outcomes[at] == name
                done.append(name)
            else:
                assert isinstance(outcomes[at], FAILURES[act]), act
        assert await door.read(names) == done
