"""The log: one line each, no token, nothing that somebody wrote."""

import io
import logging
from collections.abc import Iterator

import pytest
from telegram import Bot

from bot.logs import redact, set_up, told

TOKEN = "7000000001:SANDBOX-TOKEN-of-the-demo-desk-0001"


@pytest.fixture
def shown() -> Iterator[io.StringIO]:
    """What the log shows; pytest's own handlers are put back."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up(stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def boom(words: str) -> None:
    raise ValueError(words)


def test_a_line_says_when_how_bad_and_where(shown: io.StringIO) -> None:
    logging.getLogger("bot.intake").info("ready")
    (line,) = shown.getvalue().splitlines()
    assert line.endswith("INFO bot.intake: ready")


@pytest.mark.parametrize("text", [TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe", TOKEN.replace(":", "%3A")])
def test_a_token_is_nowhere(text: str, shown: io.StringIO) -> None:
    log = logging.getLogger("somewhere")
    log.info("text %s", text)
    log.info(text)
    log.error("failed with %r", Bot(TOKEN), exc_info=ConnectionError(text))
    assert "SANDBOX-TOKEN" not in shown.getvalue()
    assert shown.getvalue().count("<token>") == 4


def test_what_somebody_wrote_is_not_told_with_an_error(shown: io.StringIO) -> None:
    try:
        boom("could not read 'Zhanar, born 1990'")
    except ValueError:
        logging.getLogger("desk").exception("it failed")
    assert "Zhanar" not in shown.getvalue()
    (line,) = shown.getvalue().splitlines()
    assert "ValueError at bot/test_logs.py:" in line
    assert " in boom" in line


def wrapped() -> None:
    try:
        boom("secret")
    except ValueError as error:
        raise KeyError("secret") from error


def test_an_error_tells_its_cause() -> None:
    with pytest.raises(KeyError) as caught:
        wrapped()
    line = told(caught.value)
    assert line.startswith("KeyError at ")
    assert "because of ValueError at " in line
    assert "secret" not in line


def test_the_world_may_speak_for_itself() -> None:
    assert told(OSError("disk full in 'somewhere'")) == "OSError (disk full in …)"


def test_libraries_are_quiet(shown: io.StringIO) -> None:
    for name in ("httpx", "aiohttp.access", "telegram.Bot", "apscheduler.scheduler"):
        logging.getLogger(name).info("chatter")
    assert not shown.getvalue()


def test_ordinary_numbers_are_left_alone() -> None:
    assert redact("at 12:30 flight 2019:05 took 231 people") == "at 12:30 flight 2019:05 took 231 people"
