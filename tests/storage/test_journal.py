import random
from datetime import timedelta

import pytest

from storage import chain, journal, teams
from storage.door import Door, Tx
from tests.storage.made import NOON, ZHUSAN, behind_its_back, post, revise

LINES = 12


@pytest.fixture
async def told(door: Door, team: int) -> None:
    """A journal of twelve lines about six entries, and another team's."""
    for _ in range(LINES // 2):
        await door.change(revise, await door.change(post, team), women=68)
    await door.change(post, await door.change(teams.ensure, "Their team"))


async def test_a_journal_nobody_touched_is_right(door: Door, team: int, told: None) -> None:
    verdict = await door.read(chain.verify, team)
    assert (verdict.ok, verdict.lines, verdict.first_bad, verdict.why) == (True, LINES, None, "")
    assert (LINES, verdict.head) == await door.read(chain.head, team)


async def test_an_empty_journal_is_right(door: Door, team: int) -> None:
    verdict = await door.read(chain.verify, team)
    assert (verdict.ok, verdict.lines, verdict.head) == (True, 0, "0" * 64)


@pytest.mark.parametrize(
    ("tampering", "first_bad", "why"),
    [
        ("UPDATE journal SET payload = replace(payload, '67', '66') WHERE team = 1 AND seq = 5", 5, "changed"),
        ("UPDATE journal SET salt = payload, payload = salt WHERE team = 1 AND seq = 5", 5, "changed"),
        ("UPDATE journal SET at = '2019-06-01T12:00:00.000001Z' WHERE team = 1 AND seq = 3", 3, "changed"),
        ("UPDATE journal SET act = 'withdrawn' WHERE team = 1 AND seq = 4", 4, "changed"),
        ("UPDATE journal SET entry = 2 WHERE team = 1 AND seq = 1", 1, "changed"),
        ("UPDATE journal SET entry = NULL WHERE team = 1 AND seq = 1", 1, "changed"),
        ("UPDATE journal SET revision = 1 WHERE team = 1 AND seq = 2", 2, "changed"),
        ("UPDATE journal SET hash = digest WHERE team = 1 AND seq = 2", 2, "changed"),
        ("UPDATE journal SET payload = NULL WHERE team = 1 AND seq = 6", 6, "changed"),
        ("DELETE FROM journal WHERE team = 1 AND seq = 7", 7, "missing"),
        ("DELETE FROM journal WHERE team = 1 AND seq = 1", 1, "missing"),
        ("DELETE FROM journal WHERE team = 1 AND seq >= 11", 11, "missing"),
        ("DELETE FROM journal WHERE team = 1", 1, "missing"),
        ("UPDATE teams SET seq = 10 WHERE id = 1", 11, "added"),
        ("UPDATE teams SET seq = 13 WHERE id = 1", 13, "missing"),
        ("UPDATE teams SET head = '00' WHERE id = 1", 12, "changed"),
        (
            "INSERT INTO journal SELECT team, 0, at, act, entry, revision, '', '', digest, hash FROM journal LIMIT 1",
            1,
            "added",
        ),
        (
            "INSERT INTO journal SELECT team, 13, at, act, entry, revision, '', '', digest, hash FROM journal LIMIT 1",
            13,
            "added",
        ),
    ],
)
async def test_every_change_behind_its_back_is_found(
    door: Door, team: int, told: None, url: str, tampering: str, first_bad: int, why: str
) -> None:
    behind_its_back(url, tampering)
    verdict = await door.read(chain.verify, team)
    assert (verdict.ok, verdict.first_bad, verdict.why) == (False, first_bad, why)


async def test_lines_that_changed_places_are_found(door: Door, team: int, told: None, url: str) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    one, other = sorted(random.Random(seed).sample(range(1, LINES + 1), 2))
    behind_its_back(
        url,
        f"UPDATE journal SET seq = 100 WHERE team = 1 AND seq = {one}",
        f"UPDATE journal SET seq = {one} WHERE team = 1 AND seq = {other}",
        f"UPDATE journal SET seq = {other} WHERE team = 1 AND seq = 100",
    )
    assert (await door.read(chain.verify, team)).first_bad == one


async def test_a_line_cut_out_with_the_rest_moved_up_is_found(door: Door, team: int, told: None, url: str) -> None:
    behind_its_back(
        url,
        "DELETE FROM journal WHERE team = 1 AND seq = 4",
        *(f"UPDATE journal SET seq = {seq} WHERE team = 1 AND seq = {seq + 1}" for seq in range(4, LINES)),
        "UPDATE teams SET seq = 11 WHERE id = 1",
    )
    verdict = await door.read(chain.verify, team)
    assert (verdict.first_bad, verdict.why) == (4, "changed")


async def test_an_emptied_line_still_holds_the_chain(door: Door, team: int, told: None, url: str) -> None:
    behind_its_back(url, "UPDATE journal SET payload = NULL, salt = NULL WHERE team = 1 AND seq = 5")
    verdict = await door.read(chain.verify, team)
    assert (verdict.ok, verdict.emptied) == (True, 1)
    lines = await door.read(journal.history, team, 3)
    assert [(one.seq, one.values is None) for one in lines] == [(5, True), (6, False)]


async def test_equal_payloads_have_unequal_digests(door: Door, team: int) -> None:
    await door.change(post, team)
    await door.change(post, team)

    def salts(tx: Tx) -> set[tuple[str, str]]:
        return {
            (row["salt"], row["digest"])
            for row in tx.all("SELECT salt, digest FROM journal WHERE team = :team", team=team)
        }

    assert len(await door.read(salts)) == 2


async def test_a_history_tells_who_did_what_and_how_it_stood_since(door: Door, team: int) -> None:
    posted = await door.change(post, team)
    corrected = await door.change(revise, posted, women=68, at=NOON + timedelta(hours=1))
    await door.change(post, team)
    await door.change(revise, corrected, withdraw=True, at=NOON + timedelta(hours=2))
    lines = await door.read(journal.history, team, posted.id)
    assert [(one.seq, one.act, one.revision, one.withdrawn, one.reason) for one in lines] == [
        (1, "posted", 1, False, ""),
        (2, "corrected", 2, False, ""),
        (4, "withdrawn", 3, True, "twice"),
    ]
    assert lines[0].values == ZHUSAN
    assert lines[1].values is not None
    assert (lines[1].values["women"], lines[1].who, lines[1].at) == (68, 2001, NOON + timedelta(hours=1))


async def test_the_numbers_leave_no_gap_whatever_fails(door: Door, team: int) -> None:
    def fails(tx: Tx) -> None:
        post(tx, team)
        raise LookupError

    def finds_nothing_to_do(tx: Tx) -> int:
        return teams.begin(tx, team)

    await door.change(post, team)
    assert await door.change(finds_nothing_to_do) == 2
    with pytest.raises(LookupError):
        await door.change(fails)
    await door.change(post, team)
    assert (await door.read(chain.verify, team)).lines == await door.read(teams.seq, team) == 2


async def test_a_line_that_does_not_follow_the_last_one_is_refused(door: Door, team: int) -> None:
    def jumps(tx: Tx, ahead: int) -> None:
        journal.note(tx, team, teams.begin(tx, team) + ahead, NOON, "refused", who=1)

    for ahead in (1, -1):
        with pytest.raises(ValueError, match="doesn't follow"):
            await door.change(jumps, ahead)
    await door.change(jumps, 0)
    assert (await door.read(chain.verify, team)).ok


async def test_one_change_may_write_several_lines(door: Door, team: int) -> None:
    def many(tx: Tx) -> None:
        seq = teams.begin(tx, team)
        for number in range(5):
            journal.note(tx, team, seq + number, NOON, "refused", who=1, details={"rule": "phone"})

    await door.change(many)
    assert (await door.read(chain.verify, team)).lines == 5


async def test_a_team_that_is_not_there_has_no_lock(door: Door) -> None:
    with pytest.raises(KeyError):
        await door.change(teams.begin, 99)
