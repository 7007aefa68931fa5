"""The guided form, told by filling it in: by buttons, by typing, by both, in groups, over restarts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers import doors
from records.answer import Answer
from records.form import Draft, moved, offered, suggested
from records.kind import Kind
from records.kinds import KINDS
from records.problem import Problem
from records.vocabulary import Vocabulary
from render.form import Sheet
from render.html import plain
from render.problems import sentence
from sandbox import TOKEN
from tests.house import AIGUL, TIMUR, Talk, talking, town, working
from tests.render.stage import ALL_KINDS, NOW, TODAY, places, words
from tests.talk import PATIENCE, Heard
from tests.test_third_kind import HEARING, WORDS


async def press(talk: Talk, form: Heard, *labels: str, who: int = AIGUL) -> Heard:
    """The form after its buttons of those labels were pressed one after the other; a label's own words alone, if there is one."""
    for label in labels:
        exact = next((one for one in form.buttons if one == label), label)
        _, form = await talk.presses(form, exact, who)
        check(form)
    return form


def check(form: Heard) -> None:
    """What must hold of every form that is shown."""
    for text, data in form.buttons.items():
        assert len(data.encode()) <= 64, data
        assert text.strip(), data


def asks(form: Heard, field: str) -> bool:
    """Whether that field is open."""
    return form.text.splitlines()[0].endswith(f"· {field}")


async def types(talk: Talk, form: Heard, text: str, who: int = AIGUL, *, reply: bool = False, **how: Any) -> Heard:
    """The form after somebody typed that."""
    talk.people.forget()
    body = {"chat": form.chat, "text": text, **({"reply_to": form.id} if reply else {}), **how}
    await talk.people.call(f"/person/{who}/say", body)
    return await talk.people.hears(form.chat)


async def now(talk: Talk, form: Heard, who: int = AIGUL) -> Heard:
    """The form's message as it stands."""
    await talk.quiet()
    return next(one for one in await talk.people.sees(who, form.chat) if one.id == form.id)


async def test_a_flight_is_filled_in_by_buttons_alone(talk: Talk) -> None:
    form = await talk.says("/flight")
    check(form)
    assert "New flight" in form.text
    assert list(form.buttons)[:3] == ["❗ Date", "❗ From", "❗ To"]
    form = await press(talk, form, "❗ Date", "‹", "›", "Yesterday", "Al-Hol", "Aktau")
    assert "1 March 2026" in form.text
    assert "Aktau" in form.text
    form = await press(talk, form, "Women", "1", "2", "9", "⌫", "OK")
    assert "Women: 12" in form.text
    form = await press(talk, form, "›", "Type", "Military", "Check and post")
    assert "Is this right?" in form.text
    assert "Arrived" in form.text.title()
    assert await talk.kept() == []
    card = await press(talk, form, "Post it")
    assert "F-0001" in card.text
    assert card.id == form.id
    kept = (await talk.kept())[0]
    assert (kept["day"], kept["departure"], kept["destination"], kept["women"]) == ("2026-03-01", "al-hol", "aktau", 12)
    assert kept["type"] == "military"
    assert talk.rows("SELECT * FROM drafts") == []


async def test_a_flight_is_filled_in_by_typing_alone(talk: Talk) -> None:
    form = await talk.says("/flight")
    form = await types(talk, form, "yesterday from Al-Hasakah to Aktau")
    assert "All that is needed is there" in form.text
    form = await types(talk, form, "67 women, 8 men, 171 children\nnote: seen off by women of the camp")
    assert "171" in form.text
    await press(talk, form, "Check and post", "Post it")
    kept = (await talk.kept())[0]
    assert (kept["women"], kept["men"], kept["people"]) == (67, 8, 246)
    assert "seen off" in kept["body"]


