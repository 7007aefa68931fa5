"""What the journal says beside what became of entries: who saw counts that few may see, and who changed a group's settings."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import AIGUL, TIMUR, Talk, talking

JUSTICE = "/flight 01.03.2026 from Al-Hasakah to Aktau men 12 children 31 justice 7"


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        await talk.enrol(TIMUR, "reporter")
        yield talk


def written(talk: Talk, *acts: str) -> list[tuple[str, str]]:
    """The lines of these acts: the act, and what it was about."""
    named = ", ".join(f"'{one}'" for one in acts)
    return [
        (one["act"], one["payload"]) for one in talk.rows(f"SELECT * FROM journal WHERE act IN ({named}) ORDER BY seq")
    ]


@pytest.mark.parametrize("asked", ["/show F-0001", "/history F-0001", "/stats flights all"])
async def test_who_sees_counts_that_few_may_see_is_written_down(team: Talk, asked: str) -> None:
    await team.says(JUSTICE, TIMUR)
    assert "justice" in (await team.says(asked)).text.casefold()
    [(_, about)] = written(team, "viewed")
    assert f'"command":"{asked[1:].split(maxsplit=1)[0]}"' in about.replace(" ", "")
    assert "viewed" in await team.shell("journal", "show")


async def test_who_sees_none_of_them_or_their_own_is_not_written_down(team: Talk) -> None:
    await team.says(JUSTICE, TIMUR)
    for asked in ("/show F-0001", "/history F-0001", "/stats flights all"):
        await team.says(asked, TIMUR)
    for asked in ("/stats sessions all", "/stats flights by to", "/list", "/stats"):
        await team.says(asked)
    assert written(team, "viewed") == []


async def test_a_groups_settings_are_written_down_and_ones_own_are_nobody_elses(team: Talk) -> None:
    group = await team.group()
    for said in ("/digest daily 09:00", "/digest daily 10:00 for site Aktau", "/digest off all", "/language ru"):
        await team.says(said, AIGUL, group)
        await team.says(said, AIGUL)
    lines = written(team, "digest_set", "digest_off", "language_set")
    assert [act for act, _ in lines] == ["digest_set", "digest_set", "digest_off", "digest_off", "language_set"]
    assert all(str(group) in about for _, about in lines)
    assert "daily 09:00" in lines[0][1]
    assert "site=aktau" in lines[1][1]
