"""A letter arrives once, or where nobody can know, once more and marked."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest

from digests.courier import LONGEST, Courier, back_off
from digests.cut import Write
from digests.outcomes import Moved, NotEver, NotNow, Uncertain
from records.digest import Letter, Schedule
from storage import letters, moves
from storage import schedules as kept
from storage.door import Door
from storage.errors import DatabaseLocked
from tests.digests.house import House, at, lost, parted, plain, refs


async def with_letters(house: House, *chats: int) -> None:
    """A morning's letters, ready to go."""
    for chat in chats:
        await house.subscribe(chat)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut()


async def test_nothing_waits(house: House) -> None:
    assert not await house.courier.send_one()


async def test_a_letter_goes_once(house: House) -> None:
    await with_letters(house, 1)
    assert await house.courier.send_one()
    assert not await house.courier.send_one()
    await house.again()
    assert not await house.courier.send_one()
    assert [(letter.chat, letter.marked) for letter in house.carrier.arrived] == [(1, False)]


async def test_not_now_waits_as_long_as_it_was_told_and_longer_each_time(house: House) -> None:
    await with_letters(house, 1, 2)
    house.carrier.luck = [NotNow(timedelta(seconds=40))]
    await house.carry()
    assert [letter.chat for letter in house.carrier.arrived] == [2]
    house.clock.forward(seconds=39)
    assert not await house.courier.send_one()
    house.clock.forward(seconds=1)
    house.carrier.luck = [lost()]
    await house.carry()
    house.clock.forward(seconds=4)
    await house.carry()
    assert [(letter.chat, letter.marked, letter.tries) for letter in house.carrier.arrived] == [
        (2, False, 0),
        (1, False, 2),
    ]
    assert [back_off(tries) for tries in (0, 1, 40)] == [timedelta(seconds=2), timedelta(seconds=4), LONGEST]


