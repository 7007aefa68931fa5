"""The process that reads a file: what it is given, where it ends, and that nothing of it is left."""

import asyncio
import logging
import os
import subprocess
from asyncio import StreamReader
from pathlib import Path
from typing import Any

import pytest

from exchange import reading
from exchange.limits import MEGABYTE, Limits
from exchange.reading import read
from exchange.shapes import Line, Sheet, Unreadable
from tests.exchange.books import book

PATIENT = Limits(wall=600)
HANGS = "import time; time.sleep(600)"


CONFINED = """
import sys; sys.path.insert(0, {root!r})
from exchange import child
from exchange.shapes import Sheet
def act(*_):
    {code}
    return Sheet(("done",), ())
child._read = act
child.main()
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started, by number."""
    numbers: list[int] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *words: Any, **options: Any) -> None:
            super().__init__(*words, **options)
            numbers.append(self.pid)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    return numbers


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Has the process do something else: alone, or in place of reading under the limits of the real one."""

    def instead(code: str, *, confined: bool = False) -> None:
        root = str(Path(reading.__file__).parents[1])
        monkeypatch.setattr(reading, "_BEGIN", CONFINED.format(root=root, code=code) if confined else code)

    return instead


def gone(number: int) -> bool:
    """Whether it has ended and was waited for: no process, no zombie."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


async def why(limits: Limits = PATIENT) -> str:
    with pytest.raises(Unreadable) as refused:
        await read(b"a,b\n1,2\n", limits)
    return refused.value.why


async def test_it_is_gone_when_the_file_is_read_and_when_it_is_refused(started: list[int]) -> None:
    await read(book(), PATIENT)
    with pytest.raises(Unreadable):
        await read(b"\x00", PATIENT)
    assert [gone(one) for one in started] == [True, True]


async def test_cancelling_kills_it(started: list[int], does: Any) -> None:
    does(HANGS)
    task = asyncio.create_task(read(b"a,b\n" * MEGABYTE, PATIENT))
    while not started:
        await asyncio.sleep(0.001)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gone(started[0])


@pytest.mark.parametrize("turns", range(12))
async def test_cancelling_at_any_step_leaves_nothing(turns: int, started: list[int], does: Any) -> None:
    does(HANGS)
    task = asyncio.create_task(read(b"a,b\n1,2\n", PATIENT))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert all(gone(one) for one in started)


async def test_one_that_takes_too_long_is_killed(started: list[int], does: Any) -> None:
    does(HANGS)
    assert await why(Limits(wall=0.5)) == "bomb"
    assert all(gone(one) for one in started)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("bytearray(2**40)", "bomb"),
        ("x = [bytes(2**20) for _ in range(2**20)]", "bomb"),
        ("while True: pass", "bomb"),
        ("import os; os.abort()", "bomb"),
        ("import os; os.kill(os.getpid(), 11)", "broken"),
        ("import os; os._exit(0)", "broken"),
        ("raise KeyboardInterrupt", "broken"),
        ("open('/etc/passwd')", "broken"),
        ("sys.stdin.close(); open('/etc/passwd')", "broken"),
        ("import _socket; _socket.socket()", "broken"),
        ("open('written', 'w').write('x' * 10**6)", "broken"),
    ],
)
async def test_it_ends_within_its_limits(code: str, said: str, does: Any, started: list[int], tmp_path: Path) -> None:
    does(code.replace("written", str(tmp_path / "written")), confined=True)
    assert await why(Limits(wall=600, processor=1, memory=256 * MEGABYTE)) == said
    assert gone(started[0])


async def test_within_its_limits_it_is_free(does: Any) -> None:
    does("bytes(2**20)", confined=True)
    assert (await read(b"", PATIENT)).head == ("done",)


@pytest.mark.parametrize(
    "code",
    [
        "print('no json')",
        "print('{}')",
        "print('[' * 10**5)",
        """print('["line", "1", ["a"]]')""",
        """print('["line", 1, ["a"]]')""",
        """print('["why", "nonsense", null, null]')""",
        """print('["why", "empty", "x", null]')""",
        "print('\\xff')",
        "import sys; sys.stdout.buffer.write(bytes(range(256)))",
    ],
)
async def test_what_it_says_is_not_trusted(code: str, does: Any) -> None:
    does(code)
    assert await why() == "broken"


async def test_no_more_of_what_it_says_is_taken_in_than_the_limit(
    does: Any, monkeypatch: pytest.MonkeyPatch, started: list[int]
) -> None:
    does("import sys\nwhile True: sys.stdout.write('x' * 65536)")
    taken: list[int] = []
    take = StreamReader.read

    async def counted(stream: StreamReader, most: int = -1) -> bytes:
        chunk = await take(stream, most)
        taken.append(len(chunk))
        return chunk

    monkeypatch.setattr(StreamReader, "read", counted)
    assert await why(Limits(wall=600, answer=MEGABYTE)) == "bomb"
    assert max(taken) <= 2**16
    assert sum(taken) <= 2 * MEGABYTE
    assert gone(started[0])


async def test_it_has_no_environment_no_files_and_no_arguments_of_ours(
    does: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYHOME_BOT_TOKEN", "secret")
    does(
        "import json, os; print(json.dumps(['head', os.getcwd(), [*os.environ, *os.listdir('/proc/self/fd')]])); print('[\"end\"]')"
    )
    found = await read(b"a,b\n", PATIENT)
    assert found.name == "/"
    assert set(found.head) <= {"LC_CTYPE", "0", "1", "2", "3"}


async def test_what_it_complains_of_is_logged_nowhere(
    does: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO, "exchange")
    does("import sys; sys.exit('Amina was here')")
    assert await why() == "broken"
    assert "ended the process" in caplog.text
    assert "Amina" not in caplog.text
    assert "Amina" not in "".join(capfd.readouterr())


async def test_the_loop_runs_on_while_it_reads(does: Any, tmp_path: Path) -> None:
    """The process answers only after something that happens in the loop later."""
    go = tmp_path / "go"
    does(
        f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\n"
        """print('["head", "", ["a"]]\\n["line", 2, ["1"]]\\n["end"]')"""
    )
    task = asyncio.create_task(read(b"", PATIENT))
    for _ in range(100):
        await asyncio.sleep(0)
    go.touch()
    assert await task == Sheet(("a",), (Line(2, ("1",)),))


async def test_two_are_read_at_once_and_others_wait(does: Any, started: list[int], tmp_path: Path) -> None:
    go = tmp_path / "go"
    does(
        f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\n"
        """print('["head", "", []]\\n["end"]')"""
    )
    tasks = [asyncio.create_task(read(b"", PATIENT)) for _ in range(5)]
    while len(started) < 2:
        await asyncio.sleep(0.001)
    for _ in range(100):
        await asyncio.sleep(0)
    assert len(started) == 2
    go.touch()
    await asyncio.gather(*tasks)
    assert len(started) == 5
