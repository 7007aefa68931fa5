"""`/team`: who is of it, and buttons by which admins change roles and remove members. Names are asked for, shown, forgotten."""

import asyncio
import logging
from dataclasses import replace
from typing import Final

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from desk import team
from handlers import menus
from handlers.ask import Ask, Press, Reply, Way
from handlers.buttons import NUMBER, ORDINAL, given_back
from handlers.house import House
from handlers.rights import demand
from records.rights import ROLES, Role, may
from render import team as told
from render.answers import turned_away
from render.team import Person
from storage import members
from storage.members import Member

log = logging.getLogger(__name__)
DATA: Final = given_back(f"u:(?P<verb>[lmrxy]):(?P<who>{NUMBER}):(?P<page>{ORDINAL})(?::(?P<role>[a-z]+))?")
"""What the buttons give back: "l" turns to a page, "m" shows a member, "r" gives them a role, "x" asks about removing them,
"y" removes them."""
PAGE: Final = 8
"""Members on one page: each is a call of Telegram's for their name."""
PATIENCE: Final = 5.0
"""Seconds to wait for names; whoever has none by then is told by number."""


async def listed(house: House, ask: Ask, bot: Bot) -> Reply:
    """`/team`: the first page."""
    if not ask.way.private:
        return Reply(turned_away("team_in_private", house.speak(ask.way.language)))
    return await _page(house, ask.way, bot, 1)


async def pressed(house: House, press: Press, bot: Bot) -> Reply:
    """What a press leads to: another page, a member, or the change it stands for."""
    way, words, found = press.way, house.speak(press.way.language), DATA.fullmatch(press.data)
    if found is None or not way.private or (found["verb"] == "r") != bool(found["role"]):
        return Reply(None, toast=words.text("press.unknown"))
    who, page = int(found["who"]), int(found["page"])
    if found["verb"] == "l":
        return await _page(house, way, bot, page)
    demand(way, "members")
    if found["verb"] == "r":
        return await _given(house, way, bot, who, page, found["role"])
    if found["verb"] == "y":
        return await _removed(house, way, bot, who, page)
    one = await house.door.read(members.get, house.team.id, who)
    if one is None or who in house.team.owners:
        return await _gone(house, way, bot, page)
    shown = told.sure if found["verb"] == "x" else told.member
    return Reply(shown(await _person(house, bot, one), page, words))


async def _given(house: House, way: Way, bot: Bot, who: int, page: int, wanted: str | None) -> Reply:
    role = next((one for one in ROLES if one == wanted), None)
    if role is None:
        return Reply(None, toast=house.speak(way.language).text("press.unknown"))
    changed = await house.door.change(
        team.change_role, house.team.id, who, role, way.who, house.team.owners, house.now()
    )
    return await _after(house, way, bot, who, page, role, changed=changed)


async def _removed(house: House, way: Way, bot: Bot, who: int, page: int) -> Reply:
    gone = await house.door.change(team.remove, house.team.id, who, way.who, house.team.owners, house.now())
    return await _after(house, way, bot, who, page, None, changed=gone)


async def _after(house: House, way: Way, bot: Bot, who: int, page: int, role: Role | None, *, changed: bool) -> Reply:
    """The team as it is then; whoever it was is told, and their menu names what they may do now."""
    if not changed:
        return await _gone(house, way, bot, page)
    await _tell(house, bot, who, role)
    await menus.offered_anew(bot, house, who)
    way = replace(way, role=await house.role(way.who))
    if not may(way.role, "see_team"):
        return Reply(None, toast=house.speak(way.language).text("team.done"))
    return replace(await _page(house, way, bot, page), toast=house.speak(way.language).text("team.done"))


async def _tell(house: House, bot: Bot, who: int, role: Role | None) -> None:
    words = house.speak(house.tongues.spoken(who))
    try:
        await bot.send_message(who, told.changed(house.team.name, role, words), ParseMode.HTML)
    except TelegramError as error:
        log.info("a member was not told of another role: %s", type(error).__name__)


async def _gone(house: House, way: Way, bot: Bot, page: int) -> Reply:
    toast = house.speak(way.language).text("team.not_changed")
    return replace(await _page(house, way, bot, page), toast=toast)


async def _page(house: House, way: Way, bot: Bot, number: int) -> Reply:
    everybody = await house.door.read(members.everybody, house.team.id)
    known = {one.who: one for one in everybody}
    owners = [known.get(who, Member(who, "admin", "", house.now())) for who in sorted(house.team.owners)]
    people = [*owners, *(one for one in everybody if one.who not in house.team.owners)]
    pages = max(-(-len(people) // PAGE), 1)
    number = min(number, pages)
    some = await asyncio.gather(*(_person(house, bot, one) for one in people[(number - 1) * PAGE : number * PAGE]))
    words = house.speak(way.language)
    return Reply(told.team(some, len(people), number, pages, words, admin=may(way.role, "members")))


async def _person(house: House, bot: Bot, one: Member) -> Person:
    owner = one.who in house.team.owners
    role: Role = "admin" if owner else one.role
    return Person(one.who, role, one.label, await _name(bot, one.who), owner)


async def _name(bot: Bot, who: int) -> str:
    """What Telegram calls them now; "" if it doesn't say."""
    try:
        async with asyncio.timeout(PATIENCE):
            return (await bot.get_chat(who)).full_name or ""
    except (TelegramError, TimeoutError):
        return ""
