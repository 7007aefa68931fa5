"""A morning of ten thousand digests: how long cutting and carrying takes, and how long people who post meanwhile wait.

    python -m bench.bench_digests [--chats 10000] [--bookmarks 1 50] [--entries 300] [--turn 0.001]

Nobody is called: a transport that says "sent" at once stands for Telegram, so carrying is the desk's own share; Telegram lets 30
a second through, and the ratio says how many times faster than that the desk is. `--bookmarks` is from how many different lines
of the journal the chats are told: each is a page of its own, drawn as it would be sent. Somebody posts all the while, one entry
after the other; how long each waits until it is committed is told for a quiet moment, the baseline, and for the morning.
`--turn` is how many seconds a thread may compute before another gets its turn: the desk's, unless told otherwise; Python's own
default is 0.005.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import TURN
from digests.courier import Courier
from digests.cut import cut_due
from digests.schedules import set_rule
from protection.small_numbers import EXACT
from records.digest import Digest, Letter, Schedule
from records.kinds import KINDS
from records.places import Gazetteer
from records.rule import Rule
from records.session import SESSION
from records.vocabulary import Vocabulary
from render.catalogue import Words
from render.digest import pages
from render.html import Html
from storage import schedules, teams
from storage.door import Door, Tx
from tests.storage.made import LESSON, NOON, ZHUSAN, post

ZONE = "Asia/Almaty"
ALLOWED = 30
"""Letters a second Telegram takes."""
CHUNK = 1_000
PAUSE = 0.005
"""Seconds between a post that was committed and the next one."""
EVENING = datetime(2019, 6, 1, 20, tzinfo=UTC)
MORNING = EVENING + timedelta(hours=12)


class Sent:
    """A transport without a network."""

    async def send(self, letter: Letter) -> int:
        return letter.id


def write(digest: Digest) -> tuple[Html, ...]:
    return pages(digest, KINDS, WORDS, PLACES, EXACT, country="KZ")


def may(tx: Tx, schedule: Schedule) -> bool:
    del tx
    return schedule.who == 1


async def nobody(schedule: Schedule, reason: str) -> None:
    del schedule, reason


def posts(tx: Tx, team: int, many: int) -> None:
    for number in range(many):
        if number % 2:
            post(tx, team, LESSON, kind=SESSION, at=EVENING - timedelta(hours=1))
        else:
            post(tx, team, ZHUSAN, at=EVENING - timedelta(hours=1))


def wishes(tx: Tx, team: int, chats: range, bookmarks: int, entries: int) -> None:
    """Schedules of so many chats, told so far up to that many different lines of the journal."""
    for chat in chats:
        made = set_rule(
            tx, team, chat, who=1, rule=Rule(), zone=ZONE, language="en", now=EVENING - timedelta(minutes=1)
        )
        schedules.set_told(tx, made.id, (chat % bookmarks) * entries // bookmarks, NOON)


class Poster:
    """Somebody who posts all the while."""

    def __init__(self, door: Door, team: int) -> None:
        self._door, self._team = door, team
        self.waits: list[float] = []

    async def run(self) -> None:
        while True:
            began = time.perf_counter()
            await self._door.change(post, self._team, at=EVENING)
            self.waits.append((time.perf_counter() - began) * 1_000)
            await asyncio.sleep(PAUSE)

    async def during(self, act: Callable[[], Awaitable[int]]) -> tuple[int, float, list[float]]:
        """What the act gave, the seconds it took, and the waits meanwhile in milliseconds."""
        self.waits = []
        posting = asyncio.create_task(self.run())
        began = time.perf_counter()
        gave = await act()
        took = time.perf_counter() - began
        posting.cancel()
        await asyncio.gather(posting, return_exceptions=True)
        return gave, took, self.waits


async def morning(folder: Path, chats: int, bookmarks: int, entries: int) -> None:
    async with await Door.open(f"sqlite:///{folder}/bench.db") as door:
        team = await door.change(teams.ensure, "Our team")
        await door.change(posts, team, entries)
        for start in range(1, chats + 1, CHUNK):
            some = range(start, min(start + CHUNK, chats + 1))
            await door.change(wishes, team, some, bookmarks, entries)
        courier = Courier(door, Sent(), lambda: MORNING, may, nobody)

        async def quiet() -> int:
            await asyncio.sleep(3)
            return 0

        async def carry() -> int:
            sent = 0
            while await courier.send_one():
                sent += 1
            return sent

        poster = Poster(door, team)
        _, _, calm = await poster.during(quiet)
        cut, cutting, cut_waits = await poster.during(lambda: cut_due(door, KINDS, write, MORNING))
        sent, carrying, carry_waits = await poster.during(carry)
    rate = sent / carrying
    print(f"{chats} chats, {bookmarks} bookmarks, {entries} entries to tell")
    print(f"  cut    {cut} in {cutting:.2f} s, {cutting * ALLOWED / sent:.4f} of what Telegram needs to take them")
    print(f"  carry  {sent} letters, {rate:.0f} a second, {rate / ALLOWED:.1f} times what Telegram allows")
    for name, waits in (("quiet", calm), ("cut", cut_waits), ("carry", carry_waits)):
        print(f"  a post waits, {name:5}  {waited(waits, calm)}")


def waited(waits: list[float], calm: list[float]) -> str:
    p50, p99 = statistics.quantiles(waits, n=100)[49::49]
    base50, base99 = statistics.quantiles(calm, n=100)[49::49]
    return (
        f"p50 {p50:6.2f} ms ({p50 / base50:5.2f}), p99 {p99:7.2f} ms ({p99 / base99:5.2f}), "
        f"longest {max(waits):7.2f} ms, of {len(waits)}"
    )


async def main(asked: argparse.Namespace) -> None:
    sys.setswitchinterval(asked.turn)
    for bookmarks in asked.bookmarks:
        with tempfile.TemporaryDirectory() as folder:
            await morning(Path(folder), asked.chats, bookmarks, asked.entries)


if __name__ == "__main__":
    WORDS, PLACES = Words("en", Vocabulary.load(), ZoneInfo(ZONE)), Gazetteer.load()
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--bookmarks", type=int, nargs="+", default=[1, 50])
    parser.add_argument("--entries", type=int, default=300)
    parser.add_argument("--turn", type=float, default=TURN)
    asyncio.run(main(parser.parse_args()))
