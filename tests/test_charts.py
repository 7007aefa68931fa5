"""The chart that follows a digest, as people ask for it and see it."""

import asyncio
import threading
from typing import Any

import aiohttp
import pytest

from tests.house import AIGUL, TIMUR, Talk
from tests.talk import Heard
from tests.test_carrying import UNTIL_DIGEST, all_sent, got, refused, until

POST = "/flight 01.03.2026 from Syria to Aktau 60 women 171 children"
DAY = 24 * 3_600
PNG = b"\x89PNG\r\n\x1a\n"


async def pictures(talk: Talk, chat: int = AIGUL) -> list[Heard]:
    return [one for one in await talk.people.sees(AIGUL, chat) if "photo" in one.raw]


async def seen(talk: Talk, chat: int = AIGUL, many: int = 1) -> list[Heard]:
    """The pictures a chat has got, once there are so many."""

    async def enough() -> list[Heard]:
        found = await pictures(talk, chat)
        return found if len(found) >= many else []

    found: list[Heard] = await until(enough)
    return found


async def unsure(talk: Talk) -> bool:
    return bool(talk.rows("SELECT 1 FROM letters WHERE marked AND state = 'waiting'"))


async def refuse_pictures(talk: Talk, **fault: Any) -> None:
    await talk.people.call("/faults", {"method": "sendPhoto", "times": 1, "fault": fault})


async def test_the_picture_comes_behind_the_digest_and_says_in_words_what_it_shows(talk: Talk) -> None:
    told = await talk.says("/digest daily 08:00 chart")
    assert "A chart follows it." in told.text
    await talk.says(POST)
    talk.clock.forward(UNTIL_DIGEST)
    (picture,) = await seen(talk)
    (digest,) = await got(talk, AIGUL)
    assert picture.id > digest.id
    caption = picture.raw["caption"]
    assert caption.splitlines() == [
        "Last 12 weeks: 231 people returned",
        "23\u00a0Feb:\u00a0231",
        "Children among them: 171",
    ]
    photo = picture.raw["photo"][-1]
    assert (photo["width"], photo["height"]) == (800, 560)
    async with aiohttp.ClientSession() as http, http.get(f"{talk.sandbox.url}/files/{photo['file_id']}") as answer:
        assert (await answer.read()).startswith(PNG)


@pytest.mark.parametrize(
    ("on", "off"),
    [
        ("/digest daily 08:00 with a chart", "/digest no chart"),
        ("/digest ежедневно 08:00 с графиком", "/digest без графика"),
        ("/digest күн сайын 08:00 диаграммамен", "/digest диаграммасыз"),
        ("/digest يوميا 08:00 مع مخطط", "/digest بدون مخطط"),
    ],
)
async def test_it_is_asked_for_and_left_out_in_every_language(talk: Talk, on: str, off: str) -> None:
    assert "A chart follows it." in (await talk.says(on)).text
    assert "chart" not in (await talk.says(off)).text


