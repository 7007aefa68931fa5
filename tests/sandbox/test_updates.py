"""Updates: what comes, when it is confirmed, who is sent home."""

import asyncio

from sandbox import Clock
from tests.sandbox.conftest import Line

OTHER_POLL = "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def test_the_offset_confirms(line: Line) -> None:
    for text in ("one", "two", "three"):
        await line.say(text)
    first = await line.ok("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert first == await line.ok("getUpdates", limit=2)
    rest = await line.ok("getUpdates", offset=first[1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["three"]
    assert await line.ok("getUpdates", offset=rest[0]["update_id"] + 1) == []


async def test_a_negative_offset_takes_the_last(line: Line) -> None:
    for text in ("one", "two", "three"):
        await line.say(text)
    assert [update["message"]["text"] for update in await line.ok("getUpdates", offset=-1)] == ["three"]
    assert len(await line.ok("getUpdates")) == 1


async def test_a_long_poll_waits_for_what_comes(line: Line) -> None:
    poll = asyncio.create_task(line.ok("getUpdates", timeout=30))
    await line.polled()
    await line.say("now")
    assert [update["message"]["text"] for update in await poll] == ["now"]


async def test_a_short_poll_does_not(line: Line) -> None:
    assert await line.ok("getUpdates", timeout=0) == []


async def test_a_second_poller_sends_the_first_home(line: Line) -> None:
    first = asyncio.create_task(line.no("getUpdates", timeout=30))
    await line.polled()
    second = asyncio.create_task(line.ok("getUpdates", timeout=30))
    assert await first == OTHER_POLL
    await line.say("now")
    assert len(await second) == 1


async def test_a_poller_that_left_is_no_conflict(line: Line) -> None:
    poll = asyncio.create_task(line.ok("getUpdates", timeout=30))
    await line.polled()
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await line.say("now")
    assert len(await line.ok("getUpdates", timeout=30)) == 1


async def test_updates_wait_a_day(line: Line, clock: Clock) -> None:
    await line.say("old")
    clock.forward(23 * 3600)
    await line.say("new")
    assert len(await line.ok("getUpdates")) == 2
    clock.forward(2 * 3600)
    assert [update["message"]["text"] for update in await line.ok("getUpdates")] == ["new"]


async def test_kinds_are_chosen_and_stay_chosen(line: Line) -> None:
    await line.updates(allowed_updates=["edited_message"])
    said = await line.say("one")
    await line.do("/person/1001/edit", message=said["message_id"], text="two")
    await line.do("/person/1001/react", message=said["message_id"], emoji="👍")
    assert [list(update)[1] for update in await line.updates()] == ["edited_message"]
    await line.updates(allowed_updates=["message_reaction"])
    await line.do("/person/1001/react", message=said["message_id"], emoji="🔥")
    await line.do("/person/1001/react", message=said["message_id"], emoji="🔥")
    await line.do("/person/1001/react", message=said["message_id"], emoji=None)
    first, second = [update["message_reaction"] for update in await line.updates()]
    assert (first["old_reaction"], first["new_reaction"]) == (
        [{"type": "emoji", "emoji": "👍"}],
        [{"type": "emoji", "emoji": "🔥"}],
    )
    assert (second["new_reaction"], second["user"]["id"], second["message_id"]) == ([], 1001, said["message_id"])
    await line.updates(allowed_updates=[])
    await line.do("/person/1001/react", message=said["message_id"], emoji="👍")
    assert await line.updates() == []
    assert await line.no("getUpdates", allowed_updates=["messages"]) == (
        'allowed_updates: there is no update "messages" (Telegram would ignore it)'
    )


async def test_an_edit_without_change_tells_nobody(line: Line) -> None:
    said = await line.say("one")
    await line.updates()
    await line.do("/person/1001/edit", message=said["message_id"], text="one")
    assert await line.updates() == []
    edited = await line.do("/person/1001/edit", message=said["message_id"], text="/two")
    [update] = await line.updates()
    assert update["edited_message"] == edited
    assert edited["entities"][0]["type"] == "bot_command"
    assert "entities" not in await line.do("/person/1001/edit", message=said["message_id"], text="three")


async def test_an_update_keeps_what_was(line: Line) -> None:
    said = await line.say("before")
    await line.do("/person/1001/edit", message=said["message_id"], text="after")
    told = await line.ok("getUpdates")
    assert [told[0]["message"]["text"], told[1]["edited_message"]["text"]] == ["before", "after"]


async def test_each_bot_has_updates_of_its_own(line: Line) -> None:
    await line.say("to the first")
    await line.ok("getMe")
    line.token = "42:" + "B" * 35
    assert await line.ok("getUpdates") == []
    await line.say("to the second", chat=42)
    [update] = await line.updates()
    assert update["message"]["chat"]["id"] == 1001
    chats = await line.see("/person/1001/chats")
    assert [(chat["id"], chat["title"], chat["last"]["text"]) for chat in chats] == [
        (1001, "Wayhome", "to the first"),
        (42, "Bot 42", "to the second"),
    ]


async def test_stopping_sends_pollers_home(line: Line) -> None:
    poll = asyncio.create_task(line.no("getUpdates", timeout=30))
    await line.polled()
    await line.do("/reset")
    assert await poll == "502 Bad Gateway"
