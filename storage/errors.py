"""What can go wrong with the store through no fault of the code, by name; the driver's own error stays as the cause.

Everything else a driver raises (a wrong statement, a broken constraint) is a mistake of ours and rises as it is.
"""

import sqlite3
from typing import NoReturn


class StorageError(Exception):
    """The store can't do it now, or not at all."""


class DatabaseLocked(StorageError):  # noqa: N818 - the names say what is the matter
    """Another program holds the database; it may work a moment later."""


class DatabaseFull(StorageError):  # noqa: N818
    """The disk has no room left, or the database has reached the size it may have."""


class DatabaseNewer(StorageError):  # noqa: N818
    """The database was made by a newer version of this program, which must not touch it."""


class DatabaseBroken(StorageError):  # noqa: N818
    """The database can't be read or written: no such folder, no rights, damaged, or not ours."""


class DatabaseClosed(StorageError):  # noqa: N818
    """The door is shut, or was shut while this was under way."""


class DatabaseUnknown(StorageError):  # noqa: N818
    """The address of the database names nothing this program can open."""


class DatabaseTaken(StorageError):  # noqa: N818
    """Another desk is at work with the database: there can be only one."""


class BackupRefused(StorageError):  # noqa: N818
    """A copy can't be made from there, or put there."""


class CopySealed(BackupRefused):
    """A copy can't be encrypted or opened: no key, another key, or the copy was changed."""


class EntryTaken(Exception):  # noqa: N818
    """An entry with this id, reference or message is there already: whoever posts has to look first."""


class EntryMoved(Exception):  # noqa: N818
    """The entry isn't at the revision before this one any more: whoever corrects has to read it in the same change."""


class AlreadyDone(Exception):  # noqa: N818
    """The update's effect was committed before; it must not happen again."""


_NAMED: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_CANTOPEN: DatabaseBroken,
    sqlite3.SQLITE_CORRUPT: DatabaseBroken,
    sqlite3.SQLITE_IOERR: DatabaseBroken,
    sqlite3.SQLITE_NOTADB: DatabaseBroken,
    sqlite3.SQLITE_PERM: DatabaseBroken,
    sqlite3.SQLITE_AUTH: DatabaseBroken,
    sqlite3.SQLITE_PROTOCOL: DatabaseLocked,
    sqlite3.SQLITE_READONLY: DatabaseBroken,
    sqlite3.SQLITE_INTERRUPT: DatabaseClosed,
}


def named(error: sqlite3.Error) -> Exception:
    """The named error for what the driver raised, with that as its cause; the driver's itself if it is a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", 0)  # what the driver's Python half finds wrong has none
    kind = _NAMED.get(code & 0xFF)  # the higher bytes only tell where exactly
    if kind is None:
        return error
    found = kind(f"{error} ({error.sqlite_errorname})")
    found.__cause__ = error
    return found


def rise(error: sqlite3.Error) -> NoReturn:
    """Raises what the driver's error is called here."""
    raise named(error)
