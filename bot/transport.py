"""What Telegram's refusals mean, in one table, and the transport that carries letters to chats."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeAlias

from telegram import InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot import sentences
from bot.logs import told
from bot.pace import LETTER
from bot.reference import new_reference
from bot.request import NotDone
from digests.outcomes import Moved, NotEver, NotNow, Plain, Uncertain
from records.digest import Letter
from render import charts, html

log = logging.getLogger(__name__)

Outcome: TypeAlias = NotNow | NotEver | Moved | Uncertain

SOON: Final = timedelta(0)
OPERATOR: Final = timedelta(minutes=1)
"""How long to wait for someone to put things right."""
REFUSED: Final = "refused"
"""The reason when Telegram took offence at the message, not at the chat: our mistake."""

TABLE: Final[tuple[tuple[type[TelegramError], str, Callable[[TelegramError], Outcome]], ...]] = (
    # the error, a piece of its text in lower case, what it means; the first row that fits counts. The order matters, since
    # BadRequest, NotDone and TimedOut are all NetworkErrors.
    (RetryAfter, "", lambda error: NotNow(_after(error))),
    (ChatMigrated, "", lambda error: Moved(_moved_to(error))),
    (Forbidden, "blocked", lambda _: NotEver("blocked")),
    (Forbidden, "kicked", lambda _: NotEver("kicked")),
    (Forbidden, "not a member", lambda _: NotEver("kicked")),
    (Forbidden, "deactivated", lambda _: NotEver("gone")),
    (Forbidden, "deleted", lambda _: NotEver("gone")),
    (Forbidden, "", lambda _: NotEver("forbidden")),
    (BadRequest, "chat not found", lambda _: NotEver("gone")),
    (BadRequest, "user not found", lambda _: NotEver("gone")),
    (BadRequest, "deactivated", lambda _: NotEver("gone")),
    (BadRequest, "peer_id_invalid", lambda _: NotEver("gone")),
    (BadRequest, "user_is_blocked", lambda _: NotEver("blocked")),
    (BadRequest, "channel_private", lambda _: NotEver("kicked")),
    (BadRequest, "rights", lambda _: NotEver("no_rights")),
    (BadRequest, "chat_admin_required", lambda _: NotEver("no_rights")),
    (BadRequest, "chat_send_", lambda _: NotEver("no_rights")),
    (BadRequest, "chat_write_forbidden", lambda _: NotEver("no_rights")),
    (BadRequest, "chat_restricted", lambda _: NotEver("no_rights")),
    (BadRequest, "thread not found", lambda _: NotEver("topic")),
    (BadRequest, "topic_", lambda _: NotEver("topic")),
    (BadRequest, "", lambda _: NotEver(REFUSED)),
    (InvalidToken, "", lambda _: NotNow(OPERATOR, everywhere=True)),
    (EndPointNotFound, "", lambda _: NotNow(OPERATOR, everywhere=True)),
    (Conflict, "", lambda _: NotNow(OPERATOR, everywhere=True)),
    (NotDone, "", lambda _: NotNow(SOON, everywhere=True)),
    (TelegramError, "", lambda _: Uncertain()),
)


def outcome_of(error: TelegramError) -> Outcome:
    """Which of the four outcomes an error of python-telegram-bot is."""
    text = error.message.lower()
    return next(make(error) for kind, piece, make in TABLE if isinstance(error, kind) and piece in text)


def _after(error: TelegramError) -> timedelta:
    wait = error.retry_after if isinstance(error, RetryAfter) else 0
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _moved_to(error: TelegramError) -> int:
    return error.new_chat_id if isinstance(error, ChatMigrated) else 0


class TelegramTransport:
    """Sends letters through the bot."""

    def __init__(
        self,
        bot: ExtBot[str],
        mark: Callable[[Letter], html.Html],
        buttons: Callable[[Letter], InlineKeyboardMarkup | None],
        unreadable: Callable[[str], Awaitable[None]],
        *,
        paid: bool = False,
    ) -> None:
        """`mark` gives the line that tells, in the letter's language, that it may have come before; `buttons` what is below it.

        `unreadable` is told the reference of a page that Telegram couldn't read, once; `paid` lets Telegram charge for speed.
        """
        self._bot = bot
        self._mark = mark
        self._buttons = buttons
        self._unreadable = unreadable
        self._paid = paid
        self._plain: set[str] = set()
        self._drawing = asyncio.Lock()
        self._trouble: type[TelegramError] | None = None

    async def send(self, letter: Letter) -> int:
        """Sends the letter and gives the message's id; raises one of the four outcomes."""
        page = html.Html(letter.html)
        try:
            if letter.marked:
                mark = self._mark(letter)
                marked = html.blocks(mark, page)
                if html.length(marked) <= html.MOST:
                    page = marked
                else:
                    await self._message(letter, mark)
            message = await (self._photo(letter, page) if letter.chart else self._page(letter, page))
        except TelegramError as error:
            outcome = outcome_of(error)
            self._log(error, outcome)
            raise outcome from error
        if self._trouble:
            log.warning(sentences.LOG_LETTERS_GO)
            self._trouble = None
        return message

    async def _photo(self, letter: Letter, caption: html.Html) -> int:
        """One picture at a time, drawn beside the loop. One that can't be drawn or is refused never costs more than itself."""
        try:
            async with self._drawing:
                picture = await asyncio.to_thread(charts.draw, letter.chart)
        except Exception as error:  # whatever it is, the text is out and a picture is no reason to pause a chat
            log.exception(sentences.LOG_NO_CHART, letter.id, type(error).__name__)
            raise NotEver(REFUSED) from error
        try:
            message = await self._bot.send_photo(
                letter.chat,
                picture,
                caption=caption,
                parse_mode=ParseMode.HTML,
                message_thread_id=letter.thread or None,
                allow_paid_broadcast=self._paid or None,
                rate_limit_args=LETTER,
            )
        except BadRequest as refused:
            log.warning(sentences.LOG_NO_CHART, letter.id, told(refused))
            raise
        return message.message_id

    async def _page(self, letter: Letter, page: html.Html) -> int:
        """A page Telegram can't read is a mistake of ours, for which no chat shall go without its digest: it goes as plain text."""
        buttons = self._buttons(letter)
        if letter.html in self._plain:
            return Plain(await self._message(letter, html.plain(page), buttons, parse_mode=None))
        try:
            return await self._message(letter, page, buttons)
        except BadRequest as refused:
            if not _unread(refused):
                raise
            message = Plain(await self._message(letter, html.plain(page), buttons, parse_mode=None))
            if letter.html not in self._plain:  # many chats share a page
                self._plain.add(letter.html)
                reference = new_reference()
                log.error(sentences.LOG_UNREADABLE, letter.id, reference, told(refused))  # noqa: TRY400
                await self._unreadable(reference)
            return message

    def _log(self, error: TelegramError, outcome: Outcome) -> None:
        """One line for each trouble that keeps all letters back, not for each letter."""
        if isinstance(outcome, NotNow) and outcome.everywhere and type(error) is not self._trouble:
            self._trouble = type(error)
            log.warning(sentences.LOG_LETTERS_WAIT, told(error))

    async def _message(
        self,
        letter: Letter,
        text: str,
        buttons: InlineKeyboardMarkup | None = None,
        *,
        parse_mode: str | None = ParseMode.HTML,
    ) -> int:
        message = await self._bot.send_message(
            letter.chat,
            text,
            parse_mode=parse_mode,
            message_thread_id=letter.thread or None,
            reply_markup=buttons,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_paid_broadcast=self._paid or None,
            rate_limit_args=LETTER,
        )
        return message.message_id


def _unread(refused: BadRequest) -> bool:
    outcome = outcome_of(refused)
    return isinstance(outcome, NotEver) and outcome.reason == REFUSED
