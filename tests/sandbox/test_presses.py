"""Buttons: pressed by people, answered by bots, once and in time."""

from sandbox import Clock
from tests.sandbox.conftest import Line

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
KEYBOARD = {"inline_keyboard": [[{"text": "Arrived", "callback_data": "arrived:1"}, {"text": "e", "url": "e.org"}]]}


async def press(line: Line, **more: object) -> tuple[str, dict[str, object]]:
    sent = await line.ok("sendMessage", chat_id=1001, text="F-0001", reply_markup=KEYBOARD)
    pressed = await line.do("/person/1001/press", message=sent["message_id"], data="arrived:1", **more)
    [update] = await line.updates()
    query = update["callback_query"]
    assert query["id"] == pressed["callback"]
    assert query["message"] == sent
    return query["id"], query


async def test_a_press_and_its_answer(chat: Line) -> None:
    number, query = await press(chat, chat=1001)
    assert (query["data"], query["from"]["id"]) == ("arrived:1", 1001)  # type: ignore[index]
    assert await chat.see(f"/person/1001/presses/{number}") == {"answered": False, "text": None, "show_alert": False}
    assert await chat.ok("answerCallbackQuery", callback_query_id=number, text="Done", show_alert=True) is True
    assert await chat.see(f"/person/1001/presses/{number}") == {"answered": True, "text": "Done", "show_alert": True}
    assert await chat.no("answerCallbackQuery", callback_query_id=number) == TOO_OLD


async def test_an_answer_in_the_last_second_and_one_too_late(chat: Line, clock: Clock) -> None:
    number, _ = await press(chat)
    clock.forward(149)
    assert await chat.ok("answerCallbackQuery", callback_query_id=number) is True
    number, _ = await press(chat)
    clock.forward(151)
    assert await chat.no("answerCallbackQuery", callback_query_id=number) == TOO_OLD


async def test_answers_that_are_refused(chat: Line) -> None:
    number, _ = await press(chat)
    assert await chat.no("answerCallbackQuery", callback_query_id="5") == TOO_OLD
    assert await chat.no("answerCallbackQuery", callback_query_id=number, text="x" * 201) == "MESSAGE_TOO_LONG"
    assert await chat.no("answerCallbackQuery", callback_query_id=number, url="e.org") == "URL_INVALID"
    chat.token = "42:" + "B" * 35
    assert await chat.no("answerCallbackQuery", callback_query_id=number) == TOO_OLD


async def test_only_buttons_that_are_there_can_be_pressed(chat: Line) -> None:
    sent = await chat.ok("sendMessage", chat_id=1001, text="F-0001", reply_markup=KEYBOARD)
    number = sent["message_id"]
    assert await chat.cant("/person/1001/press", message=number, data="x") == (400, "the message has no such button")
    await chat.ok("editMessageReplyMarkup", chat_id=1001, message_id=number)
    assert (await chat.cant("/person/1001/press", message=number, data="arrived:1"))[0] == 400
    await chat.ok("deleteMessage", chat_id=1001, message_id=number)
    assert (await chat.cant("/person/1001/press", message=number, data="arrived:1"))[0] == 404
    status, _ = await chat.ask("GET", "/person/1002/presses/5")
    assert status == 404


async def test_every_member_of_a_group_can_press(chat: Line) -> None:
    group = await chat.group()
    sent = await chat.ok("sendMessage", chat_id=group, text="x", reply_markup=KEYBOARD)
    await chat.do("/person/1002/press", chat=group, message=sent["message_id"], data="arrived:1")
    [update] = await chat.updates()
    assert update["callback_query"]["from"]["id"] == 1002
    assert update["callback_query"]["message"]["chat"]["id"] == group
