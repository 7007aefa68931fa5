"""The whole desk, built once: the store, the words, the doors, the intake, the lanes and the heartbeat."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from telegram.ext import ApplicationBuilder, ExtBot

from bot import sentences
from bot.backups import nightly
from bot.budget import Limits
from bot.bursts import Allowed, Bursts
from bot.crowd import Crowd
from bot.heartbeat import Heartbeat
from bot.intake import Intake
from bot.lanes import WAITS, Lanes
from bot.pace import Pace
from bot.request import AiohttpRequest
from bot.settings import Settings
from bot.stopping import until_told
from bot.tidying import tidy
from bot.transport import TelegramTransport
from digests import schedules
from digests.courier import Courier
from digests.cut import cut_due
from handlers.doors import App, Doors
from handlers.house import House, Team
from handlers.menus import Introduction
from handlers.sites import Sites
from handlers.tongues import Tongues
from handlers.voice import Voice
from protection.personal import stops
from protection.small_numbers import Audience
from records.command import read
from records.kind import Kind
from records.kinds import KINDS
from records.rule import Rule
from records.vocabulary import Vocabulary
from storage import looking, teams, tongues
from storage.door import Door
from storage.scratch import sweep
from storage.sole import sole
from storage.sqlite import path_of

log = logging.getLogger(__name__)

BEAT: Final = 1.0
"""Seconds between two looks at what is due."""
HANDS: Final = 12
"""Letters carried at once: Telegram's whole rate with answers that take 0.4 s, and no more for a crash to leave in doubt."""
TIDY: Final = 3_600.0
"""Seconds between two rounds of tidying up."""
NIGHTLY: Final = 600.0
"""Seconds between two looks whether the night's copy is due."""
TURN: Final = 0.001
"""Seconds a thread may compute before another gets its turn.

With Python's own 5 ms, somebody who posts while a reader's thread draws digests waits that long for nearly every statement.
"""


def utc_now() -> datetime:
    """The moment, by the machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """A desk at work. `taking` is the poller: it ends only by failing. `introduction` goes on beside the first messages."""

    house: House
    lanes: Lanes
    heartbeat: Heartbeat
    introduction: Introduction
    taking: asyncio.Task[None]


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    kinds: tuple[Kind, ...] = KINDS,
    vocabulary: Vocabulary | None = None,
    waits: Sequence[float] = WAITS,
) -> AsyncIterator[Desk]:
    """A desk that takes messages while inside, what an earlier run left unfinished first. Raises TokenRefused, StorageError."""
    if not settings.team.owners:
        log.warning(sentences.CHECK_NO_OWNERS.format(advice=sentences.ADVICE["team.owners"]))
    async with sole(settings.database.url), await Door.open(settings.database.url) as door:
        sweep(path_of(settings.database.url))
        pace = Pace(_limits(settings))
        application = _application(settings, pace)
        house = await _house(settings, door, now, kinds, vocabulary or Vocabulary.load())
        voice = Voice(house, application.bot)
        lanes = Lanes(
            Doors(house, application).process, door, apologise=voice.apologise, alarm=voice.alarm, waits=waits
        )
        sift = Crowd(Bursts(_allowed(settings)), house.members, now).sift
        intake = Intake(application.bot, door, lanes, now, commands=[one.name for one in house.commands], sift=sift)
        try:
            await intake.begin()
            await application.initialize()
            introduction = Introduction(house, application.bot)
            heartbeat = _heartbeat(house, voice, application.bot, settings)
            heartbeat.add("introduction", TIDY, introduction.make)
            async with _at_work(house, lanes, intake, heartbeat, introduction, pace) as desk:
                yield desk
        finally:
            await application.shutdown()
            await application.bot.shutdown()  # of a bot that never began, too


@asynccontextmanager
async def _at_work(
    house: House, lanes: Lanes, intake: Intake, heartbeat: Heartbeat, introduction: Introduction, pace: Pace
) -> AsyncIterator[Desk]:
    """Runs what runs by itself, and stops it in the order in which nothing is lost: taking in, lanes, beats."""
    await lanes.refill()
    taking = asyncio.create_task(intake.run(), name="intake")
    heartbeat.start()
    log.info("ready")
    try:
        yield Desk(house, lanes, heartbeat, introduction, taking)
    finally:
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
        pace.close()
        await asyncio.gather(lanes.stop(), heartbeat.stop())


def _limits(settings: Settings) -> Limits:
    wanted = settings.limits
    return Limits(wanted.per_second, wanted.per_chat_per_second, wanted.per_group_per_minute)


def _allowed(settings: Settings) -> Allowed:
    wanted = settings.limits
    return Allowed(wanted.stranger_per_minute, wanted.strangers_per_chat_per_minute, wanted.member_per_minute)


def _application(settings: Settings, pace: Pace) -> App:
    """python-telegram-bot with the house's own way of receiving, of speaking HTTP, and no scheduler."""
    telegram = settings.telegram
    builder = ApplicationBuilder().token(telegram.token.get_secret_value())
    builder = builder.base_url(telegram.base_url).base_file_url(telegram.base_file_url)
    builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest(1))
    return builder.rate_limiter(pace).updater(None).job_queue(None).build()


