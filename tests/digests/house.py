"""A small house for digests: a real database, a hand-wound clock, a carrier whose luck is scripted."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict

from digests.courier import Courier
from digests.cut import Illustrate, Write, cut_due
from digests.outcomes import NotNow
from digests.schedules import Place, Setting, off, put
from protection.small_numbers import EXACT
from records.digest import Change, Digest, Letter, Picture, Schedule
from records.entry import Entry
from records.kind import Value
from records.kinds import KINDS
from records.record import facts
from records.rule import Rule
from storage import entries, journal, teams
from storage import schedules as kept
from storage.door import Door
from storage.transaction import Tx

ZONE = "Asia/Almaty"
WHO = 7
NOTHING: Mapping[str, Value] = {}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Told(TypedDict):
    """One change, as `plain` writes it."""

    what: str
    ref: str
    before: dict[str, Value] | None
    after: dict[str, Value]


class Page(TypedDict):
    """A digest, as `plain` writes it."""

    language: str
    mornings: list[str]
    since: str
    changes: list[Told]
    taken_back: int
    coming: list[str]
    attention: list[list[str]]
    totals: dict[str, int]
    citizens: dict[str, int]
    seq: int
    hash: str


class Clock:
    """Stands still until it is wound."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Carrier:
    """Carries letters; `luck` holds what happens to the next ones: an outcome to raise, None for success.

    `meanwhile` happens while the next one is on its way.
    """

    luck: list[BaseException | None] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[object]] | None = None
    arrived: list[Letter] = field(default_factory=list)
    tried: int = 0

    async def send(self, letter: Letter) -> int:
        self.tried += 1
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        outcome = self.luck.pop(0) if self.luck else None
        if outcome is not None:
            raise outcome
        self.arrived.append(letter)
        return len(self.arrived)

    @property
    def digests(self) -> list[Page]:
        """What arrived, read back."""
        return [json.loads(letter.html) for letter in self.arrived if not letter.chart]

    @property
    def pictures(self) -> list[int]:
        """The chats that got one, in order."""
        return [letter.chat for letter in self.arrived if letter.chart]


def told(change: Change) -> Told:
    before = dict(change.before.values) if change.before else None
    return {"what": change.what, "ref": change.after.ref, "before": before, "after": dict(change.after.values)}


def plain(digest: Digest) -> tuple[str, ...]:
    """A digest as a page a test can read."""
    page: Page = {
        "language": digest.language,
        "mornings": [str(day) for day in digest.mornings],
        "since": digest.since.isoformat(),
        "changes": [told(one) for one in (*digest.new, *digest.corrected, *digest.withdrawn)],
        "taken_back": digest.taken_back,
        "coming": [one.ref for one in digest.coming],
        "attention": [[one.state.ref, *one.why] for one in digest.attention],
        "totals": {one.question.kind: one.total.entries for one in digest.totals},
        "citizens": {key[0]: sums.entries for one in digest.totals for key, sums in one.groups},
        "seq": digest.seq,
        "hash": digest.hash,
    }
    return (json.dumps(page),)


def drawn(digest: Digest) -> Picture | None:
    """A picture that a test can read."""
    return Picture("a chart", repr((digest.until, digest.chart))) if digest.chart else None


def refs(page: Page) -> list[str]:
    return [change["ref"] for change in page["changes"]]


def parted(digest: Digest) -> tuple[str, ...]:
    """The same on two pages: what is new, and the rest."""
    nothing = replace(digest, new=(), corrected=(), withdrawn=())
    first = replace(nothing, new=digest.new)
    return (*plain(first), *plain(replace(nothing, corrected=digest.corrected, withdrawn=digest.withdrawn)))


def kind_named(name: str) -> int:
    return [kind.name for kind in KINDS].index(name)


FLIGHT: Mapping[str, Value] = {
    "date": "2026-05-04",
    "from": "SY",
    "to": "aktau",
    "citizens": "KZ",
    "status": "arrived",
    "leg": "entry",
    "women": 67,
    "boys": 80,
    "girls": 91,
}
SESSION: Mapping[str, Value] = {
    "date": "2026-05-04",
    "site": "aktau",
    "type": "legal",
    "status": "held",
    "citizens": "KZ",
    "people": 9,
}
SAMPLES: Mapping[str, Mapping[str, Value]] = {"flight": FLIGHT, "session": SESSION}


