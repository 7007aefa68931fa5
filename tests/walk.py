"""The stage for walking the whole desk: everybody there can be, everywhere they can be, and what came back to them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from records.rights import Role, may, there
from sandbox import TOKEN
from storage import groups, members, teams
from storage.members import Member
from tests.front import front_of
from tests.house import AIGUL, TIMUR, Talk, town, working
from tests.test_strange_updates import Strange

Verdict: TypeAlias = Literal["heard", "another role", "nobody"]
Place: TypeAlias = Literal["private", "group", "topic", "unlinked group", "unlinked topic"]
PLACES: Final[tuple[Place, ...]] = ("private", "group", "topic", "unlinked group", "unlinked topic")

ROLES_OF: Final[Mapping[int, Role | None]] = {
    2001: None,  # a stranger
    2002: None,  # an admin of another team
    2003: None,  # an admin who left the team
    2004: "coordinator",  # who left the group
    2005: "viewer",
    2006: "reporter",
    2007: "coordinator",
    2008: "admin",
}
"""Everybody who walks and what they are in the team: those who may nothing first, so that they find all as it was."""
OTHER_TEAM, LEFT_TEAM, LEFT_GROUP, COORDINATOR = 2002, 2003, 2004, 2007
FINER: Final = {f"u:{verb}": "members" for verb in "mrxy"}
"""Buttons that are more than their family."""
TOLD_NOBODY: Final = ("for its team only", "not tied to the team, so")
ANSWERING: Final = ("send", "edit", "answerCallbackQuery", "setMessageReaction")
FLEETING: Final = frozenset({"inbox", "answers", "journal", "teams", "people", "counters", "migrations"})
"""What may differ though nothing was done: that an update came, that it was answered, that somebody was refused, and
the number under which the journal says so."""


def expected(who: int, act: str, place: Place, command: str = "") -> Verdict:
    """What the table says becomes of that person's act there; in a group that isn't the team's only `/link` is listened to."""
    role = ROLES_OF[who]
    gone, deaf = place != "private" and who == LEFT_GROUP, place.startswith("unlinked") and command != "link"
    if role is None or gone or deaf:
        return "nobody"
    return "heard" if may(role, there(act, private=place == "private")) else "another role"


