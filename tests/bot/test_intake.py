"""Taking updates in: nothing lost, nothing twice, no name kept, whatever Telegram does."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot import intake
from bot.intake import MOST_WAITING, Intake, Rest, TokenRefused
from bot.lanes import Lanes
from bot.request import AiohttpRequest
from bot.updates import lane_of
from protection.admit import Json
from sandbox import TOKEN, Sandbox
from storage import inbox
from storage.door import Door
from tests.front import front_of
from tests.talk import People

NOW = datetime(2026, 11, 3, 8, tzinfo=UTC)
PATIENCE = 10.0
AIGUL = 1001


class Desk:
    """One life of the desk, from the start to a stop or a crash."""

    def __init__(self, url: str, door: Door) -> None:
        self.door = door
        self.served: list[inbox.Row] = []
        self.holding = asyncio.Event()
        self.holding.set()
        self._one_more = asyncio.Event()
        self.bot = Bot(
            TOKEN, f"{url}/bot", f"{url}/file/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest(1)
        )
        self.lanes = Lanes(self._process, door, apologise=self._tell, waits=(0.001,) * 3)
        self.intake = Intake(self.bot, door, self.lanes, lambda: NOW, rest=Rest(0.001, 0.01), patience=1)

    async def _process(self, row: inbox.Row) -> bool:
        await self.holding.wait()
        self.served.append(row)
        self._one_more.set()
        return False

    async def _tell(self, row: inbox.Row, reference: str) -> None:
        raise AssertionError(f"{row} {reference}")

    async def has_served(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.served) < count:
                self._one_more.clear()
                await self._one_more.wait()

    async def has_taken(self, count: int) -> None:
        """Waits until so many stand in the inbox unfinished."""
        async with asyncio.timeout(PATIENCE):
            while len(await self.door.read(inbox.waiting)) < count:
                await asyncio.sleep(0.005)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Desk"]:
        try:
            await self.lanes.refill()
            await self.intake.begin()
            task = asyncio.create_task(self.intake.run())
            try:
                yield self
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        finally:
            await self.lanes.stop(within=0.05)
            await self.bot.shutdown()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def people(sandbox: Sandbox) -> AsyncIterator[People]:
    async with People.at(sandbox.url) as found:
        await found.call(
            "/people", {"id": AIGUL, "first_name": "Aigul", "username": "aigul_aktau", "language_code": "kk"}
        )
        yield found


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    opened = await Door.open(f"sqlite:///{tmp_path}/wayhome.db")
    yield opened
    await opened.close()


async def fault(people: People, times: int | None = 1, method: str = "getUpdates", **what: Any) -> None:
    await people.call("/faults", {"method": method, "times": times, "fault": what})


async def asked(people: People, method: str) -> int:
    return sum(call["method"].lower() == method.lower() for call in await people.call("/calls", method="GET"))


async def test_a_message_is_taken_in_without_its_writers_name(sandbox: Sandbox, people: People, door: Door) -> None:
    desk = Desk(sandbox.url, door)
    desk.holding.clear()
    async with desk.running():
        await people.tells("/flight 231 people", AIGUL)
        await desk.has_taken(1)
        (row,) = await door.read(inbox.waiting)
        assert "Aigul" not in str(row.payload)
        assert "aigul_aktau" not in str(row.payload)
        assert "/flight 231 people" in str(row.payload)
        assert row.lane == AIGUL
        desk.holding.set()
        await desk.has_served(1)


async def test_a_restart_loses_nothing_and_repeats_nothing(sandbox: Sandbox, people: People, door: Door) -> None:
    first = Desk(sandbox.url, door)
    async with first.running():
        await people.tells("one", AIGUL)
        await first.has_served(1)
        await first.lanes.below(1)
        first.holding.clear()
        await people.tells("two", AIGUL)
        await people.tells("three", AIGUL)
        await first.has_taken(2)
    await people.tells("four", AIGUL)

    second = Desk(sandbox.url, door)
    async with second.running():
        await second.has_served(3)
        await people.tells("five", AIGUL)
        await second.has_served(4)
    assert [json.loads(row.payload)["message"]["text"] for row in second.served] == ["two", "three", "four", "five"]


async def test_what_telegram_repeats_is_served_once(sandbox: Sandbox, people: People, door: Door) -> None:
    desk = Desk(sandbox.url, door)
    async with desk.running():
        await fault(people, cut="after")
        for word in ("one", "two", "three"):
            await people.tells(word, AIGUL)
        await desk.has_served(3)
        await desk.lanes.below(1)
    again = Desk(sandbox.url, door)
    async with again.running():
        await people.tells("four", AIGUL)
        await again.has_served(1)
        await again.lanes.below(1)
    assert len(desk.served) == 3
    assert len(again.served) == 1


@pytest.mark.parametrize(
    "away",
    [
        {"error": {"code": 502, "description": "Bad Gateway"}},
        {"cut": "before"},
        {"error": {"code": 429, "description": "Too Many Requests: retry after 0", "parameters": {"retry_after": 0}}},
    ],
)
async def test_telegram_goes_and_comes_back(
    away: dict[str, Any], sandbox: Sandbox, people: People, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(sandbox.url, door)
    async with desk.running():
        await fault(people, 6, **away)
        await people.tells("one", AIGUL)
        await desk.has_served(1)
        await people.tells("two", AIGUL)
        await desk.has_served(2)
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.intake"]
    assert sum("can't be reached" in line for line in lines) == 1
    assert sum("taking messages in again" in line for line in lines) == 1


async def test_a_desk_started_while_telegram_is_away_waits_for_it(sandbox: Sandbox, people: People, door: Door) -> None:
    await fault(people, 5, method="*", error={"code": 500, "description": "Internal Server Error"})
    desk = Desk(sandbox.url, door)
    async with desk.running():
        await people.tells("one", AIGUL)
        await desk.has_served(1)


async def test_what_cannot_be_kept_waits_at_telegram(
    sandbox: Sandbox, people: People, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "wayhome.db"
    async with await Door.open(f"sqlite:///{path}", patience=0.01) as door:
        desk = Desk(sandbox.url, door)
        async with desk.running():
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            await people.tells("one", AIGUL)
            async with asyncio.timeout(PATIENCE):
                while "the database can't be written" not in caplog.text:
                    await asyncio.sleep(0.005)
            other.execute("ROLLBACK")
            other.close()
            await desk.has_served(1)
    assert caplog.text.count("the database can't be written") == 1


@pytest.mark.parametrize("nonsense", [[5], [None], [{}], [{"update_id": "7"}], [[]]])
async def test_what_is_no_update_is_not_taken_for_telegram(
    sandbox: Sandbox, people: People, door: Door, nonsense: list[Any]
) -> None:
    async with front_of(sandbox.url) as front:
        front.slips(nonsense)
        async with Desk(front.url, door).running() as desk:
            await people.tells("/help", AIGUL)
            await desk.has_served(1)


async def test_a_second_poller_is_told_once_and_waited_out(
    sandbox: Sandbox, people: People, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(sandbox.url, door)
    async with desk.running():
        await fault(people, 4, error={"code": 409, "description": "Conflict: terminated by other getUpdates request"})
        await people.tells("one", AIGUL)
        await desk.has_served(1)
    assert caplog.text.count("another program asks Telegram") == 1


async def test_a_refused_token_ends_it(sandbox: Sandbox, people: People, door: Door) -> None:
    await fault(people, None, method="*", error={"code": 401, "description": "Unauthorized"})
    with pytest.raises(TokenRefused) as caught:
        async with Desk(sandbox.url, door).running():
            pytest.fail("nobody is there")
    assert TOKEN.partition(":")[2] not in str(caught.value)


async def test_a_token_revoked_meanwhile_ends_it_too(sandbox: Sandbox, people: People, door: Door) -> None:
    desk = Desk(sandbox.url, door)
    await desk.intake.begin()
    await fault(people, None, error={"code": 401, "description": "Unauthorized"})
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(desk.intake.run(), PATIENCE)
    await desk.bot.shutdown()


async def test_a_webhook_is_taken_off(
    sandbox: Sandbox, people: People, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    earlier = Desk(sandbox.url, door)
    async with earlier.bot:
        await earlier.bot.set_webhook("http://127.0.0.1:9/hook")
    desk = Desk(sandbox.url, door)
    async with desk.running():
        await people.tells("one", AIGUL)
        await desk.has_served(1)
    assert caplog.text.count("a webhook was set") == 1


async def test_what_the_lanes_cannot_take_waits_at_telegram(sandbox: Sandbox, people: People, door: Door) -> None:
    desk = Desk(sandbox.url, door)
    desk.holding.clear()
    backlog = [inbox.Row(number, 5, "{}") for number in range(MOST_WAITING)]
    await door.change(inbox.add, backlog, NOW)
    async with desk.running():
        await people.tells("one", AIGUL)
        assert await asked(people, "getUpdates") == 0
        desk.holding.set()
        await desk.has_served(MOST_WAITING + 1)
        assert await asked(people, "getUpdates") > 0


async def test_all_that_is_needed_is_asked_for(sandbox: Sandbox, people: People, door: Door) -> None:
    desk = Desk(sandbox.url, door)
    async with desk.running():
        said = await people.tells("one", AIGUL)
        await people.call(f"/person/{AIGUL}/react", {"chat": said.chat, "message": said.id, "emoji": "👍"})
        await people.call(f"/person/{AIGUL}/block", {"blocked": True})
        await desk.has_served(3)
    assert {row.lane for row in desk.served} == {AIGUL}


CHAT: dict[str, Json] = {"id": -5, "type": "group"}
LANES: list[tuple[dict[str, Json], int]] = [
    ({"message": {"chat": CHAT, "from": {"id": 1}}}, -5),
    ({"message_reaction": {"chat": CHAT, "user": {"id": 1}}}, -5),
    ({"my_chat_member": {"chat": CHAT, "from": {"id": 1}}}, -5),
    ({"callback_query": {"from": {"id": 1}, "message": {"chat": CHAT}}}, -5),
    ({"callback_query": {"from": {"id": 1}, "inline_message_id": "x"}}, 1),
    ({"poll_answer": {"user": {"id": 2}}}, 2),
    ({"poll": {"id": "3"}}, 0),
]


@pytest.mark.parametrize(("update", "lane"), LANES)
def test_an_update_goes_to_its_chats_lane(update: dict[str, Json], lane: int) -> None:
    assert lane_of({"update_id": 1, **update}) == lane


def test_waits_grow_to_their_bound_and_start_anew() -> None:
    rest = Rest(1.0, 8.0)
    waits = [rest.next() for _ in range(40)]
    assert all(0.5 <= wait <= 8.0 for wait in waits)
    assert min(waits[3:]) >= 4.0
    rest.over()
    assert rest.next() <= 1.0


async def test_a_batch_of_long_texts_lets_others_have_their_turn(
    sandbox: Sandbox, people: People, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "TURN", -1.0)
    turns: list[int] = []

    def admitting(update: Any, *_: Any) -> Any:
        turns.append(len(asked_for))
        return update

    asked_for: list[None] = []

    async def others() -> None:
        while True:
            asked_for.append(None)
            await asyncio.sleep(0)

    monkeypatch.setattr(intake, "admit", admitting)
    desk = Desk(sandbox.url, door)
    async with desk.running():
        beside = asyncio.create_task(others())
        await desk.intake._take([{"update_id": 900_000_000 + one} for one in range(3)])
        beside.cancel()
    assert turns[-3] < turns[-2] < turns[-1]
