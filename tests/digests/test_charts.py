"""The chart behind a digest: what it shows, and that it never costs the digest anything."""

from datetime import date, timedelta

import pytest

from digests.charts import BARS, MONTH, WEEK, chart, stretches
from digests.courier import MOST_TRIES
from digests.outcomes import NotEver, NotNow, Uncertain
from protection.small_numbers import EXACT, Audience
from records.digest import Chart
from records.filters import conditions
from records.kinds import KINDS
from records.people import CELLS
from storage import deliveries, letters
from storage import schedules as kept
from tests.digests.house import House, at, lost, refs

TODAY = date(2026, 5, 5)
GROUP = Audience(masked=True, secret=b"a secret")


async def a_morning(house: House, *chats: int) -> None:
    """A digest and its picture for each chat, ready to go."""
    for chat in chats:
        await house.subscribe(chat, chart=True)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut()


async def of(house: House, filter_: str = "", grain: str = WEEK, audience: Audience = EXACT) -> Chart | None:
    return await house.door.read(chart, house.team, KINDS, conditions(filter_), grain, TODAY, audience)


def people(found: Chart, country: str = "KZ") -> dict[str, int]:
    """Those of each stretch that has any, by its first day."""
    sums = {str(day): sum(totals.cells.get(one, 0) for one in CELLS) for day, totals in found.bars[country]}
    return {day: number for day, number in sums.items() if number}


def test_twelve_stretches_lead_up_to_today() -> None:
    weeks, months = stretches(WEEK, TODAY), stretches(MONTH, TODAY)
    assert len(weeks) == len(months) == BARS
    assert (weeks[0], weeks[-1]) == (date(2026, 2, 16), date(2026, 5, 4))
    assert (months[0], months[-1]) == (date(2025, 6, 1), date(2026, 5, 1))
    assert stretches(MONTH, date(2026, 1, 31))[0] == date(2025, 2, 1)


async def test_it_counts_by_the_day_things_happened_and_what_came_to_pass_only(house: House) -> None:
    await house.post("F-0001")
    await house.post("F-0002", date="2026-05-03")
    await house.post("F-0003", date="2026-02-15")
    await house.post("F-0004", status="planned")
    found = await of(house)
    assert found is not None
    assert (found.kind, people(found)) == ("flight", {"2026-04-27": 238, "2026-05-04": 238})
    by_month = await of(house, grain=MONTH)
    assert by_month is not None
    assert people(by_month) == {"2026-02-01": 238, "2026-05-01": 476}


async def test_it_is_of_what_the_digest_is_of(house: House) -> None:
    await house.post("F-0001")
    await house.post("F-0002", to="astana")
    await house.post("S-0001", "session")
    narrowed, sessions = await of(house, "to=astana"), await of(house, "kind=session")
    assert narrowed is not None
    assert sessions is not None
    assert people(narrowed) == {"2026-05-04": 238}
    assert (sessions.kind, people(sessions)) == ("session", {"2026-05-04": 9})
    assert await of(house, "to=aktau;status=cancelled") is None


async def test_returns_of_several_countries_are_never_one_bar(house: House) -> None:
    await house.post("F-0001")
    await house.post("F-0002", citizens="UZ", women=5, boys=0, girls=0)
    found = await of(house)
    assert found is not None
    assert (people(found), people(found, "UZ")) == ({"2026-05-04": 238}, {"2026-05-04": 5})


async def test_groups_are_drawn_what_they_are_told_and_nothing_narrowed(house: House) -> None:
    await house.post("F-0001", women=3, boys=80, girls=91)
    told, echoed = await of(house, audience=GROUP), await of(house, audience=GROUP)
    assert told == echoed
    assert told is not None
    assert people(told)["2026-05-04"] in {172, 175}
    assert await of(house, "to=aktau", audience=GROUP) is None
    assert await of(house, "kind=flight", audience=GROUP) == told


async def test_the_picture_follows_the_text(house: House) -> None:
    await a_morning(house, 1, 2)
    await house.carry()
    assert [(letter.chat, bool(letter.chart), letter.part) for letter in house.carrier.arrived] == [
        (1, False, 1),
        (2, False, 1),
        (1, True, 2),
        (2, True, 2),
    ]


async def test_whoever_wants_none_gets_none_of_the_same_digest(house: House) -> None:
    await house.subscribe(3)
    await a_morning(house, 1)
    await house.carry()
    assert house.carrier.pictures == [1]
    assert sorted(letter.chat for letter in house.carrier.arrived) == [1, 1, 3]


