"""A morning of ten thousand digests at Telegram's own pace, with a strict stand-in of Telegram that refuses what comes too fast.

    python -m bench.bench_carrying [--chats 10000] [--latency 0.05 0.2] [--refuse 5]

The whole desk as it is run, its limits and the sandbox's those of Telegram: 30 messages in any second, one in a chat, 20 a minute
in a group. The sandbox is a process of its own, as Telegram is a machine of its own. It takes as long as Telegram would: 340
seconds for 10,000. Each call is answered after the latency, which is drawn anew every second; so many chats are refused once with
a pause to keep. Somebody asks for /stats every few seconds all the while. Told are the letters a second from first to last
against what is allowed, what was refused, what came twice or never, and how long the person waited.
"""

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from pydantic import SecretStr

from bot.app import TURN, Desk, opened
from bot.settings import Database, Settings, Team, Telegram
from digests.schedules import set_rule
from records.rule import Rule
from sandbox import TOKEN, Clock, Sandbox
from storage.transaction import Tx
from tests.talk import People

OWNER, ASKER, FIRST = 1_001, 1_002, 10_001
ALLOWED = 30
STRICT = {"per_second": ALLOWED, "per_chat_per_second": 1, "per_group_per_minute": 20}
MORNING = datetime(2026, 3, 2, 2, 59, 50, tzinfo=UTC)
"""Ten seconds before eight at the team's clock."""
EVENING = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAUSE = 3
"""Seconds between two questions, and those a refused chat is told to wait."""
POST = "/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children"


def subscribed(tx: Tx, desk: Desk, chats: range) -> None:
    house = desk.house
    for chat in chats:
        set_rule(tx, house.team.id, chat, who=OWNER, rule=Rule(), zone="Asia/Almaty", language="en", now=MORNING)


async def asks(people: People, waits: list[float]) -> None:
    """Somebody wants the figures every now and then."""
    while True:
        began = time.perf_counter()
        await people.says("/stats", ASKER)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(PAUSE)


async def weather(people: People, least: float, most: float) -> None:
    """Telegram answers sooner or later."""
    while True:
        fault = {"method": "sendMessage", "times": None, "fault": {"latency": random.uniform(least, most)}}
        number = (await people.call("/faults", fault))["id"]
        await asyncio.sleep(1)
        await people.call(f"/faults/{number}", method="DELETE")


def telegram(known: range, line: Connection) -> None:
    """The sandbox, in a process of its own, with everybody in it; says where it is and stops when told to."""

    async def stands() -> None:
        async with Sandbox(clock=Clock(EVENING)) as sandbox:
            world = sandbox.world
            for number in (OWNER, ASKER, *known):
                world.private_chat(world.add_person(number, f"P{number}"), world.first_bot()).begun = True
            line.send(sandbox.url)
            await asyncio.to_thread(line.recv)

    asyncio.run(stands())


@contextmanager
def telegram_for(known: range) -> Iterator[str]:
    """Where it is."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=telegram, args=(known, there))
    process.start()
    yield here.recv()
    here.send("stop")
    process.join()


async def carried(people: People, desk: Desk, many: int) -> list[tuple[float, int, int | None]]:
    """Every letter tried, as (when, chat, status), once all are out."""
    tried, seen = [], 0
    while True:
        await asyncio.sleep(2)
        for one in await people.call(f"/calls?after={seen}", method="GET"):
            if one["status"] is None:
                break  # not answered yet: looked at again
            seen = one["n"]
            chat = one["parameters"].get("chat_id", 0) if one["method"] == "sendMessage" else 0
            if chat >= FIRST:
                tried.append((one["at"], chat, one["status"]))
        left = await desk.house.door.read(lambda tx: tx.all("SELECT count(*) AS n FROM letters WHERE state = 'sent'"))
        if left[0]["n"] >= many and len({chat for _, chat, status in tried if status == 200}) >= many:
            return tried


async def main(chats: int, latency: tuple[float, float], refuse: int) -> None:
    sys.setswitchinterval(TURN)
    clock, crowd = Clock(EVENING), range(FIRST, FIRST + chats)
    waits: list[float] = []
    with tempfile.TemporaryDirectory() as folder, telegram_for(crowd) as url:
        async with People.at(url) as people:
            settings = Settings.apart(
                telegram=Telegram(token=SecretStr(TOKEN), api_url=url),
                database=Database(url=f"sqlite:///{Path(folder)}/wayhome.db"),
                team=Team(owners=(OWNER, ASKER)),
            )
            async with opened(settings, now=clock.now) as desk:
                await people.says(POST, OWNER)
                await desk.house.door.change(subscribed, desk, crowd)
                await people.call("/faults", {"limits": STRICT})
                asked = {"error": {"code": 429, "description": "x", "parameters": {"retry_after": PAUSE}}}
                for chat in random.sample(crowd, refuse):
                    await people.call("/faults", {"method": "sendMessage", "times": 1, "chat": chat, "fault": asked})
                await people.call("/clock", {"set": MORNING.timestamp()})
                clock.set(MORNING)
                helpers = [asyncio.create_task(asks(people, waits)), asyncio.create_task(weather(people, *latency))]
                tried = await carried(people, desk, chats)
                for helper in helpers:
                    helper.cancel()
                    with suppress(asyncio.CancelledError):
                        await helper
    report(tried, waits, chats, refuse)


def report(tried: list[tuple[float, int, int | None]], waits: list[float], chats: int, refuse: int) -> None:
    out = [(at, chat) for at, chat, status in tried if status == 200]
    came = Counter(chat for _, chat in out)
    first, last = min(at for at, _ in out), max(at for at, _ in out)
    rate = len(out) / (last - first)
    refused = sum(status == 429 for _, _, status in tried)
    print(f"{chats} letters in {last - first:.1f} s: {rate:.2f} a second, {rate / ALLOWED:.3f} of what is allowed")
    print(f"  refused with 429: {refused}, of which injected {refuse}")
    gaps = sorted(b - a for (a, _), (b, _) in itertools.pairwise(sorted(out)))
    print(f"  longest gaps between letters: {', '.join(f'{one:.2f}' for one in gaps[-8:])} s")
    print(f"  twice {sum(number > 1 for number in came.values())}, never {chats - len(came)}")
    print(f"  /stats meanwhile: p50 {statistics.median(waits):.2f} s, longest {max(waits):.2f} s, of {len(waits)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--latency", type=float, nargs=2, default=(0.05, 0.2))
    parser.add_argument("--refuse", type=int, default=5)
    given = parser.parse_args()
    asyncio.run(main(given.chats, tuple(given.latency), given.refuse))
