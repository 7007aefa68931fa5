"""Tables that are sent: what they would do is shown first, then all of it is stored or nothing, and taken back whole."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import TOKEN
from storage import chain
from tests.house import AIGUL, TIMUR, VISITOR, Talk, talking
from tests.talk import Heard

HEAD = "ref,date,from,to,women,children,status\n"
TWO = HEAD + "K-1,2019-05-31,Al-Hasakah,Aktau,67,171,arrived\n,2019-06-07,Roj,Astana,~12,,\n"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path) as one:
        yield one


async def sends(
    talk: Talk, content: str | bytes, caption: str = "/import flights", *, who: int = AIGUL, name: str = "a.csv"
) -> Heard:
    """The last that the desk says to it."""
    data = content.encode() if isinstance(content, str) else content
    sent = await talk.people.sends(caption, who=who, name=name, mime="text/csv", content=data)
    await talk.quiet()
    told = [one for one in await talk.people.sees(who) if one.id > sent[-1].id]
    return next(one for one in told if "document" not in one.raw)


async def report(talk: Talk, who: int = AIGUL) -> str:
    """The file that told of each row last."""
    document = [one for one in await talk.people.sees(who) if "document" in one.raw and one.raw["from"]["is_bot"]][-1]
    async with talk.people._http.get(f"{talk.people.url}/files/{document.raw['document']['file_id']}") as answer:
        return (await answer.read()).decode("utf-8-sig")


async def test_a_table_is_shown_first_and_stored_when_that_is_confirmed(talk: Talk) -> None:
    shown = await sends(talk, TWO)
    assert "Rows read: 2" in shown.text
    assert "New: 2" in shown.text
    assert not await talk.kept()
    assert "2,K-1,new" in await report(talk)
    _, now = await talk.presses(shown, "Store")
    assert "Stored from the file" in now.text
    assert "New: 2" in now.text
    first, second = await talk.kept()
    assert (first["ref"], first["women"], first["status"]) == ("K-1", 67, "arrived")
    assert (second["ref"], second["approx"], second["destination"]) == ("F-0001", 1, "astana")
    assert talk.rows("SELECT state, rows FROM imports") == [{"state": "stored", "rows": None}]
    acts = [one["act"] for one in talk.rows("SELECT act FROM journal ORDER BY seq")]
    assert acts == ["posted", "posted", "imported"]
    assert "from a file" in (await talk.says("/history K-1")).text


async def test_rows_with_a_reference_change_what_they_say_otherwise(talk: Talk) -> None:
    await talk.says("/flight ref K-1 31.05.2019 from Al-Hasakah to Aktau women 60 children 171 note seen twice")
    shown = await sends(talk, TWO)
    assert "Changed: 1" in shown.text
    assert "New: 1" in shown.text
    assert "Women: 60 → 67" in await report(talk)
    await talk.presses(shown, "Store")
    kept = await talk.kept()
    assert kept[0]["women"] == 67
    assert "seen twice" in kept[0]["body"]
    again = await sends(talk, HEAD + "k-1,31.05.2019,Al-Hasakah,SCO,67,171,arrived\n")
    assert "Unchanged: 1" in again.text
    assert "nothing to store" in again.text
    assert not again.buttons


async def test_the_preview_names_the_rows_to_look_at_twice(talk: Talk) -> None:
    await talk.says("/flight ref K-1 31.05.2019 from Al-Hasakah to Aktau women 60 children 171")
    shown = await sends(talk, TWO + ",2019-06-08,Roj,Astana,~12,,\n,2019-09-01,Roj,Astana,7,,\n")
    assert "Row 2: Women: 60 → 67" in shown.text
    assert "Row 4: May be told twice: row 3" in shown.text
    assert "Row 3:" not in shown.text
    assert "Row 5:" not in shown.text


async def test_everything_that_is_wrong_is_told_of_every_row(talk: Talk) -> None:
    await talk.says("/flight ref F-9 31.05.2019 from Erbil to Aktau women 6")
    await talk.says("/withdraw F-9 told twice")
    await talk.says("/session 31.05.2019 site Aktau type legal people 3 ref S-9")
    rows = "K-1,31.13.2019,Erbil,Aktau,many,,arived\nF-9,31.05.2019,Erbil,Aktau,6,,\nS-9,31.05.2019,Erbil,Aktau,6,,\n"
    shown = await sends(talk, HEAD + rows + ",,Erbil,,6,,\nK-1,30.05.2019,Erbil,Aktau,6,,\n")
    assert "Wrong: 5" in shown.text
    assert not shown.buttons
    assert "Row 2:" in shown.text
    assert "mend" in shown.text
    told = await report(talk)
    for one in ("many", "arrived", "told twice", "sessions", "row 2 already", "Date"):
        assert one in told, one
    assert len(await talk.kept()) == 1
    assert not talk.rows("SELECT * FROM imports")


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("en", "Reference;Date;From;To;Women"),
        ("ru", "Номер;ДАТА;Откуда;куда;Женщины"),
        ("kk", "Нөмір;Күні;Қайдан;Қайда;Әйелдер"),
        ("ar", "المرجع;التاريخ;من;إلى;نساء"),
    ],
)
async def test_heads_are_read_in_every_language(talk: Talk, language: str, head: str) -> None:
    shown = await sends(talk, f"{head}\nK-1;31.05.2019;Эрбиль;أكتاو;٦٧\n")
    assert "New: 1" in shown.text, (language, shown.text)
    await talk.presses(shown, "Store")
    (kept,) = await talk.kept()
    assert (kept["ref"], kept["women"], kept["departure"]) == ("K-1", 67, "erbil")


async def test_a_row_of_tags_names_the_columns(talk: Talk) -> None:
    tags = "#meta+ref,#date,#loc+origin,#loc+destination,#affected+f"
    shown = await sends(talk, f"a,b,c,d,women\n{tags.replace('#affected+f', '')}\nK-1,31.05.2019,Erbil,Aktau,6\n")
    assert "New: 1" in shown.text or "isn't clear" in shown.text
    shown = await sends(talk, "ref,datum,from,to,women\n#x,#date,,,\nK-1,31.05.2019,Erbil,Aktau,6\n")
    assert "New: 1" in shown.text


async def test_no_column_is_dropped(talk: Talk) -> None:
    shown = await sends(talk, "date,from,to,wommen,date,\n31.05.2019,Erbil,Aktau,6,31.05.2019,x\n")
    assert "wommen" in shown.text
    assert "women" in shown.text
    assert "twice" in shown.text
    assert "Column F" in shown.text
    assert "New" in (await sends(talk, "date,from,to,women,\n31.05.2019,Erbil,Aktau,6,\n")).text


async def test_personal_data_end_at_the_door(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)  # as the desk itself runs
    secret = ("870101300123", "+77015550123", "secret.person@example.org")
    rows = f"K-1,31.05.2019,Erbil,Aktau,6,call {secret[1]}\nK-2,31.05.2019,Erbil,Aktau,7,{secret[2]}\n"
    shown = await sends(talk, f"ref,date,from,to,women,note\n{rows}", name=f"{secret[0]}.csv")
    assert "Wrong: 2" in shown.text
    assert "phone" in shown.text
    assert not shown.buttons
    heads = await sends(talk, f"ref,date,from,to,women,{secret[2]}\nK-1,31.05.2019,Erbil,Aktau,6,x\n")
    assert "Column F" in heads.text
    for answer in (shown, heads):
        assert "has been deleted from this chat" in answer.text
    theirs = [one for one in await talk.people.sees(AIGUL) if not one.raw["from"]["is_bot"]]
    assert not [one for one in theirs if "/import" in one.text]
    told = await report(talk) + shown.text + heads.text + caplog.text
    kept = b"".join(one.read_bytes() for one in talk.folder.glob("wayhome.db*"))
    for one in secret:
        assert one not in told, one
        assert one.encode() not in kept, one
    assert TOKEN not in caplog.text


async def test_a_file_that_tells_of_people_and_can_t_be_deleted_is_asked_to_be(talk: Talk) -> None:
    refusal = {"code": 400, "description": "Bad Request: message can't be deleted"}
    await talk.people.call("/faults", {"method": "deleteMessage", "times": 1, "fault": {"error": refusal}})
    shown = await sends(talk, HEAD.replace("status", "note") + "K-1,31.05.2019,Erbil,Aktau,6,,a@example.org\n")
    assert "Please delete the file from this chat" in shown.text


async def test_of_a_command_that_answers_such_a_file_the_file_is_deleted(talk: Talk) -> None:
    row = HEAD.replace("status", "note") + "K-1,31.05.2019,Erbil,Aktau,6,,a@example.org\n"
    (sent,) = await talk.people.sends("", who=AIGUL, name="a.csv", mime="text/csv", content=row.encode())
    await talk.quiet()
    body = {"text": "/import flights", "reply_to": sent.id}
    await talk.people.call(f"/person/{AIGUL}/say", body)
    await talk.quiet()
    seen = await talk.people.sees(AIGUL)
    assert not [one for one in seen if one.id == sent.id]
    assert [one for one in seen if one.text == "/import flights"]


async def test_what_may_be_told_twice_is_counted_stored_and_asked_about(talk: Talk) -> None:
    await talk.says("/flight ref F-77 31.05.2019 from Erbil to Aktau women 6")
    shown = await sends(talk, HEAD + ",1.6.2019,Roj,Aktau,7,,\n,1.6.2019,Roj,Aktau,8,,\n,9.9.2019,Roj,Aktau,8,,\n")
    assert "Like another entry: 2" in shown.text
    assert "F-77" in await report(talk)
    assert "row 2" in await report(talk)
    _, now = await talk.presses(shown, "Store")
    assert "May be told twice: 2" in now.text
    assert len(talk.rows("SELECT * FROM doubts WHERE state = 'asked'")) == 3
    assert "F-77" in (await talk.says("/show F-0001")).text


async def test_pressing_twice_stores_once_and_giving_up_stores_nothing(talk: Talk) -> None:
    shown = await sends(talk, TWO)
    await talk.presses(shown, "Store")
    await talk.people.call(f"/bot{TOKEN}/editMessageText", {"chat_id": shown.chat, "message_id": shown.id, "text": "…",
        "reply_markup": shown.raw["reply_markup"]})  # fmt: skip
    _, now = await talk.presses(shown, "Store")
    assert "Stored from the file" in now.text
    assert len(await talk.kept()) == 2
    other = await sends(talk, HEAD + ",1.6.2020,Roj,Aktau,7,,\n")
    _, now = await talk.presses(other, "Cancel")
    assert "Given up" in now.text
    assert len(await talk.kept()) == 2
    assert not talk.rows("SELECT * FROM imports WHERE rows IS NOT NULL")


async def test_what_moved_since_the_preview_is_shown_before_anything_is_stored(talk: Talk) -> None:
    await talk.says("/flight ref K-1 31.05.2019 from Al-Hasakah to Aktau women 60 children 171")
    shown = await sends(talk, TWO)
    await talk.says("/edit K-1 note seen by Timur", TIMUR)  # of another field: nothing is otherwise
    await talk.says("/edit K-1 women 61", TIMUR)
    _, now = await talk.presses(shown, "Store")
    assert "changed since the preview" in now.text
    assert "61" in now.text
    assert [one["women"] for one in await talk.kept()] == [61]
    _, now = await talk.presses(now, "Store")
    assert "Stored" in now.text
    assert [one["women"] for one in await talk.kept()] == [67, 12]


async def test_a_reference_taken_since_the_preview_makes_it_anew(talk: Talk) -> None:
    shown = await sends(talk, TWO)
    await talk.says("/session ref K-1 31.05.2019 site Aktau type legal people 3", TIMUR)
    _, now = await talk.presses(shown, "Store")
    assert "Wrong: 1" in now.text
    assert not now.buttons
    assert len(await talk.kept()) == 1


async def test_an_import_is_one_change_that_undo_takes_back(talk: Talk) -> None:
    await talk.says("/flight ref K-1 31.05.2019 from Al-Hasakah to Aktau women 60 children 171")
    await talk.presses(await sends(talk, TWO), "Store")
    assert "taken back" in (await talk.says("/undo")).text
    (kept,) = await talk.kept()
    assert (kept["ref"], kept["women"]) == ("K-1", 60)
    assert (await talk.says("/undo")).text.count("K-1")  # the change before it: the post
    assert not await talk.kept()
    house = talk.desk.house
    assert (await house.door.read(chain.verify, house.team.id)).ok


async def test_the_button_takes_it_back_unless_somebody_changed_it_or_a_day_is_over(talk: Talk) -> None:
    _, stored = await talk.presses(await sends(talk, TWO), "Store")
    await talk.says("/edit K-1 women 70", TIMUR)
    await talk.presses(stored, "Take it back")
    await talk.quiet()
    said = (await talk.people.sees(AIGUL))[-1].text
    assert "K-1" in said
    assert "changed since: K-1. " in said
    assert len(await talk.kept()) == 2
    await talk.says("/undo", TIMUR)
    _, now = await talk.presses(stored, "Take it back")
    assert "taken back" in now.text
    assert not await talk.kept()
    _, stored = await talk.presses(await sends(talk, TWO.replace("K-1", "K-2")), "Store")
    talk.clock.forward(25 * 3600)
    await talk.presses(stored, "Take it back")
    assert len(await talk.kept()) == 2


async def test_a_table_nobody_confirmed_is_forgotten_after_a_week(talk: Talk) -> None:
    shown = await sends(talk, TWO)
    talk.clock.forward(8 * 86_400)
    house = talk.desk.house
    from desk.age import forget

    await house.door.change(forget, house.terms, house.now())
    assert not talk.rows("SELECT * FROM imports")
    _, now = await talk.presses(shown, "Store")
    assert "waits no more" in now.text
    assert not await talk.kept()


async def test_only_coordinators_in_private_chats_import(talk: Talk) -> None:
    await talk.enrol(VISITOR, "reporter")
    shown = await sends(talk, TWO, who=VISITOR)
    assert "takes another role" in shown.text
    assert not talk.rows("SELECT * FROM imports")
    group = await talk.group()
    bot = (await talk.people.call("/world", method="GET"))["bot"]["username"]
    await talk.people.sends(
        f"/import@{bot} flights", who=AIGUL, chat=group, name="a.csv", mime="text/csv", content=b"x"
    )
    await talk.quiet()
    refused = (await talk.people.sees(AIGUL, group))[-1].text
    assert "private chat" in refused
    assert refused.count("delete") == 1
    await talk.people.sends("", who=AIGUL, name="a.csv", mime="text/csv", content=TWO.encode())
    await talk.quiet()
    assert "/import" in (await talk.people.sees(AIGUL))[-1].text


async def test_a_role_lost_since_the_preview_stores_nothing(talk: Talk) -> None:
    await talk.enrol(VISITOR, "coordinator")
    shown = await sends(talk, TWO, who=VISITOR)
    await talk.enrol(VISITOR, "reporter")
    toast, _ = await talk.presses(shown, "Store", VISITOR)
    assert "another role" in toast
    assert not await talk.kept()
