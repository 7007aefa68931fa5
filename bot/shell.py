"""What the shell's commands do beside running the desk: looking at what is there, upgrading."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot import sentences
from bot.config import ConfigError, Settings
from bot.logs import redact
from bot.request import AiohttpRequest
from handlers.house import House, Team
from handlers.sites import Sites
from handlers.tongues import Tongues
from protection.small_numbers import Audience
from records.kinds import KINDS
from records.vocabulary import Vocabulary
from storage import teams
from storage.door import Door
from storage.errors import CopySealed, StorageError
from storage.sqlite import path_of

COULD_NOT: Final = 1
WRONG_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What a command found: lines for standard output, complaints for standard error, and the exit code.

    `raw` is a file's content for standard output.
    """

    out: Sequence[str] = ()
    wrong: Sequence[str] = ()
    code: int = 0
    raw: bytes = b""


async def check(settings: Settings) -> Result:
    """Looks at everything `run` needs; the config was read, or this would not be asked."""
    out, wrong = [sentences.CHECK_CONFIG], []
    for look in (_telegram, _database, _backup, _owners):
        good, bad = await look(settings)
        out += good
        wrong += bad
    return Result(out, wrong, COULD_NOT if wrong else 0)


async def _telegram(settings: Settings) -> tuple[list[str], list[str]]:
    telegram = settings.telegram
    bot = Bot(
        telegram.token.get_secret_value(),
        telegram.base_url,
        telegram.base_file_url,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        async with bot:
            me, webhook = await bot.get_me(), await bot.get_webhook_info()
    except (InvalidToken, EndPointNotFound):
        return [], [sentences.LOG_REFUSED]
    except TelegramError as error:
        return [], [sentences.CHECK_UNREACHABLE.format(url=telegram.api_url, why=redact(error.message))]
    privacy = sentences.CHECK_PRIVACY_OFF if me.can_read_all_group_messages else sentences.CHECK_PRIVACY_ON
    out = [sentences.CHECK_BOT.format(name=me.username), privacy]
    if webhook.url:
        out.append(sentences.CHECK_WEBHOOK)
    return out, [] if me.can_join_groups else [sentences.CHECK_NO_GROUPS]


async def _database(settings: Settings) -> tuple[list[str], list[str]]:
    try:
        async with await Door.open(settings.database.url):
            return [sentences.CHECK_DATABASE], []
    except StorageError as error:
        return [], [sentences.CHECK_NO_DATABASE.format(why=error)]


async def _backup(settings: Settings) -> tuple[list[str], list[str]]:
    wanted = settings.backup
    if not wanted.folder:
        return [], []
    if not await asyncio.to_thread(Path(wanted.folder).is_dir):
        return [], [sentences.CHECK_NO_FOLDER.format(folder=wanted.folder)]
    try:
        return [sentences.CHECK_BACKUP_SEALED if wanted.key else sentences.CHECK_BACKUP], []
    except CopySealed as error:
        return [], [str(error)]


async def _owners(settings: Settings) -> tuple[list[str], list[str]]:
    if settings.team.owners:
        return [], []
    return [], [sentences.CHECK_NO_OWNERS.format(advice=sentences.ADVICE["team.owners"])]


async def upgrade(settings: Settings) -> Result:
    """Opening the database brings it up to date."""
    async with await Door.open(settings.database.url):
        return Result([sentences.UPGRADED])


@asynccontextmanager
async def opened_house(settings: Settings) -> AsyncIterator[House]:
    """All that answering needs, as the desk at work has it, but for what its chats chose. Raises ConfigError."""
    team, vocabulary, masking = settings.team, Vocabulary.load(), settings.privacy
    async with opened_team(settings) as (door, number):
        ours = Team(number, team.name, frozenset(team.owners), team.country, team.zone, team.language, digest=None)
        audience = Audience(masking.mask_groups, masking.threshold, await door.read(teams.secret, number))
        places = await Sites.load(door, number)
        tongues = Tongues(team.language, {})
        yield House(door, ours, KINDS, vocabulary, places, lambda: datetime.now(UTC), audience, tongues)


@asynccontextmanager
async def opened_team(settings: Settings) -> AsyncIterator[tuple[Door, int]]:
    """The database and the team's id in it. Raises ConfigError where there is none: nothing is made here."""
    if not path_of(settings.database.url).exists():
        raise ConfigError([sentences.NO_DATABASE])
    async with await Door.open(settings.database.url) as door:
        found = await door.read(lambda tx: tx.one(teams.BY_NAME, name=settings.team.name))
        if found is None:
            raise ConfigError([sentences.NO_TEAM.format(team=settings.team.name)])
        yield door, found["id"]
