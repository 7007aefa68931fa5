"""The shell: what it prints, where, and the exit codes 0, 1 and 2."""

import asyncio
import json
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import KEYS
from sandbox import TOKEN, Sandbox
from storage.door import Door
from storage.teams import ensure
from tests.talk import People

ROOT = Path(__file__).parents[2]
SECRET = TOKEN.partition(":")[2]
PATIENCE = 60.0


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in KEYS:
        monkeypatch.delenv("WAYHOME_" + key.replace(".", "__").upper(), raising=False)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


async def wayhome(*words: str, folder: Path = ROOT) -> Ended:
    """`python -m bot …` in a process of its own, from that folder; no token ever comes out of it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode is not None
    ended = Ended(process.returncode, out.decode(), err.decode())
    assert SECRET not in ended.out + ended.err
    assert "Traceback" not in ended.err
    return ended


def config(
    folder: Path, url: str = "http://127.0.0.1:9", *, owners: str = "[1001]", database: str = "wayhome.db"
) -> str:
    path = folder / "wayhome.toml"
    path.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{url}"\n[team]\nowners = {owners}\n'
        f'[database]\nurl = "sqlite:///{folder / database}"\n',
        encoding="utf-8",
    )
    return str(path)


def rewrite(path: str, old: str, new: str) -> None:
    file = Path(path)
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")


async def with_a_team(folder: Path) -> str:
    path = config(folder)
    async with await Door.open(f"sqlite:///{folder}/wayhome.db") as door:
        await door.change(ensure, "Our team")
    return path


async def test_help_tells_the_commands() -> None:
    ended = await wayhome("--help")
    assert ended.code == 0
    for command in ("run", "check", "sandbox", "demo", "stats", "export", "journal", "db"):
        assert f"\n  {command} " in ended.out


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("run", "--fast"),
        ("stats",),
        ("export",),
        ("export", "flights", "--form", "pdf"),
        ("sandbox", "--port", "many"),
        ("journal", "burn"),
    ],
)
async def test_wrong_words_end_with_2(words: tuple[str, ...]) -> None:
    ended = await wayhome(*words)
    assert ended.code == 2
    assert ended.err
    assert not ended.out


@pytest.mark.parametrize(
    "words",
    [("run",), ("check",), ("stats", "flights"), ("export", "flights"), ("journal", "verify"), ("db", "upgrade")],
)
async def test_a_config_that_is_not_there_ends_with_1(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = await wayhome(*words, "--config", str(tmp_path / "no.toml"))
    assert ended.code == 1
    assert "no.toml is not there" in ended.err
    assert not ended.out


async def test_a_wrong_config_is_told_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "wayhome.toml"
    path.write_text(f'[telegram]\ntoken = "{TOKEN}!"\n[team]\ncountry = "Kazakhstan"\n', encoding="utf-8")
    ended = await wayhome("run", "--config", str(path))
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 2
    assert "[team] country" in ended.err


async def test_check_finds_all_in_order(tmp_path: Path, sandbox: Sandbox) -> None:
    ended = await wayhome("check", "--config", config(tmp_path, sandbox.url))
    assert (ended.code, ended.err) == (0, "")
    assert "@wayhome_bot" in ended.out
    assert "privacy mode is on" in ended.out
    assert "database: opened" in ended.out


async def test_check_tells_everything_that_is_wrong(tmp_path: Path) -> None:
    ended = await wayhome("check", "--config", config(tmp_path, owners="[]", database="no/such/folder/wayhome.db"))
    assert ended.code == 1
    assert "Telegram can't be asked at http://127.0.0.1:9" in ended.err
    assert "the database can't be opened" in ended.err
    assert "owners is empty" in ended.err


async def test_check_knows_a_refused_token(tmp_path: Path, sandbox: Sandbox) -> None:
    async with People.at(sandbox.url) as people:
        error = {"code": 401, "description": "Unauthorized"}
        await people.call("/faults", {"method": "*", "times": None, "fault": {"error": error}})
        for command in ("check", "run"):
            ended = await wayhome(command, "--config", config(tmp_path, sandbox.url))
            assert ended.code == 1
            assert "Telegram knows no bot of this token" in ended.err


async def test_the_config_of_the_folder_is_found(tmp_path: Path, sandbox: Sandbox) -> None:
    config(tmp_path, sandbox.url)
    assert (await wayhome("check", folder=tmp_path)).code == 0


async def test_counting_needs_no_token_and_no_telegram(tmp_path: Path) -> None:
    path = await with_a_team(tmp_path)
    rewrite(path, TOKEN, "")
    ended = await wayhome("stats", "flights", "all", "--json", "--config", path)
    assert ended.code == 0
    counted = json.loads(ended.out)
    assert counted["kind"] == "flight"
    assert counted["entries"] == counted["people"] == 0
    assert counted["of_which"]["orphans"] == 0


async def test_counting_by_a_field_has_groups(tmp_path: Path) -> None:
    ended = await wayhome(
        "stats", "sessions", "this", "year", "by", "type", "--json", "--config", await with_a_team(tmp_path)
    )
    assert ended.code == 0
    assert json.loads(ended.out)["groups"] == []


async def test_without_json_the_answer_is_text(tmp_path: Path) -> None:
    ended = await wayhome("stats", "flights", "all", "--config", await with_a_team(tmp_path))
    assert ended.code == 0
    assert ended.out.strip()
    assert "<" not in ended.out


async def test_a_question_that_does_not_read_ends_with_2(tmp_path: Path) -> None:
    ended = await wayhome("stats", "flihgts", "yesteryear", "--json", "--config", await with_a_team(tmp_path))
    assert ended.code == 2
    assert "yesteryear" in ended.err
    assert not ended.out


async def test_counting_makes_no_database(tmp_path: Path) -> None:
    ended = await wayhome("stats", "flights", "--config", config(tmp_path))
    assert ended.code == 1
    assert "there is no database yet" in ended.err
    assert not (tmp_path / "wayhome.db").exists()


async def test_a_team_of_another_name_is_not_there(tmp_path: Path) -> None:
    path = await with_a_team(tmp_path)
    rewrite(path, "[team]\n", '[team]\nname = "Others"\n')
    ended = await wayhome("journal", "verify", "--config", path)
    assert ended.code == 1
    assert 'no team of the name "Others"' in ended.err


async def test_the_database_is_brought_up_to_date(tmp_path: Path) -> None:
    assert (await wayhome("db", "upgrade", "--config", config(tmp_path))).code == 0
    assert (tmp_path / "wayhome.db").exists()


async def test_something_else_is_no_database(tmp_path: Path) -> None:
    path = config(tmp_path)
    (tmp_path / "wayhome.db").write_text("nothing of the kind " * 100, encoding="utf-8")
    ended = await wayhome("db", "upgrade", "--config", path)
    assert ended.code == 1
    assert "the database can't be opened" in ended.err


async def test_a_whole_journal_is_found_whole_and_a_changed_one_is_not(tmp_path: Path) -> None:
    path = await with_a_team(tmp_path)
    whole = await wayhome("journal", "verify", "--config", path)
    assert whole.code == 0
    assert "the journal is whole: 0 lines" in whole.out
    db = sqlite3.connect(tmp_path / "wayhome.db")
    db.execute("INSERT INTO journal (team, seq, at, act, digest, hash) VALUES (1, 1, '2026', 'posted', 'x', 'y')")
    db.commit()
    db.close()
    changed = await wayhome("journal", "verify", "--config", path)
    assert changed.code == 1
    assert "line 1" in changed.err


async def test_a_taken_port_is_told() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        ended = await wayhome("sandbox", "--port", str(bound.getsockname()[1]))
    assert ended.code == 1
    assert "it can't be done" in ended.err


async def test_the_sandbox_tells_its_address_and_ends_with_ctrl_c() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "sandbox", "--port", "0", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    assert "http://127.0.0.1:" in line
    process.send_signal(2)
    await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