async def test_bare_values_go_into_the_open_field_and_several_fields_are_taken_at_once(talk: Talk) -> None:
    form = await talk.says("/session")
    form = await press(talk, form, "Date")
    form = await types(talk, form, "01.03.2026")
    assert asks(form, "Site")
    form = await types(talk, form, "Aktau, 30 children")
    assert "30" in form.text
    form = await press(talk, form, "Legal")
    form = await press(talk, form, "Women")
    form = await types(talk, form, "12")
    await press(talk, form, "Check and post", "Post it")
    kept = (await talk.kept())[0]
    assert (kept["type"], kept["site"], kept["women"], kept["people"]) == ("legal", "aktau", 12, 42)


async def test_wrong_values_are_told_in_the_form_and_nothing_is_lost(talk: Talk) -> None:
    form = await talk.says("/flight yesterday from Erbil to Astana people many")
    assert "New flight" not in form.text
    form = await talk.says("/flight")
    form = await types(talk, form, "yesterday from Erbil to Astana")
    form = await press(talk, form, "Women")
    for wrong, told in (("several", "several"), ("wommen 3", "women"), ("children 5 wommen 3", "wommen")):
        form = await types(talk, form, wrong)
        assert told in form.text
        assert "From: Erbil" in form.text
    form = await press(talk, form, "Back", "People", "3", "OK", "Women", "8", "OK", "Check and post")
    assert "can't be posted yet" in form.text
    assert not any("Post it" in one for one in form.buttons)
    form = await press(talk, form, "Back", "✓ Women", "Empty it", "Check and post", "Post it")
    assert (await talk.kept())[0]["people"] == 3


async def test_what_does_not_fit_is_told_of_the_field_that_was_asked_for(talk: Talk) -> None:
    form = await press(talk, await talk.says("/flight"), "›", "Departs")
    form = await types(talk, form, "25:00")
    assert "Departs: “25:00” is not a time. A time, such as 08:30." in form.text


async def test_a_field_can_be_skipped_and_left(talk: Talk) -> None:
    form = await talk.says("/flight")
    form = await press(talk, form, "Date", "Skip")
    assert asks(form, "From")
    form = await press(talk, form, "Back")
    assert "Still needed: date, from, to" in form.text


