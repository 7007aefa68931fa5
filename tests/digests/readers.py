"""Readers who believe their digests and check them, and a network that fails in every way."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from digests.attention import TWICE
from digests.outcomes import Moved, NotEver, NotNow, Uncertain
from records.digest import Change, Digest, Letter
from records.kind import Kind, Value
from records.kinds import KINDS
from records.people import CELLS
from records.record import facts
from tests.digests.house import House
from tests.digests.test_crash import Fuse
from tests.digests.workers import Asked

BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
Values = Mapping[str, Value]
Sums = dict[str, dict[str, int]]
"""Of each kind how many entries count, and how many people of each country there are."""
HELD = "held"


class Told(TypedDict):
    """One change: how it was told, and how it is told now."""

    what: str
    kind: str
    was: str
    before: dict[str, Value]
    ref: str
    after: dict[str, Value]


class Page(TypedDict):
    """A page of a digest; the first has what is new, the last everything else."""

    changes: list[Told]
    mornings: list[str]
    until: str
    day: str
    attention: dict[str, list[str]]
    totals: Sums
    moved: Sums
    last: bool


def written(digest: Digest) -> tuple[str, ...]:
    """A digest as its readers get it: one page, or two where something was corrected."""
    page: Page = {
        "changes": [_told(one) for one in digest.new],
        "mornings": [day.isoformat() for day in digest.mornings],
        "until": digest.until.isoformat(),
        "day": digest.until.astimezone(ZoneInfo(digest.zone)).date().isoformat(),
        "attention": {one.state.ref: list(one.why) for one in digest.attention},
        "totals": {
            one.question.kind: _sums(one.total.held, {key[0]: _people(sums.cells) for key, sums in one.groups})
            for one in digest.totals
        },
        "moved": {one.kind: _sums(one.held, one.by_country) for one in digest.movements},
        "last": not digest.corrected,
    }
    rest = [_told(one) for one in (*digest.withdrawn, *digest.corrected)]
    if not digest.corrected:
        return (json.dumps({**page, "changes": [*page["changes"], *rest]}),)
    return (json.dumps(page), json.dumps({**page, "changes": rest, "last": True}))


def _told(change: Change) -> Told:
    before = change.before or change.after
    return {
        "what": change.what,
        "kind": change.kind,
        "was": before.ref,
        "before": dict(before.values),
        "ref": change.after.ref,
        "after": dict(change.after.values),
    }


def _sums(held: int, people: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in {HELD: held, **people}.items() if number}


def _people(cells: Mapping[str, int]) -> int:
    return sum(cells.get(name, 0) for name in CELLS)


def summed(held: Iterable[tuple[str, Values]]) -> Sums:
    """What some entries, each with its kind, come to."""
    sums = {name: Counter[str]() for name in BY_NAME}
    for name, values in held:
        one = facts(BY_NAME[name], values)
        if one.counted:
            sums[name].update({HELD: one.stands_for, str(one.columns["country"]): _people(one.measures)})
    return {name: {key: number for key, number in one.items() if number} for name, one in sums.items()}


def unheard(why: set[str], known: set[str]) -> set[str]:
    """What of it is news; of an entry that was asked about, another question beside that one isn't."""
    asked = {one for one in why if one.startswith(TWICE)}
    return why - known - (asked if asked & known else set())


def codes(why: set[str]) -> set[str]:
    """As a digest names it: that there is a question, not which."""
    return {one.partition(" ")[0] for one in why}


