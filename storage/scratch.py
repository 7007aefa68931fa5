"""A folder beside the database for what lies in plain text only while it is worked with.

Beside the database, since it lies in plain text there anyway; on the same disk, so that what is ready can be moved into place.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MARK: Final = "-scratch-"


@contextmanager
def scratch(database: Path) -> Iterator[Path]:
    """A folder only its owner looks into; gone at the end with all that is in it. What a killed one left goes first."""
    sweep(database)
    folder = Path(tempfile.mkdtemp(prefix=f"{database.name}{MARK}", dir=database.parent))
    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)  # the kernel's, so it ends with the process however that ends
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def sweep(database: Path) -> None:
    """Removes what a process that was killed left behind; folders somebody is at work in stay."""
    for folder in database.parent.glob(f"{database.name}{MARK}*"):
        held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(held)
