"""`/import flights` with a table: what it would do is shown first, and stored when that is confirmed, all of it or nothing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from desk.acts import Refused, Teller
from desk.importing import Plan, lines_of, plan
from desk.store import Late, Otherwise, Over, cancel, keep, store, take_back, waits
from desk.tables import CHUNK, Headed, Reader
from exchange.limits import LIMITS
from exchange.reading import read
from exchange.shapes import Column, Sheet, Table, Unreadable
from exchange.writing import Form, written
from handlers.ask import Ask, File, Press, Reply, Way
from handlers.buttons import NUMBER, given_back
from handlers.deleting import deleted
from handlers.exporting import within
from handlers.fetching import Gone, Sent, fetched
from handlers.house import House
from handlers.sending import filed, replaced, said
from records.answer import Answer
from records.columns import Tongue, columns
from records.command import nearest_kind
from records.imports import Import
from records.kind import Kind
from records.sheet import Heading, Line
from render import importing
from render.answers import not_undone
from render.importing import Telling
from storage import answers, imports
from storage.door import Tx

DATA: Final = given_back(rf"i:(?P<number>{NUMBER}):(?P<verb>[sxu])")
"""What the buttons give back: "s" stores a table, "x" gives it up, "u" takes one back that was stored."""
PAUSE: Final = 1.0
"""Seconds between two words of how far it is; what is read sooner is simply told."""
TRIES: Final = 3
"""Plans made beside everybody else's work, before one is made while they wait."""
WORKBOOK: Final = b"PK"
"""How a workbook begins."""


@dataclass(slots=True)
class Progress:
    """How many of the lines are read."""

    done: int = 0
    total: int = 0


