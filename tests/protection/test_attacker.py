"""What somebody who is told masked numbers only can work out of small ones: nothing, whatever they ask and combine."""

import random
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from desk.export import Progress, gather
from digests.charts import MONTH as BY_MONTH
from digests.charts import WEEK, chart, sums
from digests.net import Ledger
from handlers.ask import Ask, Way
from handlers.counting import answered, stats
from handlers.digesting import preview
from handlers.house import House, Team
from handlers.reading import listed
from handlers.sites import Sites
from handlers.tongues import Tongues
from protection import small_numbers
from protection.small_numbers import EXACT, NOT_PEOPLE, SLIVER, Audience
from records.columns import Cell, Tongue
from records.entry import State
from records.export import Export
from records.kind import Count, Kind
from records.kinds import KINDS
from records.periods import GRAINS, begin, relative
from records.question import Question
from records.record import facts
from records.vocabulary import Vocabulary
from render import html
from render.charts import picture
from render.counts import of_entry
from storage import teams
from storage.door import Door, Tx
from tests.house import unsealed
from tests.protection.attacker import Attacker, Found, as_rounded, as_told, asked, behind, made, numbers, pairs, secret
from tests.protection.worlds import DAYS, Told, twin, twins, world
from tests.storage.made import NOON, post, revise

CHAT = -100
GROUP = Audience(masked=True, secret=secret(0))
WORLDS = 150
MONTH = 27
FEW = 100
NOW = NOON + timedelta(hours=24, minutes=30)
"""A day after half past noon: what is corrected at one is told as corrected, what was posted at noon as told before."""


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Dice of a seed that a failure shows."""
    seed = getattr(request, "param", None) or random.randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed)


def test_the_attacker_pins_numbers_that_are_rounded_by_themselves() -> None:
    """The rule this house had first: parts of 7, 7 and 4 shown as 5, 5 and <5 with a total of 20."""
    flight = KINDS[0]
    of = [Told(flight, {"date": "2019-05-30", "status": "arrived", "citizens": "KZ", "women": 7, "men": 7, "girls": 4})]
    cell = (frozenset({0}), "girls")
    to_ask = asked(of)
    assert Attacker(as_rounded).solve(to_ask, numbers(of, EXACT))[cell] == (4, 4)
    assert behind(Attacker(as_told).solve(to_ask, numbers(of, GROUP)))[cell] == (1, 4)


def test_the_attacker_pins_no_small_number_of_what_is_told() -> None:
    first = random.randrange(10**6)
    print(f"seeds from {first}")
    found = Found()
    for seed in range(first, first + WORLDS):
        found.attack(made(seed), replace(GROUP, secret=secret(seed)))
    assert (found.pinned, found.narrowed, found.wrong) == (0, 0, 0), found
    assert found.pinned_before > WORLDS // 10, "it has teeth"


@pytest.fixture
def fated(dice: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each throw is as low or as high as it may be, so that it decides alike whatever the small number is.

    That is all that is needed to show that any stand-ins which are told may stand for any small numbers there may be.
    """
    seed = dice.random()

    def thrown(_: bytes, ref: str, name: str) -> float:
        return random.Random(f"{seed} {ref} {name}").choice((0.0, 1 - SLIVER))

    monkeypatch.setattr(small_numbers, "thrown", thrown)


@pytest.mark.usefixtures("fated")
def test_what_is_told_of_an_entry_may_be_the_same_whatever_its_small_numbers_are(dice: random.Random) -> None:
    other = 0
    for at, one in enumerate(world(dice, 2_000)):
        was, now = (facts(one.kind, told.values).measures for told in (one, twin(dice, one)))
        assert GROUP.told(was, f"E-{at}") == GROUP.told(now, f"E-{at}"), (was, now)
        other += was != now
    assert other > 500


@pytest.fixture
async def houses(tmp_path: Path) -> AsyncIterator[list[House]]:
    """Two desks, empty."""
    opened = [await Door.open(f"sqlite:///{tmp_path}/{name}.db") for name in ("one", "other")]
    try:
        yield [await _house(door) for door in opened]
    finally:
        for door in opened:
            await door.close()


async def _house(door: Door) -> House:
    number, zone = await door.change(teams.ensure, "Our team"), ZoneInfo("Asia/Almaty")
    team = Team(number, "Our team", frozenset(), "KZ", zone, "en", digest=None)
    tongues = Tongues("en", MappingProxyType({}))
    return House(door, team, KINDS, Vocabulary.load(), await Sites.load(door, number), lambda: NOW, GROUP, tongues)


def _filled(tx: Tx, team: int, of: list[Told]) -> None:
    for one in of:
        if one.before is None:
            post(tx, team, one.values, kind=one.kind, at=NOON + timedelta(hours=2 * (len(one.values) % 2)))
        else:
            revise(tx, post(tx, team, one.before, kind=one.kind), **dict(one.values))  # type: ignore[arg-type]


