"""Any client works: python-telegram-bot's own, and the bare standard library."""

import asyncio
import json
import urllib.error
import urllib.request
from io import BytesIO

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from sandbox import TOKEN, Sandbox, serve
from tests.sandbox.conftest import PNG, Line


def client(sandbox: Sandbox, token: str = TOKEN) -> Bot:
    return Bot(token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")


async def test_python_telegram_bot_talks(chat: Line) -> None:
    async with client(chat.sandbox) as bot:
        assert bot.username == "wayhome_bot"
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Arrived", callback_data="a:1")]])
        sent = await bot.send_message(
            1001,
            "<b>F-0001</b>",
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            reply_parameters=ReplyParameters(1),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        assert (sent.text, sent.reply_markup) == ("F-0001", keyboard)
        assert sent.parse_entities() == {sent.entities[0]: "F-0001"}
        await chat.do("/person/1001/press", message=sent.message_id, data="a:1")
        await chat.do("/person/1001/react", message=sent.message_id, emoji="👍")
        [update] = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
        assert update.callback_query is not None
        assert update.callback_query.message == sent
        assert await update.callback_query.answer("noted") is True
        assert await update.callback_query.edit_message_text("done") is not None
        await chat.do("/person/1001/react", message=sent.message_id, emoji=None)
        [update] = await bot.get_updates(offset=update.update_id + 1)
        assert update.message_reaction is not None
        assert await bot.set_message_reaction(1001, sent.message_id, "👍")
        assert await bot.delete_message(1001, sent.message_id)


async def test_python_telegram_bot_sends_files(chat: Line) -> None:
    async with client(chat.sandbox) as bot:
        sent = await bot.send_document(1001, InputFile(BytesIO("вылет".encode()), "отчёт.csv"), caption="all")
        assert sent.document is not None
        assert sent.document.file_name is not None
        file = await sent.document.get_file()
        assert bytes(await file.download_as_bytearray()).decode() == "вылет"
        photo = await bot.send_photo(1001, PNG)
        assert photo.photo[-1].width == 2
        album = await bot.send_media_group(1001, [InputMediaPhoto(PNG, "one"), InputMediaPhoto(PNG)])
        assert [message.caption for message in album] == ["one", None]
        changed = await photo.edit_media(InputMediaPhoto(PNG, caption="two"))
        assert not isinstance(changed, bool)
        assert changed.caption == "two"


async def test_python_telegram_bot_asks_about_chats(line: Line) -> None:
    group = await line.group(is_forum=True, bot_is_admin=True)
    async with client(line.sandbox) as bot:
        assert (await bot.get_chat(group)).is_forum is True
        assert {admin.status for admin in await bot.get_chat_administrators(group)} == {"creator", "administrator"}
        assert (await bot.get_chat_member(group, 1002)).status == "member"
        topic = await bot.create_forum_topic(group, "Flights")
        sent = await bot.send_message(group, "x", message_thread_id=topic.message_thread_id)
        assert sent.is_topic_message is True
        await bot.close_forum_topic(group, topic.message_thread_id)
        assert await bot.set_my_commands([BotCommand("help", "x")], scope=BotCommandScopeChat(group))
        assert await bot.get_my_commands(scope=BotCommandScopeChat(group)) == (BotCommand("help", "x"),)
        assert (await bot.get_webhook_info()).url == ""
        assert await bot.pin_chat_message(group, sent.message_id)
        assert (await bot.forward_message(group, group, sent.message_id)).forward_origin is not None
        updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
        assert all(isinstance(update, Update) for update in updates)


async def test_python_telegram_bot_meets_its_errors(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns instead of raising
    group = await line.group("group")
    moved = (await line.do(f"/chats/{group}/migrate"))["id"]
    async with client(line.sandbox) as bot:
        with pytest.raises(Forbidden, match="can't initiate conversation"):
            await bot.send_message(1001, "x")
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group, "x")
        assert migrated.value.new_chat_id == moved
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "x")
        error = {"code": 429, "description": "Too Many Requests: retry after 3", "parameters": {"retry_after": 3}}
        await line.do("/faults", method="sendMessage", fault={"error": error})
        with pytest.raises(RetryAfter):
            await bot.send_message(moved, "x")
        first = asyncio.create_task(bot.get_updates(timeout=20, offset=10**9))
        await line.polled()
        assert await line.ok("getUpdates", offset=10**9) == []
        with pytest.raises(Conflict):
            await first
    stranger = client(line.sandbox, "1:short")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.request.shutdown()


def plainly(url: str, body: dict[str, object] | None = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"} if data else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            found: dict[str, object] = json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            found = json.load(error)
    return found


async def test_the_bare_standard_library_talks(chat: Line) -> None:
    base = f"{chat.sandbox.url}/bot{TOKEN}"
    got = await asyncio.to_thread(plainly, f"{base}/sendMessage?chat_id=1001&text=hello")
    assert got["ok"] is True
    got = await asyncio.to_thread(plainly, f"{base}/sendMessage", {"chat_id": 1001, "text": ""})
    assert got == {"ok": False, "error_code": 400, "description": "Bad Request: message text is empty"}


async def test_serve_runs_until_cancelled(unused_tcp_port: int) -> None:
    task = asyncio.create_task(serve(unused_tcp_port))
    url = f"http://127.0.0.1:{unused_tcp_port}/world"
    async with asyncio.timeout(5):
        while (got := await asyncio.to_thread(attempt, url)) is None:
            pass
    assert got["people"] == []
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def attempt(url: str) -> dict[str, object] | None:
    try:
        return plainly(url)
    except urllib.error.URLError:
        return None