@dataclass
class Walk:
    """A desk with entries on it, two forums of which one is the team's, and buttons of every family."""

    strange: Strange
    linked: int
    unlinked: int
    threads: Mapping[int, int]
    buttons: dict[str, str] = field(default_factory=dict)
    """A real button of each family: what it gives back, by how that begins."""
    calls: int = 0
    """The last call of the desk that was looked at."""

    @property
    def talk(self) -> Talk:
        return self.strange.talk

    def chat(self, who: int, place: Place) -> int:
        return who if place == "private" else self.unlinked if place.startswith("unlinked") else self.linked

    async def says(self, who: int, place: Place, *texts: str) -> list[str]:
        """All that comes back to what they say there, one right after the other."""
        chat = self.chat(who, place)
        for text in texts:
            if who == LEFT_GROUP and chat < 0:  # Telegram would not take it, so it comes from a Telegram gone wrong
                await self.strange.slips({"message": self._below(who, chat, place) | {"text": text}})
                continue
            where = {"chat": chat, "text": text} | ({"thread": self.threads[chat]} if place.endswith("topic") else {})
            await self.talk.people.call(f"/person/{who}/say", where)
        return await self.came_back(chat)

    async def sends(self, who: int, place: Place, caption: str) -> list[str]:
        """The same for a table with that caption."""
        chat = self.chat(who, place)
        table = b"date,from,to,women\n20.05.2026,Erbil,Aktau,9\n"
        await self.talk.people.sends(caption, who=who, chat=chat, name="flights.csv", mime="text/csv", content=table)
        return await self.came_back(chat)

    async def presses(self, who: int, place: Place, *data: str) -> list[str]:
        """The same for presses of buttons below a message that the desk wrote there."""
        chat = self.chat(who, place)
        pressed = {"from": _person(who), "message": self._below(1, chat, place) | {"text": "…"}}
        queries = [{"id": str(at), "chat_instance": "1", "data": one, **pressed} for at, one in enumerate(data)]
        await self.strange.slips(*({"callback_query": one} for one in queries))
        return await self.came_back(chat)

    def _below(self, who: int, chat: int, place: Place) -> dict[str, Any]:
        """A message there, of whomever."""
        where = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"}}
        topic = {"message_thread_id": self.threads[chat], "is_topic_message": True} if place.endswith("topic") else {}
        return {**where, "from": _person(who), **topic}

    def state(self) -> dict[str, list[dict[str, Any]]]:
        """All that the desk keeps but what is fleeting, and the journal without the refusals."""
        named = [one["name"] for one in self.talk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {one: self.talk.rows(f"SELECT * FROM {one}") for one in named if one not in FLEETING}
        return kept | {"journal": self.talk.rows("SELECT * FROM journal WHERE act <> 'refused'")}

    def own(self, who: int) -> str:
        """Their own newest entry, or one of somebody else's."""
        query = f"SELECT ref FROM entries WHERE who = {who} ORDER BY id DESC"
        found = self.talk.rows(query)
        return str(found[0]["ref"]) if found else "F-0001"

    async def anew(self) -> None:
        """The first group is the team's and the other isn't, whatever was just done to them."""
        house = self.talk.desk.house
        await self.talk.links(self.linked)
        await house.door.change(groups.unlink, house.team.id, self.unlinked)

    async def came_back(self, chat: int) -> list[str]:
        """What the desk told that chat since this was asked last."""
        await self.talk.quiet()
        made = await self.talk.people.call(f"/calls?after={self.calls}", method="GET")
        self.calls = made[-1]["n"] if made else self.calls
        told = [(one["method"], one["parameters"]) for one in made if one["method"].startswith(ANSWERING)]
        return [str(said.get("text") or method) for method, said in told if said.get("chat_id", chat) == chat]


def _person(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": "Somebody"}


def verdict(told: str) -> Verdict:
    """What one answer of the desk says became of an act."""
    if any(one in told for one in TOLD_NOBODY):
        return "nobody"
    return "another role" if "takes another role" in told else "heard"


@asynccontextmanager
async def walking(folder: Path) -> AsyncIterator[Walk]:
    """A walk that can begin."""
    async with (
        town() as place,
        front_of(place.sandbox.url) as front,
        working(place, folder, api_url=front.url, owners=(AIGUL,)) as talk,
    ):
        await _peopled(talk)
        linked, unlinked = [await _forum(talk) for _ in range(2)]
        walk = Walk(Strange(talk, front), linked[0], unlinked[0], dict([linked, unlinked]))
        await walk.anew()
        walk.buttons = await _buttons(talk)
        await walk.came_back(AIGUL)
        yield walk


async def _peopled(talk: Talk) -> None:
    house = talk.desk.house
    for who, role in ROLES_OF.items():
        await talk.people.call("/people", {"id": who, "first_name": f"P{who}"})
        if role is not None:
            await talk.enrol(who, role)
    await talk.enrol(LEFT_TEAM, "admin")
    await talk.dismiss(LEFT_TEAM)
    other = await house.door.change(teams.ensure, "Another team")
    await house.door.change(members.keep, other, Member(OTHER_TEAM, "admin", "", house.now()))


async def _forum(talk: Talk) -> tuple[int, int]:
    """A forum with everybody in it but who left, and a topic of it."""
    everybody = [AIGUL, TIMUR, *ROLES_OF]
    made = {"title": "Forum", "type": "supergroup", "is_forum": True, "members": everybody, "bot_is_admin": True}
    group = int((await talk.people.call("/chats", made))["id"])
    await talk.people.call(f"/chats/{group}/members", {"remove": [LEFT_GROUP]})
    topic = await talk.people.call(f"/bot{TOKEN}/createForumTopic", {"chat_id": group, "name": "Flights"})
    return group, int(topic["result"]["message_thread_id"])


FLIGHTS: Final = tuple(f"/flight {3 * day:02}.04.2026 from Al-Hasakah to Aktau expected 4{day}" for day in range(1, 10))


async def _buttons(talk: Talk) -> dict[str, str]:
    """Buttons as the desk offers them to an admin, of every family that any message of it shows."""
    await talk.enrol(TIMUR, "coordinator")
    said, card = await talk.posts("/flight 28.02.2026 from Al-Hasakah to Aktau expected 12 status planned")
    shown = [card, *[await talk.says(one) for one in (*FLIGHTS, FLIGHTS[0], FLIGHTS[1])]]
    _, asked = await talk.presses(shown[1], "Delayed")
    shown += [asked, *[await talk.says(f"/{one}") for one in ("list flights", "find aktau", "language", "template")]]
    shown += [await talk.says(f"/{one}") for one in ("flight", "digest daily 08:00", "forget_me", "team")]
    shown.append((await talk.presses(shown[-1], "✏️"))[1])
    shown.append((await talk.presses(shown[-1], "Remove"))[1])
    shown += [await talk.says(one) for one in ("/sites add Umit Karaganda", "/sites")]
    await talk.says("/edit F-0001 expected 13", TIMUR)
    shown.append(await talk.edits(said, said.text.replace("expected 12", "expected 14")))
    talk.people.forget()
    talk.clock.forward(22 * 3600)
    shown.append(await talk.people.hears(AIGUL))
    shown.append(await talk.says("/digest"))
    table = b"date,from,to,women\n20.05.2019,Erbil,Aktau,9\n"
    await talk.people.sends("/import flights", who=AIGUL, name="a.csv", mime="text/csv", content=table)
    await talk.quiet()
    shown.append((await talk.people.sees(AIGUL))[-1])
    found = [data for heard in reversed(shown) for data in heard.buttons.values()]
    finer = {data[:3]: data for data in found if data[:3] in FINER}
    found = [
        one for one in found if one[:3] not in FINER and (one[:2] != "g:" or one == "g:en")
    ]  # English is read here
    return {data[:2]: data for data in found} | finer