def questions(of: list[Told], kind: Kind) -> Iterator[Question]:
    """Everything a masked audience may ask of a kind: each period by every one and two fields, or narrowed to their values."""
    values = [one.values for one in of if one.kind is kind]
    fields = ("citizens", "site", "type", "status", "operation", "provider", "mode")
    names = [name for name in fields if name in kind.by_name]
    some = {_period(grain, day) for day in DAYS for grain in GRAINS}
    for since, until in [(None, None), *sorted(some)]:
        yield Question(kind.name, since, until)
        if since is not None and until is not None and (until - since).days < MONTH:
            continue
        for by in pairs(
            [*names, *(one for one in ("origin", "from", "to") if one in kind.by_name), "day", "week", "month"]
        ):
            yield Question(kind.name, since, until, by=by)
        for only in pairs(names):
            for pair in sorted({tuple((name, str(one.get(name, ""))) for name in only) for one in values}):
                yield Question(kind.name, since, until, filters=pair)


def _period(grain: str, day: date) -> tuple[date, date]:
    stretch = relative(grain, day, 0)
    assert stretch.since is not None
    assert stretch.until is not None
    assert stretch.since == begin(grain, day)
    return stretch.since, stretch.until


async def heard(house: House, of: list[Told], *, private: bool = False) -> dict[str, str]:
    """Every answer there is, as it is read; in private the first few."""
    way = Way(1, CHAT, None, private=private, who=1, message=1, language="en")
    found = {}
    for kind in KINDS:
        for question in islice(questions(of, kind), FEW if private else None):
            assert private or not GROUP.refused(question)
            told, _ = await answered(house, question, private=private, trusted=private, language="en")
            found[repr(question)] = html.plain(html.Html(told.html))
    for name, door in (("stats", stats), ("list", listed)):
        reply = await door(house, Ask(way, NOW, name, ""))
        assert reply.answer is not None
        found[name] = html.plain(html.Html(reply.answer.html))
    for kind in KINDS:
        for question in (
            Question(kind.name, None, None),
            Question(kind.name, None, None, filters=(("citizens", "KZ"),)),
        ):
            found[f"file {question}"] = repr(await filed(house, question, outsiders=not private))
    for filter_ in ("", "kind=flight;to=aktau", "kind=session"):
        chat = replace(way, chat=1 if private else CHAT)
        found[f"digest {filter_}"] = unsealed(
            "\n".join(html.plain(page) for page in await preview(house, chat, filter_))
        )
    for grain in (WEEK, BY_MONTH):
        for kind in KINDS:
            found[f"chart {grain} {kind.name}"] = await drawn(house, kind, grain, private=private)
    return found


async def drawn(house: House, kind: Kind, grain: str, *, private: bool) -> str:
    """A digest's chart, and what stands below it."""
    audience, wanted = EXACT if private else GROUP, (("kind", kind.name),)
    read = await house.door.read(sums, house.team.id, KINDS, [wanted], grain, DAYS[0], audience)
    found = chart(read, wanted, grain, DAYS[0], audience)
    shown = picture(found, house.speak("en"), house.places, audience, "KZ") if found else None
    return f"{html.plain(html.Html(shown.caption))}\n{shown.drawing}" if shown else ""


async def filed(house: House, question: Question, *, outsiders: bool) -> list[dict[str, Cell]]:
    """The rows of a file, without the moments, which a file for outsiders doesn't tell."""
    wanted, tongue = Export(question, "csv", outsiders=outsiders), Tongue("en", house.vocabulary, house.places)
    audience = house.outsiders if outsiders else EXACT
    kind, progress = house.kind(question.kind), Progress()
    made = await house.door.read(gather, house.team.id, kind, wanted, tongue, audience, progress)
    return [{one.key: cell for one, cell in zip(made.columns, row, strict=True)} for row in made.rows]


async def test_a_file_for_outsiders_holds_no_small_number_and_nothing_of_coming_flights(
    houses: list[House], dice: random.Random
) -> None:
    house, shown, veiled = houses[0], 0, 0
    await house.door.change(_filled, house.team.id, world(dice, 200))
    for kind in KINDS:
        counts = [one.name for one in kind.fields if isinstance(one.shape, Count) and one.name not in NOT_PEOPLE]
        for row in await filed(house, Question(kind.name, None, None), outsiders=True):
            assert {row.get(name) for name in counts}.isdisjoint({1, 2, 3, 4}), row
            assert not any(isinstance(cell, int) and cell % 5 for name, cell in row.items() if name in counts), row
            assert kind.restricted.isdisjoint(row)
            assert {"note", "source", "carrier", "aircraft", "recorded", "revised"}.isdisjoint(row)
            shown += "<5" in row.values()
            known = {name for name, cell in row.items() if cell is not None}
            veiled += known == {"ref", "date"}
            assert (
                known == {"ref", "date"}
                or row["status"] not in {"planned", "confirmed", "departed"}
                or kind is not KINDS[0]
            )
    assert shown
    assert veiled


