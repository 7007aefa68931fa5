"""What a change or a look works with: statements by named parameters, inside a transaction somebody else begins and ends."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from storage.errors import DatabaseClosed, rise

Cell: TypeAlias = str | int | None
"""What a parameter may be: days and moments go in as text, yes and no as 1 and 0."""


class Row(Protocol):
    """One row of an answer, its values by column name."""

    def __getitem__(self, column: str, /) -> Any:
        """The value of that column."""


class Tx:
    """A transaction under way."""

    __slots__ = ("_db",)

    def __init__(self, db: sqlite3.Connection) -> None:
        """`db` is in a transaction, and is used by nobody else until that ends."""
        self._db = db

    def one(self, sql: str, **params: Cell) -> Row | None:
        """The first row, None if there is none. Raises StorageError."""
        try:
            row: Row | None = self._executed(sql, params).fetchone()
        except sqlite3.Error as error:
            rise(error)
        return row

    def all(self, sql: str, **params: Cell) -> Sequence[Row]:
        """All rows. Raises StorageError."""
        try:
            return self._executed(sql, params).fetchall()
        except sqlite3.Error as error:
            rise(error)

    def run(self, sql: str, **params: Cell) -> int:
        """Makes a change and gives how many rows it touched. Raises StorageError."""
        try:
            return self._executed(sql, params).rowcount
        except sqlite3.Error as error:
            rise(error)

    def _executed(self, sql: str, params: Mapping[str, Cell]) -> sqlite3.Cursor:
        """A full disk ends the transaction: a statement after that would stand alone, and be committed at once."""
        if not self._db.in_transaction:
            raise DatabaseClosed("the transaction is over")
        return self._db.execute(sql, params)
