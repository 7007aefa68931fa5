"""What other sources say of the same people: kept and shown, counted nowhere."""

import json

from tests.house import AIGUL, Talk

ZHUSAN = "/flight date 09.05.2019 from Syria to Aktau people 231 women 59 children 156"


async def test_another_sources_figure_is_shown_and_not_counted(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    card = await talk.says("/figure F-0001 people 229 children 150 source evening news")
    shown = await talk.says("/show F-0001")
    for heard in (card, shown):
        assert "229" in heard.text
        assert "evening news" in heard.text
        assert "231" in heard.text
    figures = json.loads(await talk.shell("stats", "flights", "all", "--json"))
    assert (figures["people"], figures["children"], figures["entries"]) == (231, 156, 1)
    assert "another figure" in (await talk.says("/history F-0001")).text
    assert await talk.shell("journal", "verify")


async def test_a_source_says_one_thing_at_a_time_and_several_stand_beside_each_other(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    await talk.says("/figure F-0001 people 229 source evening news")
    await talk.says("/figure F-0001 people 228 source evening news")
    card = await talk.says("/figure F-0001 people 240+ source a report")
    assert "229" not in card.text
    assert "228" in card.text
    assert "≈240" in card.text


async def test_figures_stay_through_corrections_and_can_be_undone(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    await talk.says("/figure F-0001 people 229 source evening news")
    assert "229" in (await talk.says("/edit F-0001 women 60")).text
    await talk.says("/undo")
    await talk.says("/undo")
    assert "evening news" not in (await talk.says("/show F-0001")).text


async def test_a_figure_needs_its_source_and_is_of_people_only(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    for wrong in ("people 229", "source evening news", "people 229 carrier Air", "people 5 women 8; source a report"):
        refused = await talk.says(f"/figure F-0001 {wrong}")
        assert "stays as it was" in refused.text, wrong
    assert [entry["revision"] for entry in await talk.kept()] == [1]


async def test_a_group_sees_the_figures_on_the_short_card(talk: Talk) -> None:
    group = await talk.group()
    card = await talk.says(ZHUSAN, chat=group)
    await talk.tells("/figure F-0001 people 229 source evening news", chat=group)
    await talk.quiet()
    assert "229" in next(one for one in await talk.people.sees(AIGUL, group) if one.id == card.id).text