class House:
    """Everything at once; `again()` opens the same database as a new process would."""

    def __init__(self, path: Path, door: Door, team: int, clock: Clock) -> None:
        self.path, self.door, self.team, self.clock = path, door, team, clock
        self.carrier = Carrier()
        self.refused: set[int] = set()
        self.admins: list[tuple[int, str]] = []
        self.courier = self.new_courier()

    @classmethod
    async def build(cls, folder: Path, now: str = "2026-05-04T12:00") -> "House":
        path = folder / "desk.db"
        door = await Door.open(f"sqlite:///{path}")
        team = await door.change(teams.ensure, "Aktau desk")
        return cls(path, door, team, Clock(at(now)))

    def new_courier(self) -> Courier:
        def may(tx: Tx, schedule: Schedule) -> bool:
            del tx
            return schedule.chat not in self.refused

        async def tell_admins(schedule: Schedule, reason: str) -> None:
            self.admins.append((schedule.chat, reason))

        return Courier(self.door, self.carrier, self.clock, may, tell_admins)

    async def again(self) -> None:
        """A restart."""
        await self.door.close()
        self.door = await Door.open(f"sqlite:///{self.path}")
        self.courier = self.new_courier()

    async def subscribe(
        self,
        chat: int,
        at_time: str = "08:00",
        *,
        zone: str = ZONE,
        language: str = "en",
        thread: int = 0,
        filter_: str = "",
        when_empty: str | None = None,
        chart: bool = False,
    ) -> Schedule:
        wish, place = Setting(Rule("daily", at_time), zone, language, when_empty, chart), Place(chat, thread, filter_)
        return await self.door.change(put, self.team, place, wish, default=wish, who=WHO, now=self.clock())

    async def off(self, chat: int = 1, filter_: str = "") -> bool:
        return await self.door.change(off, self.team, Place(chat, filter=filter_), who=WHO, now=self.clock())

    async def schedule(self, chat: int, filter_: str = "") -> Schedule:
        found = await self.door.read(kept.of_chat, self.team, chat, 0, filter_)
        assert found is not None
        return found

    async def post(self, ref: str, kind: str = "flight", **values: Value) -> int:
        return await self.door.change(_post, self.team, ref, kind, {**SAMPLES[kind], **values}, now=self.clock())

    async def correct(self, entry: int, **values: Value) -> None:
        await self.door.change(_keep, self.team, entry, "edit", self.clock(), values=values)

    async def withdraw(self, entry: int) -> None:
        await self.door.change(_keep, self.team, entry, "withdraw", self.clock())

    async def restore(self, entry: int) -> None:
        await self.door.change(_keep, self.team, entry, "restore", self.clock())

    async def cut(self, write: Write = plain, illustrate: Illustrate = drawn) -> int:
        return await cut_due(self.door, KINDS, write, self.clock(), EXACT, illustrate)

    async def carry(self) -> None:
        """Until nothing may go now."""
        while await self.courier.send_one():
            pass

    async def morning(self, write: Write = plain) -> list[Page]:
        """Cuts and carries what is due; gives what arrived by that."""
        before = len(self.carrier.digests)
        await self.cut(write)
        await self.carry()
        return self.carrier.digests[before:]


def _post(tx: Tx, team: int, ref: str, kind: str, values: Mapping[str, Value], *, now: datetime) -> int:
    seq = teams.begin(tx, team)
    entry = Entry(team, entries.next_id(tx, team), kind, ref, 1, values, values, WHO, None, None, now)
    entries.insert(tx, entry, facts(KINDS[kind_named(kind)], values))
    journal.append(tx, seq, now, "post", entry, WHO)
    return entry.id


def _keep(tx: Tx, team: int, entry_id: int, act: str, now: datetime, *, values: Mapping[str, Value] = NOTHING) -> None:
    seq = teams.begin(tx, team)
    was = entries.by_id(tx, team, entry_id)
    assert was is not None
    withdrawn = {"withdraw": now, "restore": None}.get(act, was.withdrawn)
    entry = replace(was, values={**was.values, **values}, revision=was.revision + 1, withdrawn=withdrawn)
    entries.update(tx, entry, facts(KINDS[kind_named(was.kind)], entry.values), now)
    journal.append(tx, seq, now, act, entry, WHO, reason="because" if act == "withdraw" else "")


def lost() -> NotNow:
    """Telegram can't be reached."""
    return NotNow(timedelta(0))
