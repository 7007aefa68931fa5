"""`/export`: entries as a file, exactly for the team or masked for outsiders; sent in private chats only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from desk.export import Gathered, Progress, TooMany, exported, gather
from exchange.shapes import Table
from exchange.writing import ENDINGS, written
from handlers.ask import Ask, File, Reply, Way
from handlers.house import House
from handlers.sending import replaced, said
from protection.small_numbers import EXACT
from records.answer import Answer
from records.columns import Tongue
from records.command import export_put_right, read_export
from records.export import Export
from render import exporting
from render.catalogue import Words
from render.problems import refusal

PAUSE: Final = 1.0
"""Seconds between two looks at how far a file is; one that is written sooner is simply sent."""
TURN: Final = 10.0
"""Seconds to wait for another file to be done: they are written one at a time, so that the desk has time for everybody else."""
TIDYING: Final = 2.0
"""Seconds for taking away what told how far it was: the file doesn't wait longer for that, nor does stopping."""
LONGEST: Final = 30.0
"""Seconds a file may take. What is left of the time an update has is for sending it."""


class Exports:
    """Writes files, one at a time."""

    def __init__(self, bot: Bot) -> None:
        """Nothing is being written yet."""
        self._bot = bot
        self._turn = asyncio.Lock()

    async def export(self, house: House, ask: Ask) -> Reply:
        """`/export flights this year csv`: the file, or why there is none."""
        way, words = ask.way, house.speak(ask.way.language)
        if not way.private:
            return Reply(exporting.told("in_private", words))
        if not ask.rest.strip():
            return Reply(exporting.explained(house.kinds, words))
        context = house.context(house.now(), way.language)
        wanted = read_export(ask.rest, house.kinds, house.vocabulary, context)
        if not isinstance(wanted, Export):
            right = export_put_right(ask.rest, wanted, house.kinds, house.vocabulary, context)
            return Reply(refusal(wanted, None, ask.command, right, words))
        if refused := house.outsiders.refused(wanted.question) if wanted.outsiders else ():
            problems = [replace(one, code=f"outsiders_{one.code}") for one in refused]
            return Reply(refusal(problems, None, ask.command, "", words))
        return await self._in_turn(house, way, wanted)

    async def _in_turn(self, house: House, way: Way, wanted: Export) -> Reply:
        """The file, once no other is being written."""
        try:
            async with asyncio.timeout(TURN):
                await self._turn.acquire()
        except TimeoutError:
            return Reply(exporting.told("busy", house.speak(way.language)))
        try:
            return await self._file(house, way, wanted)
        finally:
            self._turn.release()

    async def _file(self, house: House, way: Way, wanted: Export) -> Reply:
        words, kind, progress = house.speak(way.language), house.kind(wanted.question.kind), Progress()
        try:
            async with asyncio.timeout(LONGEST), self._telling(way, progress, words):
                gathered, content = await made(house, wanted, way.language, progress)
        except TooMany:
            return Reply(exporting.too_many(words))
        except TimeoutError:
            return Reply(exporting.told("slow", words))
        if not gathered.rows:
            return Reply(exporting.nothing(wanted, kind, words, house.places))
        if len(content) > exporting.BIGGEST:
            return Reply(exporting.told("too_big", words))
        await house.door.change(exported, house.team.id, way.who, wanted, gathered, house.now())
        answer = exporting.caption(
            wanted,
            len(gathered.rows),
            kind,
            words,
            house.places,
            house.outsiders,
            restricted=gathered.restricted,
        )
        return Reply(answer, file=File(named(house, wanted), content))

    @asynccontextmanager
    async def _telling(self, way: Way, progress: Progress, words: Words) -> AsyncIterator[None]:
        """Meanwhile a message tells how far the file is, and goes when that is over."""
        over, standing = asyncio.Event(), list[int]()
        task = asyncio.create_task(self._tell(way, progress, words, over, standing))
        try:
            yield
        finally:
            over.set()
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(TIDYING):
                    await task
                    for message in standing:
                        await self._bot.delete_message(way.chat, message)

    async def _tell(self, way: Way, progress: Progress, words: Words, over: asyncio.Event, standing: list[int]) -> None:
        """Tells it again and again; a word that doesn't arrive keeps no file back."""
        while not await within(over, PAUSE):
            with suppress(TelegramError):
                await self._bot.send_chat_action(way.chat, ChatAction.UPLOAD_DOCUMENT)
                answer = Answer(exporting.progress(progress.done, progress.total, words))
                if standing:
                    await replaced(self._bot, way.chat, standing[0], answer)
                elif progress.total:
                    standing.append(await said(self._bot, way, answer))


async def made(house: House, wanted: Export, language: str, progress: Progress) -> tuple[Gathered, bytes]:
    """What the file holds, all of one moment, and the file; both are worked out beside the loop. Raises TooMany."""
    tongue = Tongue(language, house.vocabulary, house.places)
    kind, audience = house.kind(wanted.question.kind), house.outsiders if wanted.outsiders else EXACT
    try:
        gathered = await house.door.read(gather, house.team.id, kind, wanted, tongue, audience, progress)
        table = Table(gathered.columns, progress.passed(gathered.rows), rtl=house.speak(language).rtl)
        return gathered, await asyncio.to_thread(written, table, wanted.form) if gathered.rows else b""
    finally:
        progress.stopped = True


def named(house: House, wanted: Export) -> str:
    """The name of the file, in English whatever the reader's language: not every system takes every letter."""
    return wanted.named(house.vocabulary.label("en", "kinds", wanted.question.kind, "many")) + ENDINGS[wanted.form]


async def within(over: asyncio.Event, seconds: float) -> bool:
    """Whether that happens within so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await over.wait()
    return over.is_set()
