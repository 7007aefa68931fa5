"""Encrypted copies: only the key opens them, a damaged one changes nothing, and plain text is left nowhere."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from bot.backups import nightly
from bot.settings import Backup
from storage import backup
from storage.errors import CopySealed
from storage.scratch import MARK, scratch
from storage.sealing import BEGINS, make_key, read_key, seal, unseal
from tests.bot.test_backups import HOUR, POST, beside, content, held, mode, shell
from tests.bot.test_cli import config, rewrite, wayhome
from tests.house import Talk, Town, town, working

WORD = "swimming"
"""What no encrypted copy may show."""


@pytest.fixture
async def place() -> AsyncIterator[Town]:
    async with town() as place:
        yield place


@pytest.fixture
async def sealed(place: Town, tmp_path: Path) -> Path:
    """An encrypted copy of a desk's database with an entry; the desk is stopped, its key is `key.txt`."""
    (tmp_path / "desk").mkdir()
    async with working(place, tmp_path / "desk") as talk:
        await talk.says(f"{POST} note {WORD}")
        await talk.quiet()
        make_key(tmp_path / "key.txt")
        made = await talk.shell("db", "backup", str(tmp_path / "copy.age"), "--key", str(tmp_path / "key.txt"))
        assert "an encrypted copy" in made
    return tmp_path / "copy.age"


def new(sealed: Path) -> Path:
    folder = sealed.parent / "new"
    folder.mkdir(exist_ok=True)
    return folder


def key(sealed: Path) -> str:
    return str(sealed.parent / "key.txt")


async def test_a_key_is_private_and_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    made = await wayhome("db", "key", str(file))
    assert (made.code, made.err) == (0, "")
    assert mode(file) == 0o600
    assert "AGE-SECRET-KEY" not in made.out
    before = file.read_text()
    again = await wayhome("db", "key", str(file))
    assert again.code == 1
    assert "is there already" in again.err
    assert file.read_text() == before


async def test_an_encrypted_copy_shows_nothing_is_private_and_comes_back(place: Town, sealed: Path) -> None:
    assert mode(sealed) == 0o600
    assert content(sealed).startswith(BEGINS)
    assert WORD.encode() not in content(sealed)
    assert b"SQLite" not in content(sealed)
    assert (await shell(new(sealed), "db", "verify", str(sealed), "--key", key(sealed))).code == 0
    assert not (new(sealed) / "wayhome.db").exists()
    ended = await shell(new(sealed), "db", "restore", str(sealed), "--key", key(sealed))
    assert (ended.code, ended.err) == (0, "")
    assert mode(new(sealed) / "wayhome.db") == 0o600
    async with working(place, new(sealed)) as talk:
        assert WORD in (await talk.says("/show F-0001")).text


async def test_the_config_names_the_key(sealed: Path) -> None:
    path = config(new(sealed))
    rewrite(path, "[database]", f'[backup]\nkey_file = "{key(sealed)}"\n[database]')
    assert (await wayhome("db", "restore", str(sealed), "--config", path)).code == 0
    made = await wayhome("db", "backup", "--config", path)
    assert "an encrypted copy" in made.out
    [copy] = beside(new(sealed), "wayhome-*")
    assert copy.name.endswith(".db.age")
    assert content(copy).startswith(BEGINS)


def flipped(at: int) -> Callable[[bytes], bytes]:
    return lambda held: held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :]


def swapped(held: bytes) -> bytes:
    """Two of the pieces of 64 KiB in each other's place."""
    begins = len(held) - (len(held) - 400) // 65_552 * 65_552
    one, two = held[begins - 65_552 : begins], held[begins : begins + 65_552]
    return held[: begins - 65_552] + two + one + held[begins + 65_552 :] if begins > 65_552 else held[:200] + held[-1:]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a bit of the header": flipped(60),
    "a bit of the first piece": flipped(400),
    "a bit of the middle": flipped(70_000),
    "a bit of the end": flipped(-2),
    "cut short in the header": lambda held: held[:50],
    "cut short in a piece": lambda held: held[:40_000],
    "cut short by a byte": lambda held: held[:-1],
    "cut short at a piece's end": lambda held: held[: -(len(held) % 65_552)],
    "longer": lambda held: held + b"more",
    "pieces in each other's place": swapped,
    "nothing": lambda _: b"",
    "another file": lambda _: b"nothing of the kind " * 99,
}


