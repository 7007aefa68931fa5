"""How much a file may be, hold and cost."""

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file is read up to; each is the last number that passes."""

    size: int = 5 * MEGABYTE
    rows: int = 20_000
    """Below the head, empty ones left out."""
    columns: int = 200
    cell: int = 10_000
    """Characters in one cell."""
    unzipped: int = 50 * MEGABYTE
    """All parts of a workbook together."""
    parts: int = 1_000
    answer: int = 50 * MEGABYTE
    """What comes back from the process that reads: one text can stand in a million cells of a small file."""
    memory: int = 512 * MEGABYTE
    """Address space of that process."""
    processor: int = 15
    """Seconds it may compute."""
    wall: float = 60
    """Seconds in all."""


LIMITS = Limits()
