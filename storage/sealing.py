"""Copies that only a key opens, in the age format: whoever holds the key can open one without this program (`age -d -i KEY`).

What is sealed is read and written piece by piece, each piece authenticated; one that was cut short, changed or moved does not
open. Who knows only the line that begins with age1 can seal and not open.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pyrage

from storage.errors import CopySealed

BEGINS: Final = b"age-encryption.org/v1\n"
"""What every sealed file begins with."""
SECRET: Final = "AGE-SECRET-KEY-1"  # noqa: S105 - how one begins, not one
PUBLIC: Final = "age1"
LONGEST: Final = 100_000
"""Characters of a key file; a longer one is something else."""


@dataclass(frozen=True, slots=True)
class Key:
    """Who may open what is sealed with it, and what opens it: nothing, if its file holds only the public half."""

    recipients: Sequence[pyrage.x25519.Recipient]
    identities: Sequence[pyrage.x25519.Identity]


def make_key(path: Path) -> str:
    """Writes a new key to a file that only its owner reads, and gives its public half. Raises CopySealed if the file is there."""
    made = pyrage.x25519.Identity.generate()
    public = str(made.to_public())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(f"# public key: {public}\n{made}\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise CopySealed(f"{path} is there already") from None
    return public


def read_key(path: Path) -> Key:
    """The key in that file: lines as `make_key` or age-keygen write them. Raises CopySealed if it can't be read or is none."""
    try:
        with path.open(encoding="ascii") as file:
            lines = [line.strip() for line in file.read(LONGEST).splitlines()]
        identities = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(SECRET)]
        recipients = [pyrage.x25519.Recipient.from_str(line) for line in lines if line.startswith(PUBLIC)]
    except OSError as error:
        raise CopySealed(f"the key file {path} can't be read: {error.strerror}") from error
    except (ValueError, pyrage.IdentityError, pyrage.RecipientError):
        raise CopySealed(f"the key file {path} holds no key") from None  # its words may hold the key
    if not identities and not recipients:
        raise CopySealed(f"the key file {path} holds no key")
    return Key([*(one.to_public() for one in identities), *recipients], identities)


def is_sealed(path: Path) -> bool:
    """Whether a file is a sealed one, by how it begins."""
    with path.open("rb") as file:
        return file.read(len(BEGINS)) == BEGINS


def seal(plain: Path, target: Path, key: Key) -> None:
    """Writes the file again so that only the key opens it. Raises OSError."""
    with plain.open("rb") as reads, _written(target) as writes:
        try:
            pyrage.encrypt_io(reads, writes, key.recipients)
        except pyrage.EncryptError:
            writes.complain()
            raise


def unseal(sealed: Path, target: Path, key: Key | None) -> None:
    """Writes what was sealed; of one that doesn't open, a part may be written. Raises CopySealed, OSError."""
    if key is None or not key.identities:
        raise CopySealed(f"{sealed} is encrypted: name the file with its secret key, with --key or [backup] key_file")
    with sealed.open("rb") as reads, _written(target) as writes:
        try:
            pyrage.decrypt_io(reads, writes, key.identities)
        except pyrage.DecryptError:
            raise CopySealed(f"{sealed} is not opened by this key, or its beginning was changed") from None
        except OSError as error:
            writes.complain()
            if error.errno:  # the disk's, not the library's
                raise
            raise CopySealed(f"{sealed} was changed or cut short") from None


class _Written:
    """A file that remembers what kept it from being written: the library passes over a failure of the last piece."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._failed: OSError | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self._file.write(piece)
        except OSError as error:
            self._failed = error
            raise

    def flush(self) -> None:
        self._file.flush()

    def complain(self) -> None:
        if self._failed:
            raise self._failed


@contextmanager
def _written(path: Path) -> Iterator[_Written]:
    """A new file that only its owner reads. Raises OSError for whatever of it could not be written."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        writes = _Written(file)
        yield writes
        writes.complain()
