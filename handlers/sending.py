"""How a reply leaves: as a new message, in place of the one that stood there before, or as a reaction where the card stands.

Then its update is closed.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers import menus, receipts
from handlers.ask import File, Reply, Way
from handlers.house import House
from records.answer import Answer, Button, Rows
from storage import answers, inbox
from storage.door import Tx

log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
TOO_OLD = ("query is too old", "query_id_invalid")


async def send(bot: Bot, house: House, way: Way, reply: Reply) -> frozenset[int]:
    """Answers and closes the update; the messages of that chat that show the answer now.

    A chat that shut the desk out has nobody to answer, and is closed too.
    """
    message, standing = None, []
    try:
        standing = await _renewed(bot, house, way, reply) if reply.receipt else []
        if way.query:
            message = await _pressed(bot, way, reply)
        else:
            message = await _answered(bot, house, way, reply, shown=bool(standing))
        if reply.menu:
            await menus.offered_anew(bot, house, way.chat)
    except Forbidden:
        log.info("update %d: the chat takes no answers", way.update)
    await house.door.change(_close, house.team.id, way, reply, message, house.now())
    return frozenset((*standing, message or (way.message if way.query else 0)))


async def _renewed(bot: Bot, house: House, way: Way, reply: Reply) -> list[int]:
    """Brings the group's cards of the entry up to date in place; those that show it now.

    It comes before the answer: done twice it changes nothing, so that whatever fails here is simply tried again.
    """
    if reply.answer is None or reply.entry is None or not reply.revised:
        return []
    cards = await house.door.read(_standing, house.team.id, way, reply.entry)
    return [one for one in cards if await replaced(bot, way.chat, one, reply.answer)]


def _standing(tx: Tx, team: int, way: Way, entry: int) -> list[int]:
    answering = answers.of_message(tx, team, way.chat, way.message) if way.edited else None
    cards = answers.ends(answers.cards_of(tx, team, entry))
    return [one.message for one in cards if one.chat == way.chat and one.message != answering and not one.asks]


async def _answered(bot: Bot, house: House, way: Way, reply: Reply, *, shown: bool) -> int | None:
    """The message that now holds the answer: the earlier one of an edited message or a form, or a new one.

    None if there is none of its own, since a card that is `shown` elsewhere and a reaction tell enough.
    """
    if reply.answer is None:
        return None
    if reply.file is not None:
        await filed(bot, way, reply.file, reply.answer)
        return None
    earlier = await _in_place(bot, house, way, reply, reply.answer)
    if reply.receipt and (shown or earlier) and await receipts.given(bot, way):
        return earlier
    if way.edited and not way.private and not reply.receipt:
        await receipts.taken_back(bot, way)
    if earlier is not None:
        return earlier
    first, *_ = [await said(bot, way, one) for one in (reply.answer, *reply.more)]
    return None if reply.fresh else first


async def filed(bot: Bot, way: Way, file: File, answer: Answer) -> None:
    """Sends a file, with the answer below it."""
    await bot.send_document(
        way.chat,
        InputFile(file.content, file.name),
        caption=answer.html,
        parse_mode=ParseMode.HTML,
        message_thread_id=way.thread,
        reply_markup=keyboard(answer.buttons),
        disable_content_type_detection=True,
    )


async def _in_place(bot: Bot, house: House, way: Way, reply: Reply, answer: Answer) -> int | None:
    """The earlier answer to an edited message, a form or an album, if there is one and it shows the new answer now."""
    if reply.over is not None and await replaced(bot, way.chat, reply.over, answer):
        return reply.over
    if not reply.to and (reply.fresh or not way.edited):
        return None
    earlier = await house.door.read(answers.of_message, house.team.id, way.chat, reply.to or way.message)
    return earlier if earlier is not None and await replaced(bot, way.chat, earlier, answer) else None


async def said(bot: Bot, way: Way, answer: Answer) -> int:
    """Says it; the new message's id.

    A group that became a supergroup meanwhile is answered there, where its messages have other numbers.
    """
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


async def _pressed(bot: Bot, way: Way, reply: Reply) -> int | None:
    """Brings the pressed message up to date and answers the press; after two minutes only the message can tell.

    One that can't be changed any more is followed by a new one, which is what is given back then; what is `fresh` leaves it alone.
    """
    anew = None
    if reply.buttons:
        await _rebuttoned(bot, way, reply.buttons)
    if reply.fresh and reply.answer is not None:
        for one in (reply.answer, *reply.more):
            await said(bot, way, one)
    elif reply.answer is not None and not await replaced(bot, way.chat, way.message, reply.answer):
        anew = await said(bot, way, reply.answer)
    try:
        await bot.answer_callback_query(way.query, text=reply.toast or None)
    except BadRequest as refused:
        if not any(one in refused.message.lower() for one in TOO_OLD):
            raise
    return anew


async def replaced(bot: Bot, chat: int, message: int, answer: Answer) -> bool:
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


def _close(tx: Tx, team: int, way: Way, reply: Reply, message: int | None, at: datetime) -> None:
    if message is not None:
        answers.keep(
            tx,
            team,
            way.chat,
            reply.to or way.message,
            answer=message,
            entry=reply.entry,
            at=at,
            album=way.album,
            language=way.language,
            asks=reply.asks,
        )
    elif way.query and reply.answer is not None:
        answers.settle(tx, team, way.chat, way.message)
    inbox.done(tx, way.update)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them, None for none."""
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in rows]) if rows else None


def _button(one: Button) -> InlineKeyboardButton:
    if one.copy:
        return InlineKeyboardButton(one.text, copy_text=CopyTextButton(one.copy))
    return InlineKeyboardButton(one.text, callback_data=one.data)
