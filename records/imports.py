"""A table somebody sent: what was read of it while it waits to be stored, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from records.kind import Value

State: TypeAlias = Literal["waiting", "stored", "cancelled", "undone"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that waits: its number in the file, what it says, and a seal of what the preview told it would do."""

    number: int
    said: Mapping[str, Value]
    seal: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a preview counts. `refs` names some of the entries that are like others, once they are stored."""

    rows: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0
    like: int = 0
    refs: tuple[str, ...] = ()

    @property
    def stores(self) -> int:
        """How many entries it would add or change; 0 while anything is wrong."""
        return 0 if self.wrong else self.new + self.changed


@dataclass(frozen=True, slots=True)
class Import:
    """One table: whose, from which chat (None for the shell), of which kind; its lines only while it waits.

    `since` and `until` are the journal's lines it was stored with, 0 before.
    """

    id: int
    chat: int | None
    who: int
    kind: str
    state: State
    told: Told
    at: datetime
    lines: tuple[Waiting, ...] = field(default=(), repr=False)
    since: int = 0
    until: int = 0
