"""What the desk says without being asked: digests, and what went wrong."""

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import TelegramError

from handlers.digesting import written
from handlers.house import House
from handlers.sending import keyboard
from records.digest import Digest, Letter, Schedule
from render.html import Html
from render.reminders import reminders
from storage import inbox
from storage.door import Tx


class Voice:
    """Speaks to chats and to the owners through the bot."""

    def __init__(self, house: House, bot: Bot) -> None:
        """Nothing is said yet."""
        self._house = house
        self._bot = bot

    def write(self, digest: Digest) -> tuple[Html, ...]:
        """The pages of a digest, exact in private chats, masked in groups."""
        return written(self._house, digest)

    def may(self, tx: Tx, schedule: Schedule) -> bool:
        """Whether a digest may still be sent: whoever set it is still an owner."""
        del tx
        return schedule.who in self._house.team.owners

    def mark(self, letter: Letter) -> Html:
        """The line in front of a letter that may have come before."""
        return self._house.speak(letter.language).say("letter.marked")

    def buttons(self, letter: Letter) -> InlineKeyboardMarkup | None:
        """What stands below a letter: the buttons that ask for a reminder, if something in it needs someone."""
        words = self._house.speak(letter.language)
        return keyboard(reminders(letter.schedule, words)) if letter.reminds else None

    async def paused(self, schedule: Schedule, reason: str) -> None:
        """Tells the owners that a chat no longer takes its digests."""
        await self._owners("digest.paused", but=schedule.chat, chat=schedule.chat, reason=reason)

    async def apologise(self, row: inbox.Row, reference: str) -> None:
        """Tells a chat that its message failed and is tried again, by the reference the log has too."""
        await self._say(row.lane, "error.line", reference=reference)

    async def alarm(self, row: inbox.Row, reference: str) -> None:
        """Tells the owners that a message was set aside after its last try."""
        await self._owners("error.aside", update=str(row.update_id), reference=reference)

    async def _owners(self, key: str, *, but: int = 0, **values: str | int) -> None:
        """Tells each owner in their language; one who never wrote to the bot, or blocked it, can't be told."""
        for owner in sorted(self._house.team.owners - {but}):
            try:
                await self._say(owner, key, **values)
            except TelegramError:
                continue

    async def _say(self, chat: int, key: str, **values: str | int) -> None:
        line = self._house.speak(self._house.tongues.spoken(chat)).say(key, **values)
        await self._bot.send_message(chat, line, ParseMode.HTML)
