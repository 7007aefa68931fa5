"""What the desk forgets by itself, and that what is left still holds."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

from bot.tidying import tidy
from desk.age import CHUNK
from records.terms import Terms
from storage import audit, chain
from tests.house import TIMUR, Talk, talking

POST = "/flight women 3 men 2 from Syria to Aktau yesterday arrived\nnote: bring the blankets\nsource: the consul"
DAY = 24 * 3_600
WORDS = ("blankets", "consul", "told twice by the driver", "kinsmen", "Skyward", "Kinsman")


async def round_of(talk: Talk, terms: Terms | None = None) -> int:
    """A whole round of forgetting; in how many steps."""
    await talk.quiet()
    house = replace(talk.desk.house, terms=terms or talk.desk.house.terms)
    steps = 1
    while await tidy(house):
        steps += 1
    return steps


async def whole(talk: Talk) -> None:
    """The journal's chain holds, and every entry is what it says."""
    house = talk.desk.house
    assert (await house.door.read(chain.verify, house.team.id)).ok
    assert await house.door.read(audit.differences, house.team.id, house.kinds) == []


def on_disk(talk: Talk) -> bytes:
    return b"".join(file.read_bytes() for file in talk.folder.glob("wayhome.db*"))


def ref_in(text: str) -> str:
    return next(word for word in text.split() if word.startswith("F-"))


