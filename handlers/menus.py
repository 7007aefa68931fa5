"""What Telegram itself shows of the desk: the menus of commands, and what the desk says of itself before the first word."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from handlers.house import House
from records.commands import Command, offered_in, offered_to_strangers, offered_unlinked
from records.fold import tidy
from records.rights import Role
from render.catalogue import Words, languages
from render.help import line
from render.html import plain
from storage import groups

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Menu:
    """A list of commands for everybody in such chats whose Telegram speaks that language; None: any other."""

    scope: BotCommandScope
    language: str | None
    commands: tuple[BotCommand, ...]


class Introduction:
    """Brings all that up to date at Telegram: asked first, so that a restart that changes nothing sets nothing.

    `made` is set once it was done.
    """

    def __init__(self, house: House, bot: Bot) -> None:
        """Nothing was looked at yet."""
        self._house = house
        self._bot = bot
        self.made = asyncio.Event()

    async def make(self) -> bool:
        """Does it, unless it was done since the start; False: there is nothing to go on with. Raises TelegramError."""
        if not self.made.is_set():
            await self._describe()
            await self._offer()
            self.made.set()
        return False

    async def _describe(self) -> None:
        """The words in the empty chat and on the profile; whoever has none of their own first, since others fall back on them."""
        bot = self._bot
        for language in (None, *languages()):
            words = self._house.speak(language or self._house.team.language)
            about, short = words.text("about.long"), words.text("about.short")
            if tidy((await bot.get_my_description(language)).description) != tidy(about):
                await _patiently(partial(bot.set_my_description, about, language))
            if tidy((await bot.get_my_short_description(language)).short_description) != tidy(short):
                await _patiently(partial(bot.set_my_short_description, short, language))

    async def _offer(self) -> None:
        """The menus, the general ones last: as long as they stand, so do those of single chats, which then cost no call."""
        stale = [one for one in _general(self._house) if not await self._stands(one)]
        if stale:
            house = self._house
            linked = await house.door.read(groups.every, house.team.id)
            for chat in sorted({*await house.members(), *linked, *house.tongues.chosen}):
                await self._offer_in(chat)
        for one in stale:
            await _patiently(partial(self._bot.set_my_commands, one.commands, one.scope, one.language))

    async def _offer_in(self, chat: int) -> None:
        try:
            await _patiently(partial(offer_in, self._bot, self._house, chat))
        except (BadRequest, ChatMigrated, Forbidden):
            log.info("a chat has no menu of its own: the desk is not in it, or not yet")

    async def _stands(self, menu: Menu) -> bool:
        found = await self._bot.get_my_commands(menu.scope, menu.language)
        return [*map(_told, found)] == [*map(_told, menu.commands)]


async def offer_in(bot: Bot, house: House, chat: int) -> None:
    """Puts a chat's own menu above the general ones: with what its member may use, or the team's group, in the language it chose.

    Where none was chosen, there is one in each, for whatever Telegram speaks there. Raises TelegramError.
    """
    private, chosen, scope = chat > 0, house.tongues.chosen.get(chat), BotCommandScopeChat(chat)
    known = private or await house.door.read(groups.linked, house.team.id, chat)
    role = None if not known else await house.role(chat) if private else "admin"
    for language in (None, *languages()):
        spoken = chosen or language or house.team.language
        commands = () if chosen and language else _listed(house, spoken, private=private, role=role)
        if commands:
            await bot.set_my_commands(commands, scope, language)
        else:
            await bot.delete_my_commands(scope, language)


async def offered_anew(bot: Bot, house: House, chat: int) -> None:
    """The same for a chat in which something has just changed: a menu that can't be is no reason to say it again."""
    try:
        await offer_in(bot, house, chat)
    except TelegramError as error:
        log.warning("the menu of a chat was not brought up to date: %s", type(error).__name__)


def _general(house: House) -> Iterator[Menu]:
    """The menus of all private chats and of all groups, in each language and for whoever has none of them.

    Anybody may be there, who is told whether they or the group are of the team and no more: those that are have menus of their
    own. The default one names everything. Nobody is shown it, since each chat is of one sort or the other: it tells the next
    start whether the menus of single chats name what the desk knows.
    """
    for scope, offered in (
        (BotCommandScopeAllPrivateChats(), offered_to_strangers(house.commands)),
        (BotCommandScopeAllGroupChats(), offered_unlinked(house.commands)),
        (BotCommandScopeDefault(), house.commands),
    ):
        for language in (None, *languages()):
            yield Menu(scope, language, _lines(offered, house.speak(language or house.team.language)))


def _listed(house: House, language: str, *, private: bool, role: Role | None) -> tuple[BotCommand, ...]:
    return _lines(offered_in(house.commands, private=private, role=role), house.speak(language))


def _lines(commands: Sequence[Command], words: Words) -> tuple[BotCommand, ...]:
    return tuple(BotCommand(one.name, plain(line(one, words))) for one in commands)


def _told(command: BotCommand) -> tuple[str, str]:
    """Telegram keeps no marks that nobody sees: compared with them, a menu would be set anew at every start."""
    return command.command, tidy(command.description)


async def _patiently(call: Callable[[], Awaitable[object]]) -> None:
    """Makes the call, as often as Telegram says that it is too early for it. Raises TelegramError."""
    while True:
        try:
            await call()
        except RetryAfter as early:
            wait = early.retry_after
            await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
        else:
            return