@pytest.mark.usefixtures("fated")
async def test_twin_worlds_may_get_the_same_answers(houses: list[House], dice: random.Random) -> None:
    """The proof that needs no attacker: what may be the same for other small numbers rules none of them out."""
    one, other = houses
    of = world(dice, 14)
    also = twins(dice, of)
    assert of != also
    await one.door.change(_filled, one.team.id, of)
    await other.door.change(_filled, other.team.id, also)
    said, echoed = await heard(one, of), await heard(other, also)
    assert said == echoed
    exact = [(await heard(house, told, private=True)) for house, told in ((one, of), (other, also))]
    assert exact[0] != exact[1], "members in private see the difference"


PEOPLE = (
    r"(?:wom[ae]n|m[ae]n|girls?|boys?|child(?:ren)?|adults?|people|person|attendances?|orphans?|unaccompanied|separated"
    r"|returned|expected|boarded|escorts?|new|referrals?|listed|pregnant)"
)
COUNTED = re.compile(rf"(?<![<\d:.,-])[1-4] {PEOPLE}|{PEOPLE}: [1-4]\b(?! [A-Z])", re.IGNORECASE)
OVERVIEW = 4
"""Columns of numbers in the overview; a table has the entries and then the people."""


def small_in(text: str) -> list[str]:
    """Every number from 1 to 4 that counts people."""
    rows: list[str] = []
    for line in text.splitlines():
        row = re.fullmatch(r".*\S((?: +(?:≈?\d+|<5|–|\?)){2,})", line)
        if row and not line.startswith(("Flights", "Sessions")):
            cells = row[1].split()
            people = cells if len(cells) == OVERVIEW else cells[1:]
            rows += [line] * any(cell in {"1", "2", "3", "4"} for cell in people)
    return [*COUNTED.findall(text), *rows]


async def test_no_number_from_1_to_4_counts_people_in_any_masked_answer(
    houses: list[House], dice: random.Random
) -> None:
    house = houses[0]
    of = world(dice, 14)
    await house.door.change(_filled, house.team.id, of)
    for question, text in (await heard(house, of)).items():
        assert not small_in(text), (question, text)
    exact = await heard(house, of, private=True)
    assert any(small_in(text) for text in exact.values())


@pytest.mark.parametrize("threshold", [2, 3, 4, 5, 10, 100])
def test_every_small_number_is_told_as_the_smallest_or_the_largest(threshold: int) -> None:
    audiences = [replace(GROUP, threshold=threshold, secret=secret(number)) for number in range(400)]
    least = audiences[0].least
    for number in range(1, least):
        told = {one.told({"women": number}, "F-0001")["women"] for one in audiences}
        assert told == {1, least - 1}, number
        assert SLIVER <= audiences[0].chance(number) <= 1 - SLIVER
    assert all(audiences[0].shown(one).below for one in (1, least - 1))


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_small_numbers_are_told_right_on_average(threshold: int) -> None:
    audience = replace(GROUP, threshold=threshold)
    times, reach = 4_000, threshold - 2
    for number in range(1, threshold):
        told = [audience.told({"women": number}, f"F-{at}")["women"] for at in range(times)]
        assert abs(sum(told) / times - number) < reach * (SLIVER + 0.03), number


def test_a_throw_is_the_same_in_every_process_and_for_each_measure_of_an_entry_its_own() -> None:
    thrown = small_numbers.thrown
    assert thrown(bytes(32), "F-0001", "women") == pytest.approx(0.7401560213931292)
    apart = {thrown(one, ref, name) for one in (b"a", b"b") for ref in ("F-1", "F-2") for name in ("men", "women")}
    assert len(apart) == 8


@pytest.mark.parametrize(("key", "ref"), [(b"", "F-0001"), (b"a", "")])
def test_nothing_is_told_by_throws_that_anybody_could_repeat(key: bytes, ref: str) -> None:
    with pytest.raises(ValueError, match="women"):
        replace(GROUP, secret=key).told({"women": 3}, ref)


def test_a_correction_keeps_the_throw() -> None:
    told = [[GROUP.told({"women": number}, f"F-{at}")["women"] for number in range(1, 5)] for at in range(200)]
    assert all(one == sorted(one) for one in told), "what is told never goes the other way"
    stayed = sum(was == now for one in told for was, now in pairwise(one))
    assert stayed > 200 * 3 * 0.6


def test_cards_lists_and_digests_are_told_the_same_of_an_entry(dice: random.Random) -> None:
    ledger = Ledger(KINDS, GROUP)
    for at, one in enumerate(world(dice, 300)):
        told = ledger.facts(State(one.kind.name, f"E-{at}", one.values, withdrawn=False)).measures
        shown = of_entry(one.kind, f"E-{at}", one.values, GROUP)
        people = told.keys() - NOT_PEOPLE
        assert {name: shown[name] for name in people} == {name: told[name] for name in people}


def test_the_secret_is_never_spelled() -> None:
    assert "secret" not in repr(GROUP)
    assert repr(GROUP) == repr(replace(GROUP, secret=b"another"))
