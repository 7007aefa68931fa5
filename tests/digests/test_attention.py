"""What needs someone is told once, until it changes or somebody asked to be reminded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from digests.schedules import preview, remind
from records.digest import Digest
from records.flight import FLIGHT
from records.kinds import KINDS
from storage import doubts, entries, teams
from storage.transaction import Tx
from tests.digests.house import House, at, lost, plain

PAST = "past_day"


async def woken(house: House) -> list[list[str]]:
    """What the next morning's digest says needs someone; nothing where none comes."""
    house.clock.forward(days=1)
    pages = await house.morning()
    return pages[-1]["attention"] if pages else []


async def first_morning(house: House, *chats: int) -> None:
    """Those chats have had their first digest."""
    for chat in chats or (1,):
        await house.subscribe(chat)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()


async def asks(house: House, days: int, chat: int = 1) -> date | None:
    schedule = await house.schedule(chat)
    return await house.door.change(remind, house.team, chat, schedule.id, days=days, now=house.clock())


def narrow(tx: Tx, filter_: str) -> None:
    tx.run("UPDATE schedules SET filter = :filter", filter=filter_)


async def test_what_needs_someone_is_told_once_when_its_day_is_over(house: House) -> None:
    await first_morning(house)
    await house.post("F-0001", date="2026-05-06", status="planned")
    assert [await woken(house) for _ in range(4)] == [[], [["F-0001", PAST]], [], []]


async def test_a_first_digest_tells_all_that_needs_someone(house: House) -> None:
    await house.post("F-0001", date="2026-04-02", status="planned")
    await house.post("S-0001", "session", date="2026-04-02", status="planned")
    house.clock.forward(days=3)
    await house.subscribe(1)
    house.clock.forward(hours=15)
    (page,) = await house.morning()
    assert page["changes"] == []
    assert page["attention"] == [["F-0001", PAST], ["S-0001", PAST]]
    assert await woken(house) == []


async def test_a_first_digest_whose_hour_is_changed_meanwhile_tells_it_too(house: House) -> None:
    await house.post("F-0001", date="2026-04-02", status="planned")
    await house.subscribe(1)
    await house.subscribe(1, "23:30")
    house.clock.now = at("2026-05-04T18:30")
    (page,) = await house.morning()
    assert page["attention"] == [["F-0001", PAST]]


async def test_a_late_post_of_a_day_long_over_is_told_at_once(house: House) -> None:
    await first_morning(house)
    await house.post("F-0001", date="2026-04-01", boys=0, girls=0, children=9)
    await house.post("F-0002", date="2026-04-01", boarded=5)
    told = [["F-0001", "children_not_broken_down"], ["F-0002", "differs_from_boarded"]]
    assert [await woken(house), await woken(house)] == [told, []]


async def test_another_matter_with_the_same_entry_is_told_alone(house: House) -> None:
    await first_morning(house)
    entry = await house.post("F-0001", date="2026-04-01", boarded=5)
    assert await woken(house) == [["F-0001", "differs_from_boarded"]]
    await house.correct(entry, boys=0, girls=0, children=171)
    assert await woken(house) == [["F-0001", "children_not_broken_down"]]
    await house.correct(entry, boarded=238, boys=80, girls=91)
    assert await woken(house) == []
    await house.correct(entry, boarded=7)
    assert await woken(house) == [["F-0001", "differs_from_boarded"]]


async def test_a_correction_of_something_else_tells_nothing_again(house: House) -> None:
    await first_morning(house)
    entry = await house.post("F-0001", date="2026-04-01", boarded=5)
    assert await woken(house) == [["F-0001", "differs_from_boarded"]]
    await house.correct(entry, note="from the list of the camp")
    assert await woken(house) == []


async def test_what_comes_back_needs_someone_again(house: House) -> None:
    await first_morning(house)
    entry = await house.post("F-0001", date="2026-04-01", status="planned")
    await woken(house)
    await house.withdraw(entry)
    assert await woken(house) == []
    await house.restore(entry)
    assert await woken(house) == [["F-0001", PAST]]


async def test_what_moves_into_a_filter_is_told_there(house: House) -> None:
    await house.subscribe(1)
    await house.door.change(narrow, "citizens=UZ")
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    entry = await house.post("F-0001", date="2026-04-01", status="planned")
    assert await woken(house) == []
    await house.correct(entry, citizens="UZ")
    assert [await woken(house), await woken(house)] == [[["F-0001", PAST]], []]


@pytest.mark.parametrize("days", [1, 3, 7])
async def test_a_reminder_tells_all_that_still_holds_once(house: House, days: int) -> None:
    await first_morning(house)
    settled = await house.post("F-0001", date="2026-04-01", status="planned")
    await house.post("F-0002", date="2026-04-01", status="planned")
    assert len(await woken(house)) == 2
    await house.correct(settled, status="cancelled")
    assert await asks(house, days) == (house.clock() + (at("2026-01-02") - at("2026-01-01")) * days).date()
    told = [await woken(house) for _ in range(days + 1)]
    assert told == [*[[]] * (days - 1), [["F-0002", PAST]], []]


