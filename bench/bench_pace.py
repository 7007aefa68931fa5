"""What an answer that nobody keeps waiting costs on its way through the pace.

    python -m bench.bench_pace [--calls 20000]

A call that does nothing is made bare, the baseline, and through the desk's pace. Time is made up and runs so fast that nothing
has to wait; each call goes to another chat.
"""

import argparse
import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.ext import BaseRateLimiter

from bot.pace import Pace

ROUNDS = 5
POST = 1_300.0
"""Microseconds of CPU a post costs the desk, from command to card; see the README."""


async def nothing(endpoint: str, data: dict[str, Any]) -> bool:
    del endpoint, data
    return True


async def bare(chat: int) -> None:
    await nothing("sendMessage", {"chat_id": chat})


def through(limiter: BaseRateLimiter[Any]) -> Callable[[int], Awaitable[object]]:
    async def call(chat: int) -> None:
        data = {"chat_id": chat}
        await limiter.process_request(nothing, ("sendMessage", data), {}, "sendMessage", data, None)

    return call


async def took(call: Callable[[int], Awaitable[object]], calls: int) -> float:
    """Microseconds of a call, the median of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for chat in range(1, calls + 1):
            await call(chat)
        rounds.append((time.perf_counter() - began) / calls * 1e6)
    return statistics.median(rounds)


async def main(calls: int) -> None:
    ticks = itertools.count()
    base = await took(bare, calls)
    print(f"bare   {base:6.2f} us")
    paced = await took(through(Pace(clock=lambda: next(ticks) * 1.0)), calls)
    print(
        f"paced  {paced:6.2f} us, {paced - base:6.2f} us more: {(paced - base) / POST:.4f} of what a post costs the desk"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--calls", type=int, default=20_000)
    asyncio.run(main(parser.parse_args().calls))
