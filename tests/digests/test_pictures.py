"""The picture behind a digest: it comes after the text, comes once or not at all, and never costs the text anything."""

from datetime import timedelta

import pytest

from digests.courier import MOST_TRIES
from digests.outcomes import Moved, NotEver, NotNow, Uncertain
from records.digest import Digest, Picture
from tests.digests.house import House, at, lost, parted, refs

DRAWN = Picture("A caption", "what is drawn")


def illustrate(digest: Digest) -> Picture | None:
    return DRAWN if digest.chart else None


async def with_picture(house: House, *chats: int, when_empty: str | None = None) -> None:
    """A morning's letters, ready to go, each digest with its picture."""
    for chat in chats or (1,):
        await house.subscribe(chat, chart=True, when_empty=when_empty)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut(illustrate=illustrate)


async def carried(house: House, *luck: BaseException | None, tries: int = 40) -> None:
    """The text goes well, then the picture has this luck, for as long as it takes."""
    house.carrier.luck = [None, *luck]
    for _ in range(tries):
        await house.carry()
        house.clock.forward(minutes=16)


def arrived(house: House) -> list[tuple[int, str]]:
    return [(letter.chat, "picture" if letter.chart else "text") for letter in house.carrier.arrived]


async def became(house: House) -> tuple[str, str, int, int]:
    """What is noted of the latest digest."""
    [row] = await house.door.read(lambda tx: tx.all("SELECT * FROM deliveries ORDER BY id DESC LIMIT 1"))
    return row["state"], row["reason"], row["parts"], row["sent"]


async def test_the_text_goes_first_and_the_picture_behind_it(house: House) -> None:
    await with_picture(house)
    await house.carry()
    text, picture = house.carrier.arrived
    assert (text.part, text.parts, text.chart) == (1, 2, "")
    assert (picture.part, picture.parts, picture.html, picture.chart) == (2, 2, "A caption", "what is drawn")
    assert await became(house) == ("sent", "", 2, 2)


async def test_a_digest_of_two_pages_keeps_both_before_its_picture(house: House) -> None:
    await house.subscribe(1, chart=True)
    await house.post("F-0001")
    house.clock.now = at("2026-05-05T03:00")
    await house.cut(parted, illustrate)
    await house.carry()
    assert [bool(letter.chart) for letter in house.carrier.arrived] == [False, False, True]


async def test_who_wishes_none_gets_none_and_several_share_one_page(house: House) -> None:
    await house.subscribe(9)
    await with_picture(house, 1, 2, 3)
    await house.carry()
    assert sorted(arrived(house)) == sorted(
        [(9, "text"), *((chat, what) for chat in (1, 2, 3) for what in ("text", "picture"))]
    )
    pages = await house.door.read(lambda tx: tx.all("SELECT chart FROM pages"))
    assert sorted(page["chart"] for page in pages) == ["", "", "what is drawn"]


@pytest.mark.parametrize("when_empty", ["send", "skip"])
async def test_an_empty_digest_has_no_picture(house: House, when_empty: str) -> None:
    await with_picture(house, when_empty=when_empty)
    await house.carry()
    before = len(house.carrier.arrived)
    house.clock.forward(days=1)
    await house.cut(illustrate=illustrate)
    await house.carry()
    assert arrived(house)[before:] == ([(1, "text")] if when_empty == "send" else [])


@pytest.mark.parametrize("reason", ["refused", "no_rights"])
async def test_a_refused_picture_is_left_out_and_noted_and_nothing_is_paused(house: House, reason: str) -> None:
    await with_picture(house)
    await carried(house, NotEver(reason))
    assert arrived(house) == [(1, "text")]
    assert await became(house) == ("sent", "no_chart", 1, 1)
    assert (await house.schedule(1)).state == "on"
    assert house.admins == []
    await house.post("F-0002")
    house.clock.now = at("2026-05-06T03:00")
    assert [refs(page) for page in await house.morning()] == [["F-0002"]]


async def test_a_picture_that_may_have_come_is_sent_once_more_and_marked_but_never_its_text(house: House) -> None:
    await with_picture(house)
    await carried(house, Uncertain())
    assert [(bool(letter.chart), letter.marked) for letter in house.carrier.arrived] == [(False, False), (True, True)]
    house.clock.now = at("2026-05-06T03:00")
    await house.post("F-0002")
    assert [refs(page) for page in await house.morning()] == [["F-0002"]]


