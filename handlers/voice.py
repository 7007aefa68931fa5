"""What the desk says without being asked: digests, and what went wrong."""

from contextlib import suppress

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import TelegramError

from desk.rights import role_of
from handlers.digesting import illustrated, written
from handlers.house import House
from handlers.sending import keyboard
from records.digest import Digest, Letter, Picture, Schedule
from records.rights import may, there
from render.catalogue import Words
from render.html import Html
from render.reminders import reminders
from storage import groups, inbox, members
from storage.door import Tx


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
        """The picture behind a digest, if one is wished."""
        return illustrated(self._house, digest)

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
            why = self._words(who).text(f"unreachable.{reason}")
            await self._told(who, "digest.paused", chat=Html(str(schedule.chat)), reason=why)

    async def unreadable(self, reference: str) -> None:
        """Tells the admins that a digest had to go as plain text, by the reference the log has too."""
        await self._tell_admins("error.unreadable", reference=reference)

    async def apologise(self, row: inbox.Row, reference: str) -> None:
        """Tells a chat that its message failed and is tried again, by the reference the log has too."""
        await self._say(row.lane, "error.line", reference=reference)

    async def alarm(self, row: inbox.Row, reference: str) -> None:
        """Tells the admins that a message was set aside after its last try."""
        await self._tell_admins("error.aside", update=str(row.update_id), reference=reference)

    async def _tell_admins(self, key: str, **values: str | int) -> None:
        for who in sorted(await self._admins()):
            await self._told(who, key, **values)

    async def _admins(self) -> set[int]:
        team = self._house.team
        found = await self._house.door.read(members.everybody, team.id)
        return {*team.owners, *(one.who for one in found if one.role == "admin")}

    async def _told(self, who: int, key: str, /, **values: str | int) -> None:
        """Tells somebody in their language; one who never wrote to the bot, or blocked it, can't be told."""
        with suppress(TelegramError):
            await self._say(who, key, **values)

    async def _say(self, who: int, key: str, /, **values: str | int) -> None:
        await self._bot.send_message(who, self._words(who).say(key, **values), ParseMode.HTML)

    def _words(self, chat: int) -> Words:
        return self._house.speak(self._house.tongues.spoken(chat))
