"""A morning of ten thousand digests: how long cutting and carrying takes, and how long people who post meanwhile wait.

    python -m bench.bench_digests [--chats 10000] [--bookmarks 1 50] [--filters 1] [--languages en] [--entries 300] [--kept 0]
                                  [--charts]

Nobody is called: a transport that says "sent" at once stands for Telegram, so carrying is the desk's own share; Telegram lets
30 a second through, and the ratio says how many times faster than that the desk is. `--bookmarks` is from how many different
lines of the journal the chats are told: each is a page of its own, drawn as it would be sent. `--filters` is how many
different filters they have, `--languages` which languages they read: a page for each of both. `--kept` is how many entries
there are beside those to tell, for the totals; with `--charts` all of them are of the last weeks, and a chart follows each
digest. What a cut is made of is told apart: reading and working out what is said, and drawing the pages; the baseline of the
first is one digest of all, that of the second one page. Somebody posts all the while, one entry after the other; how long
each waits until it is committed is told for a quiet moment, the baseline, and for the morning. `--turn` is how many seconds a
thread may compute before another gets its turn: the desk's, unless told otherwise; Python's own default is 0.005.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import TURN
from digests.courier import Courier
from digests.cut import cut_due, prepare
from digests.schedules import set_rule
from digests.sight import conditions
from digests.tell import Readers, Telling
from digests.totals import Sums, apart
from protection.small_numbers import EXACT
from records.digest import Digest, Letter, Picture, Schedule
from records.kinds import KINDS
from records.places import Gazetteer
from records.question import Question
from records.rule import Rule
from records.session import SESSION
from records.vocabulary import Vocabulary
from render.catalogue import Words, languages
from render.charts import picture
from render.digest import pages
from render.html import Html
from storage import count, schedules, teams
from storage.door import Door, Tx
from tests.storage.made import LESSON, NOON, ZHUSAN, post

ZONE = "Asia/Almaty"
ALLOWED = 30
"""Letters a second Telegram takes."""
CHUNK = 1_000
COUNTRIES = [
    "KZ",
    "UZ",
    "KG",
    "TJ",
    "BA",
    "RU",
    "FR",
    "DE",
    "SE",
    "DK",
    "FI",
    "NO",
    "GB",
    "US",
    "CA",
    "AU",
    "BE",
    "NL",
    "AT",
    "XK",
]
SITES = ["aktau", "almaty", "astana", "shymkent", "SY", "IQ", "TR", "roj", "erbil", "karaganda"]
PAUSE = 0.005
"""Seconds between a post that was committed and the next one."""
EVENING = datetime(2019, 6, 1, 20, tzinfo=UTC)
MORNING = EVENING + timedelta(hours=12)


class Sent:
    """A transport without a network."""

    async def send(self, letter: Letter) -> int:
        return letter.id


class Writing:
    """Draws pages and remembers how long it took."""

    def __init__(self) -> None:
        self.took, self.drawn = 0.0, 0

    def __call__(self, digest: Digest) -> tuple[Html, ...]:
        began = time.perf_counter()
        drawn = pages(digest, KINDS, WORDS[digest.language], PLACES, EXACT, country="KZ")
        self.took += time.perf_counter() - began
        self.drawn += 1
        return drawn


def illustrated(digest: Digest) -> Picture | None:
    return picture(digest.chart, WORDS[digest.language], PLACES, EXACT, "KZ") if digest.chart else None


def may(tx: Tx, schedule: Schedule) -> bool:
    del tx
    return schedule.who == 1


async def nobody(schedule: Schedule, reason: str) -> None:
    del schedule, reason


def posts(tx: Tx, team: int, numbers: range) -> None:
    """Entries of twenty countries' citizens at ten places."""
    for number in numbers:
        where = {"citizens": COUNTRIES[number // 2 % len(COUNTRIES)], "site": SITES[number // 40 % len(SITES)]}
        if number % 2:
            post(tx, team, {**LESSON, **where}, kind=SESSION, at=EVENING - timedelta(hours=1))
        else:
            post(tx, team, {**ZHUSAN, **where}, at=EVENING - timedelta(hours=1))


def filter_of(number: int) -> str:
    """The first is for all; then one country's citizens at one site."""
    at = number - 1
    return f"citizens={COUNTRIES[at % 20]};site={SITES[at // 20 % 10]}" if number else ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the chats are set to."""

    chats: int
    bookmarks: int
    filters: int
    languages: tuple[str, ...]
    entries: int
    kept: int
    charts: bool = False


def wish(tx: Tx, team: int, chats: range, wished: Wishes) -> None:
    """Schedules of so many chats, told so far up to different lines of the journal behind what is kept."""
    for chat in chats:
        language = wished.languages[chat // wished.filters % len(wished.languages)]
        made = set_rule(
            tx, team, chat, who=1, rule=Rule(), zone=ZONE, language=language, now=EVENING - timedelta(minutes=1)
        )
        told = wished.kept + (chat % wished.bookmarks) * wished.entries // wished.bookmarks
        schedules.set_told(tx, made.id, told, NOON)
        tx.run(
            "UPDATE schedules SET filter = :filter, chart = :chart WHERE id = :id",
            filter=filter_of(chat % wished.filters),
            chart=int(wished.charts),
            id=made.id,
        )


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


async def morning(folder: Path, wished: Wishes) -> None:
    async with await Door.open(f"sqlite:///{folder}/bench.db") as door:
        team = await door.change(teams.ensure, "Our team")
        for some in chunks(0, wished.kept + wished.entries):
            await door.change(posts, team, some)
        for some in chunks(1, wished.chats + 1):
            await door.change(wish, team, some, wished)
        courier = Courier(door, Sent(), lambda: MORNING, may, nobody)

        async def quiet() -> int:
            await asyncio.sleep(3)
            return 0

        async def carry() -> int:
            sent = 0
            while await courier.send_one():
                sent += 1
            return sent

        folded, each = await door.read(totals, team, wished.filters)
        began = time.perf_counter()
        await door.read(one_digest, team, wished.kept)
        alone = time.perf_counter() - began
        poster, writing = Poster(door, team), Writing()
        _, _, calm = await poster.during(quiet)
        began = time.perf_counter()
        await door.read(prepare, KINDS, writing, MORNING, EXACT, illustrated)
        preparing, drawing = time.perf_counter() - began, writing.took
        cut, cutting, cut_waits = await poster.during(
            lambda: cut_due(door, KINDS, writing, MORNING, EXACT, illustrated)
        )
        sent, carrying, carry_waits = await poster.during(carry)
    rate, said, drawn = sent / carrying, preparing - drawing, writing.drawn // 2
    print(f"{wished}")
    print(f"  said   {said:.3f} s, {said / alone:.1f} times what one digest takes ({alone * 1_000:.1f} ms)")
    print(f"  totals {folded:.3f} s of it, {folded / each:.3f} of a query for each filter ({each:.2f} s)")
    print(f"  drawn  {drawn} digests in {drawing:.2f} s, {drawing / drawn * 1_000:.2f} ms each")
    print(f"  cut    {cut} in {cutting:.2f} s, {cutting * ALLOWED / sent:.4f} of what Telegram needs to take them")
    print(f"  carry  {sent} letters, {rate:.0f} a second, {rate / ALLOWED:.1f} times what Telegram allows")
    for name, waits in (("quiet", calm), ("cut", cut_waits), ("carry", carry_waits)):
        print(f"  a post waits, {name:5}  {waited(waits, calm)}")


def chunks(first: int, end: int) -> Iterator[range]:
    return (range(start, min(start + CHUNK, end)) for start in range(first, end, CHUNK))


def totals(tx: Tx, team: int, filters: int) -> tuple[float, float]:
    """Seconds that the totals of all filters take: folded from one read, and with a query for each."""
    wanted = [conditions(filter_of(one)) for one in range(filters)]
    began = time.perf_counter()
    sums = Sums(tx, team, KINDS, wanted)
    for one in wanted:
        sums.through(one)
    folded = time.perf_counter() - began
    began = time.perf_counter()
    for one in wanted:
        for kind in KINDS:
            count.count(tx, team, Question(kind.name, None, None, by=apart(kind), filters=one))
    return folded, time.perf_counter() - began


def one_digest(tx: Tx, team: int, told: int) -> Digest:
    """One digest of all there is to tell."""
    readers = Readers("", "en", ZONE, restricted=True, told=told, told_at=NOON, mornings=(MORNING.date(),))
    return Telling(tx, team, KINDS, MORNING, [readers]).digest(readers)


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
        wished = Wishes(
            asked.chats, bookmarks, asked.filters, tuple(asked.languages), asked.entries, asked.kept, asked.charts
        )
        with tempfile.TemporaryDirectory() as folder:
            await morning(Path(folder), wished)


if __name__ == "__main__":
    vocabulary, PLACES = Vocabulary.load(), Gazetteer.load()
    WORDS = {one: Words(one, vocabulary, ZoneInfo(ZONE)) for one in languages()}
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--bookmarks", type=int, nargs="+", default=[1, 50])
    parser.add_argument("--filters", type=int, default=1)
    parser.add_argument("--languages", nargs="+", default=["en"], choices=languages())
    parser.add_argument("--entries", type=int, default=300)
    parser.add_argument("--kept", type=int, default=0)
    parser.add_argument("--charts", action="store_true")
    parser.add_argument("--turn", type=float, default=TURN)
    asyncio.run(main(parser.parse_args()))
