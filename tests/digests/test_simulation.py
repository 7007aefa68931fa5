"""Years of a desk at random: what was told, applied in order, is always what the filters match, and nothing is told twice."""

import random

import pytest

from digests import cut as cutting
from tests.digests.house import House
from tests.digests.storm import weather

DAYS, MANY_DAYS = 250, 1500
SEEDS = (*range(1, 8), None)
"""None is another one each time, and printed."""


async def stormy(house: House, seed: int | None, days: int) -> None:
    storm = await weather(house, random.randrange(2**32) if seed is None else seed, days)
    assert storm.checks > 1
    assert storm.network.marked > 1
    assert storm.kills > 1
    assert storm.number > 10


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_was_told_is_always_what_is_kept(
    house: House, monkeypatch: pytest.MonkeyPatch, seed: int | None
) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 2)
    await stormy(house, seed, DAYS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(100, 119), None])
async def test_what_was_told_is_what_is_kept_for_a_lifetime(
    house: House, monkeypatch: pytest.MonkeyPatch, seed: int | None
) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 2)
    await stormy(house, seed, MANY_DAYS)
