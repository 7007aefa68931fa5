"""The chart behind a digest: what it shows, and that it never costs the digest anything."""

from datetime import date, timedelta

from digests.charts import BARS, MONTH, WEEK, chart, stretches, sums
from protection.small_numbers import EXACT, Audience
from records.digest import Chart
from records.filters import conditions
from records.kinds import KINDS
from records.people import CELLS
from storage import letters
from storage import schedules as kept
from tests.digests.house import House, at

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
    wanted = conditions(filter_)
    others = [conditions("to=astana"), conditions("type=legal;provider=lawyer")]
    read = await house.door.read(sums, house.team, KINDS, [wanted, *others], grain, TODAY, audience)
    return chart(read, wanted, grain, TODAY, audience)


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
