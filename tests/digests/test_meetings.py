"""Where the parts of the digest meet: a rule or zone changed while something is owed, a chat lost while a letter is on its way."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from digests.outcomes import NotEver, Uncertain
from digests.schedules import Place, Setting, put, put_dates_right, remind
from records.digest import Letter
from records.rule import Rule
from storage import letters, moves
from tests.digests.house import WHO, House, Page, at, lost, parted, plain, refs

MORNING = "2026-05-05T03:00"


async def change(house: House, wish: Setting, chat: int = 1) -> None:
    await house.door.change(put, house.team, Place(chat), wish, default=wish, who=WHO, now=house.clock())


async def with_something(house: House) -> None:
    """A morning on which there is something to tell."""
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at(MORNING)


async def back(house: House) -> None:
    assert await house.door.change(moves.resume, house.team, 1) == 1


async def test_what_may_have_been_seen_by_a_chat_that_then_was_lost_comes_back_marked_and_once(house: House) -> None:
    await with_something(house)
    house.carrier.luck = [Uncertain(), NotEver("blocked")]
    await house.morning()
    house.clock.forward(minutes=1)
    await house.carry()
    assert (await house.schedule(1)).state == "paused"
    house.clock.forward(days=3)
    await back(house)
    await house.morning()
    await house.morning()
    assert [(one.marked, len(refs(page))) for one, page in told(house)] == [(True, 1), (False, 0)]
    assert house.carrier.digests[1]["mornings"] == ["2026-05-06", "2026-05-07", "2026-05-08"]


def told(house: House) -> Sequence[tuple[Letter, Page]]:
    return list(zip(house.carrier.arrived, house.carrier.digests, strict=True))


@pytest.mark.parametrize("how", ["blocked", "off"])
async def test_of_a_digest_half_of_which_was_told_only_the_other_half_comes(house: House, how: str) -> None:
    await with_something(house)
    await house.cut(parted)
    house.carrier.luck = [None, NotEver("blocked") if how == "blocked" else lost()]
    await house.carry()
    if how == "off":
        await house.off()
        await house.subscribe(1)
    else:
        await back(house)
    house.clock.forward(minutes=1)
    await house.carry()
    house.clock.forward(days=1)
    await house.morning()
    assert [(one.part, refs(page)) for one, page in told(house)] == [(1, ["F-0001"]), (2, []), (1, [])]


async def test_what_may_have_been_seen_is_not_kept_for_ever_for_a_chat_that_is_gone(house: House) -> None:
    await with_something(house)
    house.carrier.luck = [Uncertain(), NotEver("gone")]
    await house.morning()
    house.clock.forward(days=15)
    await house.carry()
    one = await house.schedule(1)
    await house.door.change(letters.prune, house.clock() - timedelta(days=14))
    assert await house.door.read(letters.undone, one.id) == []
    assert await house.door.read(lambda tx: tx.all("SELECT id FROM pages")) == []
    await back(house)
    (page,) = await house.morning()
    assert refs(page) == ["F-0001"], "better twice than never"


@pytest.mark.parametrize(
    "wish",
    [
        Setting(Rule("daily", "09:00")),
        Setting(Rule("daily", "20:00")),
        Setting(Rule("weekly", "08:00", 1)),
        Setting(zone="Europe/Berlin"),
    ],
)
async def test_a_morning_that_is_owed_is_named_though_the_rule_is_another_by_then(house: House, wish: Setting) -> None:
    await with_something(house)
    house.clock.now = at("2026-05-07T13:30")
    await change(house, wish)
    (page,) = await house.morning()
    assert page["mornings"][0] == "2026-05-05"


async def test_a_rule_changed_after_the_clock_ran_wild_loses_no_day(house: House) -> None:
    await with_something(house)
    house.clock.forward(days=40)
    await house.morning()
    house.clock.now = at(MORNING) + timedelta(hours=1)
    await change(house, Setting(Rule("daily", "09:30")))
    assert (await house.schedule(1)).due_at == at("2026-05-05T04:30")


@pytest.mark.parametrize(("zone", "at_time"), [("Pacific/Kiritimati", "20:00"), ("America/New_York", "05:00")])
async def test_another_zone_neither_swallows_nor_repeats_what_needs_someone(
    house: House, zone: str, at_time: str
) -> None:
    await house.subscribe(1, at_time, zone="Asia/Almaty")
    await house.post("F-0001", date="2026-05-04", status="planned")
    await house.post("F-0002", date="2026-05-05", status="planned")
    house.clock.now = at("2026-05-05T15:00")
    seen = [ref for page in await house.morning(plain) for ref, *_ in page["attention"]]
    await change(house, Setting(zone=zone))
    for _ in range(4):
        house.clock.forward(days=1)
        seen += [ref for page in await house.morning(plain) for ref, *_ in page["attention"]]
    assert seen == ["F-0001", "F-0002"]


async def test_a_reminder_asked_for_after_the_clock_ran_wild_comes(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001", status="planned")
    house.clock.now = at(MORNING) + timedelta(days=40)
    await house.morning()
    house.clock.now = at(MORNING) + timedelta(hours=1)
    one = await house.schedule(1)
    await house.door.change(remind, house.team, 1, one.id, days=1, now=house.clock())
    await house.door.change(put_dates_right, house.clock())
    house.clock.forward(days=2)
    (page,) = await house.morning()
    assert page["attention"] == [["F-0001", "past_day"]]
