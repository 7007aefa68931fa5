"""A program that changes the database from many tasks at once, says what was committed, and waits to be killed."""

import asyncio
import sys

from storage import teams
from storage.door import Door, Tx
from tests.storage.made import post

TASKS = 32


def one(tx: Tx, team: int, ref: str) -> str:
    return post(tx, team, ref=ref).ref


async def main(url: str, run: str) -> None:
    door = await Door.open(url)
    team = await door.change(teams.ensure, "Our team")

    async def keep_posting(task: int) -> None:
        number = 0
        while True:
            number += 1
            print(await door.change(one, team, f"{run}-{task}-{number}"), flush=True)

    await asyncio.gather(*(keep_posting(task) for task in range(TASKS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
