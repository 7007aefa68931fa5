"""What committing together is worth: posts one by one against posts that wait together, on this machine.

Run it as `python -m bench.bench_door [folder]`. It prints ratios; the numbers a second are of this machine and disk only.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from records.question import Question
from storage import count, teams
from storage.door import Door
from storage.transaction import Tx
from tests.storage.made import post

POSTS = 2_000
RUNS = 3
WAITING = (1, 8, 64, 256)


def one(tx: Tx, team: int) -> None:
    post(tx, team)


async def posts_a_second(door: Door, team: int, waiting: int) -> float:
    """How many posts are committed a second when so many wait at a time."""
    left = iter(range(POSTS))

    async def keep_posting() -> None:
        for _ in left:
            await door.change(one, team)

    began = time.perf_counter()
    await asyncio.gather(*(keep_posting() for _ in range(waiting)))
    return POSTS / (time.perf_counter() - began)


async def main(folder: Path) -> None:
    rates: dict[int, list[float]] = {waiting: [] for waiting in WAITING}
    counted = []
    for run in range(RUNS):
        async with await Door.open(f"sqlite:///{folder}/bench-{run}.db") as door:
            team = await door.change(teams.ensure, "Our team")
            for waiting in WAITING:
                rates[waiting].append(await posts_a_second(door, team, waiting))
            began = time.perf_counter()
            await door.read(count.count, team, Question("flight", None, None, by=("month",)))
            counted.append(time.perf_counter() - began)
    alone = statistics.median(rates[1])
    for waiting in WAITING:
        rate = statistics.median(rates[waiting])
        print(f"{waiting:4} waiting: {rate:8.0f} posts a second, {rate / alone:5.2f} times one by one")
    print(f"counting {POSTS * len(WAITING)} entries by month: {statistics.median(counted) * 1000:.1f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as made:
        asyncio.run(main(Path(made)))
