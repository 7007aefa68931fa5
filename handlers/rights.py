"""Who may, as answers need it: what a role is not enough for is refused; the journal keeps that, and who saw what few may see."""

from datetime import datetime, timedelta
from typing import Final

from desk.rights import Denied
from desk.view import viewed
from handlers.ask import Reply, Way
from handlers.house import House
from handlers.lately import Lately
from records.kind import Value
from records.rights import LEAST, may, there
from render.answers import denied
from render.html import Html, plain
from storage import journal, teams
from storage.door import Tx

NOTED_AGAIN: Final = timedelta(hours=1)
"""When the journal has one more line about the same person's tries."""


def demand(way: Way, act: str) -> None:
    """Raises Denied if whoever asks may not do that there."""
    wanted = there(act, private=way.private)
    if not may(way.role, wanted):
        raise Denied(wanted)


async def noted(house: House, way: Way, **what: Value) -> None:
    """Writes down that whoever asked is shown restricted counts: by which command, of what."""
    await house.door.change(viewed, house.team.id, way.who, what, house.now())


class Refusals:
    """Answers who may not, and writes it down once an hour for each person."""

    def __init__(self, house: House) -> None:
        """Nobody was refused anything yet."""
        self._house = house
        self._noted = Lately(NOTED_AGAIN)

    async def answer(self, way: Way, act: str) -> Reply:
        """What to say to somebody who may not do that."""
        await self.note(way, act)
        told = denied(LEAST[act], str(way.role), self._house.speak(way.language))
        if way.query:
            return Reply(None, toast=plain(Html(told.html)))
        return Reply(told)

    async def note(self, way: Way, act: str) -> None:
        """Writes down that somebody was refused something."""
        now = self._house.now()
        if self._noted.once_more(way.who, now):
            await self._house.door.change(_note, self._house.team.id, way.who, act, now)


def _note(tx: Tx, team: int, who: int, act: str, now: datetime) -> None:
    seq = teams.begin(tx, team)
    journal.note(tx, team, seq, now, "refused", who=who, details={"act": act})
