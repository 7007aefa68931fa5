"""A digest's filter shows exactly the entries that `/stats` counts under the same conditions."""

from itertools import combinations

import pytest

from digests.sight import shown_by
from records.entry import State
from records.filters import conditions, written
from records.kinds import KINDS
from records.question import Question
from storage.conditions import FILTERS
from storage.count import count
from storage.transaction import Tx
from tests.digests.house import FLIGHT, SESSION, House

ENTRIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("flight", {}),
    ("flight", {"citizens": "SY", "to": "~Somewhere; else = 5%", "status": "planned"}),
    ("flight", {"origin": "IQ", "from": "GYD", "operation": "zhusan-3", "type": "charter", "site": "aktau"}),
    ("flight", {"citizens": "IQ", "status": "cancelled", "origin": "SY"}),
    ("session", {}),
    ("session", {"site": "almaty", "provider": "lawyer", "mode": "group", "operation": "zhusan-3"}),
    ("session", {"type": "medical", "mode": "family", "status": "planned"}),
)


def counted(tx: Tx, team: int, kind: str, filters: tuple[tuple[str, str], ...]) -> int:
    return count(tx, team, Question(kind, None, None, filters=filters)).total.entries


@pytest.mark.parametrize("most", [1, 2])
async def test_a_filter_shows_what_stats_counts(house: House, most: int) -> None:
    states = []
    for number, (name, more) in enumerate(ENTRIES):
        values = {**(FLIGHT if name == "flight" else SESSION), **more}
        await house.post(f"X-{number}", name, **more)
        states.append(State(name, f"X-{number}", values, withdrawn=False))
    told = sorted({(name, str(one.values[name])) for one in states for name in FILTERS if name in one.values})
    assert {name for name, _ in told} == set(FILTERS)
    seen = set()
    for some in combinations(told, most):
        for kind in KINDS:
            filter_ = written((("kind", kind.name), *some))
            shown = sum(map(shown_by(filter_), states))
            fields = tuple(one for one in conditions(filter_) if one[0] != "kind")
            assert await house.door.read(counted, house.team, kind.name, fields) == shown, filter_
            seen.add(shown)
    assert len(seen) > 2
