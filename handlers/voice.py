"""What the desk says without being asked: digests, and what went wrong."""

import logging

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from desk.rights import role_of
from handlers.digesting import illustrated, written
from handlers.house import House
from handlers.sending import keyboard
from records.digest import Digest, Letter, Picture, Schedule
from records.rights import may, there
from render.asides import set_aside
from render.catalogue import Words
from render.html import Html
from render.reminders import reminders
from storage import groups, inbox, members
from storage.asides import Untold
from storage.door import Tx

log = logging.getLogger(__name__)


class Voice:
    """Speaks to chats and to the admins through the bot."""

    def __init__(self, house: House, bot: Bot) -> None:
        """Nothing is said yet."""
        self._house = house
        self._bot = bot

    def write(self, digest: Digest) -> tuple[Html, ...]:
        """The pages of a digest, exact in private chats, masked in groups."""
        return written(self._house, digest)

    def illustrate(self, digest: Digest) -> Picture | None:
        """The picture behind a digest, if one is wished; a mistake of ours in it keeps no morning's digests back."""
        try:
            return illustrated(self._house, digest)
        except Exception:
            log.exception("the chart of a digest could not be made, and is left out")
            return None

    def may(self, tx: Tx, schedule: Schedule) -> bool:
        """Whether a digest may still be sent: whoever set it still may, and a group is still the team's."""
        team = self._house.team
        if schedule.chat < 0 and not groups.linked(tx, team.id, schedule.chat):
            return False
        return may(role_of(tx, team.id, schedule.who, team.owners), there("digest", private=schedule.chat > 0))

    def mark(self, letter: Letter) -> Html:
        """The line in front of a letter that may have come before."""
        return self._house.speak(letter.language).say("letter.marked")

    def buttons(self, letter: Letter) -> InlineKeyboardMarkup | None:
        """What stands below a letter: the buttons that ask for a reminder, if something in it needs someone."""
        words = self._house.speak(letter.language)
        return keyboard(reminders(letter.schedule, words)) if letter.reminds else None

    async def paused(self, schedule: Schedule, reason: str) -> None:
        """Tells the admins, and whoever set it, that a chat no longer takes its digests, and why."""
        for who in sorted({*await self._admins(), schedule.who} - {schedule.chat}):
            words = self._words(who)
            why = words.text(f"unreachable.{reason}")
            await self._told(who, words.say("digest.paused", chat=Html(str(schedule.chat)), reason=why))

    async def unreadable(self, reference: str) -> None:
        """Tells the admins that a digest had to go as plain text, by the reference the log has too."""
        for who in sorted(await self._admins()):
            await self._told(who, self._words(who).say("error.unreadable", reference=reference))

    async def apologise(self, row: inbox.Row, reference: str) -> None:
        """Tells a chat that its message failed and is tried again, by the reference the log has too."""
        await self._say(row.lane, self._words(row.lane).say("error.line", reference=reference))

    async def set_aside(self, waiting: Untold) -> bool:
        """Tells the admins what was set aside; False if the world kept it from every one of them."""
        told = [
            await self._told(who, set_aside(waiting.count, waiting.first, self._words(who)))
            for who in sorted(await self._admins())
        ]
        return any(told) or not told

    async def _admins(self) -> set[int]:
        team = self._house.team
        found = await self._house.door.read(members.everybody, team.id)
        return {*team.owners, *(one.who for one in found if one.role == "admin")}

    async def _told(self, who: int, what: Html) -> bool:
        """Tells somebody; False if they may be reached later. One who never wrote to the bot, or blocked it, can't be."""
        try:
            await self._say(who, what)
        except TelegramError as error:
            return isinstance(error, BadRequest | ChatMigrated | Forbidden)
        return True

    async def _say(self, who: int, what: Html) -> None:
        await self._bot.send_message(who, what, ParseMode.HTML)

    def _words(self, chat: int) -> Words:
        return self._house.speak(self._house.tongues.spoken(chat))
