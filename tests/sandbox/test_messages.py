"""Sending, replying, copying, editing and deleting, with all their refusals."""

from typing import Any

import pytest

from sandbox import Clock
from tests.sandbox.conftest import Line

UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


async def test_a_message_is_telegrams_message(chat: Line, clock: Clock) -> None:
    sent = await chat.ok("sendMessage", chat_id=1001, text=" hello /help ", disable_notification=True)
    bot = {"id": 7000000001, "is_bot": True, "first_name": "Wayhome", "username": "wayhome_bot"}
    assert sent == {
        "message_id": 2,
        "from": bot,
        "chat": {"id": 1001, "type": "private", "first_name": "Aigul"},
        "date": pytest.approx(clock.unix(), abs=1),
        "text": "hello /help",
        "entities": [{"type": "bot_command", "offset": 6, "length": 5}],
    }
    assert (await chat.see("/person/1001/messages"))[-1] == sent


async def test_who_never_wrote_cannot_be_written_to(line: Line) -> None:
    assert (
        await line.no("sendMessage", chat_id=1002, text="x")
        == "403 Forbidden: bot can't initiate conversation with a user"
    )
    await line.say("hi", 1002)
    assert await line.ok("sendMessage", chat_id=1002, text="x")


async def test_who_blocked_the_bot_cannot_be_written_to(chat: Line) -> None:
    await chat.do("/person/1001/block", blocked=True)
    told = (await chat.updates())[0]["my_chat_member"]
    assert (told["old_chat_member"]["status"], told["new_chat_member"]["status"]) == ("member", "kicked")
    assert await chat.no("sendMessage", chat_id=1001, text="x") == "403 Forbidden: bot was blocked by the user"
    assert await chat.cant("/person/1001/say", text="x") == (403, "Aigul has blocked the bot")
    await chat.do("/person/1001/block", blocked=False)
    assert (await chat.updates())[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert await chat.ok("sendMessage", chat_id=1001, text="x")


async def test_replies(chat: Line) -> None:
    first = await chat.ok("sendMessage", chat_id=1001, text="one", reply_parameters={"message_id": 1})
    second = await chat.ok(
        "sendMessage", chat_id=1001, text="two", reply_parameters={"message_id": first["message_id"]}
    )
    assert first["reply_to_message"]["text"] == "/start"
    assert "reply_to_message" not in second["reply_to_message"]
    assert await chat.no("sendMessage", chat_id=1001, text="x", reply_parameters={"message_id": 99}) == (
        "message to be replied not found"
    )
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await chat.ok("sendMessage", chat_id=1001, text="x", reply_parameters=lenient)
    said = await chat.say("and?", reply_to=first["message_id"])
    assert said["reply_to_message"]["text"] == "one"
    assert (await chat.no("sendMessage", chat_id=1001, text="x", reply_parameters={"message_id": 1, "quote": "a"}))[
        :3
    ] == "501"
    assert (await chat.no("sendMessage", chat_id=1001, text="x", reply_parameters={"message_id": 1, "chat_id": 7}))[
        :3
    ] == "501"


async def test_link_preview_options_are_kept(chat: Line) -> None:
    sent = await chat.ok("sendMessage", chat_id=1001, text="e.org", link_preview_options={"is_disabled": True})
    assert sent["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        (keyboard({"text": "x", "callback_data": "y" * 65}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "x", "callback_data": "ә" * 33}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "x", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "x", "copy_text": {"text": "y" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard({"text": "x", "copy_text": {"text": ""}}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard({"text": "x", "url": "no url"}), "inline keyboard button URL 'no url' is invalid: Wrong HTTP URL"),
        (keyboard({"text": "", "url": "e.org"}), "inline keyboard button text must be non-empty"),
        (
            keyboard({"text": "x"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard({"text": "x", "url": "e.org", "callback_data": "y"}),
            "can't parse inline keyboard button: it has url and callback_data, exactly one is allowed",
        ),
        (
            keyboard({"text": "x", "callback_data": "y", "style": "pink"}),
            "can't parse keyboard button: style must be one of danger, success, primary",
        ),
        (
            keyboard({"text": "x", "callbackdata": "y"}),
            'can\'t parse reply_markup: inline_keyboard[0][0]: InlineKeyboardButton has no field "callbackdata"',
        ),
        (
            {"inline_keyboard": [{"text": "x"}]},
            "can't parse reply_markup: inline_keyboard[0]: must be of type Array",
        ),
        (keyboard(*[{"text": "x", "callback_data": "y"}] * 101), "REPLY_MARKUP_TOO_LONG"),
        ({"keyboard": []}, "can't parse reply keyboard markup: it has no buttons"),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
        (
            {"keyboard": [[{"text": "x"}]], "input_field_placeholder": "y" * 65},
            "can't parse reply keyboard markup: input_field_placeholder is over 64 characters",
        ),
        ({"remove_keyboard": False}, "can't parse reply_markup: remove_keyboard: must be True"),
    ],
)
async def test_keyboards_telegram_refuses(chat: Line, markup: Any, problem: str) -> None:
    assert await chat.no("sendMessage", chat_id=1001, text="x", reply_markup=markup) == problem


async def test_keyboards_telegram_takes(chat: Line) -> None:
    buttons: list[dict[str, Any]] = [
        {"text": "a", "callback_data": "y" * 64, "style": "danger"},
        {"text": "b", "url": "https://e.org/x"},
        {"text": "c", "copy_text": {"text": "y" * 256}},
    ]
    sent = await chat.ok("sendMessage", chat_id=1001, text="x", reply_markup={"inline_keyboard": [buttons, []]})
    assert sent["reply_markup"] == {"inline_keyboard": [buttons]}
    assert "reply_markup" not in await chat.ok(
        "sendMessage", chat_id=1001, text="x", reply_markup={"inline_keyboard": []}
    )


async def test_other_keyboards_are_for_people_only(chat: Line) -> None:
    markups: list[dict[str, Any]] = [{"keyboard": [["x"]]}, {"remove_keyboard": True}, {"force_reply": True}]
    markups[0] = {"keyboard": [[{"text": "x"}]], "resize_keyboard": True}
    for markup in markups:
        sent = await chat.ok("sendMessage", chat_id=1001, text="x", reply_markup=markup)
        assert "reply_markup" not in sent
        assert (await chat.see("/person/1001/messages"))[-1]["reply_markup"] == markup
        assert (
            await chat.no("editMessageText", chat_id=1001, message_id=sent["message_id"], text="y")
            == "message can't be edited"
        )


async def test_editing(chat: Line, clock: Clock) -> None:
    markup = keyboard({"text": "a", "callback_data": "b"})
    sent = await chat.ok("sendMessage", chat_id=1001, text="x", reply_markup=markup)
    where = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert await chat.no("editMessageText", **where, text="x", reply_markup=markup) == UNCHANGED
    assert await chat.no("editMessageReplyMarkup", **where, reply_markup=markup) == UNCHANGED
    clock.forward(60)
    edited = await chat.ok("editMessageText", **where, text="<i>x</i>", parse_mode="HTML", reply_markup=markup)
    assert edited["edit_date"] >= edited["date"] + 60
    assert edited["entities"][0]["type"] == "italic"
    assert "reply_markup" not in await chat.ok("editMessageText", **where, text="y")
    assert (await chat.ok("editMessageReplyMarkup", **where, reply_markup=markup))["text"] == "y"
    assert (await chat.see("/person/1001/messages"))[-1]["reply_markup"] == markup


async def test_editing_what_cannot_be_edited(chat: Line) -> None:
    assert await chat.no("editMessageText", chat_id=1001, message_id=1, text="x") == "message can't be edited"
    assert await chat.no("editMessageText", chat_id=1001, message_id=77, text="x") == "message to edit not found"
    assert await chat.no("editMessageText", chat_id=1001, text="x") == "message identifier is not specified"
    assert await chat.no("editMessageText", message_id=1, text="x") == "chat_id is empty"
    sent = await chat.ok("sendMessage", chat_id=1001, text="x")
    where = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert await chat.no("editMessageCaption", **where, caption="x") == "there is no caption in the message to edit"
    assert await chat.no("editMessageText", **where, text="") == "message text is empty"


async def test_deleting(chat: Line, clock: Clock) -> None:
    ids = [(await chat.ok("sendMessage", chat_id=1001, text=str(n)))["message_id"] for n in range(4)]
    assert await chat.ok("deleteMessage", chat_id=1001, message_id=ids[0]) is True
    assert await chat.no("deleteMessage", chat_id=1001, message_id=ids[0]) == "message to delete not found"
    assert await chat.ok("deleteMessage", chat_id=1001, message_id=1) is True
    assert await chat.ok("deleteMessages", chat_id=1001, message_ids=[ids[0], ids[1], ids[1], 999]) is True
    assert [m["message_id"] for m in await chat.see("/person/1001/messages")] == ids[2:]
    clock.forward(49 * 3600)
    assert await chat.no("deleteMessage", chat_id=1001, message_id=ids[2]) == "message can't be deleted for everyone"
    assert (
        await chat.no("deleteMessages", chat_id=1001, message_ids=[ids[2]]) == "message can't be deleted for everyone"
    )
    assert await chat.no("deleteMessages", chat_id=1001, message_ids=[]) == "message identifiers are not specified"
    assert (
        await chat.no("deleteMessages", chat_id=1001, message_ids=[1] * 101) == "too many message identifiers specified"
    )


async def test_copying_and_forwarding(chat: Line) -> None:
    markup = keyboard({"text": "a", "callback_data": "b"})
    sent = await chat.ok("sendMessage", chat_id=1001, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
    where = {"chat_id": 1001, "from_chat_id": 1001, "message_id": sent["message_id"]}
    copy = await chat.ok("copyMessage", **where)
    forwarded = await chat.ok("forwardMessage", **where)
    seen = await chat.see("/person/1001/messages")
    assert copy == {"message_id": seen[-2]["message_id"]}
    assert (seen[-2]["entities"], "reply_markup" in seen[-2]) == (sent["entities"], False)
    assert forwarded["forward_origin"] == {"type": "user", "sender_user": sent["from"], "date": sent["date"]}
    again = await chat.ok("forwardMessage", **{**where, "message_id": forwarded["message_id"]})
    assert again["forward_origin"] == forwarded["forward_origin"]
    assert (
        await chat.no("editMessageText", chat_id=1001, message_id=again["message_id"], text="y")
        == "message can't be edited"
    )
    assert await chat.no("copyMessage", **{**where, "message_id": 999}) == "message to copy not found"
    assert await chat.no("forwardMessage", **{**where, "message_id": 999}) == "message to forward not found"
    kept = await chat.ok("sendMessage", chat_id=1001, text="x", protect_content=True)
    assert await chat.no("copyMessage", **{**where, "message_id": kept["message_id"]}) == "the message can't be copied"
    assert (
        await chat.no("forwardMessage", **{**where, "message_id": kept["message_id"]})
        == "the message can't be forwarded"
    )


async def test_actions(chat: Line) -> None:
    assert await chat.ok("sendChatAction", chat_id=1001, action="typing") is True
    assert await chat.no("sendChatAction", chat_id=1001, action="dancing") == "wrong parameter action in request"


async def test_reactions(chat: Line) -> None:
    where = {"chat_id": 1001, "message_id": 1}
    assert await chat.ok("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}]) is True
    assert await chat.ok("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "❤️"}]) is True
    assert await chat.ok("setMessageReaction", **where) is True
    for reaction in ([{"type": "emoji", "emoji": "🚀"}], [{"type": "custom_emoji", "custom_emoji_id": "5"}]):
        assert await chat.no("setMessageReaction", **where, reaction=reaction) == "REACTION_INVALID"
    two = [{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👎"}]
    assert await chat.no("setMessageReaction", **where, reaction=two) == "REACTIONS_TOO_MANY"
    assert await chat.no("setMessageReaction", chat_id=1001, message_id=9) == "message to react not found"
