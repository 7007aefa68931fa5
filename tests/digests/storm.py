"""A storm: a house at work at random, everything that can happen to its digests, and readers who miss nothing."""

import asyncio
import json
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digests import cut as cutting
from digests.courier import Courier
from digests.due import due_between
from digests.schedules import Place, Setting, off, put, put_dates_right, remind
from digests.sight import Eyes, shown_by
from protection.small_numbers import EXACT
from records.digest import Schedule
from records.entry import State
from records.kinds import KINDS
from records.rule import Rule
from storage import letters, moves
from storage import schedules as kept
from storage.transaction import Row, Tx
from tests.digests.house import WHO, House, at, drawn
from tests.digests.readers import Deaths, MortalDoor, Network, Reader, written
from tests.digests.test_crash import Killed
from tests.digests.workers import Asked, Workers, questions

PLACES = (
    Place(1),
    Place(1, filter="citizens=KZ;citizens=UZ"),
    Place(1, filter="kind=session"),
    Place(2, filter="kind=flight;status=arrived;status=cancelled"),
    Place(-3),
    Place(-3, 7),
    Place(-3, 7, "citizens=BA;kind=flight"),
    Place(4, filter="citizens=KZ;status=held"),
)
TOPIC = 7
ZONES = (
    "Asia/Almaty",
    "Europe/Berlin",
    "America/St_Johns",
    "Africa/Cairo",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "UTC",
)


