"""Groups: the desk works in those that are tied to the team, for members who are in them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import AIGUL, MONDAY, SAMIRA, TIMUR, VISITOR, Talk, talking
from tests.test_strange_updates import Strange, strange  # noqa: F401 - a fixture

FLIGHT = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        await talk.enrol(TIMUR, "reporter")
        yield talk


async def unlinked(talk: Talk) -> int:
    made = {"title": "Elsewhere", "type": "supergroup", "members": [AIGUL, TIMUR, VISITOR]}
    return int((await talk.people.call("/chats", made))["id"])


async def answers(talk: Talk, chat: int) -> list[str]:
    await talk.quiet()
    return [one.text for one in await talk.people.sees(AIGUL, chat) if one.raw.get("from", {}).get("is_bot")]


async def test_an_unlinked_group_gets_one_line_to_a_members_command_and_nothing_else(team: Talk) -> None:
    group = await unlinked(team)
    await team.tells(FLIGHT, VISITOR, group)
    await team.tells("good morning", TIMUR, group)
    assert await answers(team, group) == []
    assert "/link" in (await team.says(FLIGHT, TIMUR, group)).text
    for text in (FLIGHT, "/list", "/stats"):
        await team.tells(text, AIGUL, group)
    assert len(await answers(team, group)) == 1
    assert await team.kept() == []


async def test_a_coordinator_links_a_group_and_lets_it_go(team: Talk) -> None:
    group = await unlinked(team)
    assert "another role: coordinator" in (await team.says("/link", TIMUR, group)).text
    assert "tied to the team now" in (await team.says("/link", AIGUL, group)).text
    card = await team.says(FLIGHT, TIMUR, group)
    assert "F-0001" in card.text
    await team.says("/digest daily 08:00", AIGUL, group)
    assert "not tied" in (await team.says("/unlink", AIGUL, group)).text
    toast, _ = await team.presses(card, next(iter(card.buttons)), AIGUL)
    assert "for its team only" in toast
    before = len(await answers(team, group))
    team.clock.set(MONDAY.replace(day=4))
    await team.tells("/list", AIGUL)
    await team.quiet()
    assert len(await answers(team, group)) == before
    acts = [one["act"] for one in team.rows("SELECT act FROM journal ORDER BY seq")]
    assert [one for one in acts if one in {"linked", "unlinked"}] == ["linked", "unlinked"]


async def test_a_groups_strangers_post_nothing(team: Talk) -> None:
    group = await team.group()
    assert str(VISITOR) in (await team.says(FLIGHT, VISITOR, group)).text
    await team.tells(FLIGHT, VISITOR, group)
    assert len(await answers(team, group)) == 1
    assert await team.kept() == []


@pytest.mark.parametrize("admin", [False, True])
async def test_who_leaves_the_group_loses_their_rights_there_at_once(strange: Strange, *, admin: bool) -> None:  # noqa: F811
    talk = strange.talk
    made = {"title": "R", "type": "supergroup", "members": [AIGUL, TIMUR], "bot_is_admin": admin}
    group = int((await talk.people.call("/chats", made))["id"])
    await talk.links(group)
    card = await talk.says(FLIGHT, TIMUR, group)
    departed = next(data for label, data in card.buttons.items() if "Departed" in label)
    await talk.people.call(f"/chats/{group}/members", {"remove": [TIMUR]})
    await talk.quiet()
    assert await strange.press(card, departed, who=TIMUR) == ["done"]
    assert [one["status"] for one in await talk.kept()] == ["planned"]
    assert "F-0002" in (await talk.says("/flight 20.03.2026 from Erbil to Astana expected 9", TIMUR)).text
    await talk.people.call(f"/chats/{group}/members", {"add": [TIMUR]})
    assert await strange.press(card, departed, who=TIMUR) == ["done"]
    assert [one["status"] for one in await talk.kept()] == ["departed", "planned"]


async def test_a_command_of_a_member_who_is_not_in_the_group_is_a_strangers(tmp_path: Path) -> None:
    async with talking(tmp_path, owners=(AIGUL, SAMIRA)) as talk:
        group = await talk.group()
        await talk.people.call(f"/chats/{group}/members", {"add": [SAMIRA]})
        fault = {"error": {"code": 400, "description": "Bad Request: PARTICIPANT_ID_INVALID"}}
        await talk.people.call("/faults", {"method": "getChatMember", "times": 1, "fault": fault})
        assert str(SAMIRA) in (await talk.says(FLIGHT, SAMIRA, group)).text
        assert await talk.kept() == []
        assert "F-0001" in (await talk.says(FLIGHT, SAMIRA, group)).text


def said(chat: dict[str, object], **what: object) -> dict[str, object]:
    stranger = {"id": VISITOR, "is_bot": False, "first_name": "V"}
    return {"message_id": 1, "date": 1_772_427_600, "chat": chat, "from": stranger, "text": "/show F-0001"} | what


async def test_nothing_a_stranger_tries_tells_more_than_that_the_desk_is_its_teams(strange: Strange) -> None:  # noqa: F811
    talk = strange.talk
    await talk.desk.introduction.made.wait()
    card = await talk.says(FLIGHT)
    departed = next(data for label, data in card.buttons.items() if "Departed" in label)
    assert str(VISITOR) in (await talk.says("/start", VISITOR)).text
    links = ("F-0001", "F-9999", "f:1:1:y", "0" * 64, "x")  # as many as are answered within an hour
    assert len({(await talk.says(f"/start {one}", VISITOR)).text for one in links}) == 1
    private = {"id": VISITOR, "type": "private", "first_name": "V"}
    channel = {"id": -1_005_000_000_001, "type": "channel", "title": "C"}
    origin = {"type": "user", "date": 1, "sender_user": {"id": AIGUL, "is_bot": False, "first_name": "A"}}
    forwarded = card.raw | {"chat": private, "forward_origin": origin}
    person = said(private)["from"]
    tried = [
        {"message": said(private, forward_origin=origin)},
        {"message": said(private, text="/start F-0001")},
        {"message": said(private, text="/start f:1:1:y")},
        {"message": said(private, via_bot={"id": 1, "is_bot": True, "first_name": "B"})},
        {"message": said(private, reply_to_message=card.raw)},
        {"edited_message": said(private, edit_date=1_772_427_700)},
        {"channel_post": said(channel, sender_chat=channel)},
        {"message": said({"id": -1_005_000_000_002, "type": "supergroup", "title": "G"}, sender_chat=channel)},
        {"inline_query": {"id": "1", "from": person, "query": "F-0001", "offset": ""}},
        {"chosen_inline_result": {"result_id": "1", "from": person, "query": "F-0001"}},
        {
            "callback_query": {
                "id": "1",
                "from": person,
                "chat_instance": "1",
                "data": departed,
                "inline_message_id": "1",
            }
        },
    ]
    before = (await talk.people.call("/calls", method="GET"))[-1]["n"]
    assert {*await strange.slips(*tried)} == {"done"}
    told = [
        one
        for one in await talk.people.call(f"/calls?after={before}", method="GET")
        if one["method"] not in {"getUpdates", "getWebhookInfo"}
    ]
    assert told == []
    toasts = []
    for data in (departed, "s:99:1:departed", "b:1:1", "b:99:1", "x"):
        query = {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": forwarded}
        assert await strange.slips({"callback_query": query}) == ["done"]
        toasts.append((await talk.people.call("/calls", method="GET"))[-1]["parameters"].get("text"))
    assert toasts == ["This desk is for its team only."] * 5
    assert [one["status"] for one in await talk.kept()] == ["planned"]
