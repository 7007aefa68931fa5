"""Presses that nearly look like a button's: refused unless they are what the desk writes, digit by digit."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import AIGUL, TIMUR, VISITOR, Talk, talking
from tests.render.stage import words
from tests.talk import Heard
from tests.test_buttons import FOUND, OFFERS, alike, state

UNKNOWN = words("en").text("press.unknown")
LATIN, ARABIC, WIDE = "0123456789", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"
FREE = {"l": 1, "q": 1}
"""Families behind whose so many first parts stand words that were typed."""
SEALS = {"d": {3}, "n": {1}, "w": {1, 3}}
"""Parts that are no numbers: seals, and what stands for names."""


def mutated(number: str) -> Iterator[str]:
    """The number as nobody's button writes it."""
    for digits in (ARABIC, WIDE):
        yield number.translate(str.maketrans(LATIN, digits))
    yield from (f"0{number}", f"+{number}", f"-{number}", f" {number}", f"{number} ", f"{number}_0", f"{number}\n")
    yield from (f"{number}.0", f"{number}" + "9" * 20, "", "x")


def forged(data: str) -> Iterator[str]:
    """Data with one of its numbers written otherwise, or with something behind it."""
    family, *parts = data.split(":")
    for at, part in enumerate(parts[: FREE.get(family, len(parts))]):
        if at in SEALS.get(family, ()):
            continue
        for run in re.finditer(r"[0-9]+", part):
            for other in mutated(run[0]):
                if other or not (run.start() or run.end() < len(part)):
                    said = part[: run.start()] + other + part[run.end() :]
                    yield ":".join((family, *parts[:at], said, *parts[at + 1 :]))
    if family not in FREE:
        yield from (f"{data}:", f"{data}:0", f"{data} ", f"{data}\n", f" {data}", data.upper())


async def pressed(talk: Talk, heard: Heard, data: str, who: int = AIGUL) -> str:
    """What pops up for a press whose data may be whatever a forger likes."""
    number = press(talk, heard, data, who)
    await talk.quiet()
    return await popped(talk, number)


def press(talk: Talk, heard: Heard, data: str, who: int) -> str:
    """The number of a press that is made at once."""
    world = talk.sandbox.world
    person, bot = world.person(who), world.first_bot()
    chat = heard.chat
    number = world.presses.add(bot.id, who, chat, world.clock.time()).id
    query = {"id": number, "from": person.user, "chat_instance": "1", "data": data, "message": heard.raw}
    bot.inbox.add("callback_query", query, world.chat_of(person, None if chat == who else chat).id)
    return number


async def popped(talk: Talk, number: str) -> str:
    """What popped up for that press, once."""
    calls = await talk.people.call("/calls?after=0", method="GET")
    answers = [one["parameters"] for one in calls if one["method"] == "answerCallbackQuery"]
    (told,) = [one.get("text", "") for one in answers if str(one["callback_query_id"]) == number]
    return str(told)


@pytest.mark.parametrize("name", FOUND)
async def test_what_no_button_gives_is_refused(tmp_path: Path, name: str) -> None:
    async with talking(tmp_path) as talk:
        heard = await OFFERS[name](talk)
        await talk.quiet()
        before = state(talk)
        kinds = {alike(one): one for one in heard.buttons.values()}
        wrong = {}
        for data in dict.fromkeys(one for made in kinds.values() for one in forged(made)):
            if data in heard.buttons.values():
                continue
            told = await pressed(talk, heard, data)
            if told != UNKNOWN or state(talk) != before:
                wrong[data] = told
        assert not wrong


def kept(talk: Talk) -> dict[str, int]:
    """What presses may change, but that a refusal is written down."""
    return {name: number for name, number in state(talk).items() if name != "journal"}


@pytest.mark.parametrize("name", FOUND)
async def test_a_press_replayed_elsewhere_or_by_somebody_else_changes_nothing_and_shows_nothing(
    tmp_path: Path, name: str
) -> None:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        if name == "a contest":
            await talk.enrol(TIMUR, "coordinator")
        heard = await OFFERS[name](talk)
        await talk.enrol(TIMUR, "viewer")
        group = await talk.group()
        below = await talk.says("/list", chat=group)
        own = await talk.says("/help", who=TIMUR)
        strange = await talk.says("/start", who=VISITOR)
        before, posted = kept(talk), talk.rows("SELECT * FROM entries")
        for data in {alike(one): one for one in heard.buttons.values()}.values():
            await pressed(talk, below, data, TIMUR)
            if not data.startswith("n:0:"):  # that one stands for a digest of whoever presses
                await pressed(talk, own, data, TIMUR)
            for place in (below, strange):
                assert await pressed(talk, place, data, VISITOR) == words("en").text("press.not_yours")
            assert kept(talk) == before, data
        assert talk.rows("SELECT * FROM entries") == posted
        texts = [one.text for one in await talk.people.sees(VISITOR, group)]
        assert not [one for one in texts if re.search(r"\b(?:231|59|156)\b", one)], texts