class Storm:
    """A house, its readers, and everything that can happen to them."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.dice = house, random.Random(seed)
        self.deaths = Deaths()
        self.readers: dict[int, Reader] = {}
        self.network = Network(self.dice, self.readers, self.deaths)
        self.workers = Workers(house, self.dice, self.pass_by)
        self.asked: dict[datetime, frozenset[Asked]] = {}
        """What was asked at each moment at which a digest was cut."""
        self.checks = self.kills = 0
        self.courier = self.new_courier()

    def new_courier(self) -> Courier:
        async def tell_admins(schedule: Schedule, reason: str) -> None:
            del schedule, reason

        def ticks() -> float:
            return self.house.clock().timestamp()

        def may(tx: Tx, schedule: Schedule) -> bool:
            del tx, schedule
            return True

        door, chance = MortalDoor(self.house, self.deaths), self.dice.random
        return Courier(door, self.network, self.house.clock, may, tell_admins, chance=chance, ticks=ticks)  # type: ignore[arg-type]

    async def begin(self) -> None:
        start = at("2011-06-01T00:30") + timedelta(days=self.dice.randrange(5000))
        self.house.clock.now = start
        for place in PLACES:
            one = await self.house.door.change(
                put,
                self.house.team,
                place,
                Setting(
                    self.rule(), self.dice.choice(ZONES), "en", self.dice.choice(("send", "skip")), chart=self.drawn()
                ),
                default=Setting(Rule(), "UTC", "en", "send"),
                who=WHO,
                now=start,
            )
            self.readers[one.id] = Reader(one.private, self.asked)

    def drawn(self) -> bool:
        return self.dice.random() < 0.5

    def rule(self) -> Rule:
        cadence = self.dice.choice(("daily", "daily", "weekdays", "weekly", "monthly"))
        day = {"weekly": self.dice.randrange(1, 8), "monthly": self.dice.randrange(1, 32)}.get(cadence, 0)
        return Rule(cadence, f"{self.dice.randrange(24):02}:{self.dice.choice((0, 15, 30)):02}", day)

    async def schedule(self, one: int) -> Schedule:
        return await self.house.door.read(kept.by_id, one)

    async def wait(self, **by: float) -> None:
        await self.pass_by(timedelta(**by))

    async def pass_by(self, time: timedelta) -> None:
        """Time passes; the hours that pass are owed."""
        since, until = self.house.clock(), self.house.clock() + time
        for one, reader in self.readers.items():
            is_ = await self.schedule(one)
            if is_.state == "off":
                continue
            zone = ZoneInfo(is_.zone)
            reader.owed |= (
                {
                    moment.astimezone(zone).date()
                    for moment in due_between(is_.rule, zone, since, until)
                    if moment > since
                }
                - reader.foretold
                - reader.named
            )
        self.house.clock.now = until

    async def beat(self, *, safe: bool = False) -> None:
        """The desk is up for a moment, and may die at any step unless it is `safe`."""
        fuse = 0 if safe else self.dice.choice((0, 0, self.dice.randrange(1, 25)))
        self.deaths.spared, self.deaths.left = False, fuse
        self.asked[self.house.clock()] = await self.house.door.read(questions)
        for reader in self.readers.values():
            reader.reminders[self.house.clock()] = reader.remind_at
        try:
            await self.cut()
            while await self.one_letter():
                pass
        except Killed:
            self.kills += 1
            await self.start()
        self.deaths.left = 0

    async def cut(self) -> None:
        """What is due is cut, as far as the desk gets; who isn't written to has nothing to hear."""
        try:
            await cutting.cut_due(MortalDoor(self.house, self.deaths), KINDS, written, self.house.clock(), EXACT, drawn)  # type: ignore[arg-type]
        finally:
            for one, reader in self.readers.items():
                is_ = await self.schedule(one)
                if is_.told_at == self.house.clock() and not await self.house.door.read(letters.undone, one):
                    reader.hear_nothing(is_.told_at, is_.told_at.astimezone(ZoneInfo(is_.zone)).date())

    async def one_letter(self) -> bool:
        try:
            return await self.courier.send_one()
        except asyncio.CancelledError:
            return True

    async def start(self) -> None:
        """A new process on the same database."""
        self.deaths.left, self.deaths.spared = 0, False
        if self.dice.random() < 0.2:
            await self.house.again()
        self.courier = self.new_courier()
        await self.house.door.change(put_dates_right, self.house.clock())

    async def whim(self) -> None:
        """Somebody sets a digest another way, the network or a chat changes, the clock runs wild."""
        what = self.dice.choice(("set", "set", "zone", "off", "remind", "remind", "shut", "close", "move", "wild"))
        one = self.dice.choice(tuple(self.readers))
        was = await self.schedule(one)
        match what:
            case "set":
                await self.put(was, Setting(rule=self.rule(), chart=self.drawn()))
            case "zone":
                await self.put(was, Setting(zone=self.dice.choice(ZONES)))
            case "off":
                await self.house.door.change(
                    off, was.team, Place(was.chat, was.thread, was.filter), who=was.who, now=self.house.clock()
                )
                self.readers[one].owed.clear()
            case "remind":
                await self.remind(was)
            case "shut":
                self.network.shut[was.chat] = self.dice.choice(("blocked", "gone"))
            case "close":
                self.network.closed.add((-3, TOPIC))
            case "move" if was.chat < 0:
                self.network.gone_to[was.chat] = was.chat - 1
                if self.dice.random() < 0.5:
                    await self.house.door.change(moves.move, was.chat, was.chat - 1)
            case "wild":
                await self.run_wild()

    async def put(self, was: Schedule, wish: Setting) -> None:
        """Days owed by the old rule stay owed, but not those of a digest that was paused or off."""
        reader = self.readers[was.id]
        if was.state != "on":
            reader.owed.clear()
        if was.state == "off":
            reader.named.clear()
        place = Place(was.chat, was.thread, was.filter)
        await self.house.door.change(put, was.team, place, wish, default=wish, who=WHO, now=self.house.clock())

    async def remind(self, was: Schedule) -> None:
        days, now = self.dice.randrange(1, 8), self.house.clock()
        day = await self.house.door.change(remind, was.team, was.chat, was.id, days=days, now=now)
        if day is not None:
            self.readers[was.id].remind_at = (await self.schedule(was.id)).remind_at

    async def run_wild(self) -> None:
        """The machine's clock is days ahead for a while."""
        right = self.house.clock()
        self.house.clock.forward(days=self.dice.choice((2, 40, 400)))
        for reader in self.readers.values():
            reader.vague = True
            reader.dreamt.add(self.house.clock())
        await self.beat()
        self.house.clock.now = right + timedelta(minutes=5)
        await self.start()

    async def settle(self) -> None:
        """A good month: everybody is on again, and whatever still waits arrives."""
        self.network.bad = 0.0
        self.network.shut.clear()
        self.network.closed.clear()
        for one in self.readers:
            was = await self.schedule(one)
            await self.house.door.change(moves.resume, was.team, was.chat, was.thread)
            if was.state == "off":
                await self.put(was, Setting())
        for days in (31, 31, 1):
            await self.wait(days=days)
            for _ in range(3):
                await self.wait(minutes=20)
                await self.beat(safe=True)

    async def check(self) -> None:
        """Everybody holds what their filter matches, and no morning was lost."""
        self.checks += 1
        rows = await self.house.door.read(standing)
        for one, reader in self.readers.items():
            is_ = await self.schedule(one)
            shown, eyes = shown_by(is_.filter), Eyes(KINDS, restricted=is_.private)
            states = [
                State(row["kind"], row["ref"], json.loads(row["body"]), row["withdrawn"] is not None) for row in rows
            ]
            assert not reader.open
            told = {ref: values for ref, (_, values) in reader.holds.items()}
            assert told == {state.ref: dict(eyes.state(state).values) for state in states if shown(state)}, is_
            if is_.when_empty == "send":
                assert not reader.owed, f"mornings nobody told, {sorted(reader.owed)} {is_}"
            reader.owed.clear()


def standing(tx: Tx) -> list[Row]:
    return list(tx.all("SELECT kind, ref, body, withdrawn FROM entries"))


async def weather(house: House, seed: int, days: int) -> Storm:
    """That many simulated days of it."""
    print("seed", seed)
    storm = Storm(house, seed)
    await storm.begin()
    dice, end = storm.dice, house.clock() + timedelta(days=days)
    while house.clock() < end:
        await storm.workers.work()
        if dice.random() < 0.5:
            await storm.whim()
        await storm.wait(seconds=dice.choice((5, 900, 9_000, 40_000, 86_400, 86_400, 86_400, 180_000, 1_200_000)))
        storm.network.bad = dice.choice((0.0, 0.0, 0.5, 1.0))
        for _ in range(dice.randrange(1, 4)):
            await storm.beat()
            await storm.wait(minutes=dice.randrange(30))
        if dice.random() < 0.1:
            await storm.settle()
            await storm.check()
    await storm.settle()
    await storm.check()
    return storm