async def test_a_digest_with_nothing_new_has_none(house: House) -> None:
    await a_morning(house, 1)
    await house.carry()
    house.clock.forward(days=1)
    await house.morning()
    assert [bool(letter.chart) for letter in house.carrier.arrived] == [False, True, False]


async def test_a_digest_without_people_has_none(house: House) -> None:
    await house.subscribe(1, chart=True)
    await house.post("F-0001", status="planned")
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    assert [bool(letter.chart) for letter in house.carrier.arrived] == [False]


@pytest.mark.parametrize("reason", ["refused", "no_rights"])
async def test_a_picture_that_is_refused_costs_only_itself(house: House, reason: str) -> None:
    await a_morning(house, 1)
    house.carrier.luck = [None, NotEver(reason)]
    await house.carry()
    assert (await house.schedule(1)).state == "on"
    assert house.admins == []
    (told,) = await house.door.read(deliveries.latest, house.team, 1)
    assert (told.state, told.reason, told.sent, told.parts) == ("sent", "no_chart", 1, 1)
    house.clock.forward(days=1)
    await house.post("F-0002")
    assert [refs(page) for page in await house.morning()] == [["F-0002"]]
    assert house.carrier.pictures == [1]


async def test_a_chat_that_is_gone_is_paused_by_its_picture_too(house: House) -> None:
    await a_morning(house, 1)
    house.carrier.luck = [None, NotEver("blocked")]
    await house.carry()
    assert (await house.schedule(1)).state == "paused"
    await house.subscribe(1, chart=True)
    house.clock.forward(days=1)
    await house.post("F-0002")
    assert [refs(page) for page in await house.morning()] == [["F-0002"]]
    assert house.carrier.pictures == [1]


async def test_a_picture_that_can_t_go_is_left_after_eight_tries(house: House) -> None:
    await a_morning(house, 1)
    house.carrier.luck = [None, *[NotNow(timedelta(seconds=1))] * (MOST_TRIES + 1)]
    for _ in range(MOST_TRIES + 2):
        await house.carry()
        house.clock.forward(minutes=16)
    assert house.carrier.tried == MOST_TRIES + 2
    assert house.carrier.luck == []
    assert house.carrier.pictures == []
    assert (await house.schedule(1)).state == "on"


async def test_a_picture_that_may_have_come_is_repeated_once_and_marked(house: House) -> None:
    await a_morning(house, 1)
    house.carrier.luck = [None, Uncertain()]
    await house.carry()
    house.clock.forward(minutes=20)
    await house.carry()
    assert [(bool(letter.chart), letter.marked) for letter in house.carrier.arrived] == [(False, False), (True, True)]


async def test_a_crash_between_text_and_picture_repeats_no_text(house: House) -> None:
    await a_morning(house, 1)
    assert await house.courier.send_one()
    await house.again()
    await house.carry()
    assert [bool(letter.chart) for letter in house.carrier.arrived] == [False, True]


async def test_the_next_digest_does_not_wait_for_a_picture(house: House) -> None:
    await a_morning(house, 1)
    house.carrier.luck = [None, lost()]
    await house.carry()
    house.clock.now = at("2026-05-06T03:00")
    await house.post("F-0002")
    await house.cut()
    await house.carry()
    assert [refs(page) for page in house.carrier.digests] == [["F-0001"], ["F-0002"]]
    assert house.carrier.pictures == [1]


async def test_a_digest_that_is_told_anew_has_one_picture(house: House) -> None:
    await a_morning(house, 1)
    house.clock.now = at("2026-05-06T03:00")
    await house.post("F-0002")
    assert [refs(page) for page in await house.morning()] == [["F-0001", "F-0002"]]
    assert house.carrier.pictures == [1]


@pytest.mark.parametrize("how", ["off", "no chart"])
async def test_a_picture_nobody_wants_any_more_is_not_sent(house: House, how: str) -> None:
    await a_morning(house, 1)
    assert await house.courier.send_one()
    await (house.off(1) if how == "off" else house.subscribe(1, chart=False))
    house.clock.forward(minutes=20)
    await house.carry()
    assert house.carrier.pictures == []
    assert len(house.carrier.arrived) == 1


async def test_a_picture_alone_that_waits_for_a_paused_chat_is_forgotten(house: House) -> None:
    await a_morning(house, 1)
    assert await house.courier.send_one()
    one = await house.schedule(1)
    await house.door.change(kept.set_state, one.id, "paused", "blocked")
    await house.door.change(letters.prune, house.clock() + timedelta(days=1))
    assert await house.door.read(letters.undone, one.id) == []
    house.clock.forward(days=3)
    await house.carry()
    assert house.carrier.pictures == []
