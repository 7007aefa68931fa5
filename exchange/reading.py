"""A file from outside, read in a process of its own that has neither the desk's secrets nor much time and memory."""

import asyncio
import json
import logging
import os
import signal
import sys
from asyncio import AbstractEventLoop, Semaphore, StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import get_args
from weakref import WeakKeyDictionary

from exchange.limits import LIMITS, Limits
from exchange.shapes import Line, Sheet, Unreadable, Why

log = logging.getLogger(__name__)

_ROOT = str(Path(__file__).parents[1])
_BEGIN = f"import sys; sys.path.insert(0, {_ROOT!r}); from exchange.child import main; main()"
_AT_ONCE = 2
_CHUNK = 2**16
_SPENT = {-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGABRT}
"""How a process ends that the system or its own allocator stopped."""
_WHYS: dict[str, Why] = {why: why for why in get_args(Why)}
_turns: WeakKeyDictionary[AbstractEventLoop, Semaphore] = WeakKeyDictionary()


async def read(data: bytes, limits: Limits = LIMITS) -> Sheet:
    """What the file holds. What it is goes by its content; its name is never asked. Raises Unreadable.

    Two files are read at once, others wait. Cancelled, it leaves no process behind.
    """
    if len(data) > limits.size:
        raise Unreadable("too_big", limits.size)
    async with _turns.setdefault(asyncio.get_running_loop(), Semaphore(_AT_ONCE)):
        try:
            async with asyncio.timeout(limits.wall):
                return await _read(data, limits)
        except TimeoutError:
            raise Unreadable("bomb") from None


async def _read(data: bytes, limits: Limits) -> Sheet:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-X", "utf8", "-c", _BEGIN, json.dumps(asdict(limits))),
        stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/", start_new_session=True,
    )  # fmt: skip
    try:
        sheet = await _answer(process, data, limits)
        if sheet is not None:
            return sheet
        code = await process.wait()
    finally:
        await _end(process)
    log.warning("a file ended the process that read it, code %s", code)
    raise Unreadable("bomb" if code in _SPENT else "broken")


async def _answer(process: Process, data: bytes, limits: Limits) -> Sheet | None:
    """The sheet, or None if the process ended in the middle. Raises Unreadable."""
    stdin, stdout = _pipes(process)
    with suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(data)
        await stdin.drain()
        stdin.close()
    name = ""
    head: tuple[str, ...] = ()
    above, lines = list[Line](), list[Line]()
    async with aclosing(_messages(stdout, limits.answer)) as messages:
        async for message in messages:
            match message:
                case ["head", str(name), list(cells)]:
                    head = tuple(map(str, cells))
                case ["above", int(number), list(cells)]:
                    above.append(Line(number, tuple(map(str, cells))))
                case ["line", int(number), list(cells)] if len(cells) == len(head):
                    lines.append(Line(number, tuple(map(str, cells))))
                case ["end"]:
                    return Sheet(head, tuple(lines), tuple(above), name)
                case ["why", str(said), int() | None as most, int() | None as row]:
                    raise Unreadable(_WHYS.get(said, "broken"), most, row)
                case _:
                    raise Unreadable("broken")
    return None


async def _messages(stdout: StreamReader, most: int) -> AsyncGenerator[object, None]:
    """What the process says, line by line; no more is taken in than that many bytes."""
    rest, taken = b"", 0
    while chunk := await stdout.read(_CHUNK):
        taken += len(chunk)
        if taken > most:
            raise Unreadable("bomb")
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                raise Unreadable("broken") from None


async def _end(process: Process) -> None:
    """The process is gone and buried, and its pipes are empty: without that it would be waited for in vain."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(
                process.pid, signal.SIGKILL
            )  # its own `kill` would bury one that has just ended, unknown to the loop
    _, stdout = _pipes(process)
    while await stdout.read(_CHUNK):
        pass
    await process.wait()


def _pipes(process: Process) -> tuple[StreamWriter, StreamReader]:
    if process.stdin is None or process.stdout is None:
        raise AssertionError
    return process.stdin, process.stdout
