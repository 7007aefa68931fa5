"""`/export`: entries as a file, exactly for coordinators and masked for outsiders, in private chats only."""

import csv
import io
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from desk import export
from handlers import exporting
from records.columns import Tongue, columns
from records.flight import FLIGHT
from records.kind import Values
from records.kinds import KINDS
from storage.door import Tx
from tests.house import AIGUL, MONDAY, SAMIRA, TIMUR, VISITOR, Talk, talking, town, working
from tests.storage.made import post
from tests.talk import Heard

FLIGHTS = (
    "/flight 09.05.2025 from Al-Hasakah to Aktau women 67 girls 3 boarded 71 carrier Air note met by three buses",
    "/flight 01.03.2026 from Al-Hasakah to Aktau men 12 children 31 justice 7 source Press",
    "/flight 20.05.2026 from Erbil to Almaty departs 04:30 expected 9",
)


@dataclass
class Sent:
    """A file as it came."""

    name: str
    content: bytes
    caption: str

    def rows(self) -> list[dict[str, str]]:
        """The rows of a CSV file by their heads."""
        return list(csv.DictReader(io.StringIO(self.content.decode("utf-8-sig"))))


async def fetched(talk: Talk, heard: Heard) -> Sent:
    document = heard.raw["document"]
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{talk.sandbox.url}/files/{document['file_id']}") as answer,
    ):
        return Sent(document["file_name"], await answer.read(), heard.text)


async def gets(talk: Talk, asked: str, who: int = AIGUL) -> Sent:
    """The file somebody gets."""
    return await fetched(talk, await talk.says(asked, who))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Talk]:
    """Three flights; Aigul is an admin, Timur a coordinator, Samira a reporter."""
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        await talk.enrol(TIMUR, "coordinator")
        await talk.enrol(SAMIRA, "reporter")
        for one in FLIGHTS:
            await talk.says(one)
        yield talk


def called(talk: Talk) -> list[tuple[str, str]]:
    """The calls of the desk, and the text they said."""
    return [(str(one["method"]), str(one["parameters"].get("text", ""))) for one in talk.sandbox.api.calls.since(0)]


def written(talk: Talk) -> list[dict[str, object]]:
    """What the journal says of files."""
    rows = talk.rows("SELECT payload FROM journal WHERE act = 'exported' ORDER BY seq")
    return [json.loads(one["payload"])["details"] for one in rows]


async def test_a_coordinator_gets_every_field_of_every_entry(desk: Talk) -> None:
    sent = await gets(desk, "/export flights all csv", TIMUR)
    assert sent.name == "flights-all.csv"
    assert "3 flights" in sent.caption
    first, second, third = sent.rows()
    assert (first["ref"], first["date"], first["from"], first["women"], first["girls"]) == (
        "F-0001",
        "2025-05-09",
        "Al-Hasakah",
        "67",
        "3",
    )
    assert first["note"] == "met by three buses"
    assert first["recorded"] == first["last revised"] == "2026-03-02T05:00Z"
    assert second["justice"] == "7"
    assert (third["status"], third["departs"], third["expected"]) == ("planned", "04:30", "9")
    assert "only coordinators" in sent.caption
    assert str(AIGUL) not in sent.content.decode()


async def test_what_was_written_is_in_the_journal(desk: Talk) -> None:
    await desk.says("/export flights this year type charter csv", TIMUR)
    await desk.says("/export flights 2026 csv", TIMUR)
    await desk.says("/export flights 2025 json for outsiders", TIMUR)
    assert written(desk) == [
        {"kind": "flight", "period": "2026", "rows": 2, "form": "csv", "audience": "team", "restricted": True},
        {"kind": "flight", "period": "2025", "rows": 1, "form": "json", "audience": "outsiders"},
    ]
    shown = await desk.shell("journal", "show")
    assert f"exported\t{TIMUR}\tkind flight; period 2026; rows 2; form csv; audience team; restricted" in shown


