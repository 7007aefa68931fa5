"""What a team calls places, and what was typed before it did."""

from datetime import date

from records.question import Question
from records.session import SESSION
from records.sites import Called, Own
from storage import sites, teams
from storage.count import count
from storage.door import Door, Tx
from tests.storage.made import LESSON, post


def umit(tx: Tx, team: int) -> None:
    teams.begin(tx, team)
    sites.keep(tx, team, Own("site-1", "Umit", "KZ", "Asia/Almaty"))
    sites.name(tx, team, Called("Umit", "site-1"))
    sites.name(tx, team, Called("Umitt", "site-1", merged=True))


async def test_one_teams_names_mean_nothing_to_another(door: Door, team: int) -> None:
    other = await door.change(teams.ensure, "Another team")
    await door.change(umit, team)
    assert await door.read(sites.of_name, team, "UMITT") == "site-1"
    assert await door.read(sites.of_name, other, "UMITT") is None
    assert (await door.read(sites.known, other)).sites == ()
    assert await door.read(sites.spread, other, [("site", "~Umitt")]) == [("site", "~Umitt")]


async def test_a_filter_lets_through_every_spelling_and_groups_are_one(door: Door, team: int) -> None:
    for at, typed in enumerate(("site-1", "~Umitt", "~UMITT", "~Umitte")):
        await door.change(post, team, {**LESSON, "site": typed}, kind=SESSION, message=at)
    await door.change(umit, team)
    wanted = await door.read(sites.spread, team, [("site", "site-1"), ("type", "legal")])
    assert sorted(wanted) == [("site", "site-1"), ("site", "~UMITT"), ("site", "~Umitt"), ("type", "legal")]
    asked = Question("session", date(2000, 1, 1), None, by=("site",))
    groups = {key: totals.entries for key, totals in (await door.read(count, team, asked)).groups}
    assert groups == {("site-1",): 3, ("~Umitte",): 1}
    used = await door.read(sites.in_use, team)
    assert used.known["site-1"] == 3
    assert [(one.name, one.entries) for one in used.unknown] == [("Umitte", 1)]
