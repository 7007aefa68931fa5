"""Half a year of a desk at random: what was told, applied in order, is always what the filter matches."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from digests.outcomes import NotEver, NotNow, Uncertain
from digests.schedules import off, put_dates_right
from digests.sight import Eyes, shown_by
from records.digest import Letter
from records.entry import State
from records.kind import Value
from records.kinds import KINDS
from storage.transaction import Row, Tx
from tests.digests.house import House, at, parted, plain

DAYS = 200
FILTERS = {1: "", 2: "kind=session", 3: "citizens=KZ", -4: "kind=flight;citizens=UZ", -5: ""}
"""What each chat wants to see."""
Held = dict[str, Mapping[str, Value]]


@dataclass
class Reader:
    """Someone who believes what the digests say, and checks that it fits what they were told before."""

    chat: int
    filter: str
    holds: Held = field(default_factory=dict)
    taken_back: int = 0
    read: list[tuple[str, int]] = field(default_factory=list)

    def get(self, letter: Letter) -> None:
        page = (letter.html, letter.part)
        if letter.marked and page in self.read:
            return
        assert page not in self.read, "nothing comes twice without saying so"
        self.read.append(page)
        said = json.loads(letter.html)
        self.taken_back += said["taken_back"] if letter.part == letter.parts else 0
        for change in said["changes"]:
            before = self.holds.get(change["ref"])
            if change["what"] in {"new", "restored", "moved_in"}:
                assert before is None
                self.holds[change["ref"]] = change["after"]
            else:
                assert before == change["before"]
                del self.holds[change["ref"]]
                if change["what"] == "corrected":
                    self.holds[change["ref"]] = change["after"]


@dataclass
class Luck:
    """A carrier on a bad network: letters fail in every way, and some arrive though nobody learns of it."""

    dice: random.Random
    readers: Mapping[int, Reader]
    bad: float = 0.0
    blocked: set[int] = field(default_factory=set)
    marked: int = 0

    async def send(self, letter: Letter) -> int:
        if letter.chat in self.blocked and not letter.marked:
            raise NotEver("blocked")
        self.marked += letter.marked
        roll = self.dice.random()
        if roll < self.bad / 2:
            raise NotNow(timedelta(seconds=self.dice.randrange(200)))
        # What is uncertain a second time is left as it is, so one of the two arrives here.
        if roll < self.bad and not letter.marked:
            if self.dice.random() < 0.5:
                self.readers[letter.chat].get(letter)
            raise Uncertain
        self.readers[letter.chat].get(letter)
        return 1


def standing(tx: Tx) -> Sequence[Row]:
    return tx.all("SELECT kind, ref, body, withdrawn FROM entries")


def undone(tx: Tx) -> Sequence[Row]:
    return tx.all("SELECT schedule FROM letters WHERE state <> 'sent'")


async def a_day_s_work(house: House, dice: random.Random, known: list[int], number: int) -> int:
    """Posts, corrections, withdrawals and restorations; gives how many entries there were ever."""
    for _ in range(dice.randrange(6)):
        house.clock.forward(minutes=dice.randrange(1, 60))
        act = dice.choice(("post", "post", "correct", "correct", "withdraw", "restore"))
        if act == "post" or not known:
            number += 1
            kind = dice.choice(("flight", "session"))
            known.append(await house.post(f"X-{number:04}", kind, citizens=dice.choice(("KZ", "KZ", "UZ"))))
            continue
        entry = dice.choice(known[-12:])
        if act == "correct":
            what: Mapping[str, Value] = dice.choice(
                ({"women": dice.randrange(5)}, {"citizens": dice.choice(("KZ", "UZ"))}, {"justice": 1})
            )
            await house.correct(entry, **what)
        elif act == "withdraw":
            await house.withdraw(entry)
        else:
            await house.restore(entry)
    return number


async def test_what_was_told_is_always_what_is_kept(house: House) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    house.clock.now = at("2026-01-01T00:30")
    readers = {chat: Reader(chat, filter_) for chat, filter_ in FILTERS.items()}
    for reader in readers.values():
        await house.subscribe(
            reader.chat,
            dice.choice(("08:00", "19:30")),
            zone=dice.choice(("Asia/Almaty", "Africa/Cairo")),
            filter_=reader.filter,
            when_empty="skip",
        )
    luck = Luck(dice, readers)
    house.carrier = luck  # type: ignore[assignment]
    house.courier = house.new_courier()
    known: list[int] = []
    number = checks = 0
    for _ in range(DAYS):
        number = await a_day_s_work(house, dice, known, number)
        house.clock.forward(hours=dice.choice((1, 5, 9, 20, 24, 24, 50, 100)))
        luck.bad = dice.choice((0.0, 0.0, 0.5, 1.0))
        for _ in range(dice.randrange(1, 4)):
            await house.cut(dice.choice((plain, parted)))
            await house.carry()
            house.clock.forward(minutes=dice.randrange(30))
            if dice.random() < 0.1:
                await house.again()
                await house.door.change(put_dates_right, house.clock())
        if dice.random() < 0.15 and not await house.door.read(undone):
            await whim(house, dice, luck)
        if dice.random() < 0.2:
            await settle(house, luck)
            await check(house, readers)
            checks += 1
    await settle(house, luck)
    await check(house, readers)
    assert checks > 10
    assert luck.marked > 3
    assert number > 100


async def whim(house: House, dice: random.Random, luck: Luck) -> None:
    """Somebody changes their hour, turns their digest off, or blocks the bot."""
    chat = dice.choice(tuple(FILTERS))
    what = dice.choice(("hour", "off", "block"))
    if what == "hour":
        await house.subscribe(chat, f"{dice.randrange(24):02}:30", filter_=FILTERS[chat])
    elif what == "off":
        await house.door.change(off, house.team, chat, 0, FILTERS[chat])
    else:
        luck.blocked.add(chat)


async def settle(house: House, luck: Luck) -> None:
    """A good day: everybody is on again, and whatever still waits arrives."""
    luck.bad, luck.blocked = 0.0, set()
    for chat, filter_ in FILTERS.items():
        was = await house.schedule(chat, filter_)
        await house.subscribe(chat, was.rule.at, zone=was.zone, filter_=filter_)
    for _ in range(3):
        house.clock.forward(days=1)
        await house.cut()
        await house.carry()


async def check(house: House, readers: Mapping[int, Reader]) -> None:
    rows = await house.door.read(standing)
    for reader in readers.values():
        shown, eyes = shown_by(reader.filter), Eyes(KINDS, restricted=reader.chat > 0)
        states = [State(row["kind"], row["ref"], json.loads(row["body"]), row["withdrawn"] is not None) for row in rows]
        kept = {one.ref: dict(eyes.state(one).values) for one in states if shown(one)}
        assert reader.holds == kept, f"chat {reader.chat}"
