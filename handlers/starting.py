"""The first words, help, and what is said to a command the desk doesn't know."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from digests import schedules
from digests.due import following
from handlers import chats
from handlers.ask import Ask, Reply, Way
from handlers.house import House
from records.command import nearest_command, read
from records.digest import Schedule
from records.problem import Problem
from render.answers import unknown_command
from render.help import help_of, help_page, how_to_post, welcome
from render.html import Html
from render.problems import refusal
from render.schedules import goes_on
from storage import deliveries
from storage.door import Tx

JUST_NOW: Final = timedelta(minutes=2)


async def start(house: House, ask: Ask) -> Reply:
    """`/start`: what the desk is and how to begin; in private also when the digest comes. The chat takes digests again."""
    way = ask.way
    resumed = await chats.back(house, way.chat, way.thread or 0)
    here, became = await house.door.read(_digests, house.team.id, way)
    on = next((one for one in here if one.state == "on"), None)
    words, told = house.speak(way.language), Html()
    if on is not None and (resumed or _was_paused(became, house.now() - on.told_at)):
        told = goes_on(on, following(on, house.now()), words)
    return Reply(welcome(house.team.name, words, house.kinds, on if way.private else None, told), menu=way.private)


def _digests(tx: Tx, team: int, way: Way) -> tuple[tuple[Schedule, ...], list[str]]:
    """What is set in a chat, and what became of the last two of its digests."""
    thread = way.thread or 0
    last = deliveries.latest(tx, team, way.chat, most=2, thread=thread)
    return schedules.of_chat(tx, team, way.chat, thread), [one.state for one in last]


def _was_paused(became: Sequence[str], told: timedelta) -> bool:
    """Whether the chat was let in again only now: Telegram says so before the first word comes, and a digest may be out by then.

    `told` is how long ago that was.
    """
    return became[:1] == ["paused"] or (became[1:] == ["paused"] and told < JUST_NOW)


async def helped(house: House, ask: Ask) -> Reply:
    """`/help`, or `/help flight`: one command in detail."""
    name = ask.rest.strip().removeprefix("/").casefold()
    if not name:
        return Reply(
            help_page(house.commands, house.speak(ask.way.language), private=ask.way.private, role=ask.way.role)
        )
    command = next((one for one in house.commands if one.name == name), None)
    if command is None:
        return unknown(house, ask.way, name)
    told = help_of(command, house.speak(ask.way.language))
    return Reply(told or how_to_post(house.kind(name), house.speak(ask.way.language)))


def mistyped(house: House, ask: Ask, *, addressed: bool) -> Reply | None:
    """There is no such command; the nearest one, with what was said put right behind it, ready to copy.

    None in a group where it may be another bot's: it wasn't `addressed` to this one and says nothing this one could read.
    """
    near = nearest_command(ask.command, [one.name for one in house.commands])
    if not near or not ask.rest.strip():
        return unknown(house, ask.way, ask.command) if addressed else None
    words = house.speak(ask.way.language)
    kind = next((one for one in house.kinds if one.name == near[0]), None)
    if kind is None:
        return Reply(unknown_command(ask.command, near, words, ask.rest)) if addressed else None
    reading = read(ask.rest, kind, house.vocabulary, house.context(ask.at, ask.way.language))
    if not addressed and not reading.values:
        return None
    wrong = Problem("", "no_such_command", f"/{ask.command}", guesses=tuple(f"/{one}" for one in near))
    corrected = reading.corrected if reading.problems else ask.rest.strip()
    return Reply(refusal([wrong, *reading.problems], kind, kind.name, corrected, words))


def unknown(house: House, way: Way, name: str) -> Reply:
    """There is no such command; the nearest one."""
    near = nearest_command(name, [one.name for one in house.commands])
    return Reply(unknown_command(name, near, house.speak(way.language)))
