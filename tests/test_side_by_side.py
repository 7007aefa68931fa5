"""Many chats at once: nobody waits for another's slow or failing message."""

import asyncio
from pathlib import Path

import pytest

from handlers import reading
from handlers.ask import Ask, Reply
from handlers.house import House
from tests.house import AIGUL, TIMUR, Talk, talking
from tests.talk import PATIENCE

FIRST, CHATS = 3001, 50


async def test_with_a_slow_bot_api_fifty_chats_are_answered_side_by_side(tmp_path: Path) -> None:
    owners = tuple(range(FIRST, FIRST + CHATS))
    async with talking(tmp_path, owners=owners) as talk:
        await talk.people.call("/faults", {"method": "sendMessage", "times": None, "fault": {"latency": 600}})
        for who in owners:
            await talk.people.call("/people", {"id": who, "first_name": f"P{who}"})
        await asyncio.gather(
            *(talk.tells(f"/session 01.03.2026 site Aktau type legal {who} women", who) for who in owners)
        )
        async with asyncio.timeout(PATIENCE):  # one after the other there would never be as many under way together
            while await under_way(talk) < CHATS:
                await asyncio.sleep(0.02)
        await talk.people.call("/faults", method="DELETE")
        await talk.quiet()
        assert len(await talk.kept()) == CHATS


async def under_way(talk: Talk) -> int:
    """How many answers are on their way to Telegram, none of them acknowledged."""
    calls = await talk.people.call("/calls?after=0", method="GET")
    return sum(one["method"] == "sendMessage" and one["status"] is None for one in calls)


async def test_an_update_that_always_fails_delays_no_other_chat_and_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(house: House, ask: Ask) -> Reply:
        raise ValueError(ask.rest)

    monkeypatch.setattr(reading, "show", broken)
    async with talking(tmp_path, waits=(0.02, 0.02, 0.02)) as talk:
        answer = await talk.says("/show F-0001", who=TIMUR)
        assert "F-0001" not in answer.text
        assert "0" in (await talk.says("/stats", who=AIGUL)).text
        async with asyncio.timeout(PATIENCE):
            while not (aside := talk.rows("SELECT * FROM inbox WHERE state = 'aside'")):
                await asyncio.sleep(0.01)
        assert aside[0]["reference"] in answer.text
        told = await talk.people.hears(AIGUL)
        assert aside[0]["reference"] in told.text
        assert "/stats" in (await talk.says("/help", who=TIMUR)).text
