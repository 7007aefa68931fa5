"""A command that doesn't exist, typed by a tired person: one answer, from which the right one can be copied and sent."""

import pytest

from tests.house import AIGUL, Talk

TIRED = "/fligth wommen 3 chidlren 4 form Syria too Aktau yesterday"


async def test_a_mistyped_post_is_put_right_as_a_whole(talk: Talk) -> None:
    told = await talk.says(TIRED)
    assert "/fligth" in told.text
    for guess in ("/flight", "women", "children", "from", "to"):
        assert f"Did you mean {guess}?" in told.text
    [corrected] = told.copies
    assert corrected in told.code()
    assert await talk.kept() == []
    assert "F-0001" in (await talk.says(corrected)).text


async def test_editing_it_into_the_corrected_command_posts_it(talk: Talk) -> None:
    said, told = await talk.posts(TIRED)
    assert "F-0001" in (await talk.edits(said, told.copies[0])).text


async def test_a_post_that_is_right_but_for_its_command_is_given_back_as_it_was(talk: Talk) -> None:
    told = await talk.says("/sesion yesterday site Aktau type legal women 3")
    assert told.copies == ["/session yesterday site Aktau type legal women 3"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/eddit F-0001 women 3", "/edit F-0001 women 3"), ("/stast flights 2019", "/stats flights 2019")],
)
async def test_another_command_is_put_right_too(talk: Talk, typed: str, meant: str) -> None:
    assert (await talk.says(typed)).copies == [meant]


async def test_in_a_group_a_mistyped_post_is_answered_and_other_bots_commands_are_not(talk: Talk) -> None:
    group = await talk.group()
    assert (await talk.says(TIRED, chat=group)).copies
    for foreign in ("/flights_bot_start now", "/flght", "/sessions hello there"):
        said = await talk.tells(foreign, chat=group)
        await talk.quiet()
        answers = [one for one in await talk.people.sees(AIGUL, group) if one.id > said.id]
        assert answers == [], foreign