def damage(file: Path, how: str) -> None:
    file.write_bytes(DAMAGE[how](file.read_bytes()))


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_copy_does_not_open_and_leaves_nothing(how: str, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(os.urandom(65_536) * 3 + b"end")
    make_key(tmp_path / "key.txt")
    wanted = read_key(tmp_path / "key.txt")
    seal(plain, tmp_path / "sealed", wanted)
    damaged = DAMAGE[how]((tmp_path / "sealed").read_bytes())
    assert damaged != (tmp_path / "sealed").read_bytes()
    (tmp_path / "damaged").write_bytes(damaged)
    with pytest.raises(CopySealed):
        unseal(tmp_path / "damaged", tmp_path / "opened", wanted)


@pytest.mark.parametrize("how", ["cut short by a byte", "a bit of the header", "a bit of the middle", "nothing"])
async def test_a_damaged_copy_is_not_restored_and_changes_nothing(how: str, place: Town, sealed: Path) -> None:
    desk = sealed.parent / "desk"
    damage(sealed, how)
    before = content(desk / "wayhome.db")
    ended = await shell(desk, "db", "restore", "--force", str(sealed), "--key", key(sealed))
    assert ended.code == 1
    assert ended.err
    assert content(desk / "wayhome.db") == before
    assert not beside(desk, f"*{MARK}*")
    assert not beside(desk, "*.before-*")


@pytest.mark.parametrize("command", ["restore", "verify"])
async def test_another_key_no_key_and_half_a_key_are_told_plainly(command: str, sealed: Path) -> None:
    public = make_key(sealed.parent / "other.txt")
    (sealed.parent / "public.txt").write_text(public + "\n")
    (sealed.parent / "none.txt").write_text("AGE-SECRET-KEY-1NOTONE\n")
    wanted = {
        ("--key", str(sealed.parent / "other.txt")): "is not opened by this key",
        (): "is encrypted",
        ("--key", str(sealed.parent / "public.txt")): "is encrypted",
        ("--key", str(sealed.parent / "none.txt")): "holds no key",
        ("--key", str(sealed.parent / "absent.txt")): "can't be read",
    }
    for words, said in wanted.items():
        ended = await shell(new(sealed), "db", command, str(sealed), *words)
        assert (ended.code, ended.out) == (1, "")
        assert said in ended.err
        assert "NOTONE" not in ended.err
    assert {one.name for one in beside(new(sealed))} <= {"wayhome.toml", "wayhome.db-desk"}


async def test_half_a_key_seals_and_the_whole_opens(talk: Talk, tmp_path: Path) -> None:
    await talk.says(POST)
    public = make_key(tmp_path / "key.txt")
    (tmp_path / "public.txt").write_text(public + "\n")
    backup.copy(talk.folder / "wayhome.db", tmp_path / "copy.age", read_key(tmp_path / "public.txt"))
    unseal(tmp_path / "copy.age", tmp_path / "copy.db", read_key(tmp_path / "key.txt"))
    assert held(tmp_path / "copy.db", "SELECT ref FROM entries") == [("F-0001",)]


async def test_nights_are_encrypted_and_old_ones_go_plain_ones_too(talk: Talk) -> None:
    await talk.says(POST)
    folder = talk.folder / "copies"
    folder.mkdir()
    (folder / "wayhome-2026-03-01.db.part").write_text("left by a desk that was killed")
    database = talk.folder / "wayhome.db"
    make_key(talk.folder / "key.txt")
    house = replace(talk.desk.house, now=talk.clock.now)
    wanted = Backup(folder=str(folder), keep=2, hour=3)
    sealing = wanted.model_copy(update={"key_file": str(talk.folder / "key.txt")})
    for night in range(3):
        how = sealing if night else wanted
        for _ in range(24):
            await nightly(house, database, how, how.key)
            talk.clock.forward(HOUR)
    kept = [one.name for one in beside(folder)]
    assert len(kept) == 2
    assert all(one.endswith(".db.age") for one in kept)
    assert not beside(talk.folder, f"*{MARK}*")


def test_a_full_disk_leaves_no_copy_and_no_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_key(tmp_path / "key.txt")
    (tmp_path / "plain").write_bytes(b"few")
    wanted = read_key(tmp_path / "key.txt")
    with pytest.raises(OSError, match="No space left"):
        seal(tmp_path / "plain", Path("/dev/full"), wanted)
    seal(tmp_path / "plain", tmp_path / "sealed", wanted)
    with pytest.raises(OSError, match="No space left"):
        unseal(tmp_path / "sealed", Path("/dev/full"), wanted)


def test_the_format_is_that_of_age(tmp_path: Path) -> None:
    make_key(tmp_path / "key.txt")
    (tmp_path / "plain").write_bytes(b"few")
    seal(tmp_path / "plain", tmp_path / "sealed", read_key(tmp_path / "key.txt"))
    secret = (tmp_path / "key.txt").read_text().splitlines()[-1]
    assert pyrage.decrypt((tmp_path / "sealed").read_bytes(), [pyrage.x25519.Identity.from_str(secret)]) == b"few"


async def test_what_a_killed_process_left_is_gone_and_what_is_in_use_stays(tmp_path: Path) -> None:
    database = tmp_path / "wayhome.db"
    holding = (
        "import sys, time\nfrom pathlib import Path\nfrom storage.scratch import scratch\n"
        "with scratch(Path(sys.argv[1])) as room:\n"
        "    (room / 'plain.db').write_text('plain')\n    print('in', flush=True)\n    time.sleep(60)\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", holding, str(database), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    await process.stdout.readline()
    with scratch(database) as mine:
        assert len(beside(tmp_path, f"*{MARK}*")) == 2
        assert mode(mine) == 0o700
    [left] = beside(tmp_path, f"*{MARK}*")
    process.send_signal(signal.SIGKILL)
    await process.wait()
    assert (left / "plain.db").exists()
    with scratch(database):
        assert not left.exists()


async def test_a_starting_desk_removes_what_a_killed_one_left(place: Town, tmp_path: Path) -> None:
    left = tmp_path / f"wayhome.db{MARK}left"
    left.mkdir()
    (left / "plain.db").write_text("plain")
    async with working(place, tmp_path):
        assert not left.exists()
