"""`/digest`: what is set here, setting it, and a look at the next one."""

from digests import schedules
from handlers.ask import Ask, Reply
from handlers.house import House
from protection.small_numbers import EXACT
from records.answer import Answer
from records.command import read_rule
from records.digest import Digest
from records.rule import Rule
from render import schedules as told
from render.digest import pages
from render.html import Html
from render.problems import refusal


async def digest(house: House, ask: Ask) -> Reply:
    """`/digest daily 08:00`, `off`, `now`, or alone."""
    way, words, team = ask.way, house.speak(ask.way.language), house.team
    thread = way.thread or 0
    wish = read_rule(ask.rest, house.vocabulary)
    if wish == "show":
        return Reply(told.settings(await house.door.read(schedules.get, team.id, way.chat, thread), words))
    if wish == "off":
        await house.door.change(schedules.off, team.id, way.chat, thread)
        return Reply(told.turned_off(words))
    if wish == "now":
        found = await house.door.read(
            schedules.preview,
            team.id,
            way.chat,
            house.kinds,
            zone=team.zone.key,
            language=way.language,
            now=house.now(),
            thread=thread,
        )
        first, *more = (Answer(page) for page in written(house, found))
        return Reply(first, more=tuple(more))
    if isinstance(wish, Rule):
        kept = await house.door.change(
            schedules.set_rule,
            team.id,
            way.chat,
            who=way.who,
            rule=wish,
            zone=team.zone.key,
            language=way.language,
            now=house.now(),
            thread=thread,
        )
        return Reply(told.was_set(kept, words))
    return Reply(refusal(wish, None, ask.command, "", words))


def written(house: House, digest: Digest) -> tuple[Html, ...]:
    """A digest's pages: exact in private chats, masked in groups."""
    audience = EXACT if digest.restricted else house.group_audience
    return pages(digest, house.kinds, house.speak(digest.language), house.places, audience, country=house.team.country)
