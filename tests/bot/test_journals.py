"""`wayhome journal show` and `verify`, beside a desk at work and after somebody had a hand in the database."""

import re
from pathlib import Path

import pytest

from tests.bot.test_cli import config, wayhome
from tests.house import AIGUL, TIMUR, Talk
from tests.storage.made import behind_its_back

POST = "/flight women 3 from Syria to Aktau yesterday arrived"


async def three(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says("/edit F-0001 women 4", TIMUR)
    await talk.says(POST.replace("Syria", "Iraq"))
    await talk.quiet()


def sealed(talk: Talk, seq: int) -> str:
    return str(talk.rows(f"SELECT hash FROM journal WHERE seq = {seq}")[0]["hash"])[:12]


async def complaint(folder: Path, *words: str) -> str:
    ended = await wayhome("journal", "verify", *words, "--config", config(folder))
    assert (ended.code, ended.out) == (1, "")
    return ended.err


async def test_the_journal_is_shown_line_by_line(talk: Talk) -> None:
    await three(talk)
    lines = [line.split("\t") for line in (await talk.shell("journal", "show")).splitlines()]
    assert [(one[0], one[2], one[3], one[4]) for one in lines] == [
        ("1", "F-0001", "posted", str(AIGUL)),
        ("2", "F-0001", "corrected", str(TIMUR)),
        ("3", "F-0002", "posted", str(AIGUL)),
    ]
    assert "women 3 → 4" in lines[1][5]
    only = await talk.shell("journal", "show", "--entry", "f-0002")
    assert [line.split("\t")[0] for line in only.splitlines()] == ["3"]
    assert not await talk.shell("journal", "show", "--since", "2026-03-03")
    assert len((await talk.shell("journal", "show", "--since", "2026-03-02")).splitlines()) == 3


async def test_an_entry_nobody_knows_is_told(talk: Talk) -> None:
    await three(talk)
    ended = await wayhome("journal", "show", "--entry", "F-9", "--config", config(talk.folder))
    assert (ended.code, ended.out) == (1, "")
    assert "there is no F-9" in ended.err


async def test_a_digests_head_is_found_again(talk: Talk) -> None:
    await three(talk)
    digest = (await talk.says("/digest now")).text
    last = digest.splitlines()[-1]
    found = re.search(r"(\d+)\D+([0-9a-f]{12})", last)
    assert found, last
    seq, head = found.groups()
    told = await talk.shell("journal", "verify", "--head", head, "--seq", seq)
    assert f"line {seq} is sealed with {head}" in told
    await talk.says(POST.replace("Syria", "Jordan"))
    assert "as the digest says" in await talk.shell("journal", "verify", "--head", head, "--seq", seq)


async def test_lines_cut_off_at_the_end_are_found_by_a_digests_head(talk: Talk) -> None:
    """Whoever moves the head back too leaves a journal that is whole in itself; an old digest tells."""
    await three(talk)
    head, before = sealed(talk, 3), talk.rows("SELECT hash FROM journal WHERE seq = 2")[0]["hash"]
    database = f"sqlite:///{talk.folder}/wayhome.db"
    behind_its_back(database, "DELETE FROM journal WHERE seq = 3")
    assert "line 3 is missing" in await complaint(talk.folder)
    behind_its_back(database, f"UPDATE teams SET seq = 2, head = '{before}'", "DELETE FROM entries WHERE id = 2")
    assert "2 lines" in await talk.shell("journal", "verify")
    assert "ends with line 2" in await complaint(talk.folder, "--head", head, "--seq", "3")


async def test_a_journal_written_anew_is_found_by_a_digests_head(talk: Talk) -> None:
    await three(talk)
    other = "0123456789ab" if sealed(talk, 2) != "0123456789ab" else "ba9876543210"
    told = await complaint(talk.folder, "--head", other, "--seq", "2")
    assert "written anew up to line 2" in told


@pytest.mark.parametrize(
    ("tampering", "line"),
    [
        ("UPDATE journal SET payload = replace(payload, 'women', 'men') WHERE seq = 2", "line 2 is changed"),
        ("DELETE FROM journal WHERE seq = 2", "line 2 is missing"),
        (
            "INSERT INTO journal SELECT team, 4, at, act, entry, revision, payload, salt, digest, hash FROM journal LIMIT 1",
            "line 4 is added",
        ),
        ("UPDATE journal SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq > 1", "line 2 is changed"),
    ],
)
async def test_the_first_line_that_is_not_right_is_named(talk: Talk, tampering: str, line: str) -> None:
    await three(talk)
    behind_its_back(f"sqlite:///{talk.folder}/wayhome.db", tampering, "UPDATE journal SET seq = -seq WHERE seq < 0")
    assert line in await complaint(talk.folder)


@pytest.mark.parametrize("words", [("--head", "0123456789ab"), ("--seq", "2"), ("--head", "many", "--seq", "2")])
async def test_half_a_head_is_wrong_words(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = await wayhome("journal", "verify", *words, "--config", config(tmp_path))
    assert (ended.code, ended.out) == (2, "")
    assert "--seq" in ended.err
