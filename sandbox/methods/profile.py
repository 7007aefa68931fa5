"""Methods about the bot itself: who it is, its menus, name and descriptions."""

import re

from sandbox.methods.call import Call
from sandbox.profiles import Scope
from sandbox.refusals import bad
from sandbox.shapes import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS = 100
_LONGEST_DESCRIPTION = 256
_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def get_me(call: Call) -> Json:
    """GetMe"""
    return call.bot.me()


def set_commands(call: Call) -> Json:
    """SetMyCommands"""
    commands = [{**command, "command": command["command"].lstrip("/")} for command in call.given["commands"]]
    if len(commands) > _MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= _LONGEST_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return _changed(call, call.bot.profile.set_commands(_scope(call), _language(call), commands))


def get_commands(call: Call) -> Json:
    """getMyCommands: exactly what was set for that scope and language."""
    return call.bot.profile.commands.get((_scope(call), _language(call)), [])


def delete_commands(call: Call) -> Json:
    """DeleteMyCommands"""
    return _changed(call, call.bot.profile.set_commands(_scope(call), _language(call), None))


def _scope(call: Call) -> Scope:
    scope = call.given.get("scope", {"type": "default"})
    if "chat_id" not in scope:
        return scope["type"], 0, 0
    chat = Call(call.world, call.bot, call.method, scope).chat()
    if chat.is_private and scope["type"] != "chat":
        raise bad("can't use the scope in a private chat")
    return scope["type"], chat.id, scope.get("user_id", 0)


def _language(call: Call) -> str:
    language: str = call.given.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad("invalid language code specified")
    return language


def set_name(call: Call) -> Json:
    """setMyName; the one for everybody is also the bot's first name."""
    _set_text(call, "name")
    name = call.bot.profile.text("name", "")
    if name:
        call.bot.user = {**call.bot.user, "first_name": name}
    return True


def get_name(call: Call) -> Json:
    """GetMyName"""
    return {"name": call.bot.profile.text("name", _language(call))}


def set_description(call: Call) -> Json:
    """SetMyDescription"""
    return _set_text(call, "description")


def get_description(call: Call) -> Json:
    """GetMyDescription"""
    return {"description": call.bot.profile.text("description", _language(call))}


def set_short_description(call: Call) -> Json:
    """SetMyShortDescription"""
    return _set_text(call, "short_description")


def get_short_description(call: Call) -> Json:
    """GetMyShortDescription"""
    return {"short_description": call.bot.profile.text("short_description", _language(call))}


def _set_text(call: Call, kind: str) -> bool:
    text = call.given.get(kind, "")
    if len(text) > _LIMITS[kind]:
        raise bad(f"{kind.replace('_', ' ')} is too long")
    return _changed(call, call.bot.profile.set_text(kind, _language(call), text))


def _changed(call: Call, anew: bool) -> bool:
    """True, as Telegram answers in any case; people who look at the bot are told what it says of itself now."""
    if anew:
        call.world.events.add("profile", None, None, bot=call.bot.id)
    return True
