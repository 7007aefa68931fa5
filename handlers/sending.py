"""How a reply leaves: as a new message, or in place of the one that stood there before; then its update is closed."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.ask import Reply, Way
from handlers.house import House
from records.answer import Answer, Button, Rows
from storage import answers, inbox
from storage.door import Tx

log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
TOO_OLD = ("query is too old", "query_id_invalid")


async def send(bot: Bot, house: House, way: Way, reply: Reply) -> None:
    """Answers and closes the update. A chat that shut the desk out has nobody to answer, and is closed too."""
    message = None
    try:
        if reply.changed and not way.private:
            await _renewed(bot, house, way, reply)
        message = await (_pressed if way.query else _answered)(bot, house, way, reply)
    except Forbidden:
        log.info("update %d: the chat takes no answers", way.update)
    await house.door.change(_close, house.team.id, way, reply, message)


async def _renewed(bot: Bot, house: House, way: Way, reply: Reply) -> None:
    """Brings a group's other cards of the entry up to date in place: the first one, under its post, and the last one.

    It comes before the answer: done twice it changes nothing, so that whatever fails here is simply tried again.
    """
    if reply.answer is not None and reply.entry is not None:
        for card in await house.door.read(_others, house.team.id, way, reply.entry):
            await _replaced(bot, way.chat, card, reply.answer)


def _others(tx: Tx, team: int, way: Way, entry: int) -> list[int]:
    cards = [answer for chat, answer in answers.cards_of(tx, team, entry) if chat == way.chat]
    answering = answers.of_message(tx, team, way.chat, way.message) if way.edited else way.message
    return [one for one in sorted({*cards[:1], *cards[-1:]}) if one != answering]


async def _answered(bot: Bot, house: House, way: Way, reply: Reply) -> int | None:
    """The message that now holds the answer: the earlier one of an edited message or a form, or a new one."""
    if reply.answer is None:
        return None
    if (way.edited and not reply.fresh) or reply.to:
        earlier = await house.door.read(answers.of_message, house.team.id, way.chat, reply.to or way.message)
        if earlier is not None and await _replaced(bot, way.chat, earlier, reply.answer):
            return earlier
    first, *_ = [await _said(bot, way, one) for one in (reply.answer, *reply.more)]
    return None if reply.fresh else first


async def _said(bot: Bot, way: Way, answer: Answer) -> int:
    """The new message's id. A group that became a supergroup meanwhile is answered there, where its messages have other numbers."""
    try:
        return await _sent(bot, way, answer)
    except ChatMigrated as moved:
        return await _sent(bot, replace(way, chat=moved.new_chat_id), answer, replying=False)


async def _sent(bot: Bot, way: Way, answer: Answer, *, replying: bool = True) -> int:
    # Not python-telegram-bot's own method (which this spelling keeps it from recommending): that one draws up a whole Message of
    # the answer, a tenth of all the work a post makes, for one number.
    to = ReplyParameters(way.message, allow_sending_without_reply=True) if replying and not way.private else None
    sent: Mapping[str, int] = await bot.do_api_request(
        "send_Message",
        {
            "chat_id": way.chat,
            "text": answer.html,
            "parse_mode": ParseMode.HTML,
            "message_thread_id": way.thread,
            "reply_parameters": to,
            "reply_markup": keyboard(answer.buttons),
            "link_preview_options": NO_PREVIEW,
        },
    )
    return sent["message_id"]


async def _pressed(bot: Bot, house: House, way: Way, reply: Reply) -> int | None:
    """Brings the pressed message up to date and answers the press; after two minutes only the message can tell.

    One that can't be changed any more is followed by a new one, which is what is given back then.
    """
    del house
    anew = None
    if reply.buttons:
        await _rebuttoned(bot, way, reply.buttons)
    if reply.answer is not None and not await _replaced(bot, way.chat, way.message, reply.answer):
        anew = await _said(bot, way, reply.answer)
    try:
        await bot.answer_callback_query(way.query, text=reply.toast or None)
    except BadRequest as refused:
        if not any(one in refused.message.lower() for one in TOO_OLD):
            raise
    return anew


async def _replaced(bot: Bot, chat: int, message: int, answer: Answer) -> bool:
    """Whether that message shows the answer now; it may be gone, too old to be changed, or in a group that has moved."""
    try:
        await bot.edit_message_text(
            answer.html,
            chat_id=chat,
            message_id=message,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(answer.buttons),
            link_preview_options=NO_PREVIEW,
        )
    except (BadRequest, ChatMigrated) as refused:
        return UNCHANGED in refused.message.lower()
    return True


async def _rebuttoned(bot: Bot, way: Way, rows: Rows) -> None:
    """Puts other buttons below the pressed message; one that can't be changed any more keeps those it has."""
    with suppress(BadRequest, ChatMigrated):
        await bot.edit_message_reply_markup(way.chat, way.message, reply_markup=keyboard(rows))


def _close(tx: Tx, team: int, way: Way, reply: Reply, message: int | None) -> None:
    if message is not None:
        answers.keep(tx, team, way.chat, reply.to or way.message, answer=message, entry=reply.entry)
    inbox.done(tx, way.update)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them, None for none."""
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in rows]) if rows else None


def _button(one: Button) -> InlineKeyboardButton:
    if one.copy:
        return InlineKeyboardButton(one.text, copy_text=CopyTextButton(one.copy))
    return InlineKeyboardButton(one.text, callback_data=one.data)
