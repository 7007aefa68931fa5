"""Everything the desk can be told × everybody × everywhere, held against the table of rights.

Nothing here names who may do what: `records.rights` does. A command or a button that is new wants a row in WORDS or a message
of `tests.walk` that shows it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import product
from pathlib import Path

import pytest

from handlers.families import BUTTONS as DOORS
from records.commands import COMMANDS
from records.rights import BUTTONS, Role, may, there
from storage import groups
from tests.walk import COORDINATOR, FINER, LEFT_GROUP, PLACES, ROLES_OF, Place, Walk, expected, verdict, walking

WORDS = {
    "flight": "20.05.2026 from Erbil to Almaty expected 9",
    "session": "20.05.2026 site Aktau type group",
    "template": "flight",
    "edit": "{own} note seen",
    "figure": "{own} people 9 source Press",
    "undo": "",
    "withdraw": "{own} told twice",
    "restore": "{own}",
    "show": "F-0002",
    "list": "flights",
    "find": "aktau",
    "history": "F-0002",
    "stats": "flights all",
    "export": "flights all csv",
    "import": "flights",
    "digest": "",
    "invite": "viewer Aktau desk 2",
    "team": "",
    "sites": "",
    "link": "",
    "unlink": "",
    "language": "en",
    "privacy": "",
    "forget_me": "",
    "help": "",
    "start": "",
}
"""Words with which each command does what it is for."""
SECRET = ("F-0", "Aktau", "Al-Hasakah")
"""What nobody hears of who isn't of the team."""


@pytest.fixture
async def walk(tmp_path: Path) -> AsyncIterator[Walk]:
    async with walking(tmp_path) as one:
        yield one


def test_every_command_has_words_and_every_button_a_door() -> None:
    assert set(WORDS) == {one.name for one in COMMANDS}
    assert set(DOORS) <= set(BUTTONS)


async def test_every_command_by_everybody_everywhere(walk: Walk) -> None:
    for place, who in product(PLACES, ROLES_OF):
        said = [f"/{one.name} {WORDS[one.name]}".strip().format(own="F-0001") for one in COMMANDS]
        wanted = {text: expected(who, one.act, place, one.name) for one, text in zip(COMMANDS, said, strict=True)}
        before = walk.state()
        refused = [text for text, one in wanted.items() if one != "heard"]
        told = await walk.says(who, place, *refused)
        assert {verdict(one) for one in told} <= {wanted[text] for text in refused}, (place, who, told)
        denied = [one for one in told if verdict(one) == "another role"]
        assert len(denied) == [*wanted.values()].count("another role"), (place, who, told)
        assert len(told) - len(denied) <= 1, (place, who, told)
        assert not any(secret in one for secret in SECRET for one in told), (place, who, told)
        assert walk.state() == before, (place, who)
        for one in COMMANDS:
            if expected(who, one.act, place, one.name) == "heard":
                told = await walk.says(who, place, f"/{one.name} {WORDS[one.name]}".strip().format(own=walk.own(who)))
                assert {verdict(each) for each in told} == {"heard"}, (place, who, one.name, told)
            if one.act == "link":
                await walk.anew()


async def test_a_real_button_of_every_family_by_everybody_everywhere(walk: Walk) -> None:
    assert set(walk.buttons) == {*BUTTONS, *FINER}
    for place, who in product(PLACES, ROLES_OF):
        acts = {**BUTTONS, **FINER} if place == "private" else BUTTONS
        wanted = {begins: expected(who, act, place) for begins, act in acts.items()}
        before = walk.state()
        refused = [begins for begins, one in wanted.items() if one != "heard"]
        told = await walk.presses(who, place, *(walk.buttons[begins] for begins in refused))
        assert [verdict(one) for one in told] == [wanted[begins] for begins in refused], (place, who, told)
        assert not any(secret in one for secret in SECRET for one in told), (place, who, told)
        assert walk.state() == before, (place, who)
        for begins in set(acts) - set(refused):
            told = await walk.presses(who, place, walk.buttons[begins])
            assert {verdict(each) for each in told} == {"heard"}, (place, who, begins, told)


