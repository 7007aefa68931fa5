"""`wayhome db backup`, `restore` and `verify`, and the nightly copy."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot import sentences
from bot.config import Settings
from bot.settings import Backup
from bot.shell import COULD_NOT, Result
from handlers.house import House
from records.kinds import KINDS
from storage import backup
from storage.door import Door
from storage.health import Health, health
from storage.sole import sole
from storage.sqlite import path_of

NIGHTLY: Final = "wayhome-????-??-??.db"
"""What nightly copies are called; nothing else in their folder is ever removed."""


async def make(settings: Settings, file: Path | None) -> Result:
    """Copies the database to that file, or to one named by the moment; a desk may be at work."""
    path = path_of(settings.database.url)
    target = file or Path(settings.backup.folder or path.parent) / f"wayhome-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
    await asyncio.to_thread(backup.copy, path, target)
    return Result([sentences.BACKED_UP.format(file=target, size=target.stat().st_size)])


async def restore(settings: Settings, file: Path, *, force: bool) -> Result:
    """Puts a copy in the database's place, once it was looked through. Raises DatabaseTaken while a desk is at work."""
    path = path_of(settings.database.url)
    async with sole(settings.database.url):
        if not force and await asyncio.to_thread(backup.used, path):
            return Result(wrong=[sentences.RESTORE_USED.format(file=path)], code=COULD_NOT)
        coming = path.with_name(f"{path.name}.restoring")
        try:
            coming.unlink(missing_ok=True)
            await asyncio.to_thread(backup.copy, file, coming)
            async with await Door.open(f"sqlite:///{coming}"):  # brings an older one up to date
                pass
            found = await asyncio.to_thread(health, coming, KINDS)
            if not found.well:
                return Result(wrong=[sentences.RESTORE_BROKEN.format(file=file), *complaints(found)], code=COULD_NOT)
            kept = await _kept(path)
            await asyncio.to_thread(backup.put_in_place, coming, path)
        finally:
            coming.unlink(missing_ok=True)
    return Result([sentences.RESTORED.format(file=file), *kept, *praises(found)])


async def _kept(path: Path) -> list[str]:
    """What stood there before, kept beside it."""
    if not await asyncio.to_thread(backup.used, path):
        return []
    aside = path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    await asyncio.to_thread(backup.copy, path, aside)
    return [sentences.RESTORE_KEPT.format(file=aside)]


async def verify(settings: Settings) -> Result:
    """Looks through the whole database without changing anything; a desk may be at work."""
    found = await asyncio.to_thread(health, path_of(settings.database.url), KINDS)
    return Result(praises(found)) if found.well else Result(wrong=complaints(found), code=COULD_NOT)


def praises(found: Health) -> list[str]:
    """What is to be said of a database that is well."""
    whole = (sentences.VERIFIED.format(lines=one.verdict.lines, head=one.verdict.head) for one in found.teams)
    return [sentences.HEALTHY.format(version=found.version), *whole]


def complaints(found: Health) -> list[str]:
    """All that is wrong with one."""
    told = [sentences.DAMAGED.format(what=one) for one in found.damage]
    if found.version != found.known:
        told.append(sentences.OTHER_VERSION.format(version=found.version, known=found.known))
    for team in found.teams:
        if not team.verdict.ok:
            told.append(sentences.NOT_VERIFIED.format(line=team.verdict.first_bad, why=team.verdict.why))
        told += [
            sentences.ENTRY_DIFFERS.format(ref=one.ref or one.entry, columns=", ".join(one.columns))
            for one in team.different
        ]
    return told


async def nightly(house: House, database: Path, wanted: Backup) -> bool:
    """Makes the day's copy once its hour has come, if it is not there yet, and removes those beyond the number to keep.

    Whether there may be more to do: never.
    """
    now = house.now().astimezone(house.team.zone)
    if not wanted.folder or now.hour < wanted.hour:
        return False
    await asyncio.to_thread(_tonight, database, Path(wanted.folder) / f"wayhome-{now:%Y-%m-%d}.db", wanted.keep)
    return False


def _tonight(database: Path, target: Path, keep: int) -> None:
    if target.exists():
        return
    backup.copy(database, target)
    for old in sorted(target.parent.glob(NIGHTLY))[:-keep]:
        old.unlink()