@dataclass
class Reader:
    """Someone who believes what one digest says, and checks that it fits what it said before."""

    private: bool
    asked: Mapping[datetime, Collection[Asked]]
    """Which entries may be others again, at each moment at which a digest was cut."""
    holds: dict[str, tuple[str, Values]] = field(default_factory=dict)
    """What stands by its reference, with its kind."""
    known: dict[str, set[str]] = field(default_factory=dict)
    """What was the matter with it when it was told last, each question on its own."""
    doubted: int = 0
    """How often it was told that an entry may be another one again."""
    sums: Sums = field(default_factory=dict)
    came: Counter[tuple[str, int]] = field(default_factory=Counter)
    open: list[Page] = field(default_factory=list)
    """The parts that came of a digest whose last one didn't yet."""
    pictures: int = 0
    told_at: datetime | None = None
    remind_at: datetime | None = None
    reminders: dict[datetime, datetime | None] = field(default_factory=dict)
    """What was asked for at each moment at which a digest was cut."""
    owed: set[date] = field(default_factory=set)
    """Days whose hour has passed and that no digest has named."""
    named: set[date] = field(default_factory=set)
    foretold: set[date] = field(default_factory=set)
    """Days that were named while the machine's clock ran wild."""
    dreamt: set[datetime] = field(default_factory=set)
    """The moments at which that was."""
    vague: bool = False
    """Whether the machine's clock ran wild since, so that what was told by which day can't be said from here."""

    def get(self, letter: Letter) -> None:
        page = (letter.chart or letter.html, letter.part)
        self.came[page] += 1
        if self.came[page] > 1:
            assert letter.marked, "nothing comes twice without saying so"
            assert self.came[page] == 2, "and not a third time"
            return
        if letter.chart:
            assert not self.open, "a picture comes behind all of its text"
            self.pictures += 1
            return
        self.open.append(json.loads(letter.html))
        assert letter.part == len(self.open), "no part without those before it"
        if self.open[-1]["last"]:
            self.believe(self.open)
            self.open = []

    def believe(self, pages: Sequence[Page]) -> None:
        """Applies a whole digest."""
        for change in (one for page in pages for one in page["changes"]):
            self.leave(change)
        for change in (one for page in pages for one in page["changes"]):
            if change["what"] not in {"withdrawn", "moved_out"}:
                assert change["ref"] not in self.holds
                self.holds[change["ref"]] = (change["kind"], change["after"])
        last = pages[-1]
        self.check_attention(last)
        self.check_sums(last)
        until = datetime.fromisoformat(last["until"])
        self.check_days({date.fromisoformat(day) for day in last["mornings"]}, wild=until in self.dreamt)
        self.told_at, self.vague = until, until in self.dreamt

    def check_sums(self, page: Page) -> None:
        """Totals are what was told, and moved by what the digest says they did."""
        now = summed(self.holds.values())
        assert page["totals"] == {name: now[name] for name in page["totals"]}
        moved = Counter({(name, key): number for name, one in now.items() for key, number in one.items()})
        moved.subtract({(name, key): number for name, one in self.sums.items() for key, number in one.items()})
        said = {(name, key): number for name, one in page["moved"].items() for key, number in one.items()}
        assert said == {key: number for key, number in moved.items() if number}
        self.sums = now

    def leave(self, change: Told) -> None:
        """Takes out what is gone, or told anew."""
        if change["what"] in {"new", "restored", "moved_in"}:
            return
        kind, values = self.holds.pop(change["was"])
        assert (kind, values) == (change["kind"], change["before"]), "it is corrected from what was told"
        known = self.known.pop(change["was"], set())
        if change["what"] == "corrected":
            self.known[change["ref"]] = known

    def check_attention(self, page: Page) -> None:
        """What needs someone is told if it wasn't before, or somebody asked for it."""
        today, until = date.fromisoformat(page["day"]), datetime.fromisoformat(page["until"])
        holding = self.matters(until, today)
        remind_at = self.reminders[until]
        again = self.told_at is None or (remind_at is not None and self.told_at < remind_at <= until)
        known = {} if again else self.known
        news = {ref: codes(unheard(why, known.get(ref, set()))) for ref, why in holding.items()}
        told = {ref: set(why) for ref, why in page["attention"].items()}
        self.doubted += any(TWICE in why for why in told.values())
        if self.vague:
            assert all(told.get(ref, set()) >= why for ref, why in news.items()), (
                "nothing that needs someone is left out"
            )
            assert all(why <= codes(holding.get(ref, set())) for ref, why in told.items())
        else:
            assert told == {ref: why for ref, why in news.items() if why}
        self.known = holding

    def hear_nothing(self, until: datetime, today: date) -> None:
        """A digest that had nothing to say didn't come: what is the matter by then is known."""
        self.known = self.matters(until, today)

    def matters(self, until: datetime, today: date) -> dict[str, set[str]]:
        """What is the matter with all that stands, as far as one may be told: a group isn't led to a journey ahead."""
        found = {ref: set(BY_NAME[kind].worries(values, today)) for ref, (kind, values) in self.holds.items()}
        for one in self.asked[until]:
            if one.ref in found and (self.private or not one.ahead):
                found[one.ref].add(f"{TWICE} {one.other} {one.seq}")
        return {ref: why for ref, why in found.items() if why}

    def check_days(self, days: set[date], *, wild: bool) -> None:
        """No day is told twice, but those a clock that ran `wild` told too early."""
        self.owed -= days
        if wild:
            self.foretold |= days
            return
        assert self.vague or not days & self.named, f"mornings told twice: {sorted(days & self.named)}"
        self.named |= days


class Deaths(Fuse):
    """A fuse nobody lights while a letter is on its second way: cut twice it counts as sent, and nobody could say it came."""

    def __init__(self) -> None:
        super().__init__(0)
        self.spared = False

    def burn(self) -> None:
        if not self.spared:
            super().burn()


class MortalDoor:
    """The house's door, at which the process may die before a change, or after it was committed and before anyone knew."""

    def __init__(self, house: House, deaths: Deaths) -> None:
        self.house, self.deaths = house, deaths

    def __getattr__(self, name: str) -> object:
        return getattr(self.house.door, name)

    async def change(self, *args: object, **more: object) -> object:
        self.deaths.burn()
        done: object = await self.house.door.change(*args, **more)  # type: ignore[arg-type]
        if isinstance(done, Letter):
            self.deaths.spared = done.marked
        self.deaths.burn()
        return done


@dataclass
class Network:
    """Letters fail in every way, and some arrive though nobody learns of it."""

    dice: random.Random
    readers: dict[int, Reader]
    """By their schedules."""
    deaths: Deaths
    bad: float = 0.0
    shut: dict[int, str] = field(default_factory=dict)
    """Chats that take no letters, and why."""
    closed: set[tuple[int, int]] = field(default_factory=set)
    """Topics that are closed."""
    gone_to: dict[int, int] = field(default_factory=dict)
    marked: int = 0

    async def send(self, letter: Letter) -> int:
        self.deaths.burn()
        if letter.chat in self.gone_to:
            raise Moved(self.gone_to[letter.chat])
        if reason := self.shut.get(letter.chat):
            raise NotEver(reason)
        if (letter.chat, letter.thread) in self.closed:
            raise NotEver("topic")
        roll = self.dice.random()
        if roll < self.bad / 2:
            raise NotNow(timedelta(seconds=self.dice.randrange(200)), everywhere=self.dice.random() < 0.3)
        self.marked += letter.marked
        # What is uncertain a second time is left as it is, so one of the two arrives here.
        if roll < self.bad and not letter.marked:
            if self.dice.random() < 0.5:
                self.readers[letter.schedule].get(letter)
            raise self.dice.choice((Uncertain, asyncio.CancelledError))
        self.readers[letter.schedule].get(letter)
        self.deaths.burn()
        return 1
