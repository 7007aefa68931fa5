"""What time takes away: everything of an entry withdrawn long ago, and the words of one nobody has changed for long.

Both are acts like others, each with its line in the journal; the payloads of the lines before it are emptied in the same
transaction, so that what was taken away can be read nowhere, and the chain still holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from records.blank import blanked
from records.entry import NOTHING
from records.kind import Kind
from records.record import facts, kind_named
from records.terms import Terms
from storage import (
    aging,
    alarms,
    answers,
    asides,
    corrections,
    drafts,
    entries,
    imports,
    inbox,
    invitations,
    journal,
    letters,
    teams,
    typed,
)
from storage.door import Tx
from storage.journal import Line

NOBODY: Final = 0
"""Who does it in the journal: the desk by itself."""
CHUNK: Final = 20
"""Entries in one transaction: so few that nobody who posts meanwhile waits."""
FORGOTTEN: Final = 500
"""Answers forgotten in one transaction."""


@dataclass(frozen=True, slots=True)
class Aged:
    """What a step took away: references of entries emptied and blanked, and how many answers; nothing if all is done."""

    emptied: tuple[str, ...] = ()
    blanked: tuple[str, ...] = ()
    looked_at: int = 0

    def __bool__(self) -> bool:
        """Whether there was anything to look at, so that there may be more."""
        return self.looked_at > 0


def age(tx: Tx, team: int, kinds: Sequence[Kind], terms: Terms, now: datetime) -> Aged:
    """One step of what is due by those terms; to be taken again while it finds something. A kill in between loses nothing."""
    old = aging.to_empty(tx, team, now - timedelta(days=terms.withdrawn), CHUNK)
    if old:
        return Aged(emptied=tuple(empty(tx, team, one, now) for one in old), looked_at=len(old))
    worded = aging.to_blank(tx, team, now - timedelta(days=terms.notes), CHUNK)
    if worded:
        refs = [blank(tx, team, kinds, one, now) for one in worded]
        return Aged(blanked=tuple(filter(None, refs)), looked_at=len(worded))
    return Aged(looked_at=answers.prune(tx, team, now - timedelta(days=terms.answers), FORGOTTEN))


def forget(tx: Tx, terms: Terms, now: datetime) -> None:
    """Forgets what passes through: updates, digests that went out, forms, tables, what messages corrected, word of trouble."""
    for updates in (inbox, asides):
        updates.prune(tx, now - timedelta(days=terms.updates))
    letters.prune(tx, now - timedelta(days=terms.deliveries))
    for room in (drafts, typed, corrections, imports):
        room.prune(tx, now - timedelta(days=terms.drafts))
    alarms.prune(tx, now - timedelta(days=terms.alarms))
    invitations.prune(tx, now)


def empty(tx: Tx, team: int, entry_id: int, at: datetime) -> str:
    """Takes everything from a withdrawn entry but its reference, which stays taken, and gives that.

    "" if there was nothing to take, or the entry is not withdrawn.
    """
    seq = teams.begin(tx, team)
    before = entries.by_id(tx, team, entry_id)
    if before is None or before.withdrawn is None or before.emptied:
        return ""
    lines = journal.history(tx, team, entry_id)
    after = replace(before, revision=before.revision + 1, values={}, said={})
    entries.update(tx, after, NOTHING, at)
    for line in lines:
        journal.empty(tx, team, line.seq)
    journal.append(tx, seq, at, "emptied", after, NOBODY, gone=_gone_since(lines))
    aging.wordless(tx, team, entry_id)
    return before.ref


def _gone_since(lines: Sequence[Line]) -> int:
    """The line since which an entry has been withdrawn; a line that was emptied before tells nothing and is passed over."""
    since = lines[-1].seq
    for line in reversed(lines):
        if line.values is not None and not line.withdrawn:
            break
        since = line.seq if line.values is not None else since
    return since


def blank(tx: Tx, team: int, kinds: Sequence[Kind], entry_id: int, at: datetime) -> str:
    """Takes the words out of an entry and empties every line of its journal that holds any; its reference, "" if none did."""
    seq = teams.begin(tx, team)
    before = entries.by_id(tx, team, entry_id)
    if before is None:
        return ""
    kind = kind_named(kinds, before.kind)
    worded = [line for line in journal.history(tx, team, entry_id) if _worded(kind, line)]
    after = replace(before, values=blanked(kind, before.values), said=blanked(kind, before.said))
    if worded or after != before:
        after = replace(after, revision=before.revision + 1)
        entries.update(tx, after, facts(kind, after.values), at)
        for line in worded:
            journal.empty(tx, team, line.seq)
        journal.append(tx, seq, at, "blanked", after, NOBODY)
    aging.wordless(tx, team, entry_id)
    return before.ref if after != before else ""


def _worded(kind: Kind, line: Line) -> bool:
    return line.values is not None and bool(line.reason or blanked(kind, line.values) != line.values)
