"""The places as the team knows them: read once, and read anew whenever somebody has changed them."""

import asyncio

from records.places import Gazetteer
from records.sites import Known, gazetteer
from storage import sites
from storage.door import Door


class Sites:
    """Every message is read with them, so they are kept here ready for reading."""

    def __init__(self, door: Door, team: int, known: Known) -> None:
        """`known` is what the team has said of places so far."""
        self._door, self._team = door, team
        self._lock = asyncio.Lock()
        self.known, self.places = known, gazetteer(known)

    @classmethod
    async def load(cls, door: Door, team: int) -> "Sites":
        """What is kept of the team's."""
        return cls(door, team, await door.read(sites.known, team))

    async def renew(self) -> Gazetteer:
        """The places as they are now. One at a time, so that an earlier look never takes the place of a later one."""
        async with self._lock:
            self.known = await self._door.read(sites.known, self._team)
            self.places = await asyncio.to_thread(
                gazetteer, self.known
            )  # some 70 ms with as many sites as there may be
        return self.places
