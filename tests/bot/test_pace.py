"""One budget for the whole bot: never more than Telegram takes, people first, letters in what is left. Time is made up."""

import asyncio
import heapq
import itertools
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.budget import KNOWN, Budget, Limits
from bot.pace import LETTER, PATIENCE, Pace
from bot.request import NotDone

TURNS = 30
"""Turns of the loop after which everybody who could go on has."""


@dataclass
class Hours:
    """A clock that is wound to the next sleeper whenever nobody can go on."""

    now: float = 1_000.0
    _sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    _count: Any = field(default_factory=itertools.count)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._count), turn))
        await turn

    async def pass_until(self, *tasks: asyncio.Task[Any]) -> None:
        """Until those tasks are done."""
        while True:
            for _ in range(TURNS):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                return
            self.now, _, turn = heapq.heappop(self._sleepers)
            if not turn.done():
                turn.set_result(None)


@dataclass
class Telegram:
    """Takes messages, each after `latency`; keeps when each came. Chats in `refuses` are told to wait so many seconds, once."""

    hours: Hours
    latency: float = 0.0
    way: Callable[[float], float] = lambda _: 0.0
    """How long a message that leaves at that moment is under way."""
    came: list[tuple[float, int, str]] = field(default_factory=list)
    refuses: dict[int, float] = field(default_factory=dict)

    async def take(self, chat: int, kind: str) -> bool:
        if (way := self.way(self.hours.now)) > 0:
            await self.hours.sleep(way)
        self.came.append((self.hours.now, chat, kind))
        if self.latency:
            await self.hours.sleep(self.latency)
        if chat in self.refuses:
            raise RetryAfter(timedelta(seconds=self.refuses.pop(chat)))
        return True


class Post:
    """Calls go through the pace to Telegram."""

    def __init__(self, limits: Limits | None = None, latency: float = 0.0) -> None:
        self.hours = Hours()
        self.telegram = Telegram(self.hours, latency)
        self.pace = Pace(limits, clock=self.hours.clock, sleep=self.hours.sleep)

    def call(self, chat: int, method: str = "sendMessage", *, letter: bool = False) -> Coroutine[Any, Any, Any]:
        kind = LETTER if letter else "answer"
        return self.pace.process_request(
            self.telegram.take, (chat, kind), {}, method, {"chat_id": chat}, LETTER if letter else None
        )

    def task(self, chat: int, method: str = "sendMessage", *, letter: bool = False) -> asyncio.Task[Any]:
        return asyncio.create_task(self.call(chat, method, letter=letter))

    async def after(self, seconds: float, *calls: Coroutine[Any, Any, Any]) -> None:
        await self.hours.sleep(seconds)
        await asyncio.gather(*calls)

    def most_in(self, seconds: float, chat: int | None = None) -> int:
        """The most that came in any so many seconds."""
        times = [at for at, whose, _ in self.telegram.came if chat in (None, whose)]
        return max(sum(start <= at < start + seconds for at in times) for start in times)


async def test_a_crowd_of_letters_fills_the_limit_and_never_passes_it() -> None:
    post = Post(latency=0.12)
    begun = post.hours.now
    await post.hours.pass_until(*(post.task(chat, letter=True) for chat in range(1, 601)))
    assert post.most_in(1.0) <= 30
    assert len(post.telegram.came) == 600
    assert 600 / (post.telegram.came[-1][0] - begun) > 0.95 * 30


@pytest.mark.parametrize("stall", [0.05, 0.1, 0.3])
async def test_letters_that_a_stall_makes_arrive_all_at_once_are_counted_as_of_then(stall: float) -> None:
    """A machine that stalls for a while every seven tenths of a second: what leaves meanwhile arrives when it is over."""
    post = Post(latency=0.02)
    post.telegram.way = lambda now: max(0.0, stall - now % 0.7)
    await post.hours.pass_until(*(post.task(chat, letter=True) for chat in range(1, 601)))
    assert post.most_in(1.0) <= 30


async def test_a_network_that_is_slower_for_a_while_costs_next_to_nothing() -> None:
    post = Post()
    begun = post.hours.now
    post.telegram.way = lambda now: 0.0 if now % 2 < 1 else 0.15
    await post.hours.pass_until(*(post.task(chat, letter=True) for chat in range(1, 901)))
    assert 900 / (post.telegram.came[-1][0] - begun) > 0.96 * 30


