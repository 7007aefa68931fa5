"""The first words, help, and what is said to a command the desk doesn't know."""

from telegram import Bot, BotCommand

from handlers.ask import Ask, Reply
from handlers.house import House
from records.command import nearest_command
from render.answers import unknown_command
from render.help import help_of, help_page, how_to_post, line, welcome
from render.html import plain


async def start(house: House, ask: Ask) -> Reply:
    """`/start`: what the desk is and how to begin."""
    del ask
    return Reply(welcome(house.team.name, house.words))


async def helped(house: House, ask: Ask) -> Reply:
    """`/help`, or `/help flight`: one command in detail."""
    name = ask.rest.strip().removeprefix("/").casefold()
    if not name:
        return Reply(help_page(house.commands, house.words))
    command = next((one for one in house.commands if one.name == name), None)
    if command is None:
        return unknown(house, name)
    told = help_of(command, house.words)
    return Reply(told or how_to_post(house.kind(name), house.words))


def unknown(house: House, name: str) -> Reply:
    """There is no such command; the nearest one."""
    return Reply(unknown_command(name, nearest_command(name, [one.name for one in house.commands]), house.words))


async def show_menu(bot: Bot, house: House) -> None:
    """Puts the commands into Telegram's menu. Raises TelegramError."""
    await bot.set_my_commands(
        [BotCommand(one.name, plain(line(one, house.words))) for one in house.commands if one.menu]
    )
