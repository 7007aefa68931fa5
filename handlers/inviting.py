"""`/invite`, and what its link leads to: a stranger becomes a member, with the first post before them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from telegram import Bot, Message

from desk import team
from handlers import starting
from handlers.ask import Ask, Reply, Way
from handlers.house import House
from handlers.lately import Lately
from handlers.rights import Refusals
from protection import links
from protection.personal import stops
from records.command import Command
from records.fold import fold, tidy
from records.rights import Role
from render import inviting as told
from render.answers import turned_away
from render.personal import told_of_a_person
from storage.invitations import Invitation

MOST_LABEL: Final = 60
"""Characters of a function."""
SEALED: Final = re.compile(r"[0-9a-f]{64}")
TRIES: Final = 5
"""Wrong links somebody may follow within an hour before they hear nothing more."""


async def invite(house: House, ask: Ask, bot: Bot) -> Reply:
    """`/invite reporter Aktau desk 2`: a link that makes one person a member, once, within 48 hours."""
    words = house.speak(ask.way.language)
    if not ask.way.private:
        return Reply(turned_away("invite_in_private", words))
    first, _, rest = tidy(ask.rest).strip().partition(" ")
    role, label = house.vocabulary.roles.get(fold(first)), " ".join(rest.split())
    if role is None or not fold(label) or len(label) > MOST_LABEL:
        return Reply(told.how(words, MOST_LABEL))
    if rules := stops(label):
        return Reply(told_of_a_person(rules, words))
    token = links.made()
    one = Invitation(links.sealed(token), _role(role), label, ask.way.who)
    await house.door.change(team.invite, house.team.id, one, house.team.owners, house.now())
    return Reply(told.made(f"https://t.me/{bot.username}?start={token}", one.role, label, words))


def _role(name: str) -> Role:
    match name:
        case "viewer" | "reporter" | "coordinator" | "admin":
            return name
        case _:
            raise KeyError(name)


class Welcome:
    """Lets in who comes with an open invitation, and leaves those alone who try one link after the other."""

    def __init__(self, house: House, refusals: Refusals) -> None:
        """Nobody has tried yet."""
        self._house = house
        self._refusals = refusals
        self._wrong = Lately(timedelta(hours=1), TRIES)

    async def followed(self, ask: Ask) -> Reply | None:
        """What a stranger's `/start <hash>` leads to; None is silence. Which hash is wrong, and why, nobody is told."""
        house, way, now = self._house, ask.way, self._house.now()
        if not self._wrong.may(way.who, now):
            return None
        member = await house.door.change(team.join, house.team.id, ask.rest.strip(), way.who, house.team.owners, now)
        words = house.speak(way.language)
        if member is None:
            self._wrong.once_more(way.who, now)
            await self._refusals.note(way, "meet")
            return Reply(told.not_open(words))
        first = await starting.start(house, replace(ask, way=replace(way, role=member.role), rest=""))
        return replace(first, answer=told.joined(first.answer, member.role, member.label, words), menu=True)


def link_followed(message: Message, way: Way, said: Sequence[Command]) -> Ask | None:
    """The link of an invitation that somebody followed in private, in their own name; None for anything else."""
    if len(said) != 1 or said[0].name != "start" or not way.private or way.edited or message.forward_origin:
        return None
    ask = Ask(way, message.date, said[0].name, said[0].rest)
    return ask if SEALED.fullmatch(ask.rest.strip()) else None
