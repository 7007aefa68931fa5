"""People at work at random: they post, correct, rename, withdraw, restore, and answer whether two entries are one."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from desk.acts import Teller
from desk.decide import keep_all, withdraw_this
from protection.small_numbers import Audience
from records.kind import Value
from records.kinds import KINDS
from records.record import facts
from storage import doubts, entries, journal, teams
from storage.transaction import Tx
from tests.digests.house import WHO, House, kind_named

COUNTRIES: Final = ("KZ", "KZ", "UZ", "BA")
ACTS: Final = ("post", "post", "again", "correct", "correct", "withdraw", "restore", "decide")
LATELY: Final = 15
"""Entries that people still have to do with."""
OPEN: Final = """
SELECT later.id, later.kind, later.ref, earlier.id AS other, doubts.seq, later.status, earlier.status AS other_status
FROM doubts JOIN entries AS later ON later.id = doubts.entry JOIN entries AS earlier ON earlier.id = doubts.other
WHERE doubts.state = 'asked' AND later.withdrawn IS NULL AND earlier.withdrawn IS NULL
"""
GROUP: Final = Audience(masked=True)


@dataclass(frozen=True)
class Asked:
    """A question nobody has answered yet: whether an entry is another one again; `ahead` if one of the two is still to come."""

    entry: int
    ref: str
    other: int
    seq: int
    ahead: bool


@dataclass
class Workers:
    """They have to do with the newest entries; `wait` lets time pass."""

    house: House
    dice: random.Random
    wait: Callable[[timedelta], Awaitable[None]]
    known: list[int] = field(default_factory=list)
    number: int = 0
    decided: int = 0

    async def work(self) -> None:
        """A few of them do something."""
        for _ in range(self.dice.randrange(5)):
            await self.wait(timedelta(minutes=self.dice.randrange(1, 60)))
            act = self.dice.choice(ACTS)
            if act in {"post", "again"} or not self.known:
                await self.post(again=act == "again")
            elif act == "decide":
                self.decided += await self.house.door.change(self.decide, self.house.clock())
            else:
                entry = self.dice.choice(self.known[-LATELY:])
                await self.house.door.change(self.keep, entry, act, self.house.clock())

    async def post(self, *, again: bool) -> None:
        """Something new, or what a colleague told already."""
        self.number += 1
        kind = self.dice.choice(("flight", "session"))
        values = self.values(kind)
        if again and self.known:
            kind, like = await self.house.door.read(self.like, self.dice.choice(self.known[-LATELY:]))
            values = self.values(kind) | like
        entry = await self.house.post(f"X-{self.number}", kind, **values)
        self.known.append(entry)
        await self.house.door.change(self.look, entry)

    def values(self, kind: str) -> dict[str, Value]:
        """How an entry of a kind may look today."""
        dice = self.dice
        day = self.house.clock().date() + timedelta(days=dice.randrange(-12, 12))
        shared: dict[str, Value] = {"date": day.isoformat(), "citizens": dice.choice(COUNTRIES)}
        if kind == "session":
            return {**shared, "status": dice.choice(("held", "planned", "cancelled")), "people": dice.randrange(30)}
        status = dice.choice(("planned", "confirmed", "arrived", "arrived", "cancelled"))
        more: dict[str, Value] = {"status": status, "women": dice.randrange(9), "boarded": dice.randrange(200)}
        return {**shared, **more, **dice.choice(({}, {"justice": dice.randrange(3)}))}

    def like(self, tx: Tx, entry: int) -> tuple[str, dict[str, Value]]:
        """What is the same in both, where one thing is told twice."""
        one = entries.by_id(tx, self.house.team, entry)
        assert one is not None
        return one.kind, {name: one.values[name] for name in ("date", "citizens")}

    def look(self, tx: Tx, entry: int) -> None:
        """Whether it is like others."""
        new = entries.by_id(tx, self.house.team, entry)
        assert new is not None
        doubts.look(tx, KINDS[kind_named(new.kind)], new, teams.seq(tx, self.house.team))

    def keep(self, tx: Tx, entry: int, act: str, now: datetime) -> None:
        """Changes an entry, at times its reference too."""
        seq = teams.begin(tx, self.house.team)
        was = entries.by_id(tx, self.house.team, entry)
        assert was is not None
        if act == "correct":
            some = [one for one in self.values(was.kind).items() if self.dice.random() < 0.5]
            self.number += 1
            ref = f"R-{self.number}" if self.dice.random() < 0.2 else was.ref
            changed = replace(was, values={**was.values, **dict(some)}, ref=ref)
        else:
            changed = replace(was, withdrawn=now if act == "withdraw" else None)
        changed = replace(changed, revision=was.revision + 1)
        entries.update(tx, changed, facts(KINDS[kind_named(was.kind)], changed.values), now)
        if act != "withdraw":
            doubts.look_again(tx, KINDS[kind_named(was.kind)], changed, seq)
        journal.append(tx, seq, now, act if act != "correct" else "edit", changed, WHO)

    def decide(self, tx: Tx, now: datetime) -> int:
        """Keep both, or withdraw this one; how many questions were answered."""
        open_ = questions(tx)
        if not open_:
            return 0
        entry, others = doubts.asked(tx, self.house.team, self.dice.choice(sorted(one.entry for one in open_)))
        assert entry is not None
        ids, teller = [one.id for one in others], Teller(self.house.team, WHO, now)
        if self.dice.random() < 0.5:
            keep_all(tx, entry.id, ids, entry.revision, teller)
        else:
            withdraw_this(tx, KINDS[kind_named(entry.kind)], entry.id, ids, entry.revision, "twice", teller)
        return len(ids)


def questions(tx: Tx) -> frozenset[Asked]:
    """All that nobody has answered."""
    found = set()
    for row in tx.all(OPEN):
        veiled = GROUP.veils(KINDS[kind_named(row["kind"])])
        ahead = not veiled.isdisjoint((row["status"], row["other_status"]))
        found.add(Asked(row["id"], row["ref"], row["other"], row["seq"], ahead))
    return frozenset(found)
