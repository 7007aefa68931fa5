"""Groups: membership, privacy mode, administrators, becoming a supergroup, forums and their topics."""

from typing import Any

from tests.sandbox.conftest import Line

BOT = 7000000001


async def texts(line: Line) -> list[str]:
    return [update["message"]["text"] for update in await line.updates() if "text" in update.get("message", {})]


async def test_the_bot_is_told_that_it_joined(line: Line) -> None:
    view = await line.do("/chats", title="Reception", type="supergroup", members=[1001, 1002], bot_is_admin=True)
    assert view == {
        "id": -1000000000001,
        "type": "supergroup",
        "title": "Reception",
        "members": [1001, 1002],
        "is_forum": False,
        "reactions": None,
    }
    joined, welcomed, promoted = await line.updates()
    member = joined["my_chat_member"]
    assert (member["old_chat_member"]["status"], member["new_chat_member"]["status"]) == ("left", "member")
    assert member["from"]["id"] == 1001
    assert [user["id"] for user in welcomed["message"]["new_chat_members"]] == [BOT]
    assert promoted["my_chat_member"]["new_chat_member"]["can_delete_messages"] is True


async def test_with_privacy_mode_only_what_is_meant_for_it(line: Line) -> None:
    group = await line.group()
    sent = await line.ok("sendMessage", chat_id=group, text="ready")
    said = await line.say("good morning", chat=group)
    for text in ("/stats", "/stats@wayhome_bot", "/stats@other_bot", "see /stats", "hi @wayhome_bot", "hi @omar"):
        await line.say(text, 1002, chat=group)
    await line.say("thanks", chat=group, reply_to=sent["message_id"])
    await line.say("same", chat=group, reply_to=said["message_id"])
    assert await texts(line) == ["/stats", "/stats@wayhome_bot", "hi @wayhome_bot", "thanks"]
    await line.do("/person/1001/edit", chat=group, message=said["message_id"], text="/stats now")
    assert [update["edited_message"]["text"] for update in await line.updates()] == ["/stats now"]


async def test_a_command_without_a_name_goes_to_the_bot_that_wrote_last(line: Line) -> None:
    await line.ok("getMe")
    other, line.token = line.token, "42:" + "B" * 35
    await line.ok("getMe")
    group = (await line.do("/chats", title="Two", members=[1001, 42]))["id"]
    await line.updates()
    await line.ok("sendMessage", chat_id=group, text="mine")
    await line.say("/stats", chat=group)
    assert await texts(line) == ["/stats"]
    line.token = other
    assert await texts(line) == []


async def test_without_privacy_mode_everything(line: Line) -> None:
    assert (await line.ok("getMe"))["can_read_all_group_messages"] is False
    group = await line.group(privacy_mode=False)
    assert (await line.ok("getMe"))["can_read_all_group_messages"] is True
    await line.say("good morning", chat=group)
    assert await texts(line) == ["good morning"]
    closed = await line.group(privacy_mode=True)
    await line.say("one", chat=closed)
    await line.say("two", chat=group)
    assert await texts(line) == ["two"]


async def test_an_administrator_reads_everything(line: Line) -> None:
    group = await line.group(bot_is_admin=True)
    await line.say("good morning", chat=group)
    assert await texts(line) == ["good morning"]
    await line.do(f"/chats/{group}/members", demote=[BOT])
    await line.say("good night", chat=group)
    assert await texts(line) == []


async def test_people_come_and_go(line: Line) -> None:
    group = await line.group(bot_is_admin=True)
    await line.updates(allowed_updates=["chat_member", "message"])
    view = await line.do(f"/chats/{group}/members", remove=[1002])
    assert view["members"] == [1001]
    left, member = await line.updates()
    assert left["message"]["left_chat_member"]["id"] == 1002
    assert member["chat_member"]["new_chat_member"] == {
        "status": "kicked",
        "user": {"id": 1002, "is_bot": False, "first_name": "Omar", "username": "omar"},
        "until_date": 0,
    }
    assert await line.cant("/person/1002/say", chat=group, text="x") == (403, "Omar isn't in that chat")
    await line.do(f"/chats/{group}/members", add=[1002])
    assert [list(update)[1] for update in await line.updates()] == ["chat_member", "message"]
    for wrong in ({"remove": [1001]}, {"remove": [7]}, {"add": [7]}, {"add": "all"}):
        assert (await line.cant(f"/chats/{group}/members", **wrong))[0] in (400, 404)


