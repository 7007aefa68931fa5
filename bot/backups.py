"""`wayhome db backup`, `restore`, `verify` and `key`, and the nightly copy."""

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
from storage import backup, sealing
from storage.door import Door
from storage.health import Health, health
from storage.scratch import scratch
from storage.sealing import Key, read_key
from storage.sole import sole
from storage.sqlite import path_of

NIGHTLY: Final = "wayhome-????-??-??.db"
"""What nightly copies are called; nothing else in their folder is ever removed."""
SEALED: Final = ".age"
"""What an encrypted copy's name ends with, unless somebody names it."""


async def make_key(file: Path) -> Result:
    """Writes a new key to that file."""
    public = await asyncio.to_thread(sealing.make_key, file)
    return Result([sentences.KEY_MADE.format(file=file, public=public), sentences.KEY_KEEP])


async def make(settings: Settings, file: Path | None, key_file: Path | None = None) -> Result:
    """Copies the database to that file, or to one named by the moment; a desk may be at work."""
    path, key = path_of(settings.database.url), _key(settings, key_file)
    named = f"wayhome-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db{SEALED if key else ''}"
    target = file or Path(settings.backup.folder or path.parent) / named
    await asyncio.to_thread(backup.copy, path, target, key)
    told = sentences.BACKED_UP_SEALED if key else sentences.BACKED_UP
    return Result([told.format(file=target, size=target.stat().st_size)])


async def restore(settings: Settings, file: Path, key_file: Path | None = None, *, force: bool) -> Result:
    """Puts a copy in the database's place, once it was looked through. Raises DatabaseTaken while a desk is at work."""
    path, key = path_of(settings.database.url), _key(settings, key_file)
    async with sole(settings.database.url):
        if not force and await asyncio.to_thread(backup.used, path):
            return Result(wrong=[sentences.RESTORE_USED.format(file=path)], code=COULD_NOT)
        with scratch(path) as room:
            coming, found = await _looked_through(file, path, room, key)
            if not found.well:
                return Result(wrong=[sentences.RESTORE_BROKEN.format(file=file), *complaints(found)], code=COULD_NOT)
            kept = await _kept(path)
            await asyncio.to_thread(backup.put_in_place, coming, path)
    return Result([sentences.RESTORED.format(file=file), *kept, *praises(found)])


async def _looked_through(copied: Path, database: Path, room: Path, key: Key | None) -> tuple[Path, Health]:
    """The copy, opened in the room and brought to this version, and how it is."""
    coming = await asyncio.to_thread(backup.open_copy, copied, database, room, key)
    async with await Door.open(f"sqlite:///{coming}"):
        pass
    return coming, await asyncio.to_thread(health, coming, KINDS)


def _key(settings: Settings, file: Path | None) -> Key | None:
    return read_key(file) if file else settings.backup.key


async def _kept(path: Path) -> list[str]:
    """What stood there before, kept beside it."""
    if not await asyncio.to_thread(backup.used, path):
        return []
    aside = path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    await asyncio.to_thread(backup.copy, path, aside)
    return [sentences.RESTORE_KEPT.format(file=aside)]


async def verify(settings: Settings, copied: Path | None = None, key_file: Path | None = None) -> Result:
    """Looks through the whole database, or a copy as `restore` would, without changing anything; a desk may be at work."""
    path = path_of(settings.database.url)
    if copied is None:
        found = await asyncio.to_thread(health, path, KINDS)
    else:
        with scratch(path) as room:
            _, found = await _looked_through(copied, path, room, _key(settings, key_file))
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


async def nightly(house: House, database: Path, wanted: Backup, key: Key | None = None) -> bool:
    """Makes the day's copy once its hour has come, if it is not there yet, and removes those beyond the number to keep.

    Whether there may be more to do: never.
    """
    now = house.now().astimezone(house.team.zone)
    if not wanted.folder or now.hour < wanted.hour:
        return False
    target = Path(wanted.folder) / f"wayhome-{now:%Y-%m-%d}.db{SEALED if key else ''}"
    await asyncio.to_thread(_tonight, database, target, wanted.keep, key)
    return False


def _tonight(database: Path, target: Path, keep: int, key: Key | None) -> None:
    if target.exists():
        return
    for left in target.parent.glob(f"{NIGHTLY}*{backup.PART}*"):  # by a desk that was killed
        left.unlink()
    backup.copy(database, target, key)
    nights = [*target.parent.glob(NIGHTLY), *target.parent.glob(NIGHTLY + SEALED)]
    for old in sorted(nights)[:-keep]:
        old.unlink()