async def test_a_picture_that_was_lost_twice_counts_as_sent(house: House) -> None:
    await with_picture(house)
    await carried(house, Uncertain(), Uncertain())
    assert arrived(house) == [(1, "text")]
    assert house.carrier.tried == 3


async def test_blocked_before_the_picture_the_digest_is_paused_and_its_text_not_told_again(house: House) -> None:
    await with_picture(house)
    await carried(house, NotEver("blocked"))
    assert house.admins == [(1, "blocked")]
    assert (await house.schedule(1)).state == "paused"
    await house.post("F-0002")
    await house.subscribe(1)
    house.clock.forward(days=1)
    [page] = await house.morning()
    assert refs(page) == ["F-0002"]


@pytest.mark.parametrize("outcome", [lost(), NotNow(timedelta(seconds=40))], ids=["away", "busy"])
async def test_after_eight_tries_it_is_left_out(house: House, outcome: NotNow) -> None:
    await with_picture(house)
    await carried(house, *[outcome] * MOST_TRIES)
    assert house.carrier.tried == 1 + MOST_TRIES
    assert arrived(house) == [(1, "text")]
    assert await became(house) == ("sent", "no_chart", 1, 1)
    assert (await house.schedule(1)).state == "on"


async def test_a_try_before_the_last_still_brings_it(house: House) -> None:
    await with_picture(house)
    await carried(house, *[lost()] * (MOST_TRIES - 1))
    assert arrived(house) == [(1, "text"), (1, "picture")]


async def test_a_group_that_moved_gets_its_picture_there(house: House) -> None:
    await with_picture(house, -5)
    await carried(house, Moved(-1005))
    assert arrived(house) == [(-5, "text"), (-1005, "picture")]


async def test_the_next_digest_takes_the_place_of_a_picture_that_waits(house: House) -> None:
    await with_picture(house)
    house.carrier.luck = [None, NotNow(timedelta(days=2))]
    await house.carry()
    await house.post("F-0002")
    house.clock.now = at("2026-05-06T03:00")
    await house.cut(illustrate=illustrate)
    await house.carry()
    assert arrived(house) == [(1, "text"), (1, "text"), (1, "picture")]
    assert [refs(page) for page in house.carrier.digests] == [["F-0001"], ["F-0002"]]


async def test_a_text_that_still_waits_is_told_anew_with_a_picture_of_its_own(house: House) -> None:
    await with_picture(house)
    house.carrier.luck = [lost()]
    await house.carry()
    await house.post("F-0002")
    house.clock.now = at("2026-05-06T03:00")
    await house.cut(illustrate=illustrate)
    await house.carry()
    assert arrived(house) == [(1, "text"), (1, "picture")]
    assert [refs(page) for page in house.carrier.digests] == [["F-0001", "F-0002"]]


async def test_turned_off_the_picture_that_waits_goes_and_the_text_is_not_told_again(house: House) -> None:
    await with_picture(house)
    house.carrier.luck = [None, lost()]
    await house.carry()
    await house.off()
    assert await became(house) == ("sent", "no_chart", 1, 1)
    await house.subscribe(1)
    house.clock.forward(hours=1)
    await house.carry()
    assert arrived(house) == [(1, "text")]


async def test_without_a_right_any_more_the_picture_goes_too(house: House) -> None:
    await with_picture(house)
    house.carrier.luck = [None, lost()]
    await house.carry()
    house.refused.add(1)
    house.clock.forward(hours=1)
    await house.carry()
    assert arrived(house) == [(1, "text")]
    assert (await house.schedule(1)).state == "paused"
    assert await became(house) == ("sent", "no_chart", 1, 1)


async def test_turned_off_while_the_text_is_on_its_way_no_picture_follows(house: House) -> None:
    await with_picture(house)
    house.carrier.meanwhile = house.off
    await house.carry()
    assert arrived(house) == [(1, "text")]
    assert await became(house) == ("sent", "no_chart", 1, 1)
    assert await house.door.read(lambda tx: tx.all("SELECT 1 FROM letters WHERE state <> 'sent'")) == []


async def test_after_a_restart_the_picture_comes_and_no_text_twice(house: House) -> None:
    await with_picture(house)
    await house.courier.send_one()
    await house.again()
    await house.carry()
    assert arrived(house) == [(1, "text"), (1, "picture")]