async def test_a_form_survives_a_restart(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            form = await talk.says("/flight")
            form = await press(talk, form, "Date", "Yesterday")
        async with working(place, tmp_path) as talk:
            form = await press(talk, form, "Al-Hol", "Aktau")
            await types(talk, form, "women 3")
            await press(talk, await now(talk, form), "Check and post", "Post it")
            assert [one["women"] for one in await talk.kept()] == [3]


@asynccontextmanager
async def stuck(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Inside, every effect is kept and no answer leaves: the desk dies in between."""

    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(doors, "send", never)
        yield
        async with asyncio.timeout(PATIENCE):
            while not talk.rows("SELECT 1 FROM inbox WHERE state = 'owed'"):
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("steps", [("Tomorrow",), ("Tomorrow", "Al-Hol", "Aktau", "Check and post", "Post it")])
async def test_killed_between_a_press_and_its_redraw_the_press_counts_once_and_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[str, ...]
) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            form = await press(talk, await talk.says("/flight"), "Date", *steps[:-1])
            async with stuck(talk, monkeypatch):
                data = next(data for label, data in form.buttons.items() if steps[-1] in label)
                body = {"chat": form.chat, "message": form.id, "data": data}
                await talk.people.call(f"/person/{AIGUL}/press", body)
        async with working(place, tmp_path) as talk:
            form = await now(talk, form)
            if len(steps) == 1:
                assert asks(form, "From")
                form = await press(talk, form, "Al-Hol", "Aktau", "Check and post", "Post it")
            assert "F-0001" in form.text
            assert len(await talk.kept()) == 1


async def test_a_press_that_comes_twice_has_one_effect(talk: Talk) -> None:
    form = await press(talk, await talk.says("/flight"), "Date")
    again = await asyncio.gather(
        *(talk.people.call(f"/person/{AIGUL}/press", pressing(form, "Tomorrow")) for _ in "12")
    )
    assert len(again) == 2
    form = await now(talk, form)
    assert asks(form, "From")
    assert [one["revision"] for one in talk.rows("SELECT revision FROM drafts")] == [3]
    form = await press(talk, form, "Al-Hol", "Aktau", "Check and post")
    await asyncio.gather(*(talk.people.call(f"/person/{AIGUL}/press", pressing(form, "Post it")) for _ in "12"))
    assert "F-0001" in (await now(talk, form)).text
    assert len(await talk.kept()) == 1


def pressing(form: Heard, label: str) -> dict[str, Any]:
    data = next(data for text, data in form.buttons.items() if label in text)
    return {"chat": form.chat, "message": form.id, "data": data}


async def test_two_people_in_a_group_fill_in_two_forms_without_mixing_them(talk: Talk) -> None:
    group = await talk.group()
    mine = await talk.says("/flight", AIGUL, group)
    theirs = await talk.says("/session", TIMUR, group)
    toast, same = await talk.presses(mine, "Date", TIMUR)
    assert "somebody else" in toast
    assert same.text == mine.text
    mine, theirs = await press(talk, mine, "Date"), await press(talk, theirs, "Date", who=TIMUR)
    mine = await types(talk, mine, "yesterday from Erbil to Astana 3 women", reply=True)
    await talk.tells("5 children", AIGUL, group)
    theirs = await types(talk, theirs, "yesterday site Aktau type legal 7 women", TIMUR, reply=True)
    await talk.people.call(f"/person/{TIMUR}/say", {"chat": group, "text": "9 men", "reply_to": mine.id})
    mine, theirs = await now(talk, mine), await now(talk, theirs, TIMUR)
    await press(talk, mine, "Check and post", "Post it")
    await press(talk, theirs, "Check and post", "Post it", who=TIMUR)
    kept = [(one["kind"], one["women"], one["men"], one["children_not_stated"]) for one in await talk.kept()]
    assert kept == [("flight", 3, None, None), ("session", 7, None, None)]


async def test_what_is_told_in_private_only_is_asked_for_nowhere_else(talk: Talk) -> None:
    group = await talk.group()
    form = await talk.says("/flight", AIGUL, group)
    form = await types(talk, form, "yesterday from Erbil to Astana men 3 justice 2", reply=True)
    assert "private chats" in form.text
    assert "Erbil" in form.text
    assert "ustice: 2" not in form.text
    for page in range(4):
        assert not any("Justice" in one for one in form.buttons), page
        form = await press(talk, form, "›")


async def test_a_form_works_in_a_topic_of_a_forum(talk: Talk) -> None:
    made = {"title": "Forum", "type": "supergroup", "is_forum": True, "members": [AIGUL], "bot_is_admin": True}
    group = int((await talk.people.call("/chats", made))["id"])
    await talk.links(group)
    topic = await talk.people.call(f"/bot{TOKEN}/createForumTopic", {"chat_id": group, "name": "Flights"})
    thread = int(topic["result"]["message_thread_id"])
    said = Heard(await talk.people.call(f"/person/{AIGUL}/say", {"chat": group, "text": "/flight", "thread": thread}))
    form = await talk.people.hears(group, after=said.id)
    assert form.raw["message_thread_id"] == thread
    form = await press(talk, form, "Date")
    form = await types(talk, form, "yesterday from Erbil to Astana 3 women", reply=True)
    assert form.raw["message_thread_id"] == thread
    await press(talk, form, "Check and post", "Post it")
    assert len(await talk.kept()) == 1


async def test_a_form_given_up_or_replaced_stores_nothing_and_says_so(talk: Talk) -> None:
    first = await press(talk, await talk.says("/flight"), "Date", "Yesterday")
    second = await talk.says("/session")
    assert "closed" in (await press(talk, first, "Al-Hol")).text
    second = await press(talk, second, "Date", "Cancel")
    assert "closed" in second.text
    assert second.buttons == {}
    assert talk.rows("SELECT * FROM drafts") == []
    assert "command" in (await talk.says("women 3")).text


async def test_a_form_is_forgotten_after_a_week(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            form = await press(talk, await talk.says("/flight"), "Date", "Yesterday")
        place.clock.forward(timedelta(days=6).total_seconds())
        async with working(place, tmp_path) as talk:
            form = await press(talk, form, "Al-Hol")
        place.clock.forward(timedelta(days=8).total_seconds())
        async with working(place, tmp_path) as talk:
            async with asyncio.timeout(PATIENCE):
                while talk.rows("SELECT * FROM drafts"):
                    await asyncio.sleep(0.01)
            assert "closed" in (await press(talk, form, "Aktau")).text


async def test_the_opening_message_edited_into_a_post_ends_the_form_and_later_corrects_the_entry(talk: Talk) -> None:
    said, form = await talk.posts("/flight")
    card = await talk.edits(said, "/flight yesterday from Erbil to Astana 3 women")
    assert card.id == form.id
    assert "command" in (await talk.says("men 3")).text
    said, form = await talk.posts("/flight")
    form = await types(talk, form, "yesterday from Syria to Aktau 5 women")
    await press(talk, form, "Check and post", "Post it")
    card = await talk.edits(said, "/flight women 6")
    assert "6" in card.text
    assert [(one["women"], one["departure"]) for one in await talk.kept()] == [(3, "erbil"), (6, "SY")]


async def test_a_made_up_third_kind_gets_a_form_too(tmp_path: Path) -> None:
    async with talking(tmp_path, kinds=(*KINDS, HEARING), vocabulary=Vocabulary.load({"hearing": WORDS})) as talk:
        form = await press(talk, await talk.says("/hearing"), "Date", "Yesterday", "Aktau", "›", "Matter")
        form = await types(talk, form, "guardianship")
        card = await press(talk, form, "‹", "Women", "3", "OK", "Check and post", "Post it")
        assert "H-0001" in card.text
        assert "guardianship" in card.text


def sheet(kind: Kind, field: str = "", *, private: bool = True) -> Sheet:
    draft = Draft(10**9, AIGUL, AIGUL, kind.name, 1, NOW, {}, field, 10**6)
    return Sheet(draft, kind, offered(kind, private=private), words(), places(), TODAY, private)


def fits(answer: Answer) -> bool:
    """Whether Telegram takes it."""
    buttons = [one for row in answer.buttons for one in row]
    return len(buttons) <= 100 and all(one.text.strip() and len(one.data.encode()) <= 64 for one in buttons)


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda one: one.name)
def test_every_field_of_every_kind_is_asked_for_by_buttons_telegram_takes(kind: Kind) -> None:
    for field in kind.fields:
        likely = suggested(field, [], "KZ", places(), 16)
        assert fits(sheet(kind, field.name).drawn(likely=likely)), field.name
        restricted = field not in sheet(kind, private=False).fields
        assert restricted == field.restricted
    assert all(fits(sheet(kind).drawn(page=page)) for page in range(6))


FORGED = ("", "0001-01", "9999-12", "9999-99-99", "2026-02-30", "٣", "99999999", "-1", "nothing", "~x", "0" * 60)


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda one: one.name)
@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_button_is_no_value_and_shows_a_form_all_the_same(kind: Kind, forged: str) -> None:
    for field in kind.fields:
        one = sheet(kind, field.name)
        assert moved(one.draft, one.fields, "v", forged, places()) is None
        assert moved(one.draft, one.fields, "o", forged, places()) is None
        assert moved(one.draft, one.fields, "z", forged, places()) is None
        assert fits(one.drawn(forged))


async def typed(talk: Talk, form: Heard, text: str, who: int = AIGUL, *, reply: bool = False) -> tuple[Heard, Heard]:
    """The typed answer, and the form after it."""
    await talk.quiet()
    talk.people.forget()
    body = {"chat": form.chat, "text": text, **({"reply_to": form.id} if reply else {})}
    said = Heard(await talk.people.call(f"/person/{who}/say", body))
    return said, await talk.people.hears(form.chat)


async def test_a_typed_answer_that_is_edited_changes_its_field_and_no_other(talk: Talk) -> None:
    form = await talk.says("/flight")
    said, form = await typed(talk, form, "yesterday from Erbil to Astana women 3 men 2")
    form = await press(talk, form, "Women", "7", "OK")
    form = await talk.edits(said, "yesterday from Erbil to Aktau women 3 boys 4")
    draft = talk.rows("SELECT body FROM drafts")[0]["body"]
    assert '"women": 7' in draft
    assert '"boys": 4' in draft
    assert '"men"' not in draft
    assert '"aktau"' in draft
    said, form = await typed(talk, await press(talk, form, "Girls"), "5")
    form = await talk.edits(said, "6")
    assert '"girls": 6' in talk.rows("SELECT body FROM drafts")[0]["body"]


async def test_a_typed_answer_edited_into_something_wrong_is_told_and_keeps_what_was(talk: Talk) -> None:
    form = await press(talk, await talk.says("/flight"), "Date")
    said, form = await typed(talk, form, "yesterday")
    form = await talk.edits(said, "wommen many")
    assert "wommen" in form.text
    assert "2026-03-01" in talk.rows("SELECT body FROM drafts")[0]["body"]
    await talk.edits(said, "28.02.2026")
    assert "2026-02-28" in talk.rows("SELECT body FROM drafts")[0]["body"]


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ar"])
@pytest.mark.parametrize("field", ["departs", "arrives"])
async def test_what_is_no_time_is_refused_as_a_time_in_every_language(talk: Talk, language: str, field: str) -> None:
    await talk.says(f"/language {language}")
    form = await talk.says("/flight")
    for step in ("p:2", f"o:{field}"):
        _, form = await talk.presses(form, next(text for text, data in form.buttons.items() if data.endswith(step)))
    _, form = await typed(talk, form, "25:00")
    problem = Problem(field, "not_a_time", "25:00", "time")
    kind = next(one for one in KINDS if one.name == "flight")
    assert plain(sentence(problem, words(language), kind)) in form.text


async def test_a_refused_typed_answer_edited_into_a_right_one_is_taken(talk: Talk) -> None:
    form = await press(talk, await talk.says("/flight"), "Date")
    said, form = await typed(talk, form, "wommen many")
    assert "wommen" in form.text
    await talk.edits(said, "yesterday")
    assert "2026-03-01" in talk.rows("SELECT body FROM drafts")[0]["body"]


async def test_a_typed_answer_edited_once_the_form_is_over_changes_nothing_and_says_so(talk: Talk) -> None:
    form = await talk.says("/flight")
    said, form = await typed(talk, form, "yesterday from Erbil to Astana women 3")
    card = await press(talk, form, "Check and post", "Post it")
    told = await talk.edits(said, "yesterday from Erbil to Astana women 4")
    assert told.id != card.id
    assert "F-0001" in told.text
    assert [one["women"] for one in await talk.kept()] == [3]
    form = await talk.says("/session")
    said, form = await typed(talk, form, "yesterday site Aktau")
    await press(talk, form, "Cancel")
    assert "closed" in (await talk.edits(said, "today site Aktau")).text


async def test_two_people_in_a_group_edit_their_own_typed_answers_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            group = await talk.group()
            mine, theirs = await talk.says("/flight", AIGUL, group), await talk.says("/session", TIMUR, group)
            first, mine = await typed(talk, mine, "women 3", reply=True)
            second, theirs = await typed(talk, theirs, "women 30", TIMUR, reply=True)
        killed = asyncio.Event()

        async def dies(*_: object) -> None:
            killed.set()
            await asyncio.Event().wait()

        with monkeypatch.context() as broken:
            broken.setattr(doors, "send", dies)
            async with working(place, tmp_path):
                body = {"chat": group, "message": second.id, "text": "women 31"}
                await place.people.call(f"/person/{TIMUR}/edit", body)
                await asyncio.wait_for(killed.wait(), PATIENCE)
        async with working(place, tmp_path) as talk:
            assert "31" in (await now(talk, theirs, TIMUR)).text
            assert (await talk.edits(first, "women 4")).id == mine.id
            bodies = talk.rows("SELECT who, body FROM drafts ORDER BY who")
            assert [(one["who"], one["body"]) for one in bodies] == [(AIGUL, '{"women": 4}'), (TIMUR, '{"women": 31}')]