async def test_corrections_doubts_and_withdrawals_show(desk: Talk) -> None:
    desk.clock.forward(3_600)
    await desk.says("/edit F-0001 women 68")
    await desk.says("/withdraw F-0003")
    await desk.says("/flight 02.03.2026 from Al-Hasakah to Aktau men 12 children 31")
    rows = {one["ref"]: one for one in (await gets(desk, "/export flights csv")).rows()}
    assert set(rows) == {"F-0001", "F-0002", "F-0004"}
    assert (rows["F-0001"]["women"], rows["F-0001"]["last revised"]) == ("68", "2026-03-02T06:00Z")
    assert [ref for ref, one in rows.items() if one["in question"]] == ["F-0004"]


@pytest.mark.parametrize(
    ("language", "asked", "head", "status"),
    [
        ("en", "/export flights 2025 csv", "women", "arrived"),
        ("ru", "/export рейсы 2025 csv", "женщины", "прибыл"),
        ("kk", "/export рейс 2025 csv", "әйелдер", "келді"),
        ("ar", "/export الرحلات 2025 csv", "النساء", "وصلت"),
    ],
)
async def test_a_file_speaks_the_readers_language(
    desk: Talk, language: str, asked: str, head: str, status: str
) -> None:
    await desk.says(f"/language {language}")
    sent = await gets(desk, asked)
    assert sent.name == "flights-2025.csv"
    [row] = sent.rows()
    tongue = Tongue(language, desk.desk.house.vocabulary, desk.desk.house.places)
    assert list(row) == [one.head for one in columns(FLIGHT, tongue, beside=True)]
    assert row[head] == "67"
    assert row[tongue.words.label(language, "fields", "status")] == status


async def test_every_form_is_sent(desk: Talk) -> None:
    names = [(await gets(desk, f"/export flights all {form}")).name for form in ("", "csv", "hxl", "json")]
    assert names == ["flights-all.xlsx", "flights-all.csv", "flights-all.csv", "flights-all.json"]
    assert b"#affected+adults+f" in (await gets(desk, "/export flights all hxl")).content
    assert json.loads((await gets(desk, "/export flights all json")).content)


async def test_a_formula_in_a_note_is_not_run(desk: Talk) -> None:
    await desk.says('/edit F-0001 note: =HYPERLINK("http://example.org")')
    [row] = (await gets(desk, "/export flights 2025 csv")).rows()
    assert "HYPERLINK" in row["note"]
    assert not row["note"].startswith("=")


async def test_outsiders_are_told_masked_numbers_and_nothing_in_words(desk: Talk) -> None:
    sent = await gets(desk, "/export flights csv for outsiders", TIMUR)
    assert sent.name == "flights-all-outsiders.csv"
    first, second, third = sent.rows()
    assert (first["women"], first["girls"], first["boarded"]) == ("65", "<5", "70")
    assert {"note", "source", "carrier", "aircraft", "justice", "recorded", "in question"}.isdisjoint(first)
    assert (second["men"], second["children"]) == ("10", "30")
    assert {name for name, cell in third.items() if cell} == {"ref", "date"}, "a coming flight is a day and a number"
    assert "buses" not in sent.content.decode()
    assert "For outsiders" in sent.caption


async def test_looking_for_a_coming_flight_finds_none_for_outsiders(desk: Talk) -> None:
    assert "Nothing to write" in (await desk.says("/export flights status planned csv for outsiders")).text
    assert "Nothing to write" in (await desk.says("/export flights may 2026 operation zhusan-9 for outsiders")).text
    assert "narrowed to a route" in (await desk.says("/export flights to Almaty for outsiders")).text
    assert "whole days, weeks" in (await desk.says("/export flights last 30 days for outsiders")).text


async def test_nothing_is_sent_to_a_group_and_nobody_else_gets_a_file(desk: Talk) -> None:
    group = await desk.group()
    for asked in ("/export flights all csv", "/export", "/export flights all for outsiders"):
        assert "aren't sent to groups" in (await desk.says(asked, chat=group)).text
    assert "takes another role" in (await desk.says("/export flights all", SAMIRA)).text
    assert "document" not in (await desk.says("/export flights all", VISITOR)).raw
    assert written(desk) == []


