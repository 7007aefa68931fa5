"""What Telegram's refusals mean, in one table, and the transport that carries letters to chats."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeAlias

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
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

from bot.request import NotDone
from digests.outcomes import Moved, NotEver, NotNow, Uncertain
from records.digest import Letter
from render import html

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
    (Forbidden, "deactivated", lambda _: NotEver("gone")),
    (Forbidden, "deleted", lambda _: NotEver("gone")),
    (Forbidden, "", lambda _: NotEver("forbidden")),
    (BadRequest, "chat not found", lambda _: NotEver("gone")),
    (BadRequest, "deactivated", lambda _: NotEver("gone")),
    (BadRequest, "peer_id_invalid", lambda _: NotEver("gone")),
    (BadRequest, "rights", lambda _: NotEver("no_rights")),
    (BadRequest, "chat_write_forbidden", lambda _: NotEver("no_rights")),
    (BadRequest, "chat_restricted", lambda _: NotEver("no_rights")),
    (BadRequest, "thread not found", lambda _: NotEver("topic")),
    (BadRequest, "topic_", lambda _: NotEver("topic")),
    (BadRequest, "", lambda _: NotEver(REFUSED)),
    (InvalidToken, "", lambda _: NotNow(OPERATOR)),
    (EndPointNotFound, "", lambda _: NotNow(OPERATOR)),
    (Conflict, "", lambda _: NotNow(OPERATOR)),
    (NotDone, "", lambda _: NotNow(SOON)),
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
        bot: Bot,
        mark: Callable[[Letter], html.Html],
        buttons: Callable[[Letter], InlineKeyboardMarkup | None],
    ) -> None:
        """`mark` gives the line that tells, in the letter's language, that it may have come before; `buttons` what is below it."""
        self._bot = bot
        self._mark = mark
        self._buttons = buttons

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
            return await self._message(letter, page, self._buttons(letter))
        except TelegramError as error:
            raise outcome_of(error) from error

    async def _message(self, letter: Letter, text: html.Html, buttons: InlineKeyboardMarkup | None = None) -> int:
        message = await self._bot.send_message(
            letter.chat,
            text,
            parse_mode=ParseMode.HTML,
            message_thread_id=letter.thread or None,
            reply_markup=buttons,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return message.message_id
