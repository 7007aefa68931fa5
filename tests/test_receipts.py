"""In a group a change that the standing card shows is answered with a reaction; a person always sees that it was kept."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.house import AIGUL, TIMUR, Talk, talking
from tests.talk import PATIENCE, Heard
from tests.test_replying import answered, from_desk, now, replies

POST = "/flight tomorrow from Al-Hasakah to Aktau expected 48"
ELSEWHERE = "/flight tomorrow from Al-Hasakah to Almaty expected 51"
KEPT = ["✍"]


async def posted(talk: Talk) -> tuple[int, Heard, Heard]:
    """A group, a post in it, and its card."""
    group = await talk.group()
    said = await talk.tells(POST, chat=group)
    return group, said, await talk.people.hears(group, after=said.id)


async def receipts(talk: Talk, heard: Heard) -> list[str]:
    """The desk's reactions under a message, once all is quiet."""
    bot = (await talk.people.call("/world", method="GET"))["bot"]["id"]
    raw = (await now(talk, heard)).raw
    return [one["emoji"] for one in raw.get("reactions", []) if one["user"] == bot]


async def edits(talk: Talk, said: Heard, text: str, who: int = AIGUL) -> None:
    """Edits the message; nobody waits for what the desk says to it."""
    await talk.people.call(f"/person/{who}/edit", {"chat": said.chat, "message": said.id, "text": text})


async def refuses(talk: Talk, method: str = "setMessageReaction", **error: Any) -> None:
    """Telegram says no to every such call from now on."""
    fault = {"error": {"code": 400, "description": "Bad Request: REACTION_INVALID", **error}}
    await talk.people.call("/faults", {"method": method, "times": None, "fault": fault})


async def test_a_reply_to_a_card_is_answered_by_the_card_and_a_reaction(talk: Talk) -> None:
    group, _, card = await posted(talk)
    said = await replies(talk, card, "expected 50", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    assert "48 → 50" in (await now(talk, card)).text
    assert len(await from_desk(talk, group)) == 1


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("/edit F-0001 expected 50", "48 → 50"),
        ("/withdraw F-0001 wrong day", "Withdrawn"),
        ("/figure F-0001 people 60 source the airport", "60"),
    ],
)
async def test_commands_that_change_an_entry_are_answered_so_too(talk: Talk, command: str, shown: str) -> None:
    group, _, card = await posted(talk)
    said = await talk.tells(command, who=TIMUR, chat=group)
    assert await receipts(talk, said) == KEPT
    assert shown in (await now(talk, card)).text
    assert len(await from_desk(talk, group)) == 1


async def test_an_edited_post_bears_a_receipt_beside_its_changed_card(talk: Talk) -> None:
    group, said, card = await posted(talk)
    assert await receipts(talk, said) == []
    await edits(talk, said, POST.replace("48", "52"))
    assert await receipts(talk, said) == KEPT
    assert "48 → 52" in (await now(talk, card)).text
    assert len(await from_desk(talk, group)) == 1


