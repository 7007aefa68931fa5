"""What the log says: one line each to standard error, never a token and never what somebody wrote.

An error is told as its class and the way it took through the code. Its own words are left out, since they may quote a message;
only those of the world (network, disk, database) are kept, without what stands in quotes.
"""

import logging
import re
import sys
from types import TracebackType
from typing import Final, TextIO

from telegram.error import TelegramError

from storage.errors import StorageError

FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
DATES: Final = "%Y-%m-%dT%H:%M:%S%z"
QUIET: Final = ("telegram", "httpx", "httpcore", "aiohttp", "apscheduler", "asyncio", "aiosqlite")
TOKEN: Final = re.compile(r"\d{4,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_WORLD = (OSError, TelegramError, StorageError)
_QUOTED = re.compile(r"(\"|'|`|«).*(\"|'|`|»)", re.DOTALL)
_FRAMES: Final = 4


def redact(text: str) -> str:
    """The text without anything that looks like a bot token."""
    return TOKEN.sub("<token>", text)


def told(error: BaseException) -> str:
    """An error and its causes in one line: class, the last steps that led there, and the world's own words.

    "KeyError at desk/post.py:41 in post, from handlers/flight.py:12 in posted"
    """
    chain: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        chain.append(_one(cause))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return redact(" · because of ".join(chain))


def _one(error: BaseException) -> str:
    words = f" ({_QUOTED.sub('…', ' '.join(str(error).split()))})" if isinstance(error, _WORLD) and str(error) else ""
    steps = ", from ".join(_steps(error.__traceback__)[:_FRAMES])
    return f"{type(error).__name__}{words}" + (f" at {steps}" if steps else "")


def _steps(trace: TracebackType | None) -> list[str]:
    """The steps to an error, the last first."""
    steps: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        place = "/".join(code.co_filename.split("/")[-2:])
        steps.append(f"{place}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return steps[::-1]


class OneLine(logging.Formatter):
    """A record as one line without secrets."""

    def __init__(self) -> None:
        """With the house's format."""
        super().__init__(FORMAT, DATES)

    def format(self, record: logging.LogRecord) -> str:
        """The record's line; whatever its text, its error or its stack hold is redacted."""
        return redact(" ".join(super().format(record).splitlines()))

    def formatException(self, ei: object) -> str:  # noqa: N802  (the name is logging's)
        """The error as `told` tells it."""
        error = ei[1] if isinstance(ei, tuple) else None
        return told(error) if isinstance(error, BaseException) else ""


def set_up(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Sends the log to `stream` (standard error if None), in place of whatever was set up before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler.executors").setLevel(
        logging.CRITICAL
    )  # a failing beat is told by the heartbeat itself
