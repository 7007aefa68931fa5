"""Stopping what runs until it is told to: at the first SIGTERM or Ctrl-C, cleanly, whatever comes after it."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, Final

STOPS: Final = (signal.SIGTERM, signal.SIGINT)


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Does the work until it ends or the process is told to stop; then it is cancelled, and tidies up. Raises what it raises."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Not by the loop, which takes its handlers away when it ends: a second Ctrl-C would then break off what is left to do.
    for name in STOPS:
        signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
    working = asyncio.create_task(work, name="work")
    told = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    if not working.done():
        working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    for name in STOPS:
        signal.signal(name, signal.SIG_IGN)
    told.cancel()
    if not working.cancelled():
        working.result()
