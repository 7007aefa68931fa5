import pytest

from desk.age import empty
from records.kinds import KINDS
from records.session import SESSION
from storage import audit
from storage.audit import Difference
from storage.door import Door, Tx
from tests.storage.made import LESSON, NOON, behind_its_back, post, revise


@pytest.fixture
async def told(door: Door, team: int) -> None:
    def fill(tx: Tx) -> None:
        for _ in range(3):
            revise(tx, post(tx, team), women=68)
            revise(tx, post(tx, team, LESSON, kind=SESSION), withdraw=True)

    await door.change(fill)


async def test_entries_nobody_touched_are_what_the_journal_says(door: Door, team: int, told: None) -> None:
    assert await door.read(audit.differences, team, KINDS) == []


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE entries SET women = 70, people = 249 WHERE id = 1", Difference(1, "F-0001", ("women", "people"))),
        ("UPDATE entries SET body = replace(body, '68', '70') WHERE id = 1", Difference(1, "F-0001", ("body",))),
        ("UPDATE entries SET day = '2020-01-01' WHERE id = 3", Difference(3, "F-0002", ("day",))),
        ("UPDATE entries SET counted = 0 WHERE id = 3", Difference(3, "F-0002", ("counted",))),
        ("UPDATE entries SET kind = 'session' WHERE id = 3", Difference(3, "F-0002", ("kind",))),
        (
            "UPDATE entries SET ref = 'F-0009', ref_folded = 'f-0009' WHERE id = 3",
            Difference(3, "F-0009", ("ref", "ref_folded")),
        ),
        ("UPDATE entries SET revision = 3 WHERE id = 3", Difference(3, "F-0002", ("revision",))),
        ("UPDATE entries SET withdrawn = NULL WHERE id = 2", Difference(2, "S-0001", ("withdrawn",))),
        ("UPDATE entries SET withdrawn = recorded WHERE id = 1", Difference(1, "F-0001", ("withdrawn",))),
        ("DELETE FROM entries WHERE id = 5", Difference(5, "", ("*",))),
        ("UPDATE entries SET id = 99 WHERE id = 5", Difference(99, "F-0003", ("*",))),
    ],
)
async def test_an_entry_changed_past_the_journal_is_found(
    door: Door, team: int, told: None, url: str, tampering: str, found: Difference
) -> None:
    behind_its_back(url, tampering)
    assert found in await door.read(audit.differences, team, KINDS)


async def test_what_the_desk_emptied_passes_until_somebody_changes_it(
    door: Door, team: int, told: None, url: str
) -> None:
    assert await door.change(empty, team, 2, NOON) == "S-0001"
    assert await door.change(empty, team, 1, NOON) == ""
    assert await door.read(audit.differences, team, KINDS) == []
    behind_its_back(url, "UPDATE entries SET women = 5 WHERE id = 2")
    assert await door.read(audit.differences, team, KINDS) == [Difference(2, "S-0001", ("women",))]


async def test_a_line_emptied_past_the_desk_is_found(door: Door, team: int, told: None, url: str) -> None:
    """Or whoever wants to change an entry would only have to empty its lines first."""
    behind_its_back(
        url,
        "UPDATE journal SET payload = NULL, salt = NULL WHERE entry = 1",
        "UPDATE entries SET women = 5 WHERE id = 1",
    )
    found = await door.read(audit.differences, team, KINDS)
    assert found == [Difference(1, "F-0001", ("line 1",)), Difference(1, "F-0001", ("line 2",))]