async def test_a_bot_that_is_out_is_out(line: Line) -> None:
    group = await line.group()
    await line.do(f"/chats/{group}/members", remove=[BOT])
    [told] = [update for update in await line.updates() if "my_chat_member" in update]
    assert told["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    kicked = "403 Forbidden: bot was kicked from the supergroup chat"
    assert await line.no("sendMessage", chat_id=group, text="x") == kicked
    assert await line.no("getChat", chat_id=group) == kicked
    await line.do(f"/chats/{group}/members", add=[BOT])
    assert await line.ok("leaveChat", chat_id=group) is True
    gone = "403 Forbidden: bot is not a member of the supergroup chat"
    assert await line.no("sendMessage", chat_id=group, text="x") == gone
    assert await line.no("getChatMemberCount", chat_id=group) == gone
    line.token = "42:" + "B" * 35
    assert await line.no("sendMessage", chat_id=group, text="x") == "chat not found"


async def test_a_group_becomes_a_supergroup(line: Line) -> None:
    group = await line.group("group")
    await line.ok("sendMessage", chat_id=group, text="before")
    moved = (await line.do(f"/chats/{group}/migrate"))["id"]
    old, new = await line.updates()
    assert (old["message"]["chat"]["id"], old["message"]["migrate_to_chat_id"]) == (group, moved)
    assert (new["message"]["chat"]["id"], new["message"]["migrate_from_chat_id"]) == (moved, group)
    status, body = await line.call("sendMessage", chat_id=group, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": moved})
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (await line.ok("sendMessage", chat_id=moved, text="after"))["chat"]["type"] == "supergroup"
    assert [chat["id"] for chat in await line.see("/person/1001/chats")] == [1001, moved]
    assert await line.cant("/person/1001/say", chat=group, text="x") == (400, f"the group is now {moved}")
    assert (await line.cant(f"/chats/{moved}/migrate"))[0] == 400
    assert (await line.cant(f"/chats/{group}/migrate"))[0] == 404


async def test_what_a_bot_may_know_of_a_chat(line: Line) -> None:
    group = await line.group(bot_is_admin=True)
    sent = await line.ok("sendMessage", chat_id=group, text="rules")
    assert await line.ok("pinChatMessage", chat_id=group, message_id=sent["message_id"]) is True
    full = await line.ok("getChat", chat_id=group)
    assert (full["title"], full["pinned_message"]["text"]) == ("Reception", "rules")
    assert await line.ok("getChatMemberCount", chat_id=group) == 3
    statuses = [(await line.ok("getChatMember", chat_id=group, user_id=who))["status"] for who in (1001, 1002, BOT)]
    assert statuses == ["creator", "member", "administrator"]
    assert await line.no("getChatMember", chat_id=group, user_id=5) == "PARTICIPANT_ID_INVALID"
    assert [admin["user"]["id"] for admin in await line.ok("getChatAdministrators", chat_id=group)] == [1001, BOT]
    assert await line.no("getChatAdministrators", chat_id=1001) == "there are no administrators in the private chat"
    private = await line.ok("getChat", chat_id=1002)
    assert (private["type"], private["active_usernames"]) == ("private", ["omar"])
    assert "active_usernames" not in await line.ok("getChat", chat_id=1001)
    assert (await line.no("leaveChat", chat_id=1001)).startswith("chat member status")


async def test_pins(line: Line) -> None:
    group = await line.group(bot_is_admin=True)
    first, second = [(await line.ok("sendMessage", chat_id=group, text=text))["message_id"] for text in "ab"]
    for number in (first, second, first):
        await line.ok("pinChatMessage", chat_id=group, message_id=number)
    assert (await line.ok("getChat", chat_id=group))["pinned_message"]["message_id"] == first
    await line.ok("unpinChatMessage", chat_id=group)
    assert (await line.ok("getChat", chat_id=group))["pinned_message"]["message_id"] == second
    await line.ok("deleteMessage", chat_id=group, message_id=second)
    assert "pinned_message" not in await line.ok("getChat", chat_id=group)
    assert await line.no("unpinChatMessage", chat_id=group) == "message to unpin not found"
    assert await line.ok("unpinAllChatMessages", chat_id=group) is True
    assert await line.no("pinChatMessage", chat_id=group, message_id=999) == "message to pin not found"
    plain = await line.group()
    sent = await line.ok("sendMessage", chat_id=plain, text="x")
    assert await line.no("pinChatMessage", chat_id=plain, message_id=sent["message_id"]) == (
        "not enough rights to manage pinned messages in the chat"
    )


async def test_an_ordinary_member_deletes_only_its_own(line: Line) -> None:
    group = await line.group()
    said = await line.say("/x", chat=group)
    assert await line.no("deleteMessage", chat_id=group, message_id=said["message_id"]) == (
        "message can't be deleted for everyone"
    )
    assert await line.cant("/person/1002/delete", chat=group, message=said["message_id"]) == (
        400,
        "only their own messages",
    )
    assert await line.do("/person/1001/delete", chat=group, message=said["message_id"]) == {}


async def forum(line: Line) -> tuple[int, int]:
    group = await line.group(is_forum=True, bot_is_admin=True)
    topic = await line.ok("createForumTopic", chat_id=group, name="Flights")
    assert topic["name"] == "Flights"
    return group, int(topic["message_thread_id"])


async def test_topics(line: Line) -> None:
    group, topic = await forum(line)
    sent = await line.ok("sendMessage", chat_id=group, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Flights"
    assert sent["chat"]["is_forum"] is True
    reply = await line.ok("sendMessage", chat_id=group, text="y", reply_parameters={"message_id": sent["message_id"]})
    assert (reply["message_thread_id"], reply["reply_to_message"]["text"]) == (topic, "x")
    said = await line.say("z", chat=group, thread=topic)
    assert (await line.updates())[0]["message"] == said
    general = await line.ok("sendMessage", chat_id=group, text="x")
    assert "message_thread_id" not in general
    assert await line.no("sendMessage", chat_id=group, text="x", message_thread_id=999) == "message thread not found"
    assert await line.no("sendMessage", chat_id=1001, text="x", message_thread_id=topic) != ""


async def test_topics_close_and_go(line: Line) -> None:
    group, topic = await forum(line)
    where = {"chat_id": group, "message_thread_id": topic}
    assert await line.ok("editForumTopic", **where, name="All flights") is True
    assert await line.ok("closeForumTopic", **where) is True
    assert await line.no("closeForumTopic", **where) == "TOPIC_NOT_MODIFIED"
    assert (await line.cant("/person/1001/say", chat=group, thread=topic, text="x"))[0] == 404
    await line.ok("sendMessage", **where, text="an administrator may")
    await line.do(f"/chats/{group}/members", demote=[BOT])
    assert await line.no("sendMessage", **where, text="x") == "TOPIC_CLOSED"
    assert await line.no("reopenForumTopic", **where) == "not enough rights to create a topic"
    await line.do(f"/chats/{group}/members", promote=[BOT])
    assert await line.ok("reopenForumTopic", **where) is True
    assert await line.ok("deleteForumTopic", **where) is True
    assert await line.no("deleteForumTopic", **where) == "message thread not found"
    kept: list[Any] = await line.see(f"/person/1001/messages?chat={group}")
    assert all(message.get("message_thread_id") != topic for message in kept)


async def test_topics_that_are_refused(line: Line) -> None:
    plain = await line.group(bot_is_admin=True)
    assert await line.no("createForumTopic", chat_id=plain, name="x") == "the chat is not a forum"
    group, _ = await forum(line)
    assert await line.no("createForumTopic", chat_id=group, name=" ") == "TOPIC_TITLE_EMPTY"
    assert await line.no("createForumTopic", chat_id=group, name="x" * 129) == "TOPIC_TITLE_INVALID"
    assert await line.no("createForumTopic", chat_id=group, name="x", icon_color=1) == (
        "wrong parameter icon_color in request"
    )
