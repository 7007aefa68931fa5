from datetime import timedelta

import pytest

from storage import inbox, teams
from storage.door import Door, Tx
from storage.errors import AlreadyDone
from storage.inbox import Row
from tests.storage.made import NOON, post


def rows(*updates: int, lane: int = 5) -> list[Row]:
    return [Row(one, lane, f'{{"update_id": {one}}}') for one in updates]


async def test_what_telegram_repeats_is_passed_over(door: Door) -> None:
    assert await door.change(inbox.add, rows(3, 1, 2), NOON) == [3, 1, 2]
    assert await door.change(inbox.add, rows(2, 3, 4), NOON) == [4]
    assert await door.change(inbox.add, rows(4, 4, 5, 5), NOON) == [5]


async def test_what_waits_comes_back_in_the_order_it_came(door: Door) -> None:
    await door.change(inbox.add, rows(900, 901), NOON)
    await door.change(inbox.add, rows(7, 5, lane=-100), NOON + timedelta(seconds=1))
    await door.change(inbox.add, rows(902), NOON - timedelta(hours=1))
    waiting = await door.read(inbox.waiting)
    assert [one.update_id for one in waiting] == [900, 901, 5, 7, 902]
    assert waiting[2] == Row(5, -100, '{"update_id": 5}')


async def test_an_effect_and_its_row_are_one(door: Door, team: int) -> None:
    await door.change(inbox.add, rows(1), NOON)

    def effect(tx: Tx) -> None:
        entry = post(tx, team)
        inbox.owe(tx, 1, {"entry": entry.id, "route": {"chat": 5}})

    await door.change(effect)
    for _ in range(2):
        with pytest.raises(AlreadyDone):
            await door.change(effect)
    assert await door.read(teams.seq, team) == 1
    assert await door.read(inbox.get, 1) == Row(1, 5, '{"entry": 1, "route": {"chat": 5}}', "owed")
    assert [one.state for one in await door.read(inbox.waiting)] == ["owed"]


async def test_an_effect_without_an_update_is_refused(door: Door) -> None:
    with pytest.raises(AlreadyDone):
        await door.change(inbox.owe, 99, {})


async def test_what_is_done_keeps_nothing_that_was_said(door: Door) -> None:
    await door.change(inbox.add, rows(1, 2), NOON)
    await door.change(inbox.owe, 1, {"entry": 1})
    for update in (1, 2, 2, 99):
        await door.change(inbox.done, update)
    assert await door.read(inbox.waiting) == []
    assert await door.read(inbox.get, 1) == Row(1, 5, "", "done")
    with pytest.raises(AlreadyDone):
        await door.change(inbox.owe, 2, {})


async def test_what_goes_wrong_is_counted_and_set_aside(door: Door) -> None:
    await door.change(inbox.add, rows(1, 2), NOON)
    assert [await door.change(inbox.failed, 1) for _ in range(3)] == [1, 2, 3]
    assert [one.tries for one in await door.read(inbox.waiting)] == [3, 0]
    await door.change(inbox.aside, 1, "K7QX")
    assert [one.update_id for one in await door.read(inbox.waiting)] == [2]
    assert await door.read(inbox.get, 1) == Row(1, 5, '{"update_id": 1}', "aside", 3)
    await door.change(inbox.done, 1)
    kept = await door.read(inbox.get, 1)
    assert kept is not None
    assert kept.state == "aside"


async def test_only_what_is_finished_is_forgotten(door: Door) -> None:
    await door.change(inbox.add, rows(1, 2, 3, 4), NOON)
    await door.change(inbox.add, rows(5), NOON + timedelta(hours=50))
    for update in (1, 5):
        await door.change(inbox.done, update)
    await door.change(inbox.aside, 2, "K7QX")
    await door.change(inbox.owe, 3, {})
    assert await door.change(inbox.prune, NOON + timedelta(hours=48)) == 2
    assert [await door.read(inbox.get, one) is None for one in (1, 2, 3, 4, 5)] == [True, True, False, False, False]
