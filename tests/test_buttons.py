"""Every button the desk offers: two presses at once have one effect, a later one after a restart none, each is answered once."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest

from handlers import families
from tests.house import AIGUL, TIMUR, Talk, Town, town, working
from tests.talk import Heard
from tests.test_digest_mornings import DAY

FLIGHT = "/flight tomorrow from Al-Hasakah to Aktau expected 48"
PAST = "/flight date 09.05.2019 from Syria to Aktau people 231 women 59 children 156"

Offer = Callable[[Talk], Awaitable[Heard]]


async def _card(talk: Talk) -> Heard:
    return await talk.says(FLIGHT)


async def _unsettled(talk: Talk) -> Heard:
    return await talk.says("/flight today from Al-Hasakah to Aktau people 12")


async def _session(talk: Talk) -> Heard:
    return await talk.says("/session tomorrow site Aktau type legal expected 5")


async def _asked_how_many(talk: Talk) -> Heard:
    return (await talk.presses(await talk.says(FLIGHT), "Arrived"))[1]


async def _asked_when(talk: Talk) -> Heard:
    return (await talk.presses(await talk.says(FLIGHT), "Delayed"))[1]


async def _list(talk: Talk) -> Heard:
    for day in range(10, 22):
        await talk.says(f"/flight {day}.05.2019 from Syria to Aktau people {day}")
    return await talk.says("/list flights")


async def _found(talk: Talk) -> Heard:
    await _list(talk)
    return await talk.says("/find aktau")


async def _languages(talk: Talk) -> Heard:
    return await talk.says("/language")


async def _templates(talk: Talk) -> Heard:
    return await talk.says("/template")


async def _contest(talk: Talk) -> Heard:
    said, card = await talk.posts(PAST)
    ref = next(word for word in card.text.split() if word.startswith("F-"))
    await talk.says(f"/edit {ref} women 61", who=TIMUR)
    return await talk.edits(said, PAST.replace("women 59", "women 62"))


async def _doubt(talk: Talk) -> Heard:
    await talk.says(PAST)
    return await talk.says(PAST)


async def _morning(talk: Talk) -> Heard:
    await talk.says("/digest off")
    await talk.says("/digest daily 08:00")
    await talk.says("/flight 28.02.2026 from Al-Hasakah to Aktau expected 12 status planned")
    await talk.quiet()
    talk.people.forget()
    talk.clock.forward(DAY)
    return await talk.people.hears(AIGUL)


async def _site(talk: Talk) -> Heard:
    new = "abcdefgh"[talk.rows("SELECT count(*) AS n FROM sites")[0]["n"]]
    await talk.says(f"/sites add Umit{new} Karaganda = Bereke{new}")
    return (await talk.presses(await talk.says("/sites"), f"Umit{new}"))[1]


async def _unknown_place(talk: Talk) -> Heard:
    await talk.says("/sites add Umit Karaganda")
    new = "abcdefgh"[len(await talk.kept())]
    await talk.says(f"/session yesterday site Umitt{new} type legal women 3")
    return (await talk.presses(await talk.says("/sites"), f"Umitt{new}"))[1]


async def _leaving(talk: Talk) -> Heard:
    await talk.says(PAST)
    return await talk.says("/forget_me")


async def _table(talk: Talk) -> Heard:
    row = b"date,from,to,women\n2019-05-31,Roj,Aktau,67\n"
    sent = await talk.people.sends("/import flights", who=AIGUL, name="a.csv", mime="text/csv", content=row)
    await talk.quiet()
    return next(one for one in await talk.people.sees(AIGUL) if one.id > sent[-1].id and one.buttons)


async def _form(talk: Talk) -> Heard:
    return await talk.says("/flight")


async def _calendar(talk: Talk) -> Heard:
    return (await talk.presses(await _form(talk), "Date"))[1]


async def _keypad(talk: Talk) -> Heard:
    return (await talk.presses(await _form(talk), "Women"))[1]


async def _summary(talk: Talk) -> Heard:
    form = await _form(talk)
    await talk.people.call(f"/person/{AIGUL}/say", {"text": "yesterday from Erbil to Astana women 3"})
    await talk.people.event(lambda one: one["type"] == "edited" and one["message"]["message_id"] == form.id)
    await talk.quiet()
    form = next(one for one in await talk.people.sees(AIGUL) if one.id == form.id)
    return (await talk.presses(form, "Check and post"))[1]


def _says(text: str) -> Offer:
    async def offer(talk: Talk) -> Heard:
        return await talk.says(text)

    return offer


OFFERS: Final[dict[str, Offer]] = {
    "a card": _card,
    "unsettled": _unsettled,
    "a session": _session,
    "how many": _asked_how_many,
    "when": _asked_when,
    "a list": _list,
    "found": _found,
    "languages": _languages,
    "templates": _templates,
    "a contest": _contest,
    "a doubt": _doubt,
    "a morning": _morning,
    "being forgotten": _leaving,
    "a site": _site,
    "an unknown place": _unknown_place,
    "a table": _table,
    "a form": _form,
    "a calendar": _calendar,
    "a keypad": _keypad,
    "a summary": _summary,
    **{text: _says(text) for text in ("/start", "/help", "/stats", "/stats flights all", "/digest", "/digest now")},
}
EFFECTS = {
    "journal": "SELECT count(*) AS n FROM journal WHERE act NOT IN ('imported', 'import_undone')",
    "revisions": "SELECT COALESCE(SUM(revision), 0) AS n FROM entries",
    "forms": "SELECT COALESCE(SUM(revision), 0) AS n FROM drafts",
    "digests": "SELECT count(*) AS n FROM schedules WHERE state = 'on'",
    "reminders": "SELECT count(*) AS n FROM schedules WHERE remind_at > told_at",
}


def state(talk: Talk) -> Counter[str]:
    return Counter({name: talk.rows(query)[0]["n"] for name, query in EFFECTS.items()})


def press(talk: Talk, heard: Heard, data: str) -> str:
    """The number of a press, made at once and whether the button still stands there or not."""
    world = talk.sandbox.world
    person, bot = world.person(AIGUL), world.first_bot()
    number = world.presses.add(bot.id, AIGUL, heard.chat, world.clock.time()).id
    query = {"id": number, "from": person.user, "chat_instance": "1", "data": data, "message": heard.raw}
    bot.inbox.add("callback_query", query, world.chat_of(person, heard.chat).id)
    return number


async def answers(talk: Talk) -> Counter[str]:
    """How often each press was answered."""
    calls = await talk.people.call("/calls", method="GET")
    made = (one["parameters"] for one in calls if one["method"] == "answerCallbackQuery")
    return Counter(str(one["callback_query_id"]) for one in made)


def alike(data: str) -> str:
    """The same for buttons that differ in numbers only: the days of a calendar, the keys of a keypad, the seals of a panel."""
    return re.sub(r"[0-9]+", "#", re.sub(r"^n:([0-9]+):[0-9a-f]{1,8}:", r"n:\1:#:", data))


async def settled(talk: Talk, presses: list[str]) -> None:
    """Each of the presses is answered, exactly once."""
    await talk.quiet()
    told = await answers(talk)
    assert {one: told[one] for one in presses} == dict.fromkeys(presses, 1)


async def walked(place: Town, folder: Path, offer: Offer) -> tuple[set[str], int]:
    """How the buttons of an offer begin and how many had an effect; each was pressed twice at once, and again after a restart."""
    worked = 0
    older: list[tuple[Heard, str]] = []
    async with working(place, folder) as talk:
        heard = await offer(talk)
        kinds = dict.fromkeys(map(alike, heard.buttons.values()))
        for at, kind in enumerate(kinds):
            heard = heard if at == 0 else await offer(talk)
            data = next(one for one in heard.buttons.values() if alike(one) == kind)
            await talk.quiet()
            before = state(talk)
            await settled(talk, [press(talk, heard, data) for _ in range(2)])
            effects = {name: state(talk)[name] - before[name] for name in EFFECTS}
            assert all(one <= 1 for one in effects.values()), (data, effects)
            worked += any(one > 0 for one in effects.values())
            older.append((heard, data))
    async with working(place, folder) as talk:
        before = state(talk)
        await settled(talk, [press(talk, *one) for one in older])
        assert state(talk) == before
    return {data[:2] for _, data in older}, worked


FOUND: Final[dict[str, set[str]]] = {
    "a card": {"s:"},
    "unsettled": {"s:"},
    "a session": {"s:"},
    "how many": {"c:", "b:"},
    "when": {"c:", "b:"},
    "a list": {"l:"},
    "found": {"q:"},
    "languages": {"g:"},
    "templates": {"t:"},
    "a contest": {"k:", "m:"},
    "a doubt": {"d:"},
    "a table": {"i:"},
    "a form": {"f:"},
    "a calendar": {"f:"},
    "a keypad": {"f:"},
    "a summary": {"f:"},
    "/digest": {"n:"},
    "a morning": {"a:"},
    "being forgotten": {"z:"},
    "a site": {"w:"},
    "an unknown place": {"w:"},
}
"""What an offer must at least have."""
IDLE: Final = {"l:", "q:", "g:", "t:"}
"""They only show something."""


def test_every_prefix_is_walked() -> None:
    only_look = {"j:"}  # the log has pages to turn once there are digests for two: tests/test_digest_log.py
    assert set().union(*FOUND.values()) == {*families.BUTTONS, "s:", "c:", "b:"} - only_look


@pytest.mark.parametrize("name", OFFERS)
async def test_every_button_is_answered_once_and_works_once(tmp_path: Path, name: str) -> None:
    async with town() as place:
        begun, worked = await walked(place, tmp_path, OFFERS[name])
    expected = FOUND.get(name, set())
    assert begun >= expected, begun
    assert bool(worked) == bool(expected - IDLE) or not expected, worked
