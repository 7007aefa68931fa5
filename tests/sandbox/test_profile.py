"""What a bot says of itself: menus by scope and language, names, descriptions."""

from typing import Any

import pytest

from tests.sandbox.conftest import Line


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def test_menus_are_kept_by_scope_and_language(chat: Line) -> None:
    group = await chat.group()
    await chat.ok("setMyCommands", commands=menu("help"))
    await chat.ok("setMyCommands", commands=menu("flight"), scope={"type": "all_private_chats"})
    await chat.ok("setMyCommands", commands=menu("reis"), scope={"type": "all_private_chats"}, language_code="ru")
    await chat.ok("setMyCommands", commands=menu("admin"), scope={"type": "chat_administrators", "chat_id": group})
    await chat.ok(
        "setMyCommands", commands=menu("omar"), scope={"type": "chat_member", "chat_id": group, "user_id": 1002}
    )
    assert await chat.ok("getMyCommands") == menu("help")
    assert await chat.ok("getMyCommands", scope={"type": "all_private_chats"}, language_code="ru") == menu("reis")
    assert await chat.ok("getMyCommands", scope={"type": "all_group_chats"}) == []
    assert await chat.see("/person/1001/menu") == menu("reis")
    assert await chat.see("/person/1002/menu") == menu("flight")
    assert await chat.see(f"/person/1001/menu?chat={group}") == menu("admin")
    assert await chat.see(f"/person/1002/menu?chat={group}") == menu("omar")
    await chat.ok("deleteMyCommands", scope={"type": "chat_member", "chat_id": group, "user_id": 1002})
    assert await chat.see(f"/person/1002/menu?chat={group}") == menu("help")
    await chat.ok("deleteMyCommands")
    assert await chat.see(f"/person/1002/menu?chat={group}") == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"commands": [{"command": "Flight", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x", "description": "y" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": menu("x") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        (
            {"commands": [], "scope": {"type": "chat_administrators", "chat_id": 1001}},
            "can't use the scope in a private chat",
        ),
        ({"commands": [], "scope": {"type": "everywhere"}}, "can't parse scope: type: must be one of"),
        ({"commands": [], "language_code": "rus"}, "invalid language code specified"),
    ],
)
async def test_menus_that_are_refused(line: Line, given: dict[str, Any], problem: str) -> None:
    assert (await line.no("setMyCommands", **given)).startswith(problem)


async def test_a_command_may_come_with_its_slash(line: Line) -> None:
    await line.ok("setMyCommands", commands=[{"command": "/help", "description": "x"}])
    assert (await line.ok("getMyCommands"))[0]["command"] == "help"


@pytest.mark.parametrize(
    ("kind", "name"), [("Name", "name"), ("Description", "description"), ("ShortDescription", "short_description")]
)
async def test_texts_by_language(line: Line, kind: str, name: str) -> None:
    await line.ok(f"setMy{kind}", **{name: "desk"})
    await line.ok(f"setMy{kind}", **{name: "стол", "language_code": "ru"})
    assert await line.ok(f"getMy{kind}") == {name: "desk"}
    assert await line.ok(f"getMy{kind}", language_code="ru") == {name: "стол"}
    assert await line.ok(f"getMy{kind}", language_code="ar") == {name: "desk"}
    await line.ok(f"setMy{kind}", language_code="ru")
    assert await line.ok(f"getMy{kind}", language_code="ru") == {name: "desk"}
    assert "too long" in await line.no(f"setMy{kind}", **{name: "x" * 513})


async def test_the_name_is_what_people_see(line: Line) -> None:
    await line.ok("setMyName", name="Reception desk")
    assert (await line.ok("getMe"))["first_name"] == "Reception desk"
    assert (await line.see("/person/1001/chats"))[0]["title"] == "Reception desk"


async def test_a_language_with_a_country_reads_the_languages_own(line: Line) -> None:
    await line.do("/people", id=1003, first_name="Ben", language_code="en-GB")
    await line.ok("setMyCommands", commands=menu("help"), language_code="en")
    await line.ok("setMyDescription", description="A desk", language_code="en")
    assert await line.see("/person/1003/menu") == menu("help")
    assert (await line.see("/person/1003/about"))["description"] == "A desk"


async def test_a_person_reads_of_the_bot_in_their_own_language(line: Line) -> None:
    await line.ok("setMyDescription", description="A desk")
    await line.ok("setMyDescription", description="Стол", language_code="ru")
    await line.ok("setMyShortDescription", short_description="desk")
    assert await line.see("/person/1001/about") == {"description": "Стол", "short_description": "desk"}
    assert await line.see("/person/1002/about") == {"description": "A desk", "short_description": "desk"}


async def test_people_are_told_when_a_bot_says_something_else_of_itself(line: Line) -> None:
    before = (await line.see("/world"))["event"]
    for _ in range(2):
        await line.ok("setMyCommands", commands=menu("help"))
        await line.ok("setMyDescription", description="A desk")
        await line.ok("deleteMyCommands", scope={"type": "all_group_chats"})
    found = line.sandbox.world.events.since(before, 1001)
    assert [one.body["type"] for one in found] == ["profile", "profile"]
