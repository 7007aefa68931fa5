"""Leads a desk through all it can say, by the steps of `docs/screens.toml`."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from tomllib import loads
from typing import Any

from bot.tidying import tidy
from records.rights import ROLES
from sandbox.files import Upload
from tests.house import AIGUL, SAMIRA, TIMUR, UNLIMITED, VISITOR, Talk, talking
from tests.talk import PATIENCE, Heard

PEOPLE = {"Aigul": AIGUL, "Timur": TIMUR, "Samira": SAMIRA, "Visitor": VISITOR}
WAY = loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
UNSEEN: dict[str, str] = WAY["unseen"]
"""What no way leads to, and why."""
STEP = re.compile(r"(?P<who>[A-Z]\w+)(?: in (?P<place>\w+))? (?P<verb>[a-z]+)(?: (?P<rest>.*))?", re.DOTALL)
TIMES = re.compile(r"(\d+) times ")
SECONDS = {"m": 60, "h": 3_600, "d": 86_400}
NAMES = {number: name for name, number in PEOPLE.items()}


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing that was to be seen: a message as it stood then, or a line about what somebody did."""

    chat: int
    message: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    photo: Upload | None = None
    """What the message's photo shows: the sandbox that kept it is gone when the screen is looked at."""


class Guide:
    """Plays everybody: reads one step after the other and does what it says."""

    def __init__(self, talk: Talk, language: str) -> None:
        """Nobody has done anything yet."""
        self._talk, self._language = talk, language
        self._places: dict[str, int] = {}
        self.notes: dict[int, str] = {}
        self._again: set[int] = set()
        self._said: dict[tuple[int, int], Heard] = {}
        self._acts: dict[str, Callable[[int, int, str], Awaitable[None]]] = {
            "says": self._says,
            "edits": self._edits,
            "replies": self._replies,
            "presses": self._presses,
            "sends": self._sends,
            "tables": self._tables,
            "slips": self._slips,
            "deletes": self._deletes,
            "blocks": self._blocks,
            "forges": self._forges,
        }
        self._directions: dict[str, Callable[[str], Awaitable[None]]] = {
            "enrol": self._enrol,
            "forward": self._forward,
            "noted": self._noted,
            "fault": self._fault,
            "mend": self._mend,
            "group": self._group,
            "tied": self._tied,
            "tidy": self._tidy,
            "morning": self._morning,
            "look": self._look,
        }

    async def follows(self, step: str) -> None:
        """Does one step and waits until the desk has seen to it; a step with a {n} as often as `times` says in front of it."""
        times = TIMES.match(step)
        for number in range(1, int(times[1]) + 1 if times else 2):
            before = len(self._happened())
            await self._does(self._filled(step[times.end() :] if times else step, number))
            if number > 1:
                self._again.update(range(before, len(self._happened())))

    def _filled(self, step: str, number: int) -> str:
        """The step with what its braces stand for."""
        places = {f"{{{name}}}": str(chat) for name, chat in self._places.items()}
        known = {"{language}": self._language, "\\n": "\n", "{long}": "a" * 1_200, "{n}": f"{number:02}", **places}
        for name, value in known.items():
            step = step.replace(name, value)
        return step.replace("{link}", self._link()) if "{link}" in step else step

    async def _does(self, step: str) -> None:
        if step.startswith("* "):
            direction, _, rest = step.removeprefix("* ").partition(" ")
            await self._directions[direction](rest)
        else:
            found = STEP.fullmatch(step)
            if found is None:
                raise ValueError(f"no such step: {step}")
            who = PEOPLE[found["who"]]
            chat = self._places[found["place"]] if found["place"] else who
            await self._acts[found["verb"]](who, chat, found["rest"] or "")
        await self._talk.quiet()

    async def _last(self, who: int, chat: int) -> list[Heard]:
        """What the desk has said there, the newest first."""
        return [one for one in reversed(await self._talk.people.sees(who, chat)) if one.raw["from"]["is_bot"]]

    async def _says(self, who: int, chat: int, text: str) -> None:
        self._said[who, chat] = await self._talk.tells(text, who, chat)

    def _link(self) -> str:
        """What the newest invitation's link ends with."""
        told = json.dumps([event.body for event in self._talk.sandbox.world.events.since(0, None)])
        return str(["", *re.findall(r"\?start=([\w-]+)", told)][-1])

    async def _edits(self, who: int, chat: int, text: str) -> None:
        said = self._said[who, chat]
        await self._talk.people.call(f"/person/{who}/edit", {"chat": chat, "message": said.id, "text": text})

    async def _replies(self, who: int, chat: int, text: str) -> None:
        to = (await self._last(who, chat))[0]
        body = {"chat": chat, "text": text, "reply_to": to.id}
        self._said[who, chat] = Heard(await self._talk.people.call(f"/person/{who}/say", body))

    async def _presses(self, who: int, chat: int, part: str) -> None:
        """The first button, from below, that gives back that part: at its end if a $ stands behind it."""
        part, _, old = part.partition(" of ")
        for heard in (await self._last(who, chat))[int(old or 0) :]:
            for data in heard.buttons.values():
                if data.endswith(part[:-1]) if part.endswith("$") else part in data:
                    body = {"chat": chat, "message": heard.id, "data": data}
                    await self._talk.people.call(f"/person/{who}/press", body)
                    return
        raise ValueError(f"no button gives back {part}")

    async def _sends(self, who: int, chat: int, caption: str) -> None:
        await self._talk.people.sends(caption, who=who, chat=chat)

    async def _tables(self, who: int, chat: int, told: str) -> None:
        """A table with a caption: behind "::" its rows, "//" between two of them."""
        caption, _, rows = told.partition(" :: ")
        content = rows.replace(" // ", "\n").encode()
        await self._talk.people.sends(caption, who=who, chat=chat, name="a.csv", mime="text/csv", content=content)

    async def _slips(self, who: int, chat: int, more: str) -> None:
        """A message no chat page sends, such as a forwarded one."""
        world = self._talk.sandbox.world
        there = world.chat_of(world.person(who), chat)
        message = {"message_id": next(there.ids), "date": world.clock.unix(), "chat": there.told}
        world.first_bot().inbox.add("message", message | {"from": world.user(who)} | json.loads(more), chat)

    async def _forges(self, who: int, chat: int, data: str) -> None:
        """A press that gives back what no button of the chat's last message does: that of an older copy of it, perhaps."""
        world = self._talk.sandbox.world
        heard = (await self._last(who, chat))[0]
        press = world.presses.add(world.first_bot().id, who, chat, world.clock.time())
        query = {"id": press.id, "from": world.user(who), "message": heard.raw, "chat_instance": "1", "data": data}
        world.first_bot().inbox.add("callback_query", query, chat)

    async def _deletes(self, who: int, chat: int, _: str) -> None:
        body = {"chat": chat, "message": (await self._last(who, chat))[0].id}
        await self._talk.people.call(f"/person/{who}/delete", body)

    async def _blocks(self, who: int, _chat: int, yes: str) -> None:
        await self._talk.people.call(f"/person/{who}/block", {"blocked": not yes})

    async def _enrol(self, words: str) -> None:
        name, role, *label = words.split(" ", 2)
        await self._talk.enrol(PEOPLE[name], next(one for one in ROLES if one == role), " ".join(label))

    async def _forward(self, time: str) -> None:
        self._talk.clock.forward(int(time[:-1]) * SECONDS[time[-1]])

    async def _noted(self, query: str) -> None:
        """Waits until the desk has noted something: until the query finds it."""
        await _until(lambda: self._talk.rows(query))

    async def _morning(self, _: str) -> None:
        """A day passes, and its digests are sent."""
        before = len(self._talk.rows("SELECT id FROM deliveries"))
        await self._forward("1d")
        await _until(lambda: len(self._talk.rows("SELECT id FROM deliveries")) > before)
        await _until(lambda: not self._talk.rows("SELECT id FROM letters WHERE state != 'sent'"))

    async def _fault(self, what: str) -> None:
        await self._talk.people.call("/faults", {"method": "sendMessage", "times": 1} | json.loads(what))

    async def _mend(self, _: str) -> None:
        await self._talk.people.call("/faults", method="DELETE")

    async def _group(self, words: str) -> None:
        name, *how = words.split()
        body = {"title": name.capitalize(), "type": "supergroup", "members": [AIGUL, TIMUR, SAMIRA, VISITOR]}
        made = await self._talk.people.call("/chats", body | {"bot_is_admin": "guarded" in how})
        self._places[name] = int(made["id"])
        self._talk.desk.house.tongues.choose(self._places[name], self._language)

    async def _tied(self, name: str) -> None:
        await self._talk.links(self._places[name])

    async def _tidy(self, _: str) -> None:
        """Forgets what is due to be forgotten."""
        await self._talk.quiet()
        while await tidy(self._talk.desk.house):
            pass

    async def _look(self, name: str) -> None:
        """What somebody sees before the first word: the desk's own description and the menu of commands."""
        who, people = PEOPLE[name], self._talk.people
        about = await people.call(f"/person/{who}/about", method="GET")
        menu = await people.call(f"/person/{who}/menu", method="GET")
        lines = [*about.values(), *(f"/{one['command']} {one['description']}" for one in menu)]
        self.notes[len(self._happened())] = "\n".join(lines)

    def _happened(self) -> list[dict[str, Any]]:
        return [event.body for event in self._talk.sandbox.world.events.since(0, None)]

    def screens(self) -> Iterator[Screen]:
        """All there was to see, in the order in which it happened; of what was done many times the first."""
        for number, event in enumerate(self._happened()):
            if number in self.notes:
                yield Screen(AIGUL, note=self.notes[number])
            if number not in self._again:
                yield from self._seen(event)

    def _seen(self, event: dict[str, Any]) -> Iterator[Screen]:
        chat = event["chat"]
        match event["type"]:
            case "message" | "edited":
                message = event["message"]
                who = "" if message["from"]["is_bot"] else self._whose(message["from"]["id"], chat)
                yield Screen(chat, message, who, self._photo(message))
            case "pressed":
                yield Screen(chat, note=f"{self._whose(event['person'], chat)} presses {event['data']}")
            case "answered" if event.get("text"):
                yield Screen(chat, note=f"🔔 {event['text']}")
            case "deleted":
                yield Screen(chat, note="🗑 deleted")

    def _photo(self, message: dict[str, Any]) -> Upload | None:
        sizes = message.get("photo")
        stored = self._talk.sandbox.world.files.get(sizes[-1]["file_id"]) if sizes else None
        return stored.upload if stored else None

    def _whose(self, who: int, chat: int) -> str:
        where = next((f" in {name}" for name, number in self._places.items() if number == chat), "")
        return f"{NAMES.get(who, who)}{where}"


