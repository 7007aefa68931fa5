"""A chat's wish is kept, changed and forgotten without telling anything twice or leaving anything out."""

from dataclasses import replace

from digests.schedules import ensure_default, get, off, preview, put_dates_right
from records.digest import Digest
from records.kinds import KINDS
from records.rule import Rule
from tests.digests.house import WHO, ZONE, House, at, refs


async def test_the_default_is_set_once_and_stays_off(house: House) -> None:
    async def ensure() -> str:
        default = Rule("daily", "09:30")
        found = await house.door.change(
            ensure_default, house.team, 1, who=WHO, rule=default, zone=ZONE, language="en", now=house.clock()
        )
        return f"{found.rule.text} {found.state}"

    assert await house.door.read(get, house.team, 1) is None
    assert await ensure() == "daily 09:30 on"
    await house.subscribe(1, "07:00")
    assert await ensure() == "daily 07:00 on"
    assert await house.door.change(off, house.team, 1)
    assert not await house.door.change(off, house.team, 1)
    assert await ensure() == "daily 07:00 off"
    house.clock.forward(days=3)
    assert await house.morning() == []


async def test_turned_on_again_it_goes_on_where_it_was(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut()
    await house.door.change(off, house.team, 1)
    await house.carry()
    assert house.carrier.arrived == []
    house.clock.forward(days=5)
    await house.post("F-0002")
    await house.subscribe(1, "10:00")
    assert await house.morning() == []
    house.clock.forward(hours=2)
    (page,) = await house.morning()
    assert (refs(page), page["mornings"]) == (["F-0001", "F-0002"], ["2026-05-10"])


async def test_another_hour_tells_nothing_twice(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    await house.subscribe(1, "09:00", zone="Asia/Aqtau")
    await house.post("F-0002")
    house.clock.forward(hours=1)
    (page,) = await house.morning()
    assert refs(page) == ["F-0002"]


async def test_a_preview_moves_nothing(house: House) -> None:
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T01:00")

    async def look() -> Digest:
        return await house.door.read(preview, house.team, 1, KINDS, zone=ZONE, language="ru", now=house.clock())

    first = await look()
    assert (first.preview, first.language, [one.after.ref for one in first.new]) == (True, "ru", ["F-0001"])
    await house.subscribe(1)
    was = await house.schedule(1)
    assert replace(await look(), language="ru") == replace(await look(), language="ru")
    assert await house.schedule(1) == was
    house.clock.now = at("2026-05-05T03:00")
    (page,) = await house.morning()
    assert refs(page) == ["F-0001"]
    assert (await look()).quiet


async def test_a_clock_set_back_repeats_nothing_and_set_forward_loses_nothing(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00:02")
    await house.morning()
    house.clock.now = at("2026-05-05T02:30")
    assert await house.door.change(put_dates_right, house.clock()) == 0
    assert await house.morning() == []
    house.clock.now = at("2026-05-05T03:00:02")
    assert await house.morning() == []
    house.clock.now = at("2099-01-01T00:00")
    await house.morning()
    await house.post("F-0002")
    house.clock.now = at("2026-05-05T12:00")
    assert await house.door.change(put_dates_right, house.clock()) == 1
    assert (await house.schedule(1)).due_at == at("2026-05-06T03:00")
    house.clock.now = at("2026-05-06T03:00")
    (page,) = await house.morning()
    assert refs(page) == ["F-0002"]


async def test_the_same_hour_can_be_set_again_after_the_clock_was_set_back(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00:02")
    await house.morning()
    house.clock.now = at("2026-05-05T02:30")
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00")
    assert len(await house.morning()) == 1