async def test_letters_of_which_some_are_late_by_chance_never_pass_the_limit() -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    post = Post(latency=0.02)
    post.telegram.way = lambda _: 0.09 if chance.random() < 0.25 else 0.01
    await post.hours.pass_until(*(post.task(chat, letter=True) for chat in range(1, 601)))
    assert post.most_in(1.0) <= 30


async def test_a_crowd_of_people_is_answered_at_once_up_to_the_limit_and_then_in_turn() -> None:
    post = Post()
    begun = post.hours.now
    await post.hours.pass_until(*(post.task(chat) for chat in range(1, 100)))
    assert [at for at, _, _ in post.telegram.came[:30]] == [begun] * 30
    assert post.most_in(1.0) <= 30
    assert [chat for _, chat, _ in post.telegram.came] == list(range(1, 100))


async def test_a_person_overtakes_all_letters_that_wait() -> None:
    post = Post()
    letters = [post.task(chat, letter=True) for chat in range(1, 301)]
    person = asyncio.create_task(post.after(5.0, post.call(7_000)))
    await post.hours.pass_until(*letters, person)
    came = next(at for at, chat, _ in post.telegram.came if chat == 7_000)
    assert came - 1_005 < 0.1
    assert post.most_in(1.0) <= 30


async def test_letters_are_not_starved_by_people_who_never_stop() -> None:
    post = Post()
    people = [post.task(chat) for chat in range(1, 301)]
    letters = [post.task(chat, letter=True) for chat in range(1_001, 1_031)]
    await post.hours.pass_until(*people, *letters)
    kinds = [kind for _, _, kind in post.telegram.came]
    assert 5 <= kinds[:150].count(LETTER) <= 20


async def test_one_chat_gets_one_message_a_second_and_in_order() -> None:
    post = Post(latency=0.3)
    tasks = [post.task(5), post.task(5, letter=True), post.task(5), post.task(6)]
    await post.hours.pass_until(*tasks)
    assert post.most_in(1.0, chat=5) == 1
    assert [kind for _, chat, kind in post.telegram.came if chat == 5] == ["answer", LETTER, "answer"]
    assert [at for at, chat, _ in post.telegram.came if chat == 6] == [1_000.0]


async def test_edits_may_follow_each_other_as_quickly_as_somebody_types_but_not_for_ever() -> None:
    post = Post()
    await post.hours.pass_until(*(post.task(5, "editMessageText") for _ in range(15)))
    assert post.most_in(0.5, chat=5) == 5
    assert post.most_in(5.0, chat=5) == 5


async def test_a_group_gets_twenty_a_minute_and_whoever_would_wait_longer_is_told_when() -> None:
    post = Post()
    tasks = [post.task(-5) for _ in range(21)]
    await post.hours.pass_until(*tasks[:20])
    *_, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(last, RetryAfter)
    assert len(post.telegram.came) == 20
    assert 30 < last.retry_after.total_seconds() <= 60  # type: ignore[union-attr]
    post.hours.now += last.retry_after.total_seconds()  # type: ignore[union-attr]
    assert await post.call(-5)


@pytest.mark.parametrize("method", ["getMe", "answerCallbackQuery", "sendChatAction", "setMyCommands"])
async def test_what_telegram_does_not_count_never_waits(method: str) -> None:
    post = Post(Limits(per_second=1))
    await asyncio.gather(*(post.call(5, method) for _ in range(50)))
    assert len(post.telegram.came) == 50


async def test_a_chat_that_was_refused_is_left_alone_to_the_moment_and_no_other() -> None:
    post = Post()
    post.telegram.refuses = {5: 7.0}
    with pytest.raises(RetryAfter):
        await post.call(5)
    tasks = [post.task(5), post.task(6)]
    await post.hours.pass_until(*tasks)
    assert [(at, chat) for at, chat, _ in post.telegram.came] == [(1_000.0, 5), (1_000.0, 6), (1_007.0, 5)]


async def test_a_letter_does_not_stand_here_for_a_chat_that_was_refused() -> None:
    post = Post()
    post.telegram.refuses = {5: 7.0}
    for wait in (7.0, 7.0):
        with pytest.raises(RetryAfter) as caught:
            await post.call(5, letter=True)
        assert caught.value.retry_after == timedelta(seconds=wait)
    assert len(post.telegram.came) == 1


