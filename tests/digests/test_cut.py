"""What is due is told once, all of it, and to each what is theirs."""

from collections.abc import Sequence

import pytest

from desk.age import blank, empty
from digests import cut as cutting
from protection.small_numbers import EXACT
from records.digest import Digest
from records.kinds import KINDS
from storage.door import Door
from storage.transaction import Tx
from tests.digests.house import House, at, lost, parted, plain, refs


def number(tx: Tx, table: str) -> int:
    return int(
        tx.all({"pages": "SELECT COUNT(*) AS n FROM pages", "letters": "SELECT COUNT(*) AS n FROM letters"}[table])[0][
            "n"
        ]
    )


async def post(house: House, cuts: Sequence[cutting.Cut]) -> None:
    """The second half of a cut, at a time of the test's choosing."""
    for one in cuts:
        await house.door.change(cutting.post, one, one.chats, house.clock())


async def test_a_first_digest_covers_the_24_hours_before_it(house: House) -> None:
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T04:00")
    await house.post("F-0002")
    await house.subscribe(1)
    house.clock.now = at("2026-05-06T02:59")
    assert await house.morning() == []
    await house.post("F-0003")
    house.clock.now = at("2026-05-06T03:00")
    (page,) = await house.morning()
    assert refs(page) == ["F-0002", "F-0003"]
    assert page["since"] == "2026-05-05T03:00:00+00:00"
    assert page["mornings"] == ["2026-05-06"]
    assert page["totals"] == {"flight": 3, "session": 0}
    assert await house.morning() == []


async def test_totals_of_several_countries_citizens_are_told_apart(house: House) -> None:
    await house.subscribe(1)
    for ref, country in (("F-0001", "KZ"), ("F-0002", "UZ"), ("F-0003", "KZ")):
        await house.post(ref, citizens=country)
    house.clock.now = at("2026-05-05T03:00")
    (page,) = await house.morning()
    assert page["citizens"] == {"KZ": 2, "UZ": 1}