async def test_uncertain_is_repeated_once_and_says_so(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [Uncertain(), Uncertain()]
    for _ in range(5):
        await house.carry()
        house.clock.forward(minutes=20)
    assert (house.carrier.tried, house.carrier.arrived) == (2, [])
    house.clock.forward(days=1)
    house.carrier.luck = [Uncertain()]
    await house.morning()
    house.clock.forward(minutes=20)
    await house.carry()
    assert [letter.marked for letter in house.carrier.arrived] == [True]


async def test_a_marked_letter_may_have_to_wait_and_stays_marked(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [Uncertain(), lost()]
    for _ in range(3):
        await house.carry()
        house.clock.forward(minutes=20)
    assert [letter.marked for letter in house.carrier.arrived] == [True]


async def test_a_chat_that_can_t_be_written_to_is_paused_and_shown_to_admins(house: House) -> None:
    await with_letters(house, 1, 2)
    house.carrier.luck = [NotEver("blocked")]
    await house.carry()
    assert [letter.chat for letter in house.carrier.arrived] == [2]
    assert house.admins == [(1, "blocked")]
    assert not await house.courier.send_one()
    (paused,) = await house.door.read(kept.paused, house.team)
    assert (paused.chat, paused.reason) == (1, "blocked")
    house.clock.forward(days=2)
    await house.post("F-0002")
    await house.morning()
    assert [letter.chat for letter in house.carrier.arrived] == [2, 2]
    await house.subscribe(1)
    house.clock.forward(days=1)
    await house.morning()
    mine = [page for letter, page in zip(house.carrier.arrived, house.carrier.digests, strict=True) if letter.chat == 1]
    assert [[change["ref"] for change in page["changes"]] for page in mine] == [["F-0001", "F-0002"]]


async def test_a_group_goes_on_under_its_new_id(house: House) -> None:
    await with_letters(house, -5)
    house.carrier.luck = [Moved(-1005)]
    await house.carry()
    assert [letter.chat for letter in house.carrier.arrived] == [-1005]
    await house.post("F-0002")
    house.clock.forward(days=1)
    await house.morning()
    assert [letter.chat for letter in house.carrier.arrived] == [-1005, -1005]
    assert await house.door.read(kept.of_chat, house.team, -5) is None


async def test_a_group_whose_new_id_has_a_digest_already_gets_it_once(house: House) -> None:
    await with_letters(house, -5, -1005)
    house.carrier.luck = [Moved(-1005)]
    await house.carry()
    assert [letter.chat for letter in house.carrier.arrived] == [-1005]
    assert (await house.schedule(-5)).state == "off"


async def test_parts_arrive_in_order_though_the_first_has_to_wait(house: House) -> None:
    await house.subscribe(1)
    await house.subscribe(2)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut(parted)
    house.carrier.luck = [lost()]
    await house.carry()
    house.clock.forward(minutes=1)
    await house.carry()
    assert [(letter.chat, letter.part, letter.parts) for letter in house.carrier.arrived] == [
        (2, 1, 2),
        (2, 2, 2),
        (1, 1, 2),
        (1, 2, 2),
    ]


async def test_turned_off_before_it_went_it_doesn_t_go(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [lost()]
    await house.carry()
    await house.off()
    house.clock.forward(hours=1)
    await house.carry()
    assert house.carrier.arrived == []


async def test_who_may_not_read_any_more_gets_nothing(house: House) -> None:
    await with_letters(house, 1, 2)
    house.refused.add(1)
    await house.carry()
    assert [letter.chat for letter in house.carrier.arrived] == [2]
    assert (await house.schedule(1)).state == "paused"
    assert house.admins == []


class Stuck:
    """A carrier that holds a letter until it is let go."""

    def __init__(self) -> None:
        self.holding = asyncio.Event()
        self.let_go = asyncio.Event()
        self.held: list[Letter] = []

    async def send(self, letter: Letter) -> int:
        self.held.append(letter)
        self.holding.set()
        await self.let_go.wait()
        return len(self.held)


def stuck_courier(house: House, carrier: Stuck) -> Courier:
    async def tell_admins(schedule: Schedule, reason: str) -> None:
        raise AssertionError(schedule, reason)

    return Courier(house.door, carrier, house.clock, lambda _tx, _schedule: True, tell_admins)


async def test_several_couriers_at_once_carry_each_letter_once(house: House) -> None:
    await with_letters(house, *range(1, 6))
    carrier = Stuck()
    courier = stuck_courier(house, carrier)
    tasks = [asyncio.create_task(courier.send_one()) for _ in range(8)]
    while len(carrier.held) < 5:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED, timeout=0.01)
    carrier.let_go.set()
    assert sorted(await asyncio.gather(*tasks)) == [False] * 3 + [True] * 5
    assert sorted(letter.chat for letter in carrier.held) == [1, 2, 3, 4, 5]
    assert not await courier.send_one()


async def test_stopped_in_the_middle_it_goes_once_more_and_says_so(house: House) -> None:
    await with_letters(house, 1)
    held: list[Letter] = []
    for _ in range(2):
        carrier = Stuck()
        task = asyncio.create_task(stuck_courier(house, carrier).send_one())
        await carrier.holding.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        held += carrier.held
    assert [letter.marked for letter in held] == [False, True]
    await house.again()
    await house.carry()
    assert house.carrier.arrived == []
    house.clock.forward(days=1)
    assert len(await house.morning()) == 1


async def test_a_fault_of_our_own_costs_one_marked_repeat_and_stops_nobody_else(house: House) -> None:
    await with_letters(house, 1, 2)
    house.carrier.luck = [ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        await house.carry()
    await house.carry()
    assert sorted((letter.chat, letter.marked) for letter in house.carrier.arrived) == [(1, True), (2, False)]


async def test_turned_off_while_it_was_on_the_way(house: House) -> None:
    await with_letters(house, 1)

    class TurnsOff:
        async def send(self, letter: Letter) -> int:
            await house.off(letter.chat)
            raise lost()

    house.courier = Courier(house.door, TurnsOff(), house.clock, lambda _tx, _schedule: True, _nobody)
    await house.carry()
    assert await house.door.read(letters.undone, (await house.schedule(1)).id) == []
    assert (await house.schedule(1)).told == 0


async def test_cut_off_on_the_way_and_turned_off_it_is_repeated_and_marked_when_it_is_on_again(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        await house.carry()
    await house.off()
    await house.again()
    await house.carry()
    assert house.carrier.arrived == []
    await house.subscribe(1)
    await house.carry()
    assert [one.marked for one in house.carrier.arrived] == [True]
    house.clock.forward(days=1)
    (page,) = await house.morning()
    assert refs(page) == []


async def _nobody(schedule: Schedule, reason: str) -> None:
    raise AssertionError(schedule, reason)


async def test_letters_that_are_out_for_long_are_forgotten_with_their_pages(house: House) -> None:
    await with_letters(house, 1, 2)
    house.carrier.luck = [None, lost()]
    await house.carry()
    house.clock.forward(days=15)
    await house.door.change(letters.prune, house.clock() - timedelta(days=14))
    house.carrier.luck = []
    await house.carry()
    assert [letter.chat for letter in house.carrier.arrived] == [1, 2]
    await house.door.change(letters.prune, house.clock())

    assert await house.door.read(lambda tx: tx.all("SELECT id FROM pages UNION ALL SELECT id FROM letters")) == []


async def test_a_letter_put_off_by_a_wild_clock_goes_when_the_clock_is_right(house: House) -> None:
    from digests.schedules import put_dates_right

    await with_letters(house, 1)
    right = house.clock()
    house.clock.now = at("2099-01-01T00:00")
    house.carrier.luck = [lost()]
    await house.carry()
    house.clock.now = right
    await house.carry()
    assert house.carrier.arrived == []
    await house.door.change(put_dates_right, house.clock())
    await house.carry()
    assert [letter.chat for letter in house.carrier.arrived] == [1]


async def test_a_letter_that_went_while_another_program_held_the_database_does_not_go_again(house: House) -> None:
    await with_letters(house, 1)
    await house.door.close()
    other = sqlite3.connect(house.path, isolation_level=None)
    async with await Door.open(f"sqlite:///{house.path}", patience=0.01) as door:

        class Locking:
            """The database is locked while a letter is on its way, until the desk has tried to keep that it went."""

            async def send(self, letter: Letter) -> int:
                other.execute("BEGIN IMMEDIATE")
                return await house.carrier.send(letter)

            async def change(self, *args: object, **named: object) -> object:
                try:
                    return await door.change(*args, **named)  # type: ignore[arg-type]
                except DatabaseLocked:
                    other.execute("ROLLBACK")
                    raise

        house.door, house.courier = door, house.new_courier()
        house.courier._door = house.courier._transport = Locking()  # type: ignore[assignment]
        assert await house.courier.send_one()
        assert not await house.courier.send_one()
    other.close()
    assert [letter.marked for letter in house.carrier.arrived] == [False]


async def test_what_is_tried_again_comes_back_spread_out(house: House) -> None:
    await with_letters(house, 1)
    house.courier = Courier(house.door, house.carrier, house.clock, lambda _tx, _one: True, _nobody, chance=lambda: 0.0)
    house.carrier.luck = [lost()]
    await house.carry()
    house.clock.forward(seconds=1)
    await house.carry()
    assert len(house.carrier.arrived) == 1, "2 s, less half of it by chance"


async def test_when_nobody_can_be_reached_not_every_letter_finds_out(house: House) -> None:
    await with_letters(house, *range(1, 21))
    away = [NotNow(everywhere=True) for _ in range(3)]
    house.carrier.luck = [*away]
    for tried in (1, 2, 3):
        await house.carry()
        assert house.carrier.tried == tried
        house.clock.forward(minutes=1)
    await house.carry()
    house.clock.forward(minutes=20)
    await house.carry()
    assert sorted(letter.chat for letter in house.carrier.arrived) == list(range(1, 21))


async def test_a_rest_begun_while_the_clock_ran_wild_ends_when_it_is_right(house: House) -> None:
    await with_letters(house, 1, 2)
    right = house.clock()
    house.clock.now = at("2026-05-05T12:00")
    house.carrier.luck = [NotNow(everywhere=True)]
    await house.carry()
    house.clock.now = right
    await house.carry()
    assert len(house.carrier.arrived) == 1


async def test_a_digest_that_did_not_get_through_for_half_a_day_is_told_within_the_next_one(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [lost()]
    await house.carry()
    house.clock.forward(hours=12, minutes=1)
    await house.carry()
    assert house.carrier.arrived == []
    await house.post("F-0002")
    house.clock.now = at("2026-05-06T03:00")
    await house.carry()
    assert house.carrier.arrived == [], "the hour has come, but the digest that says all is not cut yet"
    (page,) = await house.morning()
    assert refs(page) == ["F-0001", "F-0002"]
    assert page["mornings"] == ["2026-05-05", "2026-05-06"]


async def test_a_digest_that_is_late_goes_while_the_next_one_is_far(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [lost()]
    await house.carry()
    house.clock.forward(hours=11, minutes=59)
    await house.carry()
    assert [letter.tries for letter in house.carrier.arrived] == [1]


@pytest.mark.parametrize("write", [plain, parted])
async def test_a_digest_that_may_have_been_seen_goes_however_late(house: House, write: Write) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut(write)
    house.carrier.luck = [Uncertain()] if write is plain else [None, lost()]
    await house.carry()
    house.clock.forward(hours=20)
    await house.carry()
    last = house.carrier.arrived[-1]
    assert (last.part, last.marked) == ((1, True) if write is plain else (2, False))


async def test_a_merged_digest_after_an_outage_is_never_too_late(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-08T02:00")
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-05", "2026-05-06", "2026-05-07"]


async def test_the_admins_are_told_once_of_a_chat_however_many_letters_and_topics_it_has(house: House) -> None:
    for thread in (0, 1, 2):
        await house.subscribe(-5, thread=thread)
    await house.post("F-0001")
    for day in range(5, 9):
        house.clock.now = at(f"2026-05-{day:02}T03:00")
        await house.cut(parted)
        house.carrier.luck = [NotEver("kicked")] * 3
        await house.carry()
        await house.door.change(moves.resume, house.team, -5)
    assert house.admins == [(-5, "kicked")]
    house.clock.forward(days=31)
    await house.cut(parted)
    house.carrier.luck = [NotEver("kicked")] * 3
    await house.carry()
    assert house.admins == [(-5, "kicked")] * 2, "a month later it is news again"


async def test_another_reason_is_news(house: House) -> None:
    await with_letters(house, -5)
    house.carrier.luck = [NotEver("no_rights")]
    await house.carry()
    await house.door.change(moves.resume, house.team, -5)
    house.clock.forward(days=1)
    await house.cut()
    house.carrier.luck = [NotEver("kicked")]
    await house.carry()
    assert house.admins == [(-5, "no_rights"), (-5, "kicked")]


async def test_what_the_admins_were_not_told_before_a_crash_they_are_told_after_it(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [NotEver("blocked")]

    async def dies(schedule: Schedule, reason: str) -> None:
        raise KeyboardInterrupt(schedule, reason)

    house.courier = Courier(house.door, house.carrier, house.clock, lambda _tx, _one: True, dies)
    with pytest.raises(KeyboardInterrupt):
        await house.carry()
    await house.again()
    await house.carry()
    assert house.admins == [(1, "blocked")]


async def test_a_chat_that_takes_letters_again_gets_one_for_all_it_missed_and_its_mornings(house: House) -> None:
    await with_letters(house, 1)
    house.carrier.luck = [NotEver("blocked")]
    await house.carry()
    house.clock.forward(days=2)
    await house.post("F-0002")
    assert await house.morning() == []
    assert await house.door.change(moves.resume, house.team, 1) == 1
    (page,) = await house.morning()
    assert refs(page) == ["F-0001", "F-0002"]
    assert page["mornings"] == ["2026-05-05", "2026-05-06", "2026-05-07"]
    assert await house.morning() == []


async def test_whoever_may_not_read_gets_nothing_by_letting_the_desk_in(house: House) -> None:
    await with_letters(house, 1)
    house.refused.add(1)
    await house.carry()
    assert await house.door.change(moves.resume, house.team, 1) == 0


async def test_a_topic_s_digest_goes_on_only_when_that_topic_is_open(house: House) -> None:
    for thread in (0, 7, 8):
        await house.subscribe(-5, thread=thread)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut()
    house.carrier.luck = [None, NotEver("topic"), NotEver("topic")]
    await house.carry()
    assert await house.door.change(moves.resume, house.team, -5) == 0
    assert await house.door.change(moves.resume, house.team, -5, 7) == 1
    await house.morning()
    assert [letter.thread for letter in house.carrier.arrived] == [0, 7]


async def test_while_a_chat_needs_its_second_s_rest_others_go_first_and_parts_stay_in_order(house: House) -> None:
    now = [0.0]
    for chat in (1, 2, 3):
        await house.subscribe(chat)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut(parted)
    house.courier = Courier(
        house.door, house.carrier, house.clock, lambda _tx, _one: True, _nobody, ticks=lambda: now[0]
    )
    for seconds in (0.0, 0.5, 1.1, 1.2, 1.3, 1.4):
        now[0] = seconds
        assert await house.courier.send_one()
    assert [(letter.chat, letter.part) for letter in house.carrier.arrived] == [
        (1, 1),
        (2, 1),
        (1, 2),
        (3, 1),
        (2, 2),
        (3, 2),
    ]
