from datetime import date, timedelta

import pytest

from records.flight import FLIGHT
from records.question import Search
from records.record import facts
from records.session import SESSION
from storage import entries, teams
from storage.door import Door, Tx
from storage.errors import EntryMoved, EntryTaken
from storage.references import near_refs
from tests.storage.made import CHAT, LESSON, NOON, ZHUSAN, post, revise


async def test_an_entry_is_read_back_as_it_was_kept(door: Door, team: int) -> None:
    posted = await door.change(post, team, message=7)
    assert await door.read(entries.by_id, team, posted.id) == posted
    assert await door.read(entries.by_ref, team, "f-0001") == posted
    assert await door.read(entries.by_message, team, CHAT, 7) == posted
    assert posted.ref == "F-0001"


async def test_nothing_crosses_from_one_team_to_another(door: Door, team: int) -> None:
    other = await door.change(teams.ensure, "Their team")
    posted = await door.change(post, team, message=7)
    assert other != team
    assert await door.read(entries.by_id, other, posted.id) is None
    assert await door.read(entries.by_ref, other, posted.ref) is None
    assert await door.read(entries.by_message, other, CHAT, 7) is None
    assert await door.read(entries.search, other, Search(None, None, None)) == ([], 0)
    theirs = await door.change(post, other)
    assert (theirs.id, theirs.ref) == (posted.id, posted.ref)


async def test_a_reference_somebody_chose_is_passed_over(door: Door, team: int) -> None:
    await door.change(post, team, ref="f-0002")
    refs = [(await door.change(post, team)).ref for _ in range(3)]
    assert refs == ["F-0001", "F-0003", "F-0004"]


async def test_references_are_counted_kind_by_kind_and_a_failed_post_takes_none(door: Door, team: int) -> None:
    def fails(tx: Tx) -> None:
        post(tx, team)
        raise LookupError

    with pytest.raises(LookupError):
        await door.change(fails)
    assert (await door.change(post, team)).ref == "F-0001"
    assert (await door.change(post, team, LESSON, kind=SESSION)).ref == "S-0001"


@pytest.mark.parametrize("same", ["ref", "message"])
async def test_a_second_entry_of_one_reference_or_message_is_taken(door: Door, team: int, same: str) -> None:
    await door.change(post, team, ref="KC-1", message=7)
    with pytest.raises(EntryTaken):
        await door.change(post, team, ref="kc-1" if same == "ref" else "KC-2", message=7 if same == "message" else 8)


async def test_a_revision_follows_the_one_it_was_made_from(door: Door, team: int) -> None:
    posted = await door.change(post, team)
    await door.change(revise, posted, women=68)
    with pytest.raises(EntryMoved):
        await door.change(revise, posted, women=69)
    now = await door.read(entries.by_id, team, posted.id)
    assert now is not None
    assert (now.revision, now.values["women"]) == (2, 68)


async def test_a_search_gives_its_pages_the_latest_day_first(door: Door, team: int) -> None:
    first = date(2019, 1, 1)
    for number in range(23):
        day = (first + timedelta(days=number)).isoformat()
        await door.change(post, team, {**ZHUSAN, "date": day, "status": "planned" if number % 2 else "arrived"})
    taken_back = await door.change(post, team, {**ZHUSAN, "date": "2019-01-05"})
    await door.change(revise, taken_back, withdraw=True)
    await door.change(post, team, LESSON, kind=SESSION)

    every = Search("flight", None, None)
    page, total = await door.read(entries.search, team, every)
    assert (len(page), total, page[0].values["date"]) == (10, 23, "2019-01-23")
    page, total = await door.read(entries.search, team, Search("flight", None, None, page=3))
    assert [one.values["date"] for one in page] == ["2019-01-03", "2019-01-02", "2019-01-01"]
    week = Search("flight", date(2019, 1, 2), date(2019, 1, 8), (("status", "planned"),))
    page, total = await door.read(entries.search, team, week)
    assert total == 4
    assert [str(one.values["date"])[-2:] for one in page] == ["08", "06", "04", "02"]
    _, total = await door.read(entries.search, team, Search(None, None, None))
    assert total == 24


async def test_of_several_values_for_one_field_any_will_do(door: Door, team: int) -> None:
    for status in ("planned", "arrived", "cancelled"):
        await door.change(post, team, {**ZHUSAN, "status": status})
    wanted = Search("flight", None, None, (("status", "planned"), ("status", "cancelled"), ("to", "aktau")))
    assert (await door.read(entries.search, team, wanted))[1] == 2


async def test_what_nothing_can_be_filtered_by_never_reaches_the_database(door: Door, team: int) -> None:
    for name in ("day", "team = 0 OR 1", "body"):
        with pytest.raises(KeyError):
            await door.read(entries.search, team, Search("flight", None, None, ((name, "x"),)))


async def test_a_users_words_are_values_and_never_sql(door: Door, team: int) -> None:
    await door.change(post, team)
    evil = "aktau') OR 1=1 --"
    assert await door.read(entries.search, team, Search("flight", None, None, (("to", evil),))) == ([], 0)
    assert await door.read(entries.by_ref, team, "' OR 1=1 --") is None
    assert await door.read(near_refs, team, "' OR 1=1 --") == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("F-3", ["F-0003"]),
        ("f3", ["F-0003"]),
        ("3", ["F-0003", "S-0003"]),
        ("S-1", ["S-0001"]),
        ("X-1", ["F-0001", "S-0001"]),
        ("Ф-0002", ["F-0002", "S-0002"]),
        ("F-0099", []),
        ("zhuasn-3", ["Zhusan-3"]),
        ("zhusan-", ["Zhusan-3"]),
        ("%", []),
        ("", []),
    ],
)
async def test_a_reference_that_is_not_there_offers_the_nearest(
    door: Door, team: int, typed: str, offered: list[str]
) -> None:
    def all_posted(tx: Tx) -> None:
        for _ in range(3):
            post(tx, team)
            post(tx, team, LESSON, kind=SESSION)
        post(tx, team, ref="Zhusan-3")

    await door.change(all_posted)
    assert sorted(await door.read(near_refs, team, typed)) == offered


async def test_the_columns_say_what_the_body_says(door: Door, team: int) -> None:
    posted = await door.change(post, team, {**ZHUSAN, "approx": True})

    def row(tx: Tx) -> dict[str, object]:
        found = tx.one("SELECT * FROM flights WHERE team = :team", team=team)
        assert found is not None
        return {
            name: found[name]
            for name in ("people", "women", "children_not_stated", "citizens", "approx", "flights", "counted")
        }

    assert await door.read(row) == {
        "people": 246, "women": 67, "children_not_stated": 171, "citizens": "KZ", "approx": 1, "flights": 1, "counted": 1
    }  # fmt: skip
    await door.change(revise, posted, withdraw=True)
    with pytest.raises(AssertionError):
        await door.read(row)
    assert facts(FLIGHT, posted.values).counted
    assert posted.recorded == NOON
