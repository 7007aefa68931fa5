"""The one writer: all changes that wait are committed together, each in a savepoint of its own."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Final, ParamSpec, TypeAlias, TypeVar

import aiosqlite

from storage.errors import DatabaseClosed, named
from storage.sqlite import close, on_thread
from storage.transaction import Tx

P = ParamSpec("P")
T = TypeVar("T")

MOST_TOGETHER: Final = 256
"""Changes in one commit: enough to share its cost, few enough that none waits long for the others."""

Act: TypeAlias = Callable[[Tx], Any]


@dataclass(frozen=True, slots=True)
class Came:
    """An act was committed and gave this."""

    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing of an act was kept, for this reason."""

    reason: Exception


Outcome: TypeAlias = Came | Failed


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act and who waits for its outcome."""

    act: Act
    outcome: asyncio.Future[Any]


class Writer:
    """Takes acts from any number of tasks. One cancelled before its turn is dropped, after that it is committed all the same."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        """The connection is the writer's own from now on."""
        self._connection = connection
        self._queue: deque[Waiting] = deque()
        self._work: asyncio.Task[None] | None = None
        self._open = True

    async def change(self, act: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the act gives, once it is committed."""
        if not self._open:
            raise DatabaseClosed("the database is closed")
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append(Waiting(lambda tx: act(tx, *args, **kwargs), outcome))
        if self._work is None:
            self._work = asyncio.create_task(self._commit_all(), name="storage writer")
        return await outcome

    async def alone(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `work(db, …)` gives, run between two commits, outside of any transaction."""
        if not self._open:
            raise DatabaseClosed("the database is closed")
        return await on_thread(self._connection, work, *args, **kwargs)

    async def _commit_all(self) -> None:
        group: list[Waiting] = []
        try:
            while group := self._next_group():
                outcomes = await on_thread(self._connection, commit_together, [one.act for one in group])
                for one, outcome in zip(group, outcomes, strict=True):
                    settle(one.outcome, outcome)
        finally:
            self._work = None
            for one in (*group, *self._queue):  # none if all went well
                one.outcome.cancel()
            self._queue.clear()

    def _next_group(self) -> list[Waiting]:
        group: list[Waiting] = []
        while self._queue and len(group) < MOST_TOGETHER:
            one = self._queue.popleft()
            if not one.outcome.done():
                group.append(one)
        return group

    async def close(self, grace: float) -> None:
        """Takes nothing new, commits what waits, and closes; what isn't done after `grace` seconds is broken off."""
        self._open = False
        try:
            while self._work is not None:
                _, late = await asyncio.wait((self._work,), timeout=grace)
                if late:
                    self._break_off()
                    await self._connection.interrupt()
        finally:
            await close(self._connection)

    def _break_off(self) -> None:
        for one in self._queue:
            settle(one.outcome, Failed(DatabaseClosed("the database was closed before it was its turn")))
        self._queue.clear()


def settle(waiting: asyncio.Future[Any], outcome: Outcome) -> None:
    """Tells who waits; whoever was cancelled meanwhile waits no more."""
    if waiting.done():
        return
    if isinstance(outcome, Came):
        waiting.set_result(outcome.result)
    else:
        waiting.set_exception(outcome.reason)


def commit_together(db: sqlite3.Connection, acts: Sequence[Act]) -> list[Outcome]:
    """Commits all acts in one transaction, but for those that fail.

    If the transaction is lost, by a full disk or a broken statement, the act it was lost in fails and the others are run
    again, each in a transaction of its own.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        return [Failed(named(error))] * len(acts)
    try:
        outcomes = attempt_all(db, acts)
        lost = not db.in_transaction
        if not lost:
            db.execute("COMMIT")
            return outcomes
    except sqlite3.Error as error:
        if len(acts) == 1:
            return [Failed(named(error))]
        outcomes, lost = [], False
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    lost_in = len(outcomes) - 1 if lost else None
    return [outcomes[at] if at == lost_in else commit_together(db, [act])[0] for at, act in enumerate(acts)]


def attempt_all(db: sqlite3.Connection, acts: Sequence[Act]) -> list[Outcome]:
    """Runs the acts one after another, up to the one in which the transaction is lost, if that happens."""
    outcomes: list[Outcome] = []
    for act in acts:
        outcomes.append(attempt(db, act))
        if not db.in_transaction:
            break
    return outcomes


def attempt(db: sqlite3.Connection, act: Act) -> Outcome:
    """Runs one act so that nothing of it stays if it fails. Whether the transaction is still there must be looked at."""
    db.execute("SAVEPOINT act")
    try:
        result = act(Tx(db))
    except Exception as reason:  # noqa: BLE001 - whatever it is, it is for the one who asked, not for the others
        if db.in_transaction:
            db.execute("ROLLBACK TO act")
            db.execute("RELEASE act")
        return Failed(reason)
    if not db.in_transaction:
        return Failed(RuntimeError("an act hid that its transaction was lost"))
    db.execute("RELEASE act")
    return Came(result)
