"""`/digest`: what is set here, setting it, and a look at the next one."""

from datetime import datetime
from typing import Final

from digests import schedules
from digests.schedules import Place, Setting
from handlers import delivering
from handlers.ask import Ask, Reply, Way
from handlers.house import House
from protection.small_numbers import EXACT
from records.answer import Answer
from records.command import Wish, put_right, read_wish
from records.digest import Digest, Picture, Schedule
from records.filters import written as as_kept
from records.problem import Problem
from records.question import Search
from records.rule import Rule
from render import charts
from render import schedules as told
from render.digest import pages
from render.html import Html
from render.problems import refusal
from render.schedules import Told
from storage.door import Tx

MOST: Final = 12
"""Digests of one chat: as many as one message can list."""


async def digest(house: House, ask: Ask) -> Reply:
    """`/digest daily 08:00 for site Aktau`, `off`, `now`, or alone."""
    way, context = ask.way, house.context(house.now(), ask.way.language)
    wish = read_wish(ask.rest, house.kinds, house.vocabulary, context)
    if isinstance(wish, Wish):
        kinds = [value for name, value in wish.filter if name == "kind"]
        conditions = tuple(one for one in wish.filter if one[0] != "kind")
        search = Search(kinds[0] if kinds else None, None, None, conditions)
        problems = house.audience(private=way.private).refused(search)
        corrected = ""
    else:
        problems, corrected = wish, put_right(ask.rest, wish, house.kinds, house.vocabulary, context)
    if problems or not isinstance(wish, Wish):
        return Reply(refusal(problems, None, ask.command, corrected, house.speak(way.language)))
    here = await house.door.read(schedules.of_chat, house.team.id, way.chat, way.thread or 0)
    match wish.act:
        case "show":
            return Reply(told.settings(here, telling(house, way.language)))
        case "off":
            return await _off(house, way, wish, here)
        case "log":
            return await delivering.log(house, way)
        case "now":
            filter_ = here[0].filter if len(here) == 1 and not wish.filter else as_kept(wish.filter)
            first, *more = (Answer(page) for page in await preview(house, way, filter_))
            return Reply(first, more=tuple(more))
    return await _set(house, way, wish, here)


async def _set(house: House, way: Way, wish: Wish, here: tuple[Schedule, ...]) -> Reply:
    """Sets the digest of that filter; an option alone changes the only one there is."""
    filter_, has = as_kept(wish.filter), {one.filter for one in here}
    if wish.rule is None and filter_ not in has and here:
        if wish.filter or len(here) > 1:
            return Reply(told.several(here, telling(house, way.language), "schedule.no_such"))
        filter_ = here[0].filter
    if filter_ not in has and len(here) >= MOST:
        problem = Problem("", "too_many_digests", about={"most": MOST})
        return Reply(refusal((problem,), None, "digest", "", house.speak(way.language)))
    place = Place(way.chat, way.thread or 0, filter_)
    setting = Setting(wish.rule, wish.zone, wish.language, wish.when_empty, wish.chart)
    return Reply(told.was_set(await put(house, way, place, setting), telling(house, way.language)))


async def _off(house: House, way: Way, wish: Wish, here: tuple[Schedule, ...]) -> Reply:
    """Turns one off, or all, or asks which."""
    filter_, words = as_kept(wish.filter), house.speak(way.language)
    meant = [one for one in here if wish.every or len(here) == 1 or one.filter == filter_]
    if wish.filter:
        meant = [one for one in here if one.filter == filter_]
    if here and wish.filter and not meant:
        return Reply(told.several(here, telling(house, way.language), "schedule.no_such", "x"))
    if len(here) > 1 and not (wish.filter or wish.every):
        return Reply(told.several(here, telling(house, way.language), "schedule.which_off", "x"))
    await turn_off(house, way, meant)
    return Reply(told.all_off(words) if len(meant) > 1 else told.turned_off(words))


async def put(house: House, way: Way, place: Place, setting: Setting) -> Schedule:
    """The digest as it is set then; a new one goes by the team's rule and clock, in the chat's language."""
    team = house.team
    default = Setting(team.digest or Rule(), team.zone.key, way.language)
    return await house.door.change(
        schedules.put, team.id, place, setting, default=default, who=way.who, now=house.now()
    )


async def turn_off(house: House, way: Way, meant: "list[Schedule] | tuple[Schedule, ...]") -> None:
    """Turns some digests off, all or none."""
    await house.door.change(_turn_off, tuple(meant), way.who, house.now())


def _turn_off(tx: Tx, meant: tuple[Schedule, ...], who: int, now: datetime) -> None:
    for one in meant:
        schedules.off(tx, one.team, Place(one.chat, one.thread, one.filter), who=who, now=now)


async def preview(house: House, way: Way, filter_: str) -> tuple[Html, ...]:
    """What the chat's digest with that filter would say now."""
    found = await house.door.read(
        schedules.preview,
        house.team.id,
        way.chat,
        house.kinds,
        zone=house.team.zone.key,
        language=way.language,
        now=house.now(),
        thread=way.thread or 0,
        filter_=filter_,
        groups=house.group_audience,
    )
    return written(house, found)


def telling(house: House, language: str) -> Told:
    """How schedules are told to readers of a language."""
    return Told(house.speak(language), house.kinds, house.places)


def written(house: House, digest: Digest) -> tuple[Html, ...]:
    """A digest's pages: exact in private chats, masked in groups."""
    audience = EXACT if digest.restricted else house.group_audience
    return pages(digest, house.kinds, house.speak(digest.language), house.places, audience, country=house.team.country)


def illustrated(house: House, digest: Digest) -> Picture | None:
    """The picture behind a digest, if one is wished: its numbers are as exact as those of the text."""
    if digest.chart is None:
        return None
    audience = EXACT if digest.restricted else house.group_audience
    return charts.picture(digest.chart, house.speak(digest.language), house.places, audience, house.team.country)
