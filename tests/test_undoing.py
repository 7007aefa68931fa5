"""What was done and is taken back: one's own last change, a withdrawal."""

import json
from pathlib import Path
from typing import Any

from tests.house import AIGUL, TIMUR, Talk, talking

ZHUSAN = "/flight date 09.05.2019 from Syria to Aktau people 231 women 59 children 156 orphans 18 operation zhusan-2"


async def counted(talk: Talk) -> dict[str, Any]:
    """The figures of all flights, as the shell gives them."""
    figures: dict[str, Any] = json.loads(await talk.shell("stats", "flights", "all", "--json"))
    return figures


async def test_undo_takes_a_post_out_of_every_count(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    card = await talk.says("/undo")
    assert "Withdrawn" in card.text
    assert (await counted(talk))["people"] == 0
    assert "undone" in (await talk.says("/history F-0001")).text


async def test_undo_brings_back_what_a_correction_found(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    await talk.says("/edit F-0001 women 60 ref KC-77")
    card = await talk.says("/undo")
    assert "60 → 59" in card.text
    assert "F-0001" in card.text
    [entry] = await talk.kept()
    assert (entry["women"], entry["ref"], entry["revision"]) == (59, "F-0001", 3)


async def test_undo_counts_a_withdrawn_entry_again(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    before = await counted(talk)
    await talk.says("/withdraw F-0001 wrong")
    assert "Undone" in (await talk.says("/undo")).text
    after = await counted(talk)
    assert {**before, "revised": None} == {**after, "revised": None}


async def test_a_second_undo_takes_back_the_change_before_and_a_last_one_finds_nothing(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    await talk.says("/edit F-0001 women 60")
    await talk.says("/edit F-0001 women 61")
    for women in (60, 59):
        await talk.says("/undo")
        assert [entry["women"] for entry in await talk.kept()] == [women]
    await talk.says("/undo")
    assert await talk.kept() == []
    refused = await talk.says("/undo")
    assert "24 hours" in refused.text
    assert await talk.shell("journal", "verify")


async def test_undo_leaves_alone_what_somebody_else_changed_since_until_they_take_it_back(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    await talk.says("/edit F-0001 women 60", who=TIMUR)
    refused = await talk.says("/undo")
    assert "somebody else" in refused.text
    assert [entry["women"] for entry in await talk.kept()] == [60]
    await talk.says("/undo", who=TIMUR)
    await talk.says("/undo")
    assert await talk.kept() == []


async def test_undo_is_of_ones_own_changes_of_the_last_day_only(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    assert "24 hours" in (await talk.says("/undo", who=TIMUR)).text
    talk.clock.forward(24 * 3_600 + 60)
    assert "24 hours" in (await talk.says("/undo")).text
    assert len(await talk.kept()) == 1


async def test_undo_does_not_take_a_reference_that_is_another_entrys_now(talk: Talk) -> None:
    await talk.says("/flight ref KC-77 09.05.2019 from Syria to Aktau people 5")
    await talk.says("/edit KC-77 ref KC-78")
    await talk.says("/flight ref KC-77 10.05.2019 from Syria to Aktau people 6", who=TIMUR)
    assert "KC-77" in (await talk.says("/undo")).text
    assert [entry["ref"] for entry in await talk.kept()] == ["KC-78", "KC-77"]


async def test_a_message_edited_after_an_undo_corrects_by_what_it_said(talk: Talk) -> None:
    said, _ = await talk.posts(ZHUSAN)
    await talk.edits(said, ZHUSAN.replace("women 59", "women 60"))
    await talk.says("/undo")
    await talk.edits(said, ZHUSAN.replace("women 59", "women 60").replace("orphans 18", "orphans 19"))
    [entry] = await talk.kept()
    assert (entry["women"], entry["orphans"]) == (59, 19)


async def test_a_group_that_sees_rounded_figures_is_not_shown_what_was_undone_elsewhere(talk: Talk) -> None:
    group = await talk.group()
    await talk.says(ZHUSAN)
    assert "231" not in (await talk.says("/undo", chat=group)).text
    assert len(await talk.kept()) == 1


async def test_restoring_brings_every_count_back_exactly(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    before = await counted(talk)
    await talk.says("/withdraw F-0001 wrong", who=TIMUR)
    card = await talk.says("/restore f-0001")
    assert "Restored" in card.text
    after = await counted(talk)
    assert {**before, "revised": None} == {**after, "revised": None}
    assert "restored" in (await talk.says("/history F-0001")).text
    assert await talk.shell("journal", "verify")


async def test_restoring_what_is_not_withdrawn_changes_nothing(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    assert "nothing to restore" in (await talk.says("/restore F-0001")).text
    assert [entry["revision"] for entry in await talk.kept()] == [1]


async def test_the_next_digest_follows_what_was_undone_and_restored(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.says("/digest daily 08:00")
        await talk.says(ZHUSAN)
        await talk.says("/undo")
        assert "taken back" in (await talk.says("/digest now")).text
        await talk.says("/restore F-0001", who=AIGUL)
        told = (await talk.says("/digest now")).text
        assert "F-0001" in told
        assert "taken back" not in told


async def test_correcting_what_is_withdrawn_is_refused_with_the_way_back(talk: Talk) -> None:
    said, _ = await talk.posts(ZHUSAN)
    await talk.says("/withdraw F-0001 wrong")
    refused = await talk.says("/edit F-0001 women 60")
    assert "/restore F-0001" in refused.code()
    assert "put right." not in refused.text.splitlines()[-1]  # the same words sent again would be refused again
    told = await talk.edits(said, ZHUSAN.replace("women 59", "women 60"))
    assert "/restore F-0001" in told.code()
    assert await talk.kept() == []
