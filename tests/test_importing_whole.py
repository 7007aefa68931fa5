"""Tables that are sent, where files, other people and the machine are not as they should be; and what was exported, read back."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from exchange.limits import LIMITS
from handlers import fetching
from storage import chain, journal, teams
from storage.door import Tx
from tests.bot.test_cli import wayhome
from tests.house import AIGUL, TIMUR, Talk, talking, town, unsealed, working
from tests.test_exporting import gets
from tests.test_importing import TWO, sends
from tests.test_killed_anywhere import Day

FORMS = ("csv", "xlsx", "hxl")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path) as one:
        yield one


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ar"])
async def test_what_was_exported_is_unchanged_when_it_is_read_again(talk: Talk, language: str) -> None:
    for told in (
        "31.05.2019 from Al-Hasakah to Aktau 67 women 8 men 171 children operation zhusan-3 type military source Press",
        "07.05.2019 from Roj to Some New Place departs 08:30 arrives 14:30 women ~60 note +1 bus, late",
        "20.05.2026 from Erbil to Almaty expected 48 carrier Air Astana",
        "01.01.2019 until 28.02.2021 from Syria to Kazakhstan type summary people 600+",
        "02.03.2026 from Erbil to Astana women 5 justice 3",
    ):
        assert "✋" not in (await talk.says(f"/flight {told}")).text, told
    await talk.says(
        "/session 03.06.2019 site Aktau type psychosocial women 12 children 30 time 10:00 provider psychologist"
    )
    await talk.says("/session 04.06.2019 site Umit type other note drawing people 7 minutes 90 mode group")
    await talk.says(f"/language {language}")
    for kind in ("flights", "sessions"):
        for form in FORMS:
            sent = await gets(talk, f"/export {kind} all {form}")
            shown = await sends(talk, sent.content, f"/import {kind}", name=sent.name)
            many = {"flights": "5", "sessions": "2"}[kind]
            assert not shown.buttons, (language, form, shown.text)
            unchanged = next(one for one in shown.text.splitlines() if "▫️" in one)
            assert many in unchanged, (language, form, shown.text)
            assert "⚠️" not in shown.text


async def test_a_formula_that_was_made_harmless_is_the_text_it_was(talk: Talk) -> None:
    await talk.says("/flight ref K-1 31.05.2019 from Erbil to Aktau women 6 note +2 buses")
    sent = await gets(talk, "/export flights all csv")
    assert b"'+2" in sent.content
    content = sent.content.replace(b"K-1", b"K-2")
    await talk.presses(await sends(talk, content), "Store")
    first, second = await talk.kept()
    assert '"note":"+2 buses"' in first["body"]
    assert '"note":"+2 buses"' in second["body"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x00\x01\x02\x03", "neither a CSV nor an XLSX"),
        (b"PK\x03\x04broken", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old XLS"),
        (b"ref,date,from,to\n", "no rows"),
        (b"x" * (LIMITS.size + 1), "larger than 5 MB"),
    ],
)
async def test_a_file_that_is_no_table_gets_its_sentence(talk: Talk, content: bytes, told: str) -> None:
    shown = await sends(talk, content)
    assert told in shown.text, shown.text


async def test_a_size_that_lies_stops_the_download(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        fetching, "sent", lambda message: fetching.Sent(message.document.file_id, 10, message.message_id)
    )
    shown = await sends(talk, b"a,b\n" * (LIMITS.size // 2))
    assert "larger than 5 MB" in shown.text


async def test_a_download_that_breaks_is_done_again(talk: Talk) -> None:
    await talk.people.call("/faults", {"method": "getFile", "fault": {"cut": "before"}, "times": 2})
    assert "New: 2" in (await sends(talk, TWO)).text


async def test_while_another_program_holds_the_database_a_table_waits_and_is_stored_once(talk: Talk) -> None:
    shown = await sends(talk, TWO)
    with closing(sqlite3.connect(talk.folder / "wayhome.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        pressed = asyncio.create_task(talk.presses(shown, "Store"))
        await asyncio.sleep(0.5)
        assert not pressed.done()
        other.execute("ROLLBACK")
    _, now = await pressed
    assert "Stored from the file" in now.text
    assert len(await talk.kept()) == 2


async def test_two_people_at_once_each_have_their_own(talk: Talk) -> None:
    one = await sends(talk, TWO)
    other = await sends(talk, TWO.replace("K-1", "K-2"), who=TIMUR)
    await talk.presses(one, "Store")
    _, now = await talk.presses(other, "Store", TIMUR)
    if now.buttons and "Stored" not in now.text:  # what the first stored is like it: the preview said otherwise
        _, now = await talk.presses(now, "Store", TIMUR)
    assert "Stored" in now.text
    assert len(await talk.kept()) == 4


async def test_a_new_table_takes_the_place_of_one_that_waits(talk: Talk) -> None:
    first, second = await sends(talk, TWO), await sends(talk, TWO.replace("K-1", "K-2"))
    _, now = await talk.presses(first, "Store")
    assert "Given up" in now.text
    assert not await talk.kept()
    _, now = await talk.presses(second, "Store")
    assert "Stored" in now.text


async def test_an_import_taken_back_before_a_digest_is_one_line(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    rows = "".join(f"{day}.{month}.2019,Erbil,Aktau,{day}\n" for month in range(1, 11) for day in (3, 9, 15, 21, 27))
    await talk.presses(await sends(talk, f"date,from,to,women\n{rows}"), "Store")
    await talk.says("/undo")
    told = unsealed((await talk.says("/digest now")).text)
    assert "50 entries were posted and taken back" in told
    assert "F-00" not in told


async def test_somebody_else_writing_all_the_time_keeps_no_table_from_being_stored(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await sends(talk, TWO)
    house = talk.desk.house
    change, late = house.door.change, 0

    async def busy(act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        nonlocal late
        if getattr(act, "__name__", "") == "store":
            late += 1
            await change(written_meanwhile, house.team.id, house.now())
        return await change(act, *args, **kwargs)

    monkeypatch.setattr(house.door, "change", busy)
    _, now = await talk.presses(shown, "Store")
    assert "Stored" in now.text
    assert late == 4


def written_meanwhile(tx: Tx, team: int, now: datetime) -> None:
    journal.note(tx, team, teams.begin(tx, team), now, "refused", who=TIMUR)


async def test_the_answer_that_a_stop_kept_back_is_given_after_it_and_nothing_is_stored_twice(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            shown = await sends(talk, TWO)
            await talk.people.call("/faults", {"method": "editMessageText", "fault": {"cut": "before"}})
            body = {"chat": shown.chat, "message": shown.id, "data": shown.buttons["✅ Store"]}
            await talk.people.call(f"/person/{AIGUL}/press", body)
            async with asyncio.timeout(30):
                while not talk.rows("SELECT 1 FROM journal WHERE act = 'imported'"):
                    await asyncio.sleep(0.01)
        await place.people.call("/faults", method="DELETE")
        async with working(place, tmp_path) as talk:
            await talk.quiet()
            now = next(one for one in await talk.people.sees(AIGUL) if one.id == shown.id)
            assert "Stored from the file" in now.text
            assert [one["ref"] for one in await talk.kept()] == ["K-1", "F-0001"]


class Sending(Day):
    """A day on which a table is sent, stored and taken back, by a desk that dies once."""

    async def _a_morning(self, clock: object) -> None:
        del clock
        await self.people.sends("/import flights", who=AIGUL, name="a.csv", mime="text/csv", content=TWO.encode())
        shown = await self.until(lambda heard: "✅ Store" in heard.buttons)
        await self._press(shown.id, shown.buttons["✅ Store"])
        stored = await self.until(lambda heard: "Stored" in heard.text)
        assert len(self.rows("SELECT 1 FROM entries WHERE withdrawn IS NULL")) == 2
        await self._press(stored.id, stored.buttons["↩️ Take it back"])
        await self.until(lambda heard: "whole import was taken back" in heard.text)
        await self.quiet()

    async def _press(self, message: int, data: str) -> None:
        await self.people.call(f"/person/{AIGUL}/press", {"chat": AIGUL, "message": message, "data": data})

    def _check(self) -> None:
        acts = [act for (act,) in self.rows("SELECT act FROM journal ORDER BY seq")]
        told = ["posted", "posted", "imported", "undone", "undone", "import_undone"]
        assert [one for one in acts if one in told] == told, f"moment {self.moment}: {self.desk.log}"
        assert not self.rows("SELECT 1 FROM entries WHERE withdrawn IS NULL")


async def test_whatever_the_moment_of_death_a_table_is_stored_and_taken_back_once(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    days = [Sending(tmp_path / str(moment), moment) for moment in random.Random(seed).sample(range(2, 28), 4)]
    assert sum(await asyncio.gather(*(day.passes() for day in days))) >= 2


async def test_the_shell_shows_a_table_and_stores_it_when_told_to(talk: Talk) -> None:
    file, told = talk.folder / "flights.csv", talk.folder / "rows.csv"
    await asyncio.to_thread(file.write_text, TWO, "utf-8")
    shown = await talk.shell("import", str(file), "flights", "--report", str(told))
    assert "New: 2" in shown
    assert "--yes stores it" in shown
    assert "2,K-1,new" in await asyncio.to_thread(told.read_text, "utf-8-sig")
    assert not await talk.kept()
    assert "Stored from the file" in await talk.shell("import", str(file), "flights", "--yes")
    assert [one["ref"] for one in await talk.kept()] == ["K-1", "F-0001"]
    assert "Unchanged: 1" in await talk.shell("import", str(file), "flights")
    assert "the desk · from a file" in (await talk.says("/history K-1")).text
    house = talk.desk.house
    assert (await house.door.read(chain.verify, house.team.id)).ok


async def test_the_shell_says_why_a_file_is_not_stored(talk: Talk) -> None:
    file = talk.folder / "flights.csv"
    await asyncio.to_thread(file.write_text, TWO.replace("67", "many"), "utf-8")
    for words, code, wrong in (
        ((str(file), "flights", "--yes"), 1, "Wrong: 1"),
        ((str(talk.folder / "none.csv"), "flights"), 1, "No such file"),
        ((str(file), "blorb"), 2, "Name a kind"),
        ((str(file), "flights", "--report", "rows.pdf"), 2, ".xlsx"),
    ):
        await talk.shell("stats", "flights", "all")  # writes the config
        ended = await wayhome("import", *words, "--config", str(talk.folder / "wayhome.toml"))
        assert (ended.code, ended.out) == (code, ""), ended
        assert wrong in ended.err, ended
    assert not await talk.kept()