class Misheaded(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """The columns of a file aren't all clear."""

    def __init__(self, headed: Headed) -> None:
        super().__init__("the columns are not clear")
        self.headed = headed


class Imports:
    """Reads tables, and shows what they would do."""

    def __init__(self, bot: Bot) -> None:
        """Nothing was sent yet."""
        self._bot = bot

    async def imported(self, house: House, ask: Ask) -> Reply:
        """`/import flights` with a file, or in reply to one: its preview, or why there is none."""
        way, words = ask.way, house.speak(ask.way.language)
        if not way.private:
            return Reply(importing.told("in_private", words))
        names = [one.name for one in house.kinds]
        named = nearest_kind(ask.rest, names, house.vocabulary) if ask.rest.strip() else None
        if named is None:
            return Reply(importing.explained(house.kinds, words), to=way.message)
        if ask.sent is None:
            return await self._empty(house, way, house.kind(named))
        try:
            reply = await self._read(house, way, house.kind(named), ask.sent)
        except Misheaded as why:
            told = importing.misheaded(why.headed.heading.problems, why.headed.broken, house.kind(named), words)
            reply = Reply(await self._taken_away(house, way, ask.sent, told) if why.headed.broken else told)
        except Unreadable as why:
            reply = Reply(importing.unreadable(why.why, why.most, why.row, words))
        except Gone:
            reply = Reply(importing.told("gone", words))
        return replace(reply, to=way.message)

    async def _empty(self, house: House, way: Way, kind: Kind) -> Reply:
        """A table to fill in."""
        words = house.speak(way.language)
        heads = columns(kind, Tongue(way.language, house.vocabulary, house.places))
        table = Table(tuple(Column(one.key, one.head, one.hxl) for one in heads), ())
        content = await asyncio.to_thread(written, table, "xlsx")
        return Reply(importing.template(kind, words), file=File(f"{kind.name}s.xlsx", content))

    async def _read(self, house: House, way: Way, kind: Kind, sent: Sent) -> Reply:
        """The preview. Whatever breaks on the way, nothing was stored: the whole is done again."""
        progress = Progress()
        async with self._telling(house, way, progress):
            content = await fetched(self._bot, sent)
            ready = await planned(house, kind, content, way.language, progress)
            table = await _kept(house, way, kind, ready)
            await self._report(house, way, kind, ready, "xlsx" if content.startswith(WORKBOOK) else "csv")
        told = _telling(house, way, kind, ready).preview(ready.told, ready.rows, table.id if table else 0)
        personal = any(row.line.broken for row in ready.rows)
        return Reply(await self._taken_away(house, way, sent, told) if personal else told)

    async def _taken_away(self, house: House, way: Way, sent: Sent, told: Answer) -> Answer:
        """The answer to a file that tells of single people: it is deleted in the chat, or the person asked to do so."""
        gone = await deleted(self._bot, replace(way, message=sent.message))
        return importing.taken_away(told, house.speak(way.language), deleted=gone)

    async def _report(self, house: House, way: Way, kind: Kind, ready: Plan, form: Form) -> None:
        """Sends what every line would do, in a file of the form that was sent."""
        words = house.speak(way.language)
        content = await asyncio.to_thread(reported, _telling(house, way, kind, ready), ready, form)
        await filed(self._bot, way, File(f"preview.{form}", content), importing.told("report", words))

    @asynccontextmanager
    async def _telling(self, house: House, way: Way, progress: Progress) -> AsyncIterator[None]:
        """Meanwhile a message tells how far it is; the preview takes its place, even if a restart comes between."""
        over = asyncio.Event()
        task = asyncio.create_task(self._tell(house, way, progress, over))
        try:
            yield
        finally:
            over.set()
            await task

    async def _tell(self, house: House, way: Way, progress: Progress, over: asyncio.Event) -> None:
        words = house.speak(way.language)
        standing = await house.door.read(answers.of_message, house.team.id, way.chat, way.message)
        while not await within(over, PAUSE):
            done, total = words.number(progress.done), words.number(progress.total)
            answer = importing.told("reading" if progress.total else "fetching", words, done=done, total=total)
            with suppress(TelegramError):
                if standing is not None and await replaced(self._bot, way.chat, standing, answer):
                    continue
                standing = await said(self._bot, way, answer)
                await house.door.change(_standing, house.team.id, way, standing, house.now())


def _standing(tx: Tx, team: int, way: Way, message: int, at: datetime) -> None:
    answers.keep(tx, team, way.chat, way.message, answer=message, entry=None, at=at, language=way.language)


async def planned(house: House, kind: Kind, content: bytes, language: str, progress: Progress) -> Plan:
    """What the lines of a file would do. Raises Unreadable and Misheaded."""
    sheet = await read(content, LIMITS)
    context = house.context(house.now(), language)
    reader = Reader(kind, house.vocabulary, context)
    headed = reader.headed(sheet)
    if headed.broken or headed.heading.problems:
        raise Misheaded(headed)
    lines = [one async for some in _lines(reader, headed.heading, sheet, progress) for one in some]
    if not lines:
        raise Unreadable("empty")
    return await house.door.read(plan, house.team.id, kind, lines, context)


def reported(tells: Telling, ready: Plan, form: Form) -> bytes:
    """A file of that form with what every line would do."""
    heads = tuple(Column(name, head) for name, head in tells.heads().items())
    return written(Table(heads, map(tells.cells, ready.rows)), form)


async def _lines(reader: Reader, heading: Heading, sheet: Sheet, progress: Progress) -> AsyncIterator[Sequence[Line]]:
    """The lines, some at a time, read beside the loop."""
    rows = sheet.lines[heading.tags :]
    progress.total = len(rows)
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        yield await asyncio.to_thread(reader.lines, heading, some)
        progress.done += len(some)


async def _kept(house: House, way: Way, kind: Kind, ready: Plan) -> Import | None:
    """The table as it waits to be stored; None if there is nothing to store, or something is wrong. Raises Denied."""
    if not ready.told.stores:
        return None
    table = Import(0, way.chat, way.who, kind.name, "waiting", ready.told, house.now(), ready.waiting)
    return await house.door.change(keep, house.team.id, table, house.team.owners)


async def pressed(house: House, press: Press) -> Reply:
    """What a button below a preview leads to, or below what was stored. Raises Denied."""
    way, words = press.way, house.speak(press.way.language)
    found = DATA.fullmatch(press.data)
    if found is None or not way.private:
        return Reply(None, toast=words.text("press.unknown"))
    number = int(found["number"])
    try:
        if found["verb"] == "u":
            return await taken_back(house, way, number)
        if found["verb"] == "x":
            await house.door.change(cancel, house.team.id, number, way.who)
            return Reply(importing.told("cancelled", words))
        return await _stored(house, way, number)
    except Over as over:
        return _over(house, way, over.table)


async def _stored(house: House, way: Way, number: int) -> Reply:
    """Stores the table, or shows what would happen otherwise now. Raises Over and Denied."""
    table = await house.door.read(waits, house.team.id, number, way.who)
    kind, lines, owed = house.kind(table.kind), lines_of(table.lines), (way.update, way.route)
    told = Teller(house.team.id, way.who, house.now(), way.chat)
    now = partial(plan, team=house.team.id, kind=kind, lines=lines, context=house.context(house.now(), way.language))
    try:
        for _ in range(TRIES):
            ready = await house.door.read(now)
            with suppress(Late):
                done = await house.door.change(store, owed, number, kind, ready, told, house.team.owners)
                return _shown(house, way, done)
        done = await house.door.change(store, owed, number, kind, now, told, house.team.owners)
    except Otherwise as other:
        return await _anew(house, way, table, other)
    return _shown(house, way, done)


async def _anew(house: House, way: Way, table: Import, now: Otherwise) -> Reply:
    """The preview made anew, with what is otherwise now; what can be stored still waits."""
    ready, kind = now.plan, house.kind(table.kind)
    fresh = replace(table, told=ready.told, lines=ready.waiting)
    if ready.told.stores:
        await house.door.change(imports.again, house.team.id, fresh)
    else:
        await house.door.change(cancel, house.team.id, table.id, way.who)
    return Reply(_telling(house, way, kind, ready).preview(ready.told, ready.rows, table.id, now.rows))


async def taken_back(house: House, way: Way, number: int) -> Reply:
    """A whole import taken back, by its button or by `/undo`; or why it can't be. Raises Over and Denied."""
    words = house.speak(way.language)
    table = await house.door.read(imports.by_id, house.team.id, number)
    if table is None:
        raise Over(None)
    told = Teller(house.team.id, way.who, house.now(), way.chat)
    try:
        done = await house.door.change(
            take_back, (way.update, way.route), number, house.kind(table.kind), told, house.team.owners
        )
    except Refused as no:
        return Reply(not_undone(no.problems, words), fresh=True)
    return _shown(house, way, done)


async def undone(house: House, way: Way, number: int) -> Reply:
    """`/undo` of an import."""
    try:
        return await taken_back(house, way, number)
    except Over as over:
        return _over(house, way, over.table)


async def owed(house: House, way: Way, number: int) -> Reply:
    """The answer that a crash kept from being given."""
    table = await house.door.read(imports.by_id, house.team.id, number)
    return _over(house, way, table)


def _over(house: House, way: Way, table: Import | None) -> Reply:
    words = house.speak(way.language)
    if table is None or table.state == "waiting":
        return Reply(importing.told("over", words))
    return _shown(house, way, table)


def _shown(house: House, way: Way, table: Import) -> Reply:
    """What became of a table."""
    words = house.speak(way.language)
    if table.state == "stored":
        return Reply(importing.stored(table.told, table.id, words))
    return Reply(importing.told(table.state, words))


def _telling(house: House, way: Way, kind: Kind, ready: Plan) -> Telling:
    return Telling(kind, house.speak(way.language), house.places, ready.refs)
