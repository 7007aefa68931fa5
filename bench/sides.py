"""The bots that bench_desk measures, each run as a process of its own: `python -m bench.sides desk|plain URL FOLDER`.

It says "ready" once it takes messages, answers each line it is given with the CPU seconds it has used so far, and ends with its
input.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiosqlite
from pydantic import SecretStr
from telegram import Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

from bot.app import opened
from bot.settings import Database, Limits, Settings, Team, Telegram
from sandbox import TOKEN

CHATS = 200
FIRST = 2_001
PEOPLE = range(FIRST, FIRST + CHATS)
"""Whoever writes; all of them may."""


@asynccontextmanager
async def plain(url: str, folder: Path) -> AsyncIterator[None]:
    """A bot as python-telegram-bot's own examples write it: one handler that inserts a row, commits, and replies."""
    async with aiosqlite.connect(folder / "plain.db") as db:
        await db.execute("PRAGMA journal_mode = WAL")
        await db.execute("PRAGMA synchronous = FULL")
        await db.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, who INTEGER, text TEXT, at TEXT)")

        async def post(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            message = update.effective_message
            if message is None or message.from_user is None:
                return
            kept = await db.execute(
                "INSERT INTO posts (who, text, at) VALUES (?, ?, ?)",
                (message.from_user.id, " ".join(context.args or ()), message.date.isoformat()),
            )
            await db.commit()
            await message.reply_text(f"Kept as number {kept.lastrowid}.")

        application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
        application.add_handler(CommandHandler(["flight", "session"], post))
        async with application:
            await application.start()
            if application.updater is None:
                raise AssertionError
            await application.updater.start_polling()
            yield
            await application.updater.stop()
            await application.stop()


@asynccontextmanager
async def desk(url: str, folder: Path) -> AsyncIterator[None]:
    """The desk as it is run, every setting but the address, the file, the owners and Telegram's limits left alone."""
    settings = Settings.apart(
        telegram=Telegram(token=SecretStr(TOKEN), api_url=url),
        database=Database(url=f"sqlite:///{folder}/wayhome.db"),
        team=Team(owners=tuple(PEOPLE)),
        limits=Limits.none(),
    )
    async with opened(settings):
        yield


async def serve(side: AbstractAsyncContextManager[None]) -> None:
    async with side:
        print("ready", flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(time.process_time(), flush=True)


if __name__ == "__main__":
    SIDES = {"desk": desk, "plain": plain}
    asyncio.run(serve(SIDES[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))))
