"""How a reply leaves: as a new message, or in place of the one that stood there before; then its update is closed."""

import logging

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden

from handlers.ask import Reply, Way
from handlers.house import House
from records.answer import Answer, Button
from storage import answers, inbox
from storage.door import Tx

log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
TOO_OLD = "query is too old"


async def send(bot: Bot, house: House, way: Way, reply: Reply) -> None:
    """Answers and closes the update. A chat that shut the desk out has nobody to answer, and is closed too."""
    message = None
    try:
        message = await (_pressed if way.query else _answered)(bot, house, way, reply)
    except Forbidden:
        log.info("update %d: the chat takes no answers", way.update)
    await house.door.change(_close, house.team.id, way, message, reply.entry)


async def _answered(bot: Bot, house: House, way: Way, reply: Reply) -> int | None:
    """The message that now holds the answer: the earlier one of an edited message, or a new one."""
    if reply.answer is None:
        return None
    if way.edited and not reply.fresh:
        earlier = await house.door.read(answers.of_message, house.team.id, way.chat, way.message)
        if earlier is not None and await _replaced(bot, way.chat, earlier, reply.answer):
            return earlier
    first, *_ = [await _said(bot, way, one) for one in (reply.answer, *reply.more)]
    return None if reply.fresh else first


async def _said(bot: Bot, way: Way, answer: Answer) -> int:
    sent = await bot.send_message(
        way.chat,
        answer.html,
        parse_mode=ParseMode.HTML,
        message_thread_id=way.thread,
        reply_parameters=None if way.private else ReplyParameters(way.message, allow_sending_without_reply=True),
        reply_markup=keyboard(answer),
        link_preview_options=NO_PREVIEW,
    )
    return sent.message_id


async def _pressed(bot: Bot, house: House, way: Way, reply: Reply) -> None:
    """Brings the pressed message up to date and answers the press; after two minutes only the message can tell."""
    del house
    if reply.answer is not None:
        await _replaced(bot, way.chat, way.message, reply.answer)
    try:
        await bot.answer_callback_query(way.query, text=reply.toast or None)
    except BadRequest as refused:
        if TOO_OLD not in refused.message.lower():
            raise


async def _replaced(bot: Bot, chat: int, message: int, answer: Answer) -> bool:
    """Whether that message shows the answer now; it may be gone, or too old to be changed."""
    try:
        await bot.edit_message_text(
            answer.html,
            chat_id=chat,
            message_id=message,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(answer),
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as refused:
        return UNCHANGED in refused.message.lower()
    return True


def _close(tx: Tx, team: int, way: Way, message: int | None, entry: int | None) -> None:
    if message is not None:
        answers.keep(tx, team, way.chat, way.message, answer=message, entry=entry)
    inbox.done(tx, way.update)


def keyboard(answer: Answer) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them, None for none."""
    if not answer.buttons:
        return None
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in answer.buttons])


def _button(one: Button) -> InlineKeyboardButton:
    if one.copy:
        return InlineKeyboardButton(one.text, copy_text=CopyTextButton(one.copy))
    return InlineKeyboardButton(one.text, callback_data=one.data)
