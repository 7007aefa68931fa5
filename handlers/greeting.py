"""A member's first words in private: from then on the team's default digest comes to them."""

from digests import schedules
from handlers.ask import Way
from handlers.house import House


class Greeting:
    """Remembers whom the desk has met since it started."""

    def __init__(self, house: House) -> None:
        """Nobody yet."""
        self._house = house
        self._greeted: set[int] = set()

    async def greet(self, way: Way) -> None:
        """Turns the team's default digest on for a member who writes in private, unless they ever set one themselves."""
        team = self._house.team
        if not way.private or team.digest is None or way.chat in self._greeted:
            return
        await self._house.door.change(
            schedules.ensure_default,
            team.id,
            way.chat,
            who=way.who,
            rule=team.digest,
            zone=team.zone.key,
            language=way.language,
            now=self._house.now(),
        )
        self._greeted.add(way.chat)