async def test_a_button_turns_it_on_and_off(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    panel = await talk.says("/digest")
    _, on = await talk.presses(panel, "📈 Add a chart")
    assert "A chart follows it." in on.text
    _, off = await talk.presses(on, "📈 No chart")
    assert "A chart follows it." not in off.text


async def test_each_reads_it_in_their_language(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 chart language ar")
    await talk.says(POST)
    talk.clock.forward(UNTIL_DIGEST)
    (picture,) = await seen(talk)
    assert picture.raw["caption"].startswith("آخر 12 أسبوعًا")


async def test_a_group_is_shown_rounded_numbers_and_no_narrowed_chart(talk: Talk) -> None:
    yard = await talk.group()
    assert "A chart follows it." in (await talk.says("/digest daily 08:00 chart", chat=yard)).text
    narrowed = await talk.says("/digest daily 08:00 chart for site Aktau", chat=yard)
    assert "in groups a narrowed digest has none" in narrowed.text
    await talk.says("/flight 01.03.2026 from Syria to Aktau 3 women")
    await talk.says("/flight 20.02.2026 from Syria to Aktau 58 women")
    talk.clock.forward(UNTIL_DIGEST)
    (picture,) = await seen(talk, yard)
    lines = picture.raw["caption"].splitlines()
    assert lines[1] == "16\u00a0Feb:\u00a060, 23\u00a0Feb:\u00a0<5"


async def test_a_monthly_digest_has_a_bar_for_each_month(talk: Talk) -> None:
    await talk.says("/digest monthly 4 08:00 chart")
    await talk.says(POST)
    talk.clock.forward(2 * DAY)
    (picture,) = await seen(talk)
    assert picture.raw["caption"].splitlines()[:2] == ["Last 12 months: 231 people returned", "Mar\u00a02026:\u00a0231"]


async def test_attendances_are_never_called_people(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 only sessions chart")
    await talk.says("/session 01.03.2026 site Aktau type legal 7 women")
    talk.clock.forward(UNTIL_DIGEST)
    (picture,) = await seen(talk)
    assert "7 attendances" in picture.raw["caption"]
    assert "people" not in picture.raw["caption"]


async def test_a_picture_that_is_refused_leaves_a_line_in_the_log_and_the_next_one_comes(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 chart")
    await talk.says(POST)
    await refuse_pictures(talk, **refused(400, "Bad Request: not enough rights to send photos to the chat"))
    talk.clock.forward(UNTIL_DIGEST)
    await until(lambda: all_sent(talk))
    assert "Without its chart" in (await talk.says("/digest log")).text
    assert await pictures(talk) == []
    await talk.says("/flight 02.03.2026 from Syria to Aktau 4 women")
    talk.clock.forward(DAY)
    await seen(talk)
    assert len(await got(talk, AIGUL)) == 2


async def test_a_drawing_that_fails_costs_only_itself(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: str) -> bytes:
        raise MemoryError

    monkeypatch.setattr("render.charts.draw", broken)
    await talk.says("/digest daily 08:00 chart")
    await talk.says(POST)
    talk.clock.forward(UNTIL_DIGEST)
    await until(lambda: all_sent(talk))
    assert len(await got(talk, AIGUL)) == 1
    assert "is left out: MemoryError" in caplog.text


async def test_a_mistake_in_it_keeps_no_digest_back(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("chart.week")

    monkeypatch.setattr("render.charts.picture", broken)
    await talk.says("/digest daily 08:00 chart")
    await talk.says(POST)
    talk.clock.forward(UNTIL_DIGEST)
    await until(lambda: all_sent(talk))
    assert len(await got(talk, AIGUL)) == 1
    assert await pictures(talk) == []
    assert "could not be made" in caplog.text


async def test_the_desk_answers_while_a_picture_is_drawn(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing, done = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slowly(_: str) -> bytes:
        loop.call_soon_threadsafe(drawing.set)
        done.wait(60)
        return b""

    monkeypatch.setattr("render.charts.draw", slowly)
    await talk.says("/digest daily 08:00 chart")
    await talk.says(POST)
    talk.clock.forward(UNTIL_DIGEST)
    await drawing.wait()
    try:
        assert "F-0001" in (await talk.says("/list", who=TIMUR)).text
    finally:
        done.set()


async def test_one_whose_line_was_cut_is_repeated_once_and_says_so(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 chart")
    await talk.says(POST)
    await refuse_pictures(talk, cut="after")
    talk.clock.forward(UNTIL_DIGEST)
    await seen(talk)
    await until(lambda: unsure(talk))
    talk.clock.forward(60)
    first, again = await seen(talk, many=2)
    assert len(await got(talk, AIGUL)) == 1
    assert first.raw["caption"] in again.raw["caption"]
    assert again.raw["caption"] != first.raw["caption"]


async def test_a_week_of_which_only_a_summary_tells_has_its_bar(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 chart")
    await talk.says(POST)
    await talk.says("/flight 02.02.2026 until 20.02.2026 type summary from Syria to Aktau people 369")
    talk.clock.forward(UNTIL_DIGEST)
    (picture,) = await seen(talk)
    assert picture.raw["caption"].splitlines()[:2] == [
        "Last 12 weeks: 600 people returned",
        "2\u00a0Feb:\u00a0369, 23\u00a0Feb:\u00a0231",
    ]
