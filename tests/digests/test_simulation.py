"""Years of a desk at random: what was told, applied in order, is always what the filters match, and nothing is told twice."""

import random

import pytest

from digests import cut as cutting
from tests.digests.house import House
from tests.digests.storm import weather

DAYS, MANY_DAYS = 250, 1500
LOST = (968152296, 50051, 50138, 50139)
"""Seeds in which a day once went missing, or more was known than had been told."""
SEEDS = (*range(1, 8), *LOST)


async def stormy(house: House, seed: int, days: int) -> None:
    """Weather in which everything did happen."""
    storm = await weather(house, seed, days)
    assert storm.checks > 1
    assert storm.network.marked > 1
    assert storm.kills > 1
    assert sum(one.pictures for one in storm.readers.values()) > 1
    assert storm.workers.number > 10
    assert storm.workers.decided
    assert sum(one.doubted for one in storm.readers.values()) > 1


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_was_told_is_always_what_is_kept(house: House, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 2)
    await stormy(house, seed, DAYS)


async def test_so_it_is_in_weather_nobody_has_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 2)
    await weather(house, random.randrange(2**32), DAYS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 119))
async def test_what_was_told_is_what_is_kept_for_a_lifetime(
    house: House, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 2)
    await stormy(house, seed, MANY_DAYS)


@pytest.mark.slow
async def test_so_it_is_for_a_lifetime_nobody_has_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 2)
    await weather(house, random.randrange(2**32), MANY_DAYS)
