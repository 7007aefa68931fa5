"""`wayhome journal show` and `verify`, beside a desk at work and after somebody had a hand in the database."""

import re
from pathlib import Path

import pytest

from tests.bot.test_cli import config, wayhome
from tests.house import AIGUL, TIMUR, Talk, talking
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


async def told(talk: Talk) -> dict[str, tuple[str, str]]:
    """Act → who and what, of each line about no entry."""
    await talk.quiet()
    lines = [(line + "\t").split("\t") for line in (await talk.shell("journal", "show")).splitlines()]
    assert all(len(one) in {6, 7} for one in lines), lines
    return {one[3]: (one[4], one[5]) for one in lines if one[2] == "-"}


async def test_what_is_about_no_entry_is_told_too(tmp_path: Path) -> None:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        invited = await talk.says("/invite viewer Aktau desk 2")
        await talk.says(f"/start {invited.text.partition('start=')[2].split()[0]}", TIMUR)
        await talk.says("/export flights", TIMUR)
        await talk.says(POST, TIMUR)
        _, member = await talk.presses(await talk.says("/team"), "Timur")
        await talk.presses(member, "Reporter")
        await talk.says("/flight women 3 from Syria to Aktau yesterday arrived justice 1", TIMUR)
        await talk.says("/show F-0001")
        await talk.says("/sites add Umit")
        await talk.says("/sites rename Umit to Umit house")
        group = await talk.group()
        await talk.says("/language ru", chat=group)
        await talk.says("/digest daily 08:00 zone Asia/Almaty", chat=group)
        lines = await told(talk)
    assert lines["invited"] == (str(AIGUL), "role viewer; function Aktau desk 2")
    assert lines["joined"] == (str(TIMUR), f"role viewer; function Aktau desk 2; invited by {AIGUL}")
    assert lines["refused"] == (str(TIMUR), "may not export")
    assert lines["role_changed"] == (str(AIGUL), f"person {TIMUR}; role viewer → reporter")
    assert lines["viewed"] == (str(AIGUL), "by show; entry F-0001")
    assert lines["site_renamed"][1].endswith("name Umit → Umit house")
    assert lines["language_set"] == (str(AIGUL), f"chat {group}; language ru")
    assert lines["digest_set"][1].startswith(f"chat {group}; topic 0; hour daily 08:00; zone Asia/Almaty")


async def test_somebody_who_was_forgotten_is_a_number_in_others_lines_too(tmp_path: Path) -> None:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        invited = await talk.says("/invite viewer Aktau desk 2")
        await talk.says(f"/start {invited.text.partition('start=')[2].split()[0]}", TIMUR)
        _, member = await talk.presses(await talk.says("/team"), "Timur")
        await talk.presses(member, "Reporter")
        asked = await talk.says("/forget_me", TIMUR)
        yes = next(label for label, data in asked.buttons.items() if data.startswith("z:yes:"))
        await talk.presses(asked, yes, TIMUR)
        shown = await talk.shell("journal", "show")
    assert f"{TIMUR}" not in re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "", shown)
    assert re.search(r"person forgotten no\. \d+; role viewer → reporter", shown)


async def test_words_with_tabs_and_lines_stay_in_their_column(talk: Talk) -> None:
    await talk.says(f"{POST}\nnote: first\tsecond  third")
    await talk.quiet()
    (line,) = (await talk.shell("journal", "show")).splitlines()
    assert len(line.split("\t")) == 6
