"""A command in, a card out: the whole desk against a plain python-telegram-bot bot, on the same sandbox in the same run.

    python -m bench.bench_desk [--runs 3] [--posts 2000] [--latency 0 0.05] [--before FOLDER]

The bot under test runs in a process of its own; the sandbox and the people who write share this one, so that on two cores
nothing else takes part. 200 private chats each post and wait for the answer, then post again ("crowd"): messages a second, CPU
of the bot's process for each, p50 and p99 from saying to hearing. Then one chat alone does so ("calm"). `--latency` is how much
later the Bot API answers each call, in seconds. The plain bot does far less for a message (bench/sides.py): it inserts a row,
commits and replies, where the desk reads the command, keeps an entry, its journal line and its inbox row, and draws a card.
Medians over the runs; ratios are against the first line of the same latency. `--before` measures a change: instead of the plain
bot the first line is the desk of another checkout, with the same sandbox and people.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.sides import FIRST, PEOPLE
from sandbox import Sandbox
from sandbox.people import People
from sandbox.shapes import Object

PATIENCE = 120.0
"""Seconds after which a run that doesn't end is broken off."""
CALM = 200
"""Posts of the chat that is alone."""
FIRST_DAY = date(2015, 1, 1)
CITIZENS = ("KZ", "UZ", "TJ", "KG", "BA")


@dataclass(frozen=True)
class Figures:
    """What one run of one bot came to: a second; microseconds of CPU; milliseconds."""

    rate: float
    cpu: float
    sandbox: float
    p50: float
    p99: float
    calm50: float
    calm99: float


@dataclass(frozen=True)
class Side:
    """What is measured: which of bench.sides, from which checkout."""

    name: str
    bot: str
    house: Path


class Bot:
    """The bot under test, in its own process."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    @asynccontextmanager
    async def running(cls, side: Side, url: str, folder: Path) -> AsyncIterator["Bot"]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.sides", side.bot, url, str(folder), stdin=PIPE, stdout=PIPE, cwd=side.house
        )
        bot = cls(process)
        try:
            if await bot._line() != "ready":
                raise RuntimeError(f"{side.name} did not begin")
            yield bot
        finally:
            if process.stdin is not None:
                process.stdin.close()
            await process.wait()

    async def cpu(self) -> float:
        """Seconds of CPU it has used so far."""
        if self._process.stdin is None:
            raise AssertionError
        self._process.stdin.write(b"\n")
        return float(await self._line())

    async def _line(self) -> str:
        if self._process.stdout is None:
            raise AssertionError
        return (await self._process.stdout.readline()).decode().strip()


class Crowd:
    """People in private chats with the bot."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._events = sandbox.world.events
        self._people = People(sandbox.world)
        self._heard: dict[int, asyncio.Future[str]] = {}
        self._said = 0
        for who in PEOPLE:
            sandbox.world.add_person(who, f"Person {who}", None, None, None)

    async def listen(self) -> None:
        """Passes on what the bot says, until cancelled."""
        async for batch in self._events.stream(self._events.latest, None, 60.0):
            for event in batch:
                message: Object = event.body.get("message", {})
                waiting = self._heard.get(event.body["chat"]) if event.body["type"] == "message" else None
                if waiting is not None and message["from"]["is_bot"] and not waiting.done():
                    waiting.set_result(message["text"])

    async def post(self, who: int) -> float:
        """Says one more post and waits for its answer; how many milliseconds that took."""
        self._said += 1
        text = spoken(self._said)
        self._heard[who] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self._people.say(who, {"text": text})
        answer = await self._heard[who]
        if "F-" not in answer and "S-" not in answer and "Kept" not in answer:
            raise RuntimeError(f"{text!r} was answered {answer!r}")
        return (time.perf_counter() - began) * 1_000

    async def posts(self, who: Iterable[int], each: int) -> list[float]:
        """All of them post so often, each waiting for an answer before the next; milliseconds of all posts."""

        async def one(person: int) -> list[float]:
            return [await self.post(person) for _ in range(each)]

        async with asyncio.timeout(PATIENCE):
            return [took for all_of in await asyncio.gather(*map(one, who)) for took in all_of]


def spoken(number: int) -> str:
    """A post as people write them: no two the same, one in twenty so like the one before that the desk asks about it."""
    told = number - number % 20 if number % 20 == 2 else number
    day, many = FIRST_DAY + timedelta(days=told % 2_000), 40 + number % 300
    if number % 2:
        return f"/session {day} time {8 + told % 9}:30 site Aktau type psychosocial women {many} children 30 men 5"
    return (
        f"/flight date {day} from Syria to Aktau people {many + 60} women {many} children 40 orphans 18 operation zhusan-2"
        f" citizens {CITIZENS[told // 2 % len(CITIZENS)]}"
    )


async def measured(side: Side, latency: float, posts: int) -> Figures:
    """One run of one bot, everything new."""
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox() as sandbox, Bot.running(side, sandbox.url, Path(folder)) as bot:
            if latency:
                sandbox.api.faults.add({"method": "*", "times": None, "fault": {"latency": latency}})
            crowd = Crowd(sandbox)
            listening = asyncio.create_task(crowd.listen())
            await crowd.posts(PEOPLE, 1)  # greetings, caches, connections
            used, ours, began = await bot.cpu(), time.process_time(), time.perf_counter()
            took = await crowd.posts(PEOPLE, posts // len(PEOPLE))
            lasted, ours, used = time.perf_counter() - began, time.process_time() - ours, await bot.cpu() - used
            calm = await crowd.posts([FIRST], CALM if not latency else CALM // 10)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    each = 1e6 / len(took)
    return Figures(len(took) / lasted, used * each, ours * each, *percentiles(took), *percentiles(calm))


def percentiles(took: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(took, n=100)
    return cuts[49], cuts[98]


def median(runs: list[Figures]) -> Figures:
    names = Figures.__dataclass_fields__
    return Figures(**{name: statistics.median(getattr(run, name) for run in runs) for name in names})


async def main(asked: argparse.Namespace) -> None:
    here = Path.cwd()
    first = Side("before", "desk", asked.before) if asked.before else Side("plain", "plain", here)
    sides = (first, Side("desk", "desk", here))
    print("             a second  ratio  CPU us  ratio  sandbox us   crowd p50/p99 ms    calm p50/p99 ms")
    for latency in asked.latency:
        runs: dict[str, list[Figures]] = {side.name: [] for side in sides}
        for _ in range(asked.runs):
            for side in sides:
                slow = side.bot == "plain" and latency
                runs[side.name].append(await measured(side, latency, len(PEOPLE) if slow else asked.posts))
        base = median(runs[first.name])
        for name, some in runs.items():
            at = median(some)
            print(
                f"{latency * 1000:3.0f} ms {name:6} {at.rate:8.0f} {at.rate / base.rate:6.2f} {at.cpu:7.0f} "
                f"{at.cpu / base.cpu:6.2f} {at.sandbox:11.0f} {at.p50:9.1f} /{at.p99:8.1f} {at.calm50:9.1f} /{at.calm99:7.1f}"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--latency", type=float, nargs="+", default=[0.0, 0.05])
    parser.add_argument("--before", type=Path)
    asyncio.run(main(parser.parse_args()))
