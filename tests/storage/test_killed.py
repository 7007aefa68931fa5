import asyncio
import random
import sys
from asyncio.subprocess import PIPE

from storage import chain, entries, teams
from storage.door import Door

KILLS = 5


async def told_until_killed(url: str, run: int, after: int) -> list[str]:
    """What a program said it had committed, before it was killed in the middle of its work."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.posts_until_killed", url, str(run), stdout=PIPE
    )
    assert process.stdout is not None
    told = [await process.stdout.readline() for _ in range(after)]
    process.kill()
    told += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    return [line.decode().strip() for line in told if line.endswith(b"\n")]


async def test_what_was_told_as_committed_is_there_after_every_kill(url: str) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    told: list[str] = []
    for run in range(KILLS):
        told += await told_until_killed(url, run, dice.randrange(1, 300))
        async with await Door.open(url) as door:
            team = await door.change(teams.ensure, "Our team")
            kept = [await door.read(entries.by_ref, team, ref) for ref in told]
            assert None not in kept
            assert (await door.read(chain.verify, team)).ok
            assert await door.read(teams.seq, team) >= len(told)
