from records.flight import FLIGHT
from records.kinds import KINDS
from records.question import Sought, Term
from storage import looking
from storage.door import Door, Tx
from tests.storage.made import post


def words(text: str) -> Sought:
    return Sought((Term(text, text),))


async def test_entries_older_than_looking_are_gathered_once(door: Door, team: int) -> None:
    await door.change(post, team)
    await door.change(lambda tx: tx.run("UPDATE entries SET sought = NULL"))
    assert (await door.read(looking.look, team, words("zhusan 3"), {}))[1] == 0
    assert await door.change(looking.gather, team, KINDS) == 1
    assert await door.change(looking.gather, team, KINDS) == 0
    assert (await door.read(looking.look, team, words("zhusan 3"), {}))[1] == 1


async def test_another_team_is_not_looked_through(door: Door, team: int) -> None:
    await door.change(post, team)
    assert await door.read(looking.look, team + 1, words("zhusan 3"), {}) == ([], 0)


async def test_a_veiled_entry_is_found_by_its_reference_only(door: Door, team: int) -> None:
    def ref(tx: Tx) -> str:
        return post(tx, team).ref

    mine = await door.change(ref)
    veils = {FLIGHT.name: {"arrived", "planned"}, "session": frozenset[str]()}
    assert (await door.read(looking.look, team, words("zhusan-3"), veils))[1] == 0
    assert (await door.read(looking.look, team, words(mine.lower()), veils))[1] == 1
