"""One desk to a database: two at work on it would each take the other's letters for ones a crash cut short, and repeat them."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from storage.errors import DatabaseBroken, DatabaseTaken
from storage.sqlite import path_of

PATIENCE: Final = 6.0
"""Seconds to wait for a desk that is just being stopped."""
BETWEEN_TRIES: Final = 0.05


@asynccontextmanager
async def sole(url: str, *, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Keeps every other desk off that database while inside, on this machine. Raises DatabaseTaken, StorageError.

    Looking, counting and verifying need no such right. The lock is the kernel's and ends with the process however that ends;
    it lies on a file of its own, since SQLite's locks would be lost with it.
    """
    path = path_of(url)
    try:
        file = os.open(path.with_name(f"{path.name}-desk"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseBroken(f"{error.strerror}: {path}") from error
    try:
        await _taken(file, patience)
        yield
    finally:
        os.close(file)


async def _taken(file: int, patience: float) -> None:
    give_up = asyncio.get_running_loop().time() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if asyncio.get_running_loop().time() >= give_up:
                raise DatabaseTaken("another desk is at work with it") from None
        else:
            return
        await asyncio.sleep(BETWEEN_TRIES)
