"""Totals folded in memory are those the database would count."""

import random

import pytest

from digests.totals import Sums, apart
from records.filters import conditions
from records.kinds import KINDS
from records.question import Counted, Question
from storage import count
from storage.transaction import Tx
from tests.digests.house import House

FILTERS = (
    "",
    "kind=flight",
    "kind=session;site=aktau",
    "citizens=KZ",
    "citizens=UZ;site=aktau",
    "to=aktau",
    "site=nowhere",
)


def counted(tx: Tx, team: int, filter_: str) -> tuple[Counted, ...]:
    wanted = conditions(filter_)
    only = dict(wanted).get("kind")
    fields = tuple(pair for pair in wanted if pair[0] != "kind")
    return tuple(
        count.count(tx, team, Question(kind.name, None, None, by=apart(kind), filters=fields))
        for kind in KINDS
        if only in {None, kind.name}
    )


def folded(tx: Tx, team: int) -> dict[str, tuple[Counted, ...]]:
    sums = Sums(tx, team, KINDS, [conditions(one) for one in FILTERS])
    return {one: sums.through(conditions(one)) for one in FILTERS}


async def test_every_filter_s_totals_are_what_a_count_of_its_own_gives(house: House) -> None:
    dice = random.Random(4)
    for number in range(60):
        country, place = dice.choice(("KZ", "KZ", "UZ", "BA")), dice.choice(("aktau", "almaty"))
        if number % 2:
            await house.post(f"S-{number:04}", "session", citizens=country, site=place, expected=dice.randrange(20))
        else:
            status = dice.choice(("arrived", "planned"))
            await house.post(f"F-{number:04}", citizens=country, to=place, status=status, approx=dice.random() < 0.1)
    found = await house.door.read(folded, house.team)
    for filter_ in FILTERS:
        assert found[filter_] == await house.door.read(counted, house.team, filter_), filter_
    assert found["citizens=KZ"][0].total.held > 0
    assert found["site=nowhere"][0].total.entries == 0


async def test_a_filter_nothing_can_be_counted_by_is_refused(house: House) -> None:
    with pytest.raises(KeyError):
        await house.door.read(lambda tx: Sums(tx, house.team, KINDS, [(("note", "x"),)]))