async def test_a_withdrawn_entry_is_emptied_after_thirty_days(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says("/figure F-0001 people 9 source kinsmen")
    await talk.says("/withdraw F-0001 told twice by the driver")
    talk.clock.forward(29 * DAY)
    await round_of(talk)
    assert "blankets" in (await talk.says("/show F-0001")).text
    talk.clock.forward(2 * DAY)
    await round_of(talk)
    for command in ("show", "restore", "history"):
        said = (await talk.says(f"/{command} F-0001")).text
        assert "F-0001" in said
        assert "kept" in said
        assert not any(word in said for word in WORDS)
    [entry] = talk.rows("SELECT * FROM entries")
    assert (entry["body"], entry["said"], entry["sought"], entry["women"], entry["people"]) == (
        "{}",
        "{}",
        "",
        None,
        None,
    )
    lines = talk.rows("SELECT act, payload, salt FROM journal ORDER BY seq")
    assert [(one["act"], one["payload"] is None, one["salt"] is None) for one in lines] == [
        ("posted", True, True),
        ("figured", True, True),
        ("withdrawn", True, True),
        ("emptied", False, False),
    ]
    await whole(talk)
    disk = on_disk(talk)
    assert [word for word in WORDS if word.encode() in disk] == []


async def test_the_reference_of_an_emptied_entry_stays_taken_and_nothing_changes_it(talk: Talk) -> None:
    said, _ = await talk.posts("/flight women 3 from Syria to Aktau yesterday arrived ref KZ-7")
    card = await talk.says("/withdraw KZ-7")
    talk.clock.forward(31 * DAY)
    await round_of(talk)
    before = talk.rows("SELECT * FROM entries")
    for refused in ("/edit KZ-7 women 5", "/figure KZ-7 people 9 source kin", "/withdraw KZ-7", "/restore KZ-7"):
        assert "KZ-7" in (await talk.says(refused)).text
    assert "KZ-7" in (await talk.edits(said, "/flight women 4 from Syria to Aktau yesterday arrived ref KZ-7")).text
    assert talk.rows("SELECT * FROM entries") == before
    again = await talk.says("/flight women 3 from Syria to Aktau yesterday arrived ref KZ-7")
    assert "KZ-7" in again.text
    assert len(talk.rows("SELECT id FROM entries")) == 1
    assert card.text
    await whole(talk)


async def test_notes_are_taken_out_after_ninety_days_and_the_counts_stay(talk: Talk) -> None:
    await talk.says(
        "/flight women 3 from Syria to Aktau yesterday arrived carrier: Skyward, aircraft: Kinsman note: bring the blankets"
    )
    await talk.says("/edit F-0001 note: bring the consul")
    await talk.says("/edit F-0001 women 4")
    await talk.says("/figure F-0001 people 9 source kinsmen")
    talk.clock.forward(91 * DAY)
    await round_of(talk)
    shown = (await talk.says("/show F-0001")).text
    assert "4" in shown
    assert not any(word in shown for word in WORDS)
    history = (await talk.says("/history F-0001")).text
    assert "free text taken out" in history
    assert "the desk" in history
    assert not any(word in history for word in WORDS)
    [entry] = talk.rows("SELECT * FROM entries")
    assert entry["women"] == 4
    assert not any(word in " ".join(map(str, entry.values())) for word in WORDS)
    assert len(json.loads(json.loads(entry["body"])["figures"])) == 1
    disk = on_disk(talk)
    assert [word for word in WORDS if word.encode() in disk] == []
    assert "F-0001" not in (await talk.says("/find blankets")).text
    await whole(talk)


async def test_a_session_of_another_type_can_be_corrected_after_its_note_is_gone(talk: Talk) -> None:
    await talk.says("/session site Aktau type other yesterday held people 12\nnote: bring the blankets")
    talk.clock.forward(91 * DAY)
    await round_of(talk)
    assert "13" in (await talk.says("/edit S-0001 people 13")).text
    assert talk.rows("SELECT people FROM entries") == [{"people": 13}]


async def test_a_note_written_anew_is_kept_for_ninety_days_again(talk: Talk) -> None:
    await talk.says(POST)
    talk.clock.forward(91 * DAY)
    await round_of(talk)
    await talk.says("/edit F-0001 note: bring the consul")
    talk.clock.forward(80 * DAY)
    await round_of(talk)
    assert "consul" in (await talk.says("/show F-0001")).text
    talk.clock.forward(11 * DAY)
    await round_of(talk)
    assert "consul" not in (await talk.says("/show F-0001")).text
    await whole(talk)


async def test_an_entry_without_words_gets_no_line(talk: Talk) -> None:
    await talk.says("/flight women 3 from Syria to Aktau yesterday arrived")
    talk.clock.forward(91 * DAY)
    await round_of(talk)
    assert [one["act"] for one in talk.rows("SELECT act FROM journal")] == ["posted"]
    assert await round_of(talk) == 1


async def test_a_second_round_finds_nothing_to_do(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says("/flight women 3 from Iraq to Aktau yesterday arrived note: blankets")
    await talk.says("/withdraw F-0001")
    talk.clock.forward(400 * DAY)
    assert await round_of(talk) > 1
    before = talk.rows("SELECT * FROM journal"), talk.rows("SELECT * FROM entries")
    assert await round_of(talk) == 1
    assert (talk.rows("SELECT * FROM journal"), talk.rows("SELECT * FROM entries")) == before


async def test_a_stop_between_two_steps_loses_nothing(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        for _ in range(CHUNK + 2):
            said = await talk.says("/flight women 3 from Syria to Aktau yesterday arrived note: blankets")
            await talk.says(f"/withdraw {ref_in(said.text)}")
        talk.clock.forward(31 * DAY)
        assert await tidy(talk.desk.house)
        assert talk.rows("SELECT COUNT(*) AS n FROM entries WHERE body = '{}'") == [{"n": CHUNK}]
        await whole(talk)
        await round_of(talk)
        assert talk.rows("SELECT COUNT(*) AS n FROM entries WHERE body = '{}'") == [{"n": CHUNK + 2}]
        await whole(talk)


async def test_people_post_while_old_entries_are_emptied(talk: Talk) -> None:
    for _ in range(4):
        said = await talk.says("/flight women 3 from Syria to Aktau yesterday arrived note: blankets")
        await talk.says(f"/withdraw {ref_in(said.text)}")
    talk.clock.forward(31 * DAY)
    posting = asyncio.create_task(talk.says("/flight women 5 from Iraq to Aktau yesterday arrived", TIMUR))
    while await tidy(talk.desk.house):
        pass
    assert "F-0005" in (await posting).text
    await whole(talk)


async def test_the_numbers_are_the_configs(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says("/withdraw F-0001")
    talk.clock.forward(3 * DAY)
    await round_of(talk, Terms(withdrawn=2))
    assert "kept nowhere" in (await talk.says("/show F-0001")).text
