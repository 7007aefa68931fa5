"""`wayhome journal show` and `verify`: what was done, and whether anybody changed it behind the desk's back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot import sentences
from bot.config import Settings
from bot.shell import COULD_NOT, WRONG_WORDS, Result, opened_team
from records.kind import Value, Values
from records.kinds import KINDS
from storage import audit, chain, entries, journal
from storage.door import Tx
from storage.journal import Line

SEALED: Final = 12
"""Digits of a head that a digest prints."""
CHANGED: Final = {"role_changed": "role", "site_renamed": "name"}
"""Which detail it was that stands as "before" in a line."""


async def verify(settings: Settings, head: str, seq: int | None) -> Result:
    """Goes through the whole journal and compares every entry with what it says; and line `seq` with the head a digest printed."""
    if bool(head) != (seq is not None) or (head and not _is_head(head)):
        return Result(wrong=[sentences.HEAD_AND_SEQ], code=WRONG_WORDS)
    async with opened_team(settings) as (door, number):
        verdict = await door.read(chain.verify, number)
        different = await door.read(audit.differences, number, KINDS)
        sealed = await door.read(journal.seal, number, seq or 0)
    if not verdict.ok:
        return Result(wrong=[sentences.NOT_VERIFIED.format(line=verdict.first_bad, why=verdict.why)], code=COULD_NOT)
    if head and sealed is None:
        return Result(wrong=[sentences.CUT_OFF.format(line=verdict.lines, seq=seq)], code=COULD_NOT)
    if head and sealed is not None and not sealed.startswith(head.lower()):
        return Result(wrong=[sentences.REWRITTEN.format(seq=seq, head=sealed[: len(head)])], code=COULD_NOT)
    if different:
        told = [(one.ref or one.entry, ", ".join(one.columns)) for one in different]
        return Result(
            wrong=[sentences.ENTRY_DIFFERS.format(ref=ref, columns=columns) for ref, columns in told], code=COULD_NOT
        )
    known = [sentences.SEALED.format(seq=seq, head=head)] if head else []
    return Result([sentences.VERIFIED.format(lines=verdict.lines, head=verdict.head), *known])


def _is_head(text: str) -> bool:
    return len(text) >= SEALED and all(one in "0123456789abcdef" for one in text.lower())


async def show(settings: Settings, ref: str, since: datetime | None) -> Result:
    """What was done, a line each: to that entry only, or all of it; from the beginning of that day of the team's on."""
    begins = since.replace(tzinfo=settings.team.zone) if since else None
    async with opened_team(settings) as (door, number):
        found = await door.read(_shown, number, ref, begins, settings)
    return Result(wrong=[sentences.NO_SUCH_ENTRY.format(ref=ref)], code=COULD_NOT) if found is None else Result(found)


def _shown(tx: Tx, team: int, ref: str, since: datetime | None, settings: Settings) -> list[str] | None:
    wanted = entries.by_ref(tx, team, ref) if ref else None
    if ref and wanted is None:
        return None
    standing: dict[int, Values] = {}
    refs: dict[int, str] = {}
    told = []
    for line in journal.history(tx, team, wanted.id) if wanted else journal.lines(tx, team):
        before, now = standing.get(line.entry, {}), {"ref": line.ref, **(line.values or {})}
        if line.values:
            standing[line.entry] = now
        refs[line.entry] = line.ref or refs.get(line.entry) or _ref(tx, team, line.entry)
        if since is None or line.at >= since:
            at = line.at.astimezone(settings.team.zone)
            what = _what(line, before, now)
            told.append(
                f"{line.seq}\t{at:%Y-%m-%d %H:%M}\t{refs[line.entry]}\t{line.act}\t{_who(line.who)}\t{what}".rstrip()
            )
    return told


def _ref(tx: Tx, team: int, entry: int) -> str:
    found = entries.by_id(tx, team, entry)
    return found.ref if found else "-"


def _who(who: int) -> str:
    if who > 0:
        return str(who)
    return sentences.FORGOTTEN.format(number=-who) if who else sentences.NOBODY


def _what(line: Line, before: Values, now: Values) -> str:
    if line.details is not None:
        return "; ".join(_details(line.act, line.details))
    if not line.values:
        return sentences.NOTHING_LEFT
    changes = list(_changes(before, now))
    return "; ".join([*changes, *([_on_a_line(line.reason)] if line.reason else [])])


def _details(act: str, details: Values) -> Iterator[str]:
    """What a line about no entry tells, a word in front of each; how it was before it was changed stands before an arrow."""
    changed = CHANGED.get(act)
    for name, value in details.items():
        told = _who(int(value)) if name in journal.PEOPLE else _told(value)
        if name == changed and "before" in details:
            told = f"{_told(details['before'])} → {told}"
        if told and not (changed and name == "before"):
            label = sentences.DETAILS.get(name, name)
            yield label if value is True else f"{label} {told}"


def _changes(before: Values, now: Values) -> Iterator[str]:
    for name in dict.fromkeys((*before, *now)):
        was, is_ = before.get(name), now.get(name)
        if was != is_ and not (name == "ref" and not before):
            yield f"{name} {_told(is_)}" if was is None else f"{name} {_told(was)} → {_told(is_)}"


def _told(value: Value | None) -> str:
    return "-" if value is None else _on_a_line(str(value))


def _on_a_line(text: str) -> str:
    """Somebody's words without what would end a column or speak to the terminal."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