async def _until(look: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not look():  # noqa: ASYNC110 - what is looked at tells nobody that it changed
            await asyncio.sleep(0.02)


async def scene(told: dict[str, Any], language: str) -> list[Screen]:
    """All there was to see in one scene, with a desk of its own."""
    owners = tuple(PEOPLE[name] for name in told.get("owners", ["Aigul"]))
    limits = UNLIMITED.model_copy(update=told.get("limits", {}))
    with TemporaryDirectory() as folder:
        async with talking(Path(folder), owners=owners, digest=told.get("digest", ""), limits=limits) as talk:
            for name, who in PEOPLE.items():
                person = {"id": who, "first_name": name, "language_code": language}
                await talk.people.call("/people", person)
                talk.desk.house.tongues.choose(who, language)
            guide = Guide(talk, language)
            for step in filter(None, map(str.strip, told["steps"].splitlines())):
                try:
                    await guide.follows(step)
                except (ValueError, KeyError, AssertionError, TimeoutError) as error:
                    raise RuntimeError(f"{told['name']}: {step}") from error
            return list(guide.screens())


async def scenes(language: str, wanted: Sequence[str] = ()) -> dict[str, list[Screen]]:
    """All there was to see in these scenes, or in all, by their names. They are played at once: most of each is waiting."""
    played = [one for one in WAY["scene"] if not wanted or one["name"] in wanted]
    seen = await asyncio.gather(*(scene(one, language) for one in played))
    return {one["name"]: screens for one, screens in zip(played, seen, strict=True)}
