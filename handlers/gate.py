"""Who comes to a door, and from where: their role, whether the group is the team's and they are in it."""

from dataclasses import replace

from telegram import Bot

from handlers.ask import Way
from handlers.house import House
from handlers.presence import Presence
from storage import groups


class Gate:
    """Looks up, for each update, what whoever sends it is at this moment."""

    def __init__(self, house: House, bot: Bot) -> None:
        """Nobody came yet."""
        self._house = house
        self.presence = Presence(bot)

    async def ranked(self, way: Way, *, asked: bool) -> Way:
        """The way with what they are.

        `asked` says that something may come of it: then they must be in the group it comes from.
        """
        house, now = self._house, self._house.now()
        role = await house.role(way.who)
        if role is not None and way.private:
            house.tongues.answered(way.chat, way.language)
        linked = way.private or await house.door.read(groups.linked, house.team.id, way.chat)
        if role is not None and asked and not way.private and not await self.presence.there(way.chat, way.who, now):
            role = None
        return replace(way, role=role, linked=linked)