@pytest.mark.parametrize("chats", [(5, 6), (5, -6, -7), (-5, -6, -7)])
async def test_several_chats_refused_at_once_mean_the_whole_bot(chats: tuple[int, ...]) -> None:
    post = Post()
    post.telegram.refuses = dict.fromkeys(chats, 7.0)
    for chat in chats:
        with pytest.raises(RetryAfter):
            await post.call(chat)
    tasks = [post.task(100, letter=True), post.task(101), post.task(102, "editMessageText")]
    await post.hours.pass_until(*tasks)
    came = post.telegram.came[len(chats) :]
    assert [chat for _, chat, _ in came] == [101, 102, 100]
    assert min(at for at, _, _ in came) == 1_007.0


async def test_two_groups_refused_at_once_do_not_mean_the_whole_bot() -> None:
    post = Post()
    post.telegram.refuses = {-5: 7.0, -6: 7.0}
    for chat in (-5, -6):
        with pytest.raises(RetryAfter):
            await post.call(chat)
    assert await post.call(100)


async def test_in_a_long_halt_people_who_stand_here_are_sent_away_and_letters_wait() -> None:
    post = Post(latency=0.1)
    post.telegram.refuses = {1: 300.0, 2: 300.0}
    people = [post.task(chat) for chat in range(1, 61)]
    letters = [post.task(chat, letter=True) for chat in range(101, 111)]
    await post.hours.pass_until(*people, *letters)
    told = await asyncio.gather(*people, return_exceptions=True)
    assert [isinstance(one, RetryAfter) for one in told] == [True] * 2 + [False] * 28 + [True] * 30
    assert sorted(chat for at, chat, _ in post.telegram.came if at >= 1_300) == list(range(101, 111))


async def test_a_person_told_to_come_later_waits_as_long_as_the_halt() -> None:
    post = Post()
    post.telegram.refuses = {5: PATIENCE + 10, 6: PATIENCE + 10}
    for chat in (5, 6):
        with pytest.raises(RetryAfter):
            await post.call(chat)
    with pytest.raises(RetryAfter) as caught:
        await post.call(7)
    assert caught.value.retry_after == timedelta(seconds=PATIENCE + 10)
    assert len(post.telegram.came) == 2


async def test_stopped_letters_that_wait_were_certainly_not_sent_and_people_are_still_answered() -> None:
    post = Post(Limits(per_second=2))
    letters = [post.task(chat, letter=True) for chat in range(1, 6)]
    person = post.task(100)
    for _ in range(TURNS):
        await asyncio.sleep(0)
    post.pace.close()
    gone = await asyncio.gather(*letters, return_exceptions=True)
    await post.hours.pass_until(person)
    assert [type(one) for one in gone].count(NotDone) == 5 - len(
        [1 for _, _, kind in post.telegram.came if kind == LETTER]
    )
    assert any(isinstance(one, NotDone) for one in gone)
    assert person.result()
    with pytest.raises(NotDone):
        await post.call(50, letter=True)


async def test_whoever_leaves_the_queue_costs_nobody_a_turn() -> None:
    post = Post(Limits(per_second=1))
    first, second, third = post.task(1), post.task(2), post.task(3)
    for _ in range(TURNS):
        await asyncio.sleep(0)
    second.cancel()
    await post.hours.pass_until(first, third)
    assert [chat for _, chat, _ in post.telegram.came] == [1, 3]
    assert post.telegram.came[1][0] - 1_000 < 1.1


async def test_without_limits_nobody_waits() -> None:
    post = Post(Limits(0, 0, 0))
    await asyncio.gather(*(post.call(-5, letter=True) for _ in range(200)))
    assert len(post.telegram.came) == 200


async def test_what_fails_otherwise_passes_through() -> None:
    async def broken() -> bool:
        raise NotDone("no connection")

    with pytest.raises(NotDone):
        await Pace().process_request(broken, (), {}, "sendMessage", {"chat_id": 5}, None)


def test_chats_left_alone_are_forgotten_but_not_those_that_must_be() -> None:
    budget = Budget(Limits())
    budget.sent(1, 0.0)
    budget.refused(2, 500.0, 0.0)
    for chat in range(10, 10 + KNOWN):
        budget.sent(chat, 100.0)
    assert budget.chat_opens(1) == 0.0
    assert budget.chat_opens(2) == 500.0
    assert budget.chat_opens(10) == 101.0
