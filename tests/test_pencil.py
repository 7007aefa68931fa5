"""What scripts are told, against a count with a pencil: from the words of made-up posts to the numbers of `wayhome stats --json`.

The pencil knows nothing of the desk's own arithmetic: it adds up what the posts said, by section 2 of the product.
"""

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from desk.acts import Teller
from desk.post import post
from records.command import read, read_question
from records.kind import Context, Kind
from records.kinds import KINDS
from records.question import Question
from records.record import settle
from records.vocabulary import Vocabulary
from render.figures import as_json
from storage import teams
from storage.count import count
from storage.door import Door, Tx
from tests.records.ground import context

FIRST = date(2019, 4, 1)
COUNTRY = {"Aktau": "KZ", "Almaty": "KZ", "Al-Hasakah": "SY", "Roj": "SY", "Baghdad": "IQ", "Erbil": "IQ"}
PARTS = ("men", "women", "boys", "girls")
SUBSETS = ("unaccompanied", "separated", "orphans", "medical", "disability", "pregnant", "justice")
CITIZENS = {"KZ": "Kazakhstan", "IQ": "Iraq"}
POSTS = 250
QUESTIONS = 40


@dataclass(frozen=True)
class Told:
    """One made-up post: what it says, field by field."""

    kind: str
    said: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The words after the command."""
        return "\n".join(f"{name}: {value}" for name, value in self.said.items())


def made_up(dice: random.Random) -> Told:
    """A post of something past, its figures in harmony or not."""
    day = FIRST + timedelta(days=dice.randrange(90))
    said: dict[str, Any] = {"date": day.isoformat()}
    kind = dice.choice(("flight", "session"))
    if kind == "flight":
        said["from"], said["to"] = dice.sample(sorted(COUNTRY), 2)
        statuses: Sequence[str] = ("arrived", "arrived", "handed over", "planned", "departed", "cancelled")
        if dice.random() < 0.15:
            said |= {"type": "summary", "until": (day + timedelta(days=9)).isoformat()}
        others: Sequence[str] = ("boarded", "expected", "escorts")
    else:
        said |= {"site": dice.choice(("Aktau", "Almaty")), "type": dice.choice(("legal", "medical", "religious"))}
        statuses, others = ("held", "held", "planned", "cancelled"), ("expected", "sessions", "minutes")
    if dice.random() < 0.6:
        said["status"] = dice.choice(statuses)
    if dice.random() < 0.4:
        said["citizens"] = CITIZENS[dice.choice(sorted(CITIZENS))]
    numbers = {name: dice.randrange(1, 60) for name in PARTS if dice.random() < 0.5}
    adults, children = (sum(numbers.get(name, 0) for name in of) for of in (PARTS[:2], PARTS[2:]))
    if dice.random() < 0.4:
        numbers["adults"] = adults = adults + dice.choice((0, 7))
    if dice.random() < 0.4:
        numbers["children"] = children = children + dice.choice((0, 5))
    if dice.random() < 0.5:
        numbers["people"] = adults + children + dice.choice((0, 9))
    numbers |= {name: dice.randrange(1, 4) for name in (*SUBSETS, *others) if dice.random() < 0.2}
    return Told(kind, said | numbers)


class Pencil:
    """Adds up posts by hand."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()
        self.by_status: Counter[str] = Counter()

    def add(self, told: Told) -> None:
        """One more post."""
        said = told.said
        status = str(said.get("status", "arrived" if told.kind == "flight" else "held")).replace(" ", "_")
        if said.get("type") != "summary":
            self.by_status[status] += 1
        if status not in ("arrived", "handed_over", "held") or (told.kind == "flight" and not comes_home(said)):
            return
        counted = Counter({name: said.get(name, 0) for name in (*PARTS, *SUBSETS, "boarded", "expected", "escorts")})
        for whole, first, second in (("adults", "men", "women"), ("children", "boys", "girls")):
            counted[whole] = said.get(whole, counted[first] + counted[second])
            counted[f"{whole}_not_stated"] = counted[whole] - counted[first] - counted[second]
        counted["people"] = said.get("people", counted["adults"] + counted["children"])
        counted["not_stated"] = counted["people"] - counted["adults"] - counted["children"]
        counted["held"] = said.get("sessions", 1)
        counted["minutes"] = said.get("minutes", 0) * counted["held"]
        self.sums.update(counted)


def citizens(said: Mapping[str, Any]) -> str:
    """Whose citizens, the team's if nobody said."""
    return next((code for code, name in CITIZENS.items() if name == said.get("citizens")), "KZ")


def comes_home(said: Mapping[str, Any]) -> bool:
    """Whether it brings them into their own country."""
    return COUNTRY[said["to"]] == citizens(said) != COUNTRY[said["from"]]


def plainly(posts: Sequence[Told]) -> dict[str, Any]:
    """What the pencil comes to, in the names scripts know."""
    pencil = Pencil()
    for one in posts:
        pencil.add(one)
    names = (
        *PARTS,
        "people",
        "adults",
        "children",
        "adults_not_stated",
        "children_not_stated",
        "not_stated",
        "expected",
    )
    more = ("boarded", "escorts") if posts and posts[0].kind == "flight" else ("held", "minutes") if posts else ()
    return {
        "entries": pencil.by_status.total(),
        "by_status": dict(pencil.by_status),
        "of_which": {name: pencil.sums[name] for name in SUBSETS},
        **{name: pencil.sums[name] for name in (*names, *more)},
    }


def kind_of(name: str) -> Kind:
    return next(one for one in KINDS if one.name == name)


def kept(tx: Tx, team: int, dice: random.Random, words: Vocabulary, at: Context) -> list[Told]:
    """Posts that the desk took; those it refused are nowhere."""
    taken = []
    for _ in range(POSTS):
        told = made_up(dice)
        kind = kind_of(told.kind)
        reading = read(told.text, kind, words, at)
        assert not reading.problems, (told.text, reading.problems)
        record, _ = settle(kind, reading.values, at)
        if record is not None:
            post(tx, kind, record, Teller(team, 1001, datetime(2019, 8, 1, tzinfo=UTC)))
            taken.append(told)
    return taken


async def test_scripts_are_told_what_a_pencil_adds_up(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice, words, at = random.Random(seed), Vocabulary.load(), context("2019-08-01T12:00")
    async with await Door.open(f"sqlite:///{tmp_path}/wayhome.db") as door:
        team = await door.change(teams.ensure, "Our team")
        posts = await door.change(kept, team, dice, words, at)
        assert len(posts) > POSTS / 3
        for _ in range(QUESTIONS):
            kind, month, by = dice.choice(KINDS), dice.choice(("4", "5", "6", "")), dice.choice(("citizens", "to", ""))
            asked = " ".join(
                (
                    f"{kind.name}s",
                    f"2019-0{month}" if month else "2019",
                    f"by {by}" if by and kind.letter == "F" else "",
                )
            )
            question = read_question(asked, KINDS, words, at)
            assert isinstance(question, Question), question
            said = json.loads(json.dumps(as_json(await door.read(count, team, question), kind)))
            begins = f"2019-0{month}" if month else "2019"
            found = [one for one in posts if one.kind == kind.name and one.said["date"].startswith(begins)]
            assert said == {**said, **plainly(found)}, asked
            for group in said.get("groups", ()):
                of = [one for one in found if key_of(one, by) == group["key"]]
                assert group == {**group, **plainly(of)}, asked


def key_of(told: Told, by: str) -> str:
    """The group a post belongs to, as scripts are told its key."""
    return citizens(told.said) if by == "citizens" else str(told.said["to"]).lower()