async def test_three_missed_mornings_are_one_digest_that_names_the_days(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00:01")
    await house.morning()
    await house.post("F-0001")
    house.clock.now = at("2026-05-08T05:17")
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-06", "2026-05-07", "2026-05-08"]
    assert refs(page) == ["F-0001"]
    assert (await house.schedule(1)).due_at == at("2026-05-09T03:00")
    house.clock.now = at("2026-05-09T03:00")
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-09"]
    assert refs(page) == []


async def test_a_late_report_of_an_old_day_is_told(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    await house.post("F-0001", date="2019-05-09")
    house.clock.forward(days=1)
    (page,) = await house.morning()
    assert refs(page) == ["F-0001"]


async def test_all_that_are_due_at_one_hour_share_their_page(house: House) -> None:
    for chat in range(1, 8):
        await house.subscribe(chat, language="en" if chat < 5 else "kk")
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    pages = await house.morning()
    assert [page["language"] for page in pages] == ["en"] * 4 + ["kk"] * 3
    assert len({page["seq"] for page in pages}) == 1
    assert await house.door.read(number, "pages") == 2


async def test_what_is_posted_while_digests_are_cut_is_told_the_next_time(house: House) -> None:
    for chat in range(1, 4):
        await house.subscribe(chat, language=f"l{chat}")
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    cuts = await house.door.read(cutting.prepare, KINDS, plain, house.clock())
    await house.post("F-0002")
    await post(house, cuts)
    await house.carry()
    assert [refs(page) for page in house.carrier.digests] == [["F-0001"]] * 3
    house.clock.forward(days=1)
    assert [refs(page) for page in await house.morning()] == [["F-0002"]] * 3


async def test_a_second_replica_s_cut_posts_nothing(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00")
    mine, theirs, late = [await house.door.read(cutting.prepare, KINDS, plain, house.clock()) for _ in range(3)]
    await post(house, mine)
    await post(house, theirs)
    await house.carry()
    await post(house, late)
    await house.carry()
    assert len(house.carrier.arrived) == 1


async def test_a_letter_taken_while_the_next_digest_is_cut_is_not_told_twice(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    house.carrier.luck = [lost()]
    await house.morning()
    await house.post("F-0002")
    house.clock.forward(days=1)
    cuts = await house.door.read(cutting.prepare, KINDS, plain, house.clock())
    await house.carry()
    await post(house, cuts)
    await house.morning()
    assert [refs(page) for page in house.carrier.digests] == [["F-0001"], ["F-0002"]]


async def test_nothing_to_say_is_said_in_private_and_not_in_a_group(house: House) -> None:
    await house.subscribe(1)
    await house.subscribe(-100)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    assert [letter.chat for letter in house.carrier.arrived] == [1]
    assert (await house.schedule(-100)).due_at == at("2026-05-06T03:00")
    await house.post("F-0001")
    house.clock.forward(days=1)
    await house.morning()
    assert [letter.chat for letter in house.carrier.arrived] == [1, 1, -100]


async def test_a_quiet_morning_of_groups_renders_nothing(house: House) -> None:
    def write(digest: Digest) -> Sequence[str]:
        raise AssertionError(digest)

    await house.subscribe(-100)
    house.clock.now = at("2026-05-05T03:00")
    assert await house.cut(write) == 1


async def test_groups_don_t_hear_what_is_told_in_private_only(house: House) -> None:
    await house.subscribe(1)
    await house.subscribe(-100)
    await house.post("F-0001", men=5, justice=3)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    assert {letter.chat: "justice" in letter.html for letter in house.carrier.arrived} == {1: True, -100: False}


async def test_an_emptied_entry_is_told_as_withdrawn_and_never_blocks_a_digest(house: House) -> None:
    def empty(tx: Tx, entry: int, since: int) -> None:
        tx.run(
            "UPDATE journal SET payload = NULL, salt = NULL WHERE entry = :e AND seq >= :since", e=entry, since=since
        )

    await house.subscribe(1)
    told, never = await house.post("F-0001"), await house.post("F-0002")
    await house.withdraw(never)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    await house.withdraw(told)
    await house.door.change(empty, told, 4)
    await house.door.change(empty, never, 0)
    house.clock.forward(days=1)
    (page,) = await house.morning()
    assert [(change["what"], change["ref"]) for change in page["changes"]] == [("withdrawn", "F-0001")]


async def test_a_withdrawal_still_owed_is_told_by_its_reference_once_the_entry_is_emptied(house: House) -> None:
    told, never, gone = await house.post("F-0001"), await house.post("F-0002"), await house.post("F-0003")
    await house.withdraw(gone)
    await house.subscribe(1)
    await house.subscribe(-100)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    later = await house.post("F-0004")
    for one in (told, later):
        await house.withdraw(one)
    for one in (told, gone, later, never):
        await house.door.change(empty, house.team, one, house.clock())
    house.clock.forward(days=1)
    pages = await house.morning()
    assert [[(change["what"], change["ref"]) for change in page["changes"]] for page in pages] == [
        [("withdrawn", "F-0001")]
    ] * len(pages)
    house.clock.forward(days=1)
    assert [page["changes"] for page in await house.morning()] == [[]]  # groups hear nothing of a day without news


async def test_words_taken_out_are_no_news(house: House) -> None:
    await house.subscribe(1)
    entry = await house.post("F-0001", note="blankets")
    await house.correct(entry, women=7)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    assert await house.door.change(blank, house.team, KINDS, entry, house.clock()) == "F-0001"
    house.clock.forward(days=1)
    assert [page["changes"] for page in await house.morning()] == [[]]
    await house.correct(entry, women=8)
    house.clock.forward(days=1)
    (page,) = await house.morning()
    assert [(change["what"], change["ref"]) for change in page["changes"]] == [("corrected", "F-0001")]


async def test_what_comes_and_what_needs_someone(house: House) -> None:
    await house.subscribe(1)
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    await house.post("F-0001", date="2026-05-06", status="planned")
    await house.post("F-0002", date="2026-05-13", status="planned")
    await house.post("F-0003", date="2026-05-14", status="planned")
    await house.post("S-0001", "session", date="2026-05-08", status="planned")
    await house.post("S-0002", "session", date="2026-05-09", status="planned")
    gone = await house.post("F-0004", date="2026-05-07", status="planned")
    await house.withdraw(gone)
    await house.post("F-0005", date="2026-05-07", status="cancelled")
    house.clock.forward(days=1)
    (page,) = await house.morning()
    assert page["coming"] == ["F-0001", "F-0002", "S-0001"]
    house.clock.forward(days=1)
    (page,) = await house.morning()
    assert page["coming"] == ["F-0002", "F-0003", "S-0001", "S-0002"]
    waiting = [one[0] for one in page["attention"]]
    assert "F-0001" in waiting
    assert "F-0003" not in waiting


class Shaky:
    """A door that falls shut at the n-th change."""

    def __init__(self, door: Door, until: int) -> None:
        self.door, self.left = door, until

    def __getattr__(self, name: str) -> object:
        return getattr(self.door, name)

    async def change(self, *args: object, **more: object) -> object:
        self.left -= 1
        if self.left < 0:
            raise ConnectionAbortedError
        return await self.door.change(*args, **more)  # type: ignore[arg-type]


async def test_a_crash_between_two_chunks_repeats_and_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "CHUNK", 4)
    for chat in range(1, 12):
        await house.subscribe(chat)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    with pytest.raises(ConnectionAbortedError):
        await cutting.cut_due(Shaky(house.door, 2), KINDS, plain, house.clock(), EXACT)  # type: ignore[arg-type]
    assert await house.door.read(number, "letters") == 8
    await house.again()
    await house.post("F-0002")
    house.clock.forward(minutes=3)
    assert await house.cut() == 3
    await house.carry()
    told = {letter.chat: refs(page) for letter, page in zip(house.carrier.arrived, house.carrier.digests, strict=True)}
    assert [told[chat] for chat in range(1, 9)] == [["F-0001"]] * 8
    assert [told[chat] for chat in range(9, 12)] == [["F-0001", "F-0002"]] * 3
    assert len(house.carrier.arrived) == 11


async def test_letters_that_never_got_away_become_part_of_the_next_digest(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.carrier.luck = [lost()] * 30
    house.clock.now = at("2026-05-05T03:00")
    for _ in range(3):
        assert await house.morning() == []
        house.clock.forward(days=1)
    await house.post("F-0002")
    house.carrier.luck = []
    (page,) = await house.morning()
    assert page["mornings"] == ["2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08"]
    assert page["since"] == "2026-05-04T03:00:00+00:00"
    assert refs(page) == ["F-0001", "F-0002"]
    assert await house.door.read(number, "letters") == 1


async def test_half_a_digest_is_finished_before_the_next_one(house: House) -> None:
    await house.subscribe(1)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    house.carrier.luck = [None, *[lost()] * 4]
    await house.morning(parted)
    await house.post("F-0002")
    house.clock.forward(days=1)
    await house.cut(parted)
    house.carrier.luck = []
    await house.carry()
    assert [(letter.part, letter.due_at.day) for letter in house.carrier.arrived] == [(1, 5), (2, 5)]
    await house.morning(parted)
    assert [(letter.part, letter.due_at.day) for letter in house.carrier.arrived[2:]] == [(1, 6), (2, 6)]
    assert [refs(page) for page in house.carrier.digests] == [["F-0001"], [], ["F-0002"], []]


async def test_a_topic_has_a_digest_of_its_own(house: House) -> None:
    await house.subscribe(-100)
    await house.subscribe(-100, thread=5)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.morning()
    assert [(letter.chat, letter.thread) for letter in house.carrier.arrived] == [(-100, 0), (-100, 5)]
    assert await house.door.read(number, "pages") == 1
