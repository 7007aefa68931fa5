"""Updates nobody would send, by the thousand: the desk goes on, keeps nothing half, says nothing of them, and is as quick after."""

import gc
import random
import time
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sandbox import TOKEN
from storage import chain
from tests.front import front_of
from tests.house import AIGUL, SAMIRA, VISITOR, town, working
from tests.maker import KINDS, MARK, POST, WRONG, Maker, paths, spoilt
from tests.test_strange_updates import Strange

BATCH = 500
AT_ONCE = 100
QUICK = 5.0
"""Seconds in which somebody is answered after a batch, on a machine with other work."""
OURS = ("bot.", "handlers.", "desk.", "digests.", "storage.", "render.", "protection.", "records.", "telegram.")
GROWTH = 20_000
"""Objects the desk may have more after the last batch than after the first: what it remembers is bounded, but not small."""
UNJOURNALED = """
SELECT e.id FROM entries e LEFT JOIN journal j ON j.team = e.team AND j.entry = e.id AND j.revision = e.revision
WHERE j.seq IS NULL
"""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Strange]:
    async with (
        town() as place,
        front_of(place.sandbox.url) as front,
        working(place, tmp_path, api_url=front.url, owners=(AIGUL,)) as talk,
    ):
        await talk.enrol(SAMIRA, "coordinator")
        yield Strange(talk, front)


def at_random(seed: int) -> Iterator[dict[str, Any]]:
    """Without end."""
    maker = Maker(seed)
    while True:
        yield maker.update()


def each_field_in_turn(seed: int) -> Iterator[dict[str, Any]]:
    """Updates of every type, each field of each wrong in every way."""
    maker = Maker(seed)
    for kind in KINDS:
        made = maker.of(kind)
        for way in paths(made):
            for wrong in WRONG:
                yield spoilt(made, way, wrong)


def objects() -> int:
    """How many things of the desk's own there are."""
    gc.collect()
    return sum(str(type(one).__module__).startswith(OURS) for one in gc.get_objects())


async def bear(desk: Strange, updates: Iterator[dict[str, Any]]) -> int:
    """Slips a batch in, and looks whether all is well after it; how many there were."""
    batch = [*islice(updates, BATCH)]
    for at in range(0, len(batch), AT_ONCE):
        assert {*await desk.slips(*batch[at : at + AT_ONCE])} <= {"done", "aside"}
    talk, house = desk.talk, desk.talk.desk.house
    assert talk.rows("SELECT 1 FROM inbox WHERE state IN ('new', 'owed')") == []
    assert talk.rows(UNJOURNALED) == []
    assert (await house.door.read(chain.verify, house.team.id)).ok
    begun = time.monotonic()
    assert "flights" in (await talk.says("/stats", SAMIRA)).text.lower()
    assert time.monotonic() - begun < QUICK
    return len(batch)


async def borne(desk: Strange, caplog: pytest.LogCaptureFixture, *makers: Iterator[dict[str, Any]], most: int) -> None:
    await desk.talk.says(POST)
    grown: list[int] = []
    begun, many = time.monotonic(), 0
    for updates in makers:
        while many < most and (some := await bear(desk, updates)):
            many += some
            grown.append(objects())
            for secret in (TOKEN.partition(":")[2], "Traceback", MARK):
                assert secret not in caplog.text
            caplog.clear()
    print(f"{many} updates, {many / (time.monotonic() - begun):.0f} a second, objects {grown}")
    assert grown[-1] - grown[0] < GROWTH
    for who in (AIGUL, VISITOR):
        assert not any("Traceback" in one.text for one in await desk.talk.people.sees(who))


async def test_made_up_updates_leave_the_desk_as_it_was(desk: Strange, caplog: pytest.LogCaptureFixture) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    await borne(desk, caplog, at_random(seed), most=3_000)


@pytest.mark.slow
async def test_a_hundred_thousand_made_up_updates(desk: Strange, caplog: pytest.LogCaptureFixture) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    await borne(desk, caplog, each_field_in_turn(seed), at_random(seed), most=100_000)
