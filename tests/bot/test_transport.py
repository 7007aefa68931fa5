"""Telegram's refusals, row by row, and a letter on its way."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.budget import Limits
from bot.pace import Pace
from bot.request import AiohttpRequest, NotDone
from bot.transport import TABLE, TelegramTransport, outcome_of
from digests.outcomes import Moved, NotEver, NotNow, Uncertain
from records.digest import Letter
from render.html import Html
from sandbox import TOKEN, Sandbox
from tests.talk import People

NOW = datetime(2026, 11, 3, 8, tzinfo=UTC)
CASES: list[tuple[TelegramError, type[Exception], object]] = [
    (RetryAfter(3), NotNow, timedelta(seconds=3)),
    (ChatMigrated(-1005), Moved, -1005),
    (Forbidden("Forbidden: bot was blocked by the user"), NotEver, "blocked"),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), NotEver, "kicked"),
    (Forbidden("Forbidden: bot is not a member of the supergroup chat"), NotEver, "kicked"),
    (Forbidden("Forbidden: user is deactivated"), NotEver, "gone"),
    (Forbidden("Forbidden: the group chat was deleted"), NotEver, "gone"),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), NotEver, "forbidden"),
    (BadRequest("Bad Request: chat not found"), NotEver, "gone"),
    (BadRequest("Bad Request: user not found"), NotEver, "gone"),
    (BadRequest("Bad Request: group chat was deactivated"), NotEver, "gone"),
    (BadRequest("Bad Request: PEER_ID_INVALID"), NotEver, "gone"),
    (BadRequest("Bad Request: not enough rights to send text messages to the chat"), NotEver, "no_rights"),
    (BadRequest("Bad Request: USER_IS_BLOCKED"), NotEver, "blocked"),
    (BadRequest("Bad Request: CHANNEL_PRIVATE"), NotEver, "kicked"),
    (BadRequest("Bad Request: have no rights to send a message"), NotEver, "no_rights"),
    (BadRequest("Bad Request: CHAT_ADMIN_REQUIRED"), NotEver, "no_rights"),
    (BadRequest("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"), NotEver, "no_rights"),
    (BadRequest("Bad Request: TOPIC_DELETED"), NotEver, "topic"),
    (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), NotEver, "no_rights"),
    (BadRequest("Bad Request: CHAT_RESTRICTED"), NotEver, "no_rights"),
    (BadRequest("Bad Request: message thread not found"), NotEver, "topic"),
    (BadRequest("Bad Request: TOPIC_CLOSED"), NotEver, "topic"),
    (BadRequest("Bad Request: can't parse entities"), NotEver, "refused"),
    (InvalidToken(), NotNow, timedelta(minutes=1)),
    (EndPointNotFound("Endpoint 'x' not found"), NotNow, timedelta(minutes=1)),
    (Conflict("Conflict: terminated"), NotNow, timedelta(minutes=1)),
    (NotDone("no connection"), NotNow, timedelta(0)),
    (TimedOut(), Uncertain, None),
    (NetworkError("the connection broke"), Uncertain, None),
    (TelegramError("whatever"), Uncertain, None),
]


@pytest.mark.parametrize(("error", "kind", "detail"), CASES, ids=[repr(error) for error, _, _ in CASES])
def test_a_refusal_has_one_meaning(error: TelegramError, kind: type[Exception], detail: object) -> None:
    outcome = outcome_of(error)
    assert type(outcome) is kind
    assert detail in {getattr(outcome, name, None) for name in ("after", "chat", "reason")}


def test_every_row_of_the_table_has_a_case() -> None:
    used = {
        next(
            number
            for number, (kind, piece, _) in enumerate(TABLE)
            if isinstance(error, kind) and piece in error.message.lower()
        )
        for error, _, _ in CASES
    }
    assert used == set(range(len(TABLE)))


def below(letter: Letter) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[InlineKeyboardButton("again", callback_data="a:1:1")]]) if letter.reminds else None


@pytest.mark.parametrize("error", [InvalidToken(), EndPointNotFound("x"), Conflict("x"), NotDone("no connection")])
def test_what_no_chat_is_to_blame_for_keeps_all_letters_back(error: TelegramError) -> None:
    outcome = outcome_of(error)
    assert isinstance(outcome, NotNow)
    assert outcome.everywhere


def test_a_chat_that_is_too_busy_keeps_no_other_back() -> None:
    outcome = outcome_of(RetryAfter(3))
    assert isinstance(outcome, NotNow)
    assert not outcome.everywhere


def letter(text: str, *, marked: bool = False, thread: int = 0) -> Letter:
    return Letter(
        id=1,
        schedule=1,
        due_at=NOW,
        part=1,
        parts=1,
        team=1,
        chat=1001,
        thread=thread,
        language="en",
        html=text,
        marked=marked,
        tries=0,
    )


async def nobody(reference: str) -> None:
    raise AssertionError(reference)


def mark(one: Letter) -> Html:
    return Html(f"<i>perhaps again, {one.language}</i>")


async def carried(
    *letters: Letter,
    fault: Mapping[str, object] | None = None,
    times: int = 1,
    blocked: bool = False,
    unreadable: Callable[[str], Awaitable[None]] = nobody,
) -> list[str]:
    """What the person sees after the letters were sent through the sandbox."""
    request = AiohttpRequest(read=0.3)
    async with Sandbox() as sandbox, People.at(sandbox.url) as people:
        bot = ExtBot(
            TOKEN,
            f"{sandbox.url}/bot",
            f"{sandbox.url}/file/bot",
            request=request,
            get_updates_request=AiohttpRequest(),
            rate_limiter=Pace(Limits(0, 0, 0)),
        )
        await people.call("/people", {"id": 1001, "first_name": "Aigul"})
        said = await people.tells("/start", 1001)
        if blocked:
            await people.call("/person/1001/block", {"blocked": True})
        if fault:
            await people.call("/faults", {"method": "sendMessage", "times": times, "fault": fault})
        async with bot:
            transport = TelegramTransport(bot, mark, below, unreadable)
            *_, number = [await transport.send(one) for one in letters]
            seen = [heard for heard in await people.sees(1001) if heard.id != said.id]
            assert seen[-1].id == number
            return [heard.text for heard in seen]


async def test_a_letter_arrives_as_html() -> None:
    assert await carried(letter("<b>231</b> people &amp; more")) == ["231 people & more"]


async def test_a_letter_that_may_have_come_before_says_so() -> None:
    assert await carried(letter("231 people", marked=True)) == ["perhaps again, en\n\n231 people"]


async def test_a_letter_without_room_for_that_has_it_said_before() -> None:
    assert await carried(letter("x" * 4096, marked=True)) == ["perhaps again, en", "x" * 4096]


async def test_a_blocked_chat_is_never() -> None:
    with pytest.raises(NotEver) as caught:
        await carried(letter("x"), blocked=True)
    assert caught.value.reason == "blocked"


async def test_a_closed_topic_is_never() -> None:
    with pytest.raises(NotEver) as caught:
        await carried(letter("x", thread=44))
    assert caught.value.reason == "topic"


async def test_a_pause_that_is_asked_for_is_not_now() -> None:
    fault = {
        "error": {"code": 429, "description": "Too Many Requests: retry after 7", "parameters": {"retry_after": 7}}
    }
    with pytest.raises(NotNow) as caught:
        await carried(letter("x"), fault=fault)
    assert caught.value.after == timedelta(seconds=7)


@pytest.mark.parametrize("fault", [{"silent": True}, {"cut": "after"}, {"cut": "before"}])
async def test_an_answer_that_never_came_is_uncertain(fault: dict[str, object]) -> None:
    with pytest.raises(Uncertain):
        await carried(letter("x"), fault=fault)


async def test_a_telegram_that_is_away_is_not_now_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    bot = ExtBot(
        TOKEN,
        "http://127.0.0.1:9/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
        rate_limiter=Pace(Limits(0, 0, 0)),
    )
    await asyncio.gather(*(request.initialize() for request in bot._request))
    transport = TelegramTransport(bot, mark, below, nobody)
    try:
        for _ in range(2):
            with pytest.raises(NotNow) as caught:
                await transport.send(letter("x"))
            assert caught.value.everywhere
        assert caplog.text.count("digests wait") == 1
    finally:
        await asyncio.gather(*(request.shutdown() for request in bot._request))


async def test_a_page_telegram_cannot_read_goes_as_plain_text_and_is_told_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    references: list[str] = []

    async def unreadable(reference: str) -> None:
        references.append(reference)

    broken = letter("<b>231 <i>people &amp; more</b>")
    assert await carried(broken, broken, unreadable=unreadable) == ["231 people & more"] * 2
    [reference] = references
    assert reference in caplog.text
    assert "231" not in caplog.text


async def test_what_telegram_refuses_as_plain_text_too_is_never() -> None:
    fault = {"error": {"code": 400, "description": "Bad Request: something new"}}
    with pytest.raises(NotEver) as caught:
        await carried(letter("x"), fault=fault, times=2)
    assert caught.value.reason == "refused"


async def test_paid_letters_say_so() -> None:
    calls: list[Mapping[str, object]] = []

    class Posts(ExtBot[str]):
        async def _do_post(self, endpoint: str, data: dict[str, object], **times: object) -> dict[str, object]:
            del endpoint, times
            calls.append(data)
            return {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}

    for paid in (True, False):
        await TelegramTransport(Posts(TOKEN), mark, below, nobody, paid=paid).send(letter("x"))
    assert [one.get("allow_paid_broadcast") for one in calls] == [True, None]
