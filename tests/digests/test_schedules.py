"""A chat's wish is kept, changed and forgotten without telling anything twice or leaving anything out."""

import random
from dataclasses import replace

from digests.outcomes import NotEver, Uncertain
from digests.schedules import Place, Setting, ensure_default, get, of_chat, preview, put, put_dates_right
from records.digest import Digest
from records.kinds import KINDS
from records.rule import Rule
from storage import moves
from tests.digests.house import WHO, ZONE, House, at, lost, refs


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
    assert await house.off()
    assert not await house.off()
    assert await ensure() == "daily 07:00 off"
    house.clock.forward(days=3)
    assert await house.morning() == []


async def test_turned_on_again_it_goes_on_where_it_was(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut()
    await house.off()
    await house.carry()
    assert house.carrier.arrived == []
    house.clock.forward(days=5)
    await house.post("F-0002")
    await house.subscribe(1, "10:00")
    assert await house.morning() == []
    house.clock.forward(hours=2)
    (page,) = await house.morning()
    assert (refs(page), page["mornings"]) == (["F-0001", "F-0002"], ["2026-05-10"])


async def test_another_hour_tells_nothing_twice_and_gives_a_day_one_digest(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    await house.subscribe(1, "09:00", zone="Asia/Aqtau")
    await house.post("F-0002")
    house.clock.forward(hours=1)
    assert await house.morning() == []
    house.clock.forward(days=1)
    (page,) = await house.morning()
    assert (refs(page), page["mornings"]) == (["F-0002"], ["2026-05-06"])


async def test_an_earlier_hour_that_has_passed_brings_todays_digest_at_once(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T02:30")
    await house.subscribe(1, "07:00")
    (page,) = await house.morning()
    assert (refs(page), page["mornings"]) == (["F-0001"], ["2026-05-05"])
    await house.subscribe(1, "06:00")
    assert await house.morning() == []
    house.clock.now = at("2026-05-06T01:00")
    (page,) = await house.morning()
    assert (refs(page), page["mornings"]) == ([], ["2026-05-06"])


async def test_a_new_digest_may_be_moved_to_later_the_same_day(house: House) -> None:
    house.clock.now = at("2026-05-05T05:00")
    await house.subscribe(1)
    await house.subscribe(1, "18:00")
    house.clock.now = at("2026-05-05T13:00")
    assert len(await house.morning()) == 1


async def test_a_digest_that_was_skipped_can_still_be_wished_for_the_same_day(house: House) -> None:
    await house.subscribe(-5)
    house.clock.now = at("2026-05-05T03:00")
    assert await house.morning() == []
    await house.post("F-0001")
    await house.subscribe(-5, "18:00")
    house.clock.now = at("2026-05-05T13:00")
    (page,) = await house.morning()
    assert refs(page) == ["F-0001"]


async def test_days_and_zones_changed_at_random_lose_nothing_and_repeat_no_day(house: House) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    await house.subscribe(1)
    told: list[str] = []
    posted = 0
    for _ in range(60):
        house.clock.forward(hours=dice.choice([1, 3, 7, 11]), minutes=dice.randrange(60))
        posted += 1
        await house.post(f"F-{posted:04}")
        if dice.random() < 0.5:
            hour, zone = dice.randrange(24), dice.choice([ZONE, "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"])
            await house.subscribe(1, f"{hour:02}:{dice.choice([0, 30]):02}", zone=zone)
        for page in await house.morning():
            told += refs(page)
    days = [page["mornings"] for page in house.carrier.digests]
    flat = [day for some in days for day in some]
    assert flat == sorted(set(flat))
    house.clock.forward(days=3)
    for page in await house.morning():
        told += refs(page)
    assert told == [f"F-{number:04}" for number in range(1, posted + 1)]


async def test_a_chat_may_have_a_digest_for_each_filter(house: House) -> None:
    async def put_at(filter_: str, rule: str) -> None:
        wish = Setting(Rule.parse(rule), ZONE, "en", "send")
        place = Place(1, filter=filter_)
        await house.door.change(put, house.team, place, wish, default=wish, who=WHO, now=house.clock())

    await put_at("", "daily 08:00")
    await put_at("citizens=KZ", "daily 08:00")
    await put_at("citizens=SY;kind=flight", "daily 09:00")
    await house.post("F-0001")
    await house.post("F-0002", citizens="SY")
    house.clock.now = at("2026-05-05T03:00")
    assert [refs(page) for page in await house.morning()] == [["F-0001", "F-0002"], ["F-0001"]]
    assert await house.off(1, "citizens=KZ")
    house.clock.now = at("2026-05-05T04:00")
    assert [refs(page) for page in await house.morning()] == [["F-0002"]]
    assert [one.filter for one in await house.door.read(of_chat, house.team, 1)] == ["", "citizens=SY;kind=flight"]


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


async def test_setting_the_same_hour_again_after_the_clock_was_set_back_repeats_no_day(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00:02")
    assert len(await house.morning()) == 1
    house.clock.now = at("2026-05-05T02:30")
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00")
    assert await house.morning() == []
    house.clock.now = at("2026-05-06T03:00")
    assert len(await house.morning()) == 1


async def changed(house: House, wish: Setting) -> None:
    place = Place(1)
    await house.door.change(put, house.team, place, wish, default=wish, who=WHO, now=house.clock())


WEEKLY = Setting(Rule("weekly", "08:00", 1))
OWED = ["2026-05-05", "2026-05-06", "2026-05-07"]


async def test_another_rule_keeps_all_the_days_that_are_owed(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-07T05:00")
    await changed(house, WEEKLY)
    (page,) = await house.morning()
    assert (refs(page), page["mornings"]) == (["F-0001"], OWED)
    house.clock.now = at("2026-05-11T05:00")
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-11"]


async def test_days_are_owed_through_several_changes_and_another_clock(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-07T05:00")
    for wish in (WEEKLY, Setting(zone="Pacific/Honolulu"), Setting(Rule("monthly", "20:00", 9)), Setting(zone=ZONE)):
        await changed(house, wish)
    (page,) = await house.morning()
    assert page["mornings"] == OWED


async def test_what_waits_keeps_its_days_under_another_rule_and_clock(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-06T05:00")
    house.carrier.luck = [lost()]
    assert await house.morning() == []
    house.clock.now = at("2026-05-08T05:00")
    await changed(house, WEEKLY)
    await changed(house, Setting(zone="Pacific/Honolulu"))
    (page,) = await house.morning()
    assert page["mornings"] == [*OWED, "2026-05-08"]
    house.clock.now = at("2026-05-12T05:00")
    assert [one["mornings"] for one in await house.morning()] == [["2026-05-11"]]


async def test_a_rule_that_comes_oftener_owes_nothing_before_it_was_set(house: House) -> None:
    await house.subscribe(1)
    await changed(house, Setting(Rule("weekly", "08:00", 2)))
    house.clock.now = at("2026-05-07T05:00")
    await changed(house, Setting(Rule("daily", "08:00")))
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-05"]


async def test_a_day_whose_hour_has_passed_is_owed_though_the_new_rule_leaves_it_out(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00:30")
    await changed(house, WEEKLY)
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-05"]
    house.clock.now = at("2026-05-11T05:00")
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-11"]


async def test_a_day_owed_behind_a_digest_that_may_have_come_is_named_by_the_next(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T05:00")
    house.carrier.luck = [Uncertain()]
    assert await house.morning() == []
    house.clock.now = at("2026-05-06T05:00")
    await changed(house, WEEKLY)
    assert [page["mornings"] for page in await house.morning()] == [["2026-05-05"]]
    assert [page["mornings"] for page in await house.morning()] == [["2026-05-06"]]
    house.clock.now = at("2026-05-11T05:00")
    assert [page["mornings"] for page in await house.morning()] == [["2026-05-11"]]


async def test_an_hour_moved_to_later_in_an_outage_repeats_no_day(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-07T05:00")
    await house.subscribe(1, "18:00")
    (page,) = await house.morning()
    assert page["mornings"] == OWED
    house.clock.now = at("2026-05-07T14:00")
    assert await house.morning() == []
    house.clock.now = at("2026-05-08T14:00")
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-08"]


async def test_a_chat_lost_after_its_rule_was_changed_owes_the_days_of_its_letter(house: House) -> None:
    await house.subscribe(1)
    await changed(house, Setting(Rule("weekly", "08:00", 2)))
    house.clock.now = at("2026-05-05T20:00")
    house.carrier.luck = [lost()]
    assert await house.morning() == []
    house.clock.now = at("2026-05-06T04:00")
    await changed(house, Setting(Rule("daily", "08:00")))
    house.carrier.luck = [NotEver("blocked")]
    assert await house.morning() == []
    assert (await house.schedule(1)).state == "paused"
    house.clock.now = at("2026-05-06T05:00")
    await house.door.change(moves.resume, house.team, 1)
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-05"]
