"""The first words, help, and what is said to a command the desk doesn't know."""

from telegram import Bot, BotCommand

from handlers import chats
from handlers.ask import Ask, Reply, Way
from handlers.house import House
from records.command import nearest_command
from render.answers import unknown_command
from render.catalogue import languages
from render.help import help_of, help_page, how_to_post, line, welcome
from render.html import plain


async def start(house: House, ask: Ask) -> Reply:
    """`/start`: what the desk is and how to begin. A chat that says it takes digests again."""
    await chats.back(house, ask.way.chat, ask.way.thread or 0)
    return Reply(welcome(house.team.name, house.speak(ask.way.language), house.kinds))


async def helped(house: House, ask: Ask) -> Reply:
    """`/help`, or `/help flight`: one command in detail."""
    name = ask.rest.strip().removeprefix("/").casefold()
    if not name:
        return Reply(help_page(house.commands, house.speak(ask.way.language)))
    command = next((one for one in house.commands if one.name == name), None)
    if command is None:
        return unknown(house, ask.way, name)
    told = help_of(command, house.speak(ask.way.language))
    return Reply(told or how_to_post(house.kind(name), house.speak(ask.way.language)))


def unknown(house: House, way: Way, name: str) -> Reply:
    """There is no such command; the nearest one."""
    near = nearest_command(name, [one.name for one in house.commands])
    return Reply(unknown_command(name, near, house.speak(way.language)))


async def show_menus(bot: Bot, house: House) -> None:
    """Puts the commands into Telegram's menus, in each language and for whoever has none of them. Raises TelegramError."""
    for language in languages():
        words = house.speak(language)
        menu = [BotCommand(one.name, plain(line(one, words))) for one in house.commands if one.menu]
        await bot.set_my_commands(menu, language_code=language)
        if language == house.team.language:
            await bot.set_my_commands(menu)
