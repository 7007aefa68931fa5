"""Reactions: which may be given, by whom and where, and who sees them."""

from typing import Any

import pytest
from telegram.constants import ReactionEmoji

from sandbox.reactions import EMOJI
from tests.sandbox.conftest import Line


def emoji(*signs: str) -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": one} for one in signs]


async def seen(line: Line, chat: int, message: int) -> list[Any]:
    """The reactions a person finds under the message who opens the chat now."""
    found = await line.see(f"/person/1002/messages?chat={chat}")
    return list(next(one for one in found if one["message_id"] == message).get("reactions", []))


async def test_a_bot_reacts_once_and_its_last_reaction_counts(chat: Line) -> None:
    group = await chat.group()
    said = (await chat.say("/flight", chat=group))["message_id"]
    where = {"chat_id": group, "message_id": said}
    for sign in ("👍", "✍", "✍"):
        assert await chat.ok("setMessageReaction", **where, reaction=emoji(sign)) is True
    await chat.do("/person/1001/react", chat=group, message=said, emoji="🙏")
    assert await seen(chat, group, said) == [{"user": 7000000001, "emoji": "✍"}, {"user": 1001, "emoji": "🙏"}]
    assert await chat.ok("setMessageReaction", **where, reaction=[]) is True
    assert await chat.ok("setMessageReaction", **where) is True
    assert await seen(chat, group, said) == [{"user": 1001, "emoji": "🙏"}]
    assert await chat.no("setMessageReaction", **where, reaction=emoji("👍", "✍")) == "REACTIONS_TOO_MANY"


async def test_a_group_allows_all_reactions_some_or_none(chat: Line) -> None:
    group = await chat.group()
    said = (await chat.say("/flight", chat=group))["message_id"]
    where = {"chat_id": group, "message_id": said}
    assert "available_reactions" not in await chat.ok("getChat", chat_id=group)
    await chat.ok("setMessageReaction", **where, reaction=emoji("✍"))
    view = await chat.do(f"/chats/{group}/reactions", allowed=["👍", "❤️"])
    assert view["reactions"] == ["👍", "❤"]
    assert (await chat.ok("getChat", chat_id=group))["available_reactions"] == emoji("👍", "❤")
    assert await seen(chat, group, said) == [{"user": 7000000001, "emoji": "✍"}]
    assert await chat.no("setMessageReaction", **where, reaction=emoji("🙏")) == "REACTION_INVALID"
    assert await chat.cant("/person/1001/react", chat=group, message=said, emoji="🙏") == (
        400,
        "Bad Request: REACTION_INVALID",
    )
    assert await chat.ok("setMessageReaction", **where, reaction=emoji("👍")) is True
    await chat.do(f"/chats/{group}/reactions", allowed=[])
    assert (await chat.ok("getChat", chat_id=group))["available_reactions"] == []
    assert await chat.no("setMessageReaction", **where, reaction=emoji("❤")) == "REACTION_INVALID"
    assert await chat.ok("setMessageReaction", **where) is True
    await chat.do(f"/chats/{group}/reactions", allowed=None)
    assert await chat.ok("setMessageReaction", **where, reaction=emoji("✍")) is True


@pytest.mark.parametrize(
    "reaction", [{"type": "custom_emoji", "custom_emoji_id": "5"}, {"type": "paid"}, *emoji("🚀", "x")]
)
async def test_reactions_that_no_bot_may_give(chat: Line, reaction: dict[str, str]) -> None:
    assert await chat.no("setMessageReaction", chat_id=1001, message_id=1, reaction=[reaction]) == "REACTION_INVALID"


async def test_a_message_that_is_gone_takes_no_reaction(chat: Line) -> None:
    group = await chat.group()
    said = (await chat.say("/flight", chat=group))["message_id"]
    await chat.do("/person/1001/delete", chat=group, message=said)
    told = await chat.no("setMessageReaction", chat_id=group, message_id=said, reaction=emoji("👍"))
    assert told == "message to react not found"


async def test_what_a_group_may_not_allow(line: Line) -> None:
    group = await line.group()
    for allowed in ("👍", [5], ["🚀"]):
        status, _ = await line.cant(f"/chats/{group}/reactions", allowed=allowed)
        assert status == 400
    assert (await line.cant("/chats/1001/reactions", allowed=[]))[0] == 404


def test_every_reaction_telegram_has_is_known() -> None:
    assert {one.replace("\ufe0f", "") for one in ReactionEmoji} == EMOJI
