"""What `/stats` costs: the questions of storage.count at ten thousand, a hundred thousand and, if asked, a million entries.

    python -m bench.bench_counting [--rows 10000 100000] [--rounds 15]

Each question is asked through the door as `/stats` asks it, and for a baseline as the barest SQL that could answer it (how many
entries, how many people, by the same key), on the same file: the ratio is what all the other sums and the shapes cost. Flights
and sessions in equal parts over seven years. "growth" is against the first number of rows. Milliseconds, medians of the rounds.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from records import periods
from records.entry import Entry
from records.flight import FLIGHT
from records.kind import Value
from records.kinds import KINDS
from records.question import Question
from records.record import facts
from records.session import SESSION
from storage import entries, teams
from storage.count import count
from storage.door import Door, Tx

TODAY = date(2026, 3, 2)
DAYS = 7 * 365
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHUNK = 2_000
SITES = ("aktau", "almaty", "astana", "karaganda", "shymkent", "aktobe", "oral", "semey")
CITIZENS = ("KZ", "KG", "UZ", "TJ", "TM", "RU", "AZ", "FR")
THIS_YEAR = (date(TODAY.year, 1, 1), TODAY)
MONTH = (TODAY - timedelta(days=29), TODAY)


@dataclass(frozen=True)
class Asked:
    """A question, and the bare SQL beside it."""

    name: str
    questions: tuple[Question, ...]
    bare: str


ASKED = (
    Asked(
        "30 days by country",
        (Question("flight", *MONTH, by=("citizens",)),),
        "SELECT country, COUNT(*), SUM(people) FROM entries WHERE team = :team AND kind = 'flight' "
        f"AND withdrawn IS NULL AND day >= '{MONTH[0]}' AND day <= '{MONTH[1]}' GROUP BY country",
    ),
    Asked(
        "all by type",
        (Question("session", None, None, by=("type",)),),
        "SELECT type, COUNT(*), SUM(people) FROM entries WHERE team = :team AND kind = 'session' "
        "AND withdrawn IS NULL GROUP BY type",
    ),
    Asked(
        "one site this year",
        (Question("session", *THIS_YEAR, filters=(("site", "aktau"),)),),
        "SELECT COUNT(*), SUM(people) FROM entries WHERE team = :team AND kind = 'session' AND site = 'aktau' "
        f"AND withdrawn IS NULL AND day >= '{THIS_YEAR[0]}' AND day <= '{THIS_YEAR[1]}'",
    ),
    Asked(
        "/stats alone",
        tuple(periods.overview(TODAY, KINDS)),
        "SELECT kind, country, COUNT(*), SUM(people) FROM entries WHERE team = :team AND withdrawn IS NULL "
        "GROUP BY kind, country",
    ),
)


def told(number: int, luck: random.Random) -> tuple[str, Mapping[str, Value]]:
    """The kind and the values of one entry."""
    day = (TODAY - timedelta(days=luck.randrange(DAYS))).isoformat()
    people = {"women": luck.randrange(90), "men": luck.randrange(30), "children": luck.randrange(120)}
    citizens = luck.choice(CITIZENS)
    if number % 2:
        what = {"site": luck.choice(SITES), "type": luck.choice(("legal", "medical", "education")), "status": "held"}
        return "session", {"date": day, "citizens": citizens, "minutes": 60, **what, **people}
    what = {"from": "SY", "to": luck.choice(SITES), "origin": "SY", "leg": "entry", "status": "arrived"}
    return "flight", {"date": day, "citizens": citizens, **what, **people}


def fill(tx: Tx, team: int, numbers: range, luck: random.Random) -> None:
    """Keeps so many more entries; the journal is left out, counting doesn't read it."""
    for number in numbers:
        name, values = told(number, luck)
        kind = FLIGHT if name == "flight" else SESSION
        entry = Entry(
            team=team, id=number, kind=name, ref=f"E-{number}", revision=1, values=values, said=values, who=1,
            chat=None, message=None, recorded=NOW,
        )  # fmt: skip
        entries.insert(tx, entry, facts(kind, values))


async def filled(door: Door, rows: int) -> int:
    """The team that has so many entries."""
    team = await door.change(teams.ensure, "Our team")
    luck = random.Random(rows)
    for start in range(1, rows + 1, CHUNK):
        await door.change(fill, team, range(start, min(start + CHUNK, rows + 1)), luck)
    return team


async def milliseconds(rounds: int, act: Callable[[], Awaitable[object]]) -> float:
    """The median of so many goes after a first one."""
    await act()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        await act()
        took.append((time.perf_counter() - began) * 1_000)
    return statistics.median(took)


def all_of(tx: Tx, team: int, questions: tuple[Question, ...]) -> int:
    return len([count(tx, team, one) for one in questions])


def barely(tx: Tx, team: int, sql: str) -> int:
    return len(tx.all(sql, team=team))


async def figures(rows: int, rounds: int) -> list[tuple[str, float, float]]:
    """Of each question what it takes, and the bare one."""
    with tempfile.TemporaryDirectory() as folder:
        async with await Door.open(f"sqlite:///{folder}/bench.db") as door:
            team = await filled(door, rows)
            found = []
            for one in ASKED:
                ours = await milliseconds(rounds, partial(door.read, all_of, team, one.questions))
                bare = await milliseconds(rounds, partial(door.read, barely, team, one.bare))
                found.append((one.name, ours, bare))
    return found


async def main(asked: argparse.Namespace) -> None:
    first: dict[str, float] = {}
    for rows in asked.rows:
        print(f"{rows} entries")
        for name, ours, bare in await figures(rows, asked.rounds):
            growth = ours / first.setdefault(name, ours)
            print(f"  {name:20} {ours:9.2f} ms, {ours / bare:5.2f} times the bare sum, growth {growth:6.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=15)
    asyncio.run(main(parser.parse_args()))