async def test_an_edited_correction_changes_the_card_again(talk: Talk) -> None:
    group, _, card = await posted(talk)
    said = await replies(talk, card, "expected 50", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    await edits(talk, said, "expected 51", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    assert "51" in (await now(talk, card)).text
    assert len(await from_desk(talk, group)) == 1


async def test_undo_says_in_a_message_what_it_took_back(talk: Talk) -> None:
    group, _, card = await posted(talk)
    await replies(talk, card, "expected 50")
    told = await talk.says("/undo", chat=group)
    assert "F-0001" in told.text
    assert "48" in (await now(talk, card)).text


async def test_a_group_that_allows_only_some_reactions_gets_one_of_them(talk: Talk) -> None:
    group, _, card = await posted(talk)
    await talk.people.call(f"/chats/{group}/reactions", {"allowed": ["❤", "👍"]})
    said = await replies(talk, card, "expected 50", who=TIMUR)
    assert await receipts(talk, said) == ["👍"]
    assert len(await from_desk(talk, group)) == 1


async def test_where_no_reaction_can_be_given_the_answer_is_a_message(talk: Talk) -> None:
    group, _, card = await posted(talk)
    await talk.people.call(f"/chats/{group}/reactions", {"allowed": []})
    told = await answered(talk, card, "expected 50", who=TIMUR)
    assert "48 → 50" in told.text
    assert "48 → 50" in (await now(talk, card)).text


async def test_where_no_card_stands_the_answer_is_a_message(talk: Talk) -> None:
    group, _, card = await posted(talk)
    await talk.people.call(f"/person/{AIGUL}/delete", {"chat": group, "message": card.id})
    told = await talk.says("/edit F-0001 expected 50", chat=group)
    assert "48 → 50" in told.text


async def test_an_edited_post_whose_receipt_is_refused_gets_no_second_message(talk: Talk) -> None:
    group, said, card = await posted(talk)
    await refuses(talk)
    await edits(talk, said, POST.replace("48", "52"))
    assert "48 → 52" in (await now(talk, card)).text
    assert len(await from_desk(talk, group)) == 1


async def test_a_message_that_is_deleted_meanwhile_leaves_the_card_changed(talk: Talk) -> None:
    group, _, card = await posted(talk)
    await refuses(talk, description="Bad Request: message to react not found")
    told = await answered(talk, card, "expected 50", who=TIMUR)
    assert "48 → 50" in told.text
    assert [one["expected"] for one in await talk.kept()] == [50]
    assert len(await from_desk(talk, group)) == 2


async def test_a_receipt_goes_when_the_message_no_longer_says_what_was_kept(talk: Talk) -> None:
    group, _, card = await posted(talk)
    said = await replies(talk, card, "/edit expected 50", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    await edits(talk, said, "/edit expected lots", who=TIMUR)
    assert await receipts(talk, said) == []
    assert "✋" in (await from_desk(talk, group))[-1].text
    await edits(talk, said, "/edit expected 53", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    assert not any("✋" in one.text for one in await from_desk(talk, group))
    assert "53" in (await now(talk, card)).text


async def test_a_refused_command_bears_no_receipt_until_it_is_right(talk: Talk) -> None:
    group, _, card = await posted(talk)
    said = await replies(talk, card, "/edit expected lots", who=TIMUR)
    assert await receipts(talk, said) == []
    refused = (await from_desk(talk, group))[-1]
    await edits(talk, said, "/edit expected 50", who=TIMUR)
    assert await receipts(talk, said) == KEPT
    assert "48 → 50" in (await now(talk, refused)).text


async def test_a_post_edited_into_something_unreadable_loses_its_receipt_and_gets_it_back(talk: Talk) -> None:
    _, said, _ = await posted(talk)
    right = POST.replace("48", "52")
    await edits(talk, said, right)
    assert await receipts(talk, said) == KEPT
    await edits(talk, said, POST.replace("48", "lots"))
    assert await receipts(talk, said) == []
    await edits(talk, said, right)
    assert await receipts(talk, said) == KEPT
    assert [one["expected"] for one in await talk.kept()] == [52]


async def test_a_card_that_asks_something_is_a_message_of_its_own(talk: Talk) -> None:
    group, _, _ = await posted(talk)
    card = await talk.says(ELSEWHERE, chat=group)
    said = await replies(talk, card, "to Aktau", who=TIMUR)
    told = await talk.people.hears(group, after=said.id)
    assert "F-0001 again?" in told.text
    assert await receipts(talk, said) == []


async def test_in_private_the_answer_stays_a_card(talk: Talk) -> None:
    said, card = await talk.posts(POST)
    await edits(talk, said, POST.replace("48", "52"))
    assert await receipts(talk, said) == []
    assert "48 → 52" in (await now(talk, card)).text
    assert "50" in (await answered(talk, card, "expected 50")).text


async def test_a_receipt_that_was_given_before_a_crash_is_given_again_and_is_still_one(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        group, _, card = await posted(talk)
        lost = {"method": "setMessageReaction", "times": 1, "fault": {"cut": "after"}}
        await talk.people.call("/faults", lost)
        said = await replies(talk, card, "expected 50", who=TIMUR)
        assert await receipts(talk, said) == KEPT
        assert [one["revision"] for one in await talk.kept()] == [2]
        made = await talk.people.call("/calls", method="GET")
        assert sum(one["method"] == "setMessageReaction" for one in made) == 2
        apologies = [one for one in await from_desk(talk, group) if one.id != card.id]
        assert all("→" not in one.text for one in apologies)


async def test_two_corrections_at_once_are_both_receipted(talk: Talk) -> None:
    _, _, card = await posted(talk)
    async with asyncio.timeout(PATIENCE):
        one, other = await asyncio.gather(
            replies(talk, card, "expected 50", who=TIMUR), replies(talk, card, "note two buses", who=AIGUL)
        )
    assert await receipts(talk, one) == KEPT
    assert await receipts(talk, other) == KEPT
    [entry] = await talk.kept()
    assert (entry["expected"], "two buses" in entry["body"]) == (50, True)


async def test_a_group_that_forbids_the_desk_to_react_is_answered_by_a_message(talk: Talk) -> None:
    group, _, card = await posted(talk)
    await refuses(talk, code=403, description="Forbidden: not enough rights to react")
    assert "48 → 50" in (await answered(talk, card, "expected 50", who=TIMUR)).text
    assert len(await from_desk(talk, group)) == 2