async def test_what_is_asked_for_wrongly_is_explained(desk: Talk) -> None:
    assert "A file of what?" in (await desk.says("/export")).text
    assert "one kind: flights or sessions" in (await desk.says("/export this year csv")).text
    slip = await desk.says("/export flights this year cvs")
    assert slip.copies == ["/export flights this year csv"]
    assert "/stats groups them" in (await desk.says("/export flights by month")).text
    assert "Nothing to write" in (await desk.says("/export sessions 2019 csv")).text
    assert written(desk) == []


async def test_more_than_a_file_takes_is_refused(desk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST", 2)
    assert "shorter time" in (await desk.says("/export flights all")).text
    assert "document" in (await desk.says("/export flights 2026")).raw
    monkeypatch.setattr("render.exporting.BIGGEST", 10)
    assert "larger than Telegram takes" in (await desk.says("/export flights 2026")).text


async def test_a_file_that_takes_long_tells_how_far_it_is(desk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAUSE", 0.0)
    house = desk.desk.house
    await house.door.change(_filled, house.team.id, 300)
    before = len(called(desk))
    said = await desk.tells("/export sessions all csv")
    await desk.quiet()
    calls = called(desk)[before:]
    assert ("sendChatAction", "") in calls
    told = [text for method, text in calls if method in {"sendMessage", "editMessageText"}]
    assert told
    assert all(re.fullmatch(r"⏳ Writing the file … \d+ of 300", one) for one in told), told
    assert [method for method, _ in calls if method in {"deleteMessage", "sendDocument"}] == [
        "deleteMessage",
        "sendDocument",
    ]
    left = [one for one in await desk.people.sees(AIGUL, AIGUL) if one.id > said.id]
    assert ["document" in one.raw for one in left] == [True]


async def test_a_file_that_takes_too_long_is_given_up(desk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "LONGEST", 0.0)
    assert "took too long" in (await desk.says("/export flights all csv")).text
    monkeypatch.setattr(exporting, "LONGEST", 30.0)
    assert "document" in (await desk.says("/export flights all csv")).raw


async def test_after_a_crash_the_file_is_simply_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with town(MONDAY) as place:
        with monkeypatch.context() as broken:
            broken.setattr("handlers.sending.filed", _crash)
            async with working(place, tmp_path, waits=(600.0, 600.0)) as talk:
                await talk.says(FLIGHTS[0])
                await talk.tells("/export flights all csv")
                await place.people.hears(AIGUL)
        async with working(place, tmp_path) as talk:
            heard = await place.people.hears(AIGUL)
            assert (await fetched(talk, heard)).rows()[0]["ref"] == "F-0001"


async def _crash(*_: object) -> None:
    raise RuntimeError


async def test_three_thousand_entries_are_a_file(desk: Talk) -> None:
    house = desk.desk.house
    await house.door.change(_filled, house.team.id, 3_000)
    said = await desk.tells("/export sessions all csv")
    posted = await desk.says("/session 01.03.2026 Almaty legal people 3", TIMUR)
    assert "S-3001" in posted.text, "nobody waits for somebody else's file"
    sent = await fetched(desk, await desk.people.hears(said.chat, after=said.id))
    rows = [one for one in sent.rows() if one["ref"] != "S-3001"]
    assert len(rows) == 3_000
    assert [one["ref"] for one in rows] == [f"S-{at:04}" for at in range(1, 3_001)]
    assert re.search("3,00[01] sessions", sent.caption)


def _filled(tx: Tx, team: int, many: int) -> None:
    for at in range(many):
        values: Values = {
            "date": f"2025-{1 + at // 300:02}-15",
            "site": "aktau",
            "type": "legal",
            "status": "held",
            "people": 9,
        }
        post(tx, team, values, kind=KINDS[1])