async def _house(
    settings: Settings, door: Door, now: Callable[[], datetime], kinds: tuple[Kind, ...], vocabulary: Vocabulary
) -> House:
    wanted = settings.team
    team = Team(
        id=await door.change(teams.ensure, wanted.name),
        name=wanted.name,
        owners=frozenset(wanted.owners),
        country=wanted.country,
        zone=wanted.zone,
        language=wanted.language,
        digest=Rule.parse(settings.digest.default) if settings.digest.default else None,
    )
    await door.change(schedules.put_dates_right, now())
    while await door.change(looking.gather, team.id, kinds):
        pass
    masking = settings.privacy
    audience = Audience(masking.mask_groups, masking.threshold, await door.read(teams.secret, team.id))
    chosen, last = await door.read(tongues.known, team.id), await door.read(tongues.last, team.id)
    spoken = Tongues(team.language, chosen, last)
    places = await Sites.load(door, team.id)
    house = House(door, team, kinds, vocabulary, places, now, audience, spoken, settings.retention.terms)
    stops("+77015550123 Mr Aktau")  # words, places and rules are loaded when first used: not while somebody waits
    for kind in kinds:
        read("from Aktau wommen 3", kind, vocabulary, house.context(now()))
    return house


def _heartbeat(house: House, voice: Voice, bot: ExtBot[str], settings: Settings) -> Heartbeat:
    """What happens by itself: digests cut and carried, old things tidied away."""
    door, now = house.door, house.now
    transport = TelegramTransport(bot, voice.mark, voice.buttons, voice.unreadable, paid=settings.limits.paid_broadcast)
    courier = Courier(door, transport, now, voice.may, voice.paused)

    async def cut() -> bool:
        await cut_due(door, house.kinds, voice.write, now(), house.group_audience, voice.illustrate)
        return False

    heartbeat = Heartbeat()
    heartbeat.add("digests", BEAT, cut)
    heartbeat.add("letters", BEAT, courier.send_one, hands=HANDS)
    heartbeat.add("tidy", TIDY, partial(tidy, house))
    copied = partial(nightly, house, path_of(settings.database.url), settings.backup, settings.backup.key)
    heartbeat.add("backup", NIGHTLY, copied)
    return heartbeat


async def run(settings: Settings) -> None:
    """Runs the desk until SIGTERM or Ctrl-C, then stops cleanly within seconds. Raises TokenRefused, StorageError."""
    sys.setswitchinterval(TURN)
    await until_told(_at_work_until_cancelled(settings))


async def _at_work_until_cancelled(settings: Settings) -> None:
    async with opened(settings) as desk:
        await desk.taking