async def test_a_table_to_be_imported_by_everybody_everywhere(walk: Walk) -> None:
    bot = (await walk.talk.people.call("/world", method="GET"))["bot"]["username"]
    places: tuple[Place, ...] = ("private", "group", "unlinked group")
    for place, who in product(places, set(ROLES_OF) - {LEFT_GROUP}):
        before = walk.state()
        told = await walk.sends(who, place, f"/import@{bot} flights")
        assert {verdict(one) for one in told} <= {expected(who, "import", place)}, (place, who, told)
        assert told or expected(who, "import", place) == "nobody", (place, who)
        taken = [one for one in told if "Nothing is stored yet" in one]
        assert bool(taken) == (place == "private" and expected(who, "import", place) == "heard"), (place, who, told)
        after = walk.state()
        assert {**after, "imports": []} == {**before, "imports": []}, (place, who)


async def _put_out(walk: Walk) -> None:
    await walk.talk.dismiss(COORDINATOR)


async def _made_viewer(walk: Walk) -> None:
    await walk.talk.enrol(COORDINATOR, "viewer")


async def _untied(walk: Walk) -> None:
    house = walk.talk.desk.house
    await house.door.change(groups.unlink, house.team.id, walk.linked)


async def _gone(walk: Walk) -> None:
    await walk.talk.people.call(f"/chats/{walk.linked}/members", {"remove": [COORDINATOR]})
    await walk.talk.quiet()


MEANWHILE: tuple[tuple[Callable[[Walk], Awaitable[None]], Place, Role | None], ...] = (
    (_put_out, "private", None),
    (_put_out, "topic", None),
    (_made_viewer, "private", "viewer"),
    (_made_viewer, "group", "viewer"),
    (_untied, "group", None),
    (_untied, "topic", None),
    (_gone, "group", None),
)
"""What happens between the showing of a button and the press of it, where, and what whoever presses is there from then on."""


async def test_rights_are_those_of_the_press_not_of_the_moment_a_button_was_shown(walk: Walk) -> None:
    for happens, place, role in MEANWHILE:
        await walk.anew()
        await walk.talk.enrol(COORDINATOR, "coordinator")
        await walk.talk.people.call(f"/chats/{walk.linked}/members", {"add": [COORDINATOR]})
        shown = {
            "f:": await walk.says(COORDINATOR, place, "/flight"),
            "l:": await walk.says(COORDINATOR, place, "/list"),
        }
        assert {verdict(one) for told in shown.values() for one in told} == {"heard"}, (happens, place)
        (draft,) = walk.talk.rows(f"SELECT id, revision FROM drafts WHERE who = {COORDINATOR} ORDER BY id DESC LIMIT 1")
        buttons = walk.buttons | {"f:": f"f:{draft['id']}:{draft['revision']}:y"}
        await happens(walk)
        before = walk.state()
        private = place == "private"
        refused = [begins for begins, act in BUTTONS.items() if not may(role, there(act, private=private))]
        told = await walk.presses(COORDINATOR, place, *(buttons[begins] for begins in refused))
        assert [verdict(one) for one in told] == ["another role" if role else "nobody"] * len(refused), (happens, told)
        assert not any(secret in one for secret in SECRET for one in told), (happens, place, told)
        assert walk.state() == before, (happens, place)


async def test_what_is_typed_into_a_form_after_the_role_was_lost_is_not_taken(walk: Walk) -> None:
    for happens, place, _ in MEANWHILE[:3]:
        await walk.talk.enrol(COORDINATOR, "coordinator")
        await walk.says(COORDINATOR, place, "/flight 20.05.2026", "/flight")
        await happens(walk)
        before = walk.state()
        told = await walk.says(COORDINATOR, place, "from Erbil to Aktau expected 9")
        assert {verdict(one) for one in told} <= {"nobody", "another role"}, (happens, told)
        assert walk.state() == before, (happens, place)