async def test_a_reminder_survives_a_morning_that_never_got_away(house: House) -> None:
    await first_morning(house)
    await house.post("F-0001", date="2026-04-01", status="planned")
    await woken(house)
    await asks(house, 1)
    house.carrier.luck = [lost()] * 30
    assert await woken(house) == []
    house.carrier.luck = []
    assert [await woken(house), await woken(house)] == [[["F-0001", PAST]], []]


async def test_one_chat_s_reminder_is_no_other_s(house: House) -> None:
    await first_morning(house, 1, 2)
    await house.post("F-0001", date="2026-04-01", status="planned")
    await woken(house)
    schedule = await house.schedule(2)
    for team, chat, days in ((house.team, 1, 1), (house.team + 1, 2, 1), (house.team, 2, 0), (house.team, 2, 8)):
        assert await house.door.change(remind, team, chat, schedule.id, days=days, now=house.clock()) is None
    assert await house.door.change(remind, house.team, 1, 999, days=1, now=house.clock()) is None
    await asks(house, 1, chat=2)
    house.clock.forward(days=1)
    told = {page["mornings"][0]: page["attention"] for page in await house.morning()}
    assert [len(one) for one in told.values()] == [1]
    first, second = house.carrier.arrived[-2:]
    assert {first.chat: first.reminds, second.chat: second.reminds} == {1: False, 2: True}


async def test_the_buttons_stand_below_the_last_page_of_a_digest_with_something_to_do(house: House) -> None:
    def two(digest: Digest) -> Sequence[str]:
        return (*plain(digest), *plain(replace(digest, attention=())))

    await house.subscribe(1)
    await house.post("F-0001", date="2026-04-01", status="planned")
    house.clock.now = at("2026-05-05T03:00")
    await house.morning(two)
    house.clock.forward(days=1)
    await house.morning(two)
    assert [letter.reminds for letter in house.carrier.arrived] == [False, True, False, False]


async def test_a_quiet_group_hears_nothing_of_what_it_was_told(house: House) -> None:
    await first_morning(house, -100)
    await house.post("F-0001", date="2026-04-01", status="planned")
    assert await woken(house) == [["F-0001", PAST]]
    before = len(house.carrier.arrived)
    assert await woken(house) == []
    assert len(house.carrier.arrived) == before


async def test_a_preview_tells_what_the_next_digest_will(house: House) -> None:
    async def would_tell(chat: int) -> list[str]:
        found = await house.door.read(
            preview, house.team, chat, KINDS, zone="Asia/Almaty", language="en", now=house.clock()
        )
        return [one.state.ref for one in found.attention]

    await first_morning(house)
    await house.post("F-0001", date="2026-04-01", status="planned")
    assert await would_tell(1) == ["F-0001"]
    await woken(house)
    assert await would_tell(1) == []
    assert await would_tell(2) == ["F-0001"]
    await asks(house, 1)
    house.clock.forward(days=1)
    assert await would_tell(1) == ["F-0001"]


def doubt(tx: Tx, team: int, entry: int) -> None:
    found = entries.by_id(tx, team, entry)
    assert found is not None
    doubts.look_again(tx, FLIGHT, found, teams.seq(tx, team))


async def again(house: House, ref: str, **values: str) -> int:
    entry = await house.post(ref, **values)
    await house.door.change(doubt, house.team, entry)
    return entry


async def test_what_may_be_told_twice_is_told_once_until_it_is_another_question(house: House) -> None:
    await first_morning(house)
    await again(house, "F-0001")
    entry = await again(house, "F-0002")
    assert [await woken(house), await woken(house)] == [[["F-0002", "told_twice"]], []]
    await house.correct(entry, note="x")
    await house.door.change(doubt, house.team, entry)
    assert await woken(house) == []
    await house.correct(entry, to="almaty")
    await house.door.change(doubt, house.team, entry)
    assert await woken(house) == []
    await house.correct(entry, to="aktau")
    await house.door.change(doubt, house.team, entry)
    assert await woken(house) == [["F-0002", "told_twice"]]


async def test_a_question_comes_back_with_the_entry_it_was_about(house: House) -> None:
    await first_morning(house)
    first = await again(house, "F-0001")
    await again(house, "F-0002")
    await woken(house)
    await house.withdraw(first)
    assert await woken(house) == []
    await house.restore(first)
    assert await woken(house) == [["F-0002", "told_twice"]]


async def test_a_group_is_not_led_to_a_coming_journey_by_a_question(house: House) -> None:
    await first_morning(house, 1, -100)
    await again(house, "F-0001", date="2026-05-07", status="planned")
    await again(house, "F-0002", date="2026-05-06")
    await woken(house)
    told = {
        letter.chat: page["attention"]
        for letter, page in zip(house.carrier.arrived, house.carrier.digests, strict=True)
    }
    assert told == {1: [["F-0002", "told_twice"]], -100: []}


async def test_a_group_hears_of_a_question_once_the_journey_is_over(house: House) -> None:
    await first_morning(house, -100)
    entries_ = [await again(house, ref, date="2026-05-06", status="planned") for ref in ("F-0001", "F-0002")]
    assert await woken(house) == []
    for entry in entries_:
        await house.correct(entry, status="arrived")
    assert await woken(house) == [["F-0002", "told_twice"]]
    assert await woken(house) == []
