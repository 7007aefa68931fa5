"""Killed at any point between cut and carried: exactly one digest, or one repeat that says so."""

import asyncio
from collections import Counter
from collections.abc import Mapping

import pytest

from digests import cut as cutting
from digests.courier import Courier
from digests.outcomes import NotEver
from protection.small_numbers import EXACT
from records.digest import Letter, Schedule
from records.kinds import KINDS
from storage import moves
from storage.door import Door
from tests.digests.house import Carrier, House, at, parted

CHATS = (1, 2, -3)


class Killed(BaseException):
    """The process is gone."""


class Fuse:
    """Burns down by one at each dangerous point; at nothing the process is gone."""

    def __init__(self, length: int) -> None:
        self.left = length

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed


class DeadlyDoor:
    """A door at which the process may die before a change, or after it was committed and before anyone knew."""

    def __init__(self, door: Door, fuse: Fuse) -> None:
        self.door, self.fuse = door, fuse

    def __getattr__(self, name: str) -> object:
        return getattr(self.door, name)

    async def change(self, *args: object, **more: object) -> object:
        self.fuse.burn()
        done: object = await self.door.change(*args, **more)  # type: ignore[arg-type]
        self.fuse.burn()
        return done


class DeadlyCarrier:
    """A carrier with whom the process may die before a letter went out, or after and before anyone knew."""

    def __init__(self, carrier: Carrier, fuse: Fuse) -> None:
        self.carrier, self.fuse = carrier, fuse

    async def send(self, letter: Letter) -> int:
        self.fuse.burn()
        message = await self.carrier.send(letter)
        self.fuse.burn()
        return message


async def tell_nobody(schedule: Schedule, reason: str) -> None:
    raise AssertionError(schedule, reason)


async def live(house: House, fuse: Fuse) -> None:
    """A process's life on one morning: cut, then carry."""
    door = DeadlyDoor(house.door, fuse)
    await cutting.cut_due(door, KINDS, parted, house.clock(), EXACT)  # type: ignore[arg-type]
    courier = Courier(door, DeadlyCarrier(house.carrier, fuse), house.clock, lambda _tx, _one: True, tell_nobody)  # type: ignore[arg-type]
    while await courier.send_one():
        pass


@pytest.mark.parametrize("deaths", [1, 2])
async def test_killed_anywhere_each_part_arrives_once_or_once_more_and_marked(
    house: House, monkeypatch: pytest.MonkeyPatch, deaths: int
) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 2)
    for chat in CHATS:
        await house.subscribe(chat)
    house.clock.now = at("2026-05-05T03:00")
    points = repeats = 0
    for length in range(1, 200):
        points = length
        await house.post(f"F-{length:04}")
        house.carrier.arrived.clear()
        killed = 0
        for fuse in (Fuse(length) for _ in range(deaths)):
            try:
                await live(house, fuse)
            except Killed:
                killed += 1
                await house.again()
        await live(house, Fuse(0))
        told = Counter((letter.chat, letter.part) for letter in house.carrier.arrived)
        marked = [(letter.chat, letter.part) for letter in house.carrier.arrived if letter.marked]
        again = {key: number for key, number in told.items() if number > 1}
        assert all(number == 2 for number in again.values())
        assert set(again) <= set(marked), "a repeat says so"
        assert len(marked) <= killed
        repeats += len(again)
        lost = {(chat, part) for chat in CHATS for part in (1, 2)} - set(told)
        # Killed twice in the same letter it counts as sent: nobody can know, and a third time would be worse.
        assert not lost if deaths == 1 else len(lost) <= 1
        for letter in house.carrier.arrived:
            assert (f"F-{length:04}" in letter.html) == (letter.part == 1)
        if not killed:
            break
        house.clock.forward(days=1)
    assert points > 20, "every point was tried"
    assert repeats > 0


async def test_killed_while_cutting_leaves_no_half_digest(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    with pytest.raises(Killed):
        await live(house, Fuse(2))
    assert house.carrier.arrived == []
    await house.again()
    await live(house, Fuse(0))
    assert [(letter.part, letter.marked) for letter in house.carrier.arrived] == [(1, False), (2, False)]


class Deadly(Fuse):
    """A fuse at whose end everybody is gone, whoever burned it down."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.gone = False

    def burn(self) -> None:
        if self.gone:
            raise Killed
        self.left -= 1
        if self.left == 0:
            self.gone = True
            raise Killed


HANDS = 3
DOORS_SHUT = {2: "blocked", -3: "kicked"}


class Shutting:
    """Some chats take no letters; the way to the others and back is as deadly as ever."""

    def __init__(self, house: House, fuse: Fuse, shut: Mapping[int, str]) -> None:
        self.carrier, self.fuse, self.shut = DeadlyCarrier(house.carrier, fuse), fuse, shut

    async def send(self, letter: Letter) -> int:
        if reason := self.shut.get(letter.chat):
            self.fuse.burn()
            raise NotEver(reason)
        return await self.carrier.send(letter)


async def live_with_hands(house: House, fuse: Fuse, told: list[tuple[int, str]], shut: Mapping[int, str]) -> None:
    """The same with several hands, and admins who are told of chats that are shut."""

    async def tell(schedule: Schedule, reason: str) -> None:
        fuse.burn()
        told.append((schedule.chat, reason))
        fuse.burn()

    async def work() -> None:
        while await courier.send_one():
            pass

    door = DeadlyDoor(house.door, fuse)
    await cutting.cut_due(door, KINDS, parted, house.clock(), EXACT)  # type: ignore[arg-type]
    courier = Courier(door, Shutting(house, fuse, shut), house.clock, lambda _tx, _one: True, tell)  # type: ignore[arg-type]
    ends = await asyncio.gather(*(work() for _ in range(HANDS)), return_exceptions=True)
    for end in ends:
        if end is not None:
            raise end


async def test_killed_anywhere_with_many_hands_and_shut_doors_nothing_is_lost_and_the_admins_know(house: House) -> None:
    for chat in (1, 2, -3, 4):
        await house.subscribe(chat)
    house.clock.now = at("2026-05-05T03:00")
    points = 0
    for length in range(1, 200):
        points = length
        await house.post(f"F-{length:04}")
        house.carrier.arrived.clear()
        told: list[tuple[int, str]] = []
        killed = False
        try:
            await live_with_hands(house, Deadly(length), told, DOORS_SHUT)
        except Killed:
            killed = True
            await house.again()
        await live_with_hands(house, Deadly(0), told, DOORS_SHUT)
        assert set(told) == set(DOORS_SHUT.items()), "told at least once"
        assert len(told) <= 2 + killed
        for chat in DOORS_SHUT:
            assert await house.door.change(moves.resume, house.team, chat) == 1
        await live_with_hands(house, Deadly(0), told, {})
        arrived = Counter((letter.chat, letter.part) for letter in house.carrier.arrived)
        assert set(arrived) == {(chat, part) for chat in (1, 2, -3, 4) for part in (1, 2)}
        marked = {(letter.chat, letter.part) for letter in house.carrier.arrived if letter.marked}
        assert {key for key, number in arrived.items() if number > 1} <= marked
        assert all(number <= 2 for number in arrived.values())
        for letter in house.carrier.arrived:
            assert (f"F-{length:04}" in letter.html) == (letter.part == 1)
        if not killed:
            break
        house.clock.forward(days=31)
    assert points > 20, "every point was tried"
