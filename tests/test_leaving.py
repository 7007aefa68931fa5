"""`/privacy` says what is kept as the config has it; `/forget_me` takes a person's id off everything they did."""

import pytest

from records.terms import Terms
from render.catalogue import languages
from storage import audit, chain
from tests.house import AIGUL, TIMUR, Talk
from tests.talk import Heard

POST = "/flight women 3 men 2 from Syria to Aktau yesterday arrived"


def cells(talk: Talk) -> list[tuple[str, str, object]]:
    """All that the database holds but the inbox, whose rows live for two days, and the journal's seals, which are random."""
    tables = [one["name"] for one in talk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [
        (table, column, cell)
        for table in tables
        if table not in {"inbox", "migrations", "teams"}
        for row in talk.rows(f"SELECT * FROM {table}")
        for column, cell in row.items()
        if column not in {"salt", "digest", "hash"}
    ]


def about(who: int, talk: Talk) -> list[tuple[str, str, object]]:
    return [one for one in cells(talk) if str(who) in str(one[2])]


async def forgotten(talk: Talk, who: int = AIGUL) -> Heard:
    asked = await talk.says("/forget_me", who)
    label = next(label for label, data in asked.buttons.items() if data.startswith("z:yes:"))
    _, told = await talk.presses(asked, label, who)
    await talk.quiet()
    return told


@pytest.mark.parametrize("spoken", languages())
async def test_privacy_says_the_numbers_of_the_config(talk: Talk, spoken: str) -> None:
    await talk.says(f"/language {spoken}")
    told = (await talk.says("/privacy")).text
    terms = Terms()
    for days in (terms.drafts, terms.deliveries, terms.withdrawn, terms.notes, terms.answers):
        assert str(days) in told
    assert "/forget_me" in told


async def test_privacy_says_what_becomes_of_files(talk: Talk) -> None:
    told = (await talk.says("/privacy")).text
    assert f"waits for your word for at most {Terms().drafts} days" in told
    assert "Every file taken out is noted in the journal" in told


async def test_nothing_in_the_store_names_somebody_who_was_forgotten(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says("/edit F-0001 women 4")
    await talk.says("/digest daily 09:00")
    await talk.says("/language en")
    await talk.says("/flight")
    group = await talk.group()
    await talk.says("/digest daily 09:00", chat=group)
    await talk.quiet()
    assert {table for table, _, _ in about(AIGUL, talk)} >= {"entries", "people", "schedules", "answers", "drafts"}
    assert "1 entry" in (await forgotten(talk)).text
    assert about(AIGUL, talk) == []
    assert [one["state"] for one in talk.rows("SELECT state FROM schedules")] == ["off"]


async def test_what_they_posted_stays_and_the_chain_holds(talk: Talk) -> None:
    await talk.says(POST)
    before = talk.rows("SELECT * FROM journal")
    await forgotten(talk)
    assert talk.rows("SELECT * FROM journal")[: len(before)] == before
    house = talk.desk.house
    assert (await house.door.read(chain.verify, house.team.id)).ok
    assert await house.door.read(audit.differences, house.team.id, house.kinds) == []
    assert "5" in (await talk.says("/show F-0001", TIMUR)).text
    history = (await talk.says("/history F-0001", TIMUR)).text
    assert "somebody who was forgotten" in history
    assert str(AIGUL) not in history


async def test_others_stay_as_they_were(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says("/edit F-0001 women 4", TIMUR)
    await forgotten(talk)
    assert f"member {TIMUR}" in (await talk.says("/history F-0001", TIMUR)).text
    assert "3" in (await talk.says("/undo", TIMUR)).text


async def test_who_comes_back_is_somebody_new(talk: Talk) -> None:
    await talk.says(POST)
    await forgotten(talk)
    assert "nothing" in (await talk.says("/undo")).text.lower()
    await talk.says("/edit F-0001 women 4")
    history = (await talk.says("/history F-0001")).text
    assert "somebody who was forgotten" in history
    assert f"member {AIGUL}" in history


async def test_no_leaves_everything_as_it_was(talk: Talk) -> None:
    await talk.says(POST)
    before = cells(talk)
    asked = await talk.says("/forget_me")
    await talk.presses(asked, "No")
    await talk.quiet()
    left = [one for one in cells(talk) if one[0] != "answers"]
    assert left == [one for one in before if one[0] != "answers"]


async def test_in_a_group_it_is_not_asked(talk: Talk) -> None:
    group = await talk.group()
    asked = await talk.says("/forget_me", chat=group)
    assert not asked.buttons
    assert "private" in asked.text
