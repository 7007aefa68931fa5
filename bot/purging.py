"""`wayhome purge`: what the heartbeat forgets, now; or a withdrawn entry at once."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot import sentences
from bot.config import Settings
from bot.shell import COULD_NOT, Result, opened_team
from desk.age import CHUNK, age, empty, forget
from records.kinds import KINDS
from storage import aging, entries, letters
from storage.door import Door, Tx


async def purge(settings: Settings, refs: Sequence[str], *, all_withdrawn: bool) -> Result:
    """A whole round of forgetting, or only those entries, or all that are withdrawn, whenever that was. A desk may be at work."""
    async with opened_team(settings) as (door, team):
        if refs:
            return await _these(door, team, refs)
        if all_withdrawn:
            return await _withdrawn(door, team)
        told = await _round(door, team, settings)
        return Result([*told, sentences.PURGED, *await _log(door)])


async def _these(door: Door, team: int, refs: Sequence[str]) -> Result:
    """All of them or none, so that a slip in the third reference leaves nothing half done."""
    told, wrong = await door.change(_empty_all, team, refs, datetime.now(UTC))
    return Result(wrong=wrong, code=COULD_NOT) if wrong else Result([*told, *await _log(door)])


def _empty_all(tx: Tx, team: int, refs: Sequence[str], now: datetime) -> tuple[list[str], list[str]]:
    found = {ref: entries.by_ref(tx, team, ref) for ref in refs}
    wrong = [sentences.NO_ENTRY.format(ref=ref) for ref, entry in found.items() if entry is None]
    wrong += [sentences.NOT_WITHDRAWN.format(ref=ref) for ref, one in found.items() if one and one.withdrawn is None]
    if wrong:
        return [], wrong
    withdrawn = [one for one in found.values() if one is not None]
    for one in withdrawn:
        empty(tx, team, one.id, now)
    letters.prune(tx, now)
    return [sentences.EMPTIED.format(ref=one.ref) for one in withdrawn], []


async def _withdrawn(door: Door, team: int) -> Result:
    now, out = datetime.now(UTC), list[str]()
    while some := await door.change(_empty_some, team, now):
        out += [sentences.EMPTIED.format(ref=ref) for ref in some]
    await door.change(letters.prune, now)
    return Result([*out, sentences.PURGED_WITHDRAWN.format(count=len(out)), *await _log(door)])


def _empty_some(tx: Tx, team: int, now: datetime) -> list[str]:
    return [empty(tx, team, one, now) for one in aging.to_empty(tx, team, now, CHUNK)]


async def _round(door: Door, team: int, settings: Settings) -> list[str]:
    told, terms = list[str](), settings.retention.terms
    while aged := await door.change(age, team, KINDS, terms, datetime.now(UTC)):
        told += [sentences.EMPTIED.format(ref=ref) for ref in aged.emptied]
        told += [sentences.BLANKED.format(ref=ref) for ref in aged.blanked]
    await door.change(forget, terms, datetime.now(UTC))
    return told


async def _log(door: Door) -> list[str]:
    """SQLite's log holds what was there before, until it is emptied."""
    return [] if await door.shorten_log() else [sentences.LOG_HELD]
