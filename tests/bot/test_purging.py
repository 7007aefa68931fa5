"""`wayhome purge`, beside a desk at work and without one."""

import asyncio
import sys
from asyncio.subprocess import PIPE

from storage import chain
from tests.house import Talk
from tests.storage.made import behind_its_back

POST = "/flight women 3 from Syria to Aktau yesterday arrived\nnote: blankets"


async def refused(talk: Talk, *words: str) -> str:
    await talk.shell("journal", "verify")  # writes the config
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, "--config", str(talk.folder / "wayhome.toml"), stdout=PIPE, stderr=PIPE
    )
    out, wrong = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    return wrong.decode()


async def test_a_withdrawn_entry_is_emptied_at_once_beside_a_desk_at_work(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says(POST.replace("Syria", "Iraq"))
    await talk.says("/withdraw F-0001")
    await talk.quiet()
    assert "F-0001: emptied" in await talk.shell("purge", "--entry", "f-0001")
    assert "kept nowhere" in (await talk.says("/show F-0001")).text
    assert "blankets" in (await talk.says("/show F-0002")).text
    assert "F-0003" in (await talk.says(POST.replace("Syria", "Jordan"))).text
    assert (await talk.desk.house.door.read(chain.verify, talk.desk.house.team.id)).ok


async def test_one_that_stands_is_not_emptied_nor_is_any_other_then(talk: Talk) -> None:
    await talk.says(POST)
    await talk.says(POST.replace("Syria", "Iraq"))
    await talk.says("/withdraw F-0001")
    told = await refused(talk, "purge", "--entry", "F-0001", "--entry", "F-0002", "--entry", "F-9")
    assert "F-0002 is not withdrawn" in told
    assert "there is no F-9" in told
    assert "blankets" in (await talk.says("/show F-0001")).text


async def test_all_withdrawn_entries_are_emptied_and_no_others(talk: Talk) -> None:
    for place in ("Syria", "Iraq", "Jordan"):
        await talk.says(POST.replace("Syria", place))
    for ref in ("F-0001", "F-0003"):
        await talk.says(f"/withdraw {ref}")
    await talk.quiet()
    told = await talk.shell("purge", "--all-withdrawn")
    assert "withdrawn entries emptied: 2" in told
    assert [one["ref"] for one in talk.rows("SELECT ref FROM entries WHERE body = '{}' ORDER BY id")] == [
        "F-0001",
        "F-0003",
    ]
    assert "withdrawn entries emptied: 0" in await talk.shell("purge", "--all-withdrawn")


async def test_a_round_takes_only_what_is_over(talk: Talk) -> None:
    for place, ref in (("Syria", "F-0001"), ("Iraq", "F-0002")):
        await talk.says(POST.replace("Syria", place))
        await talk.says(f"/withdraw {ref}")
    await talk.quiet()
    behind_its_back(
        f"sqlite:///{talk.folder}/wayhome.db",
        "UPDATE entries SET withdrawn = '2001-01-01T00:00:00.000000Z' WHERE id = 1",
        "UPDATE entries SET withdrawn = '2999-01-01T00:00:00.000000Z', revised = '2999-01-01T00:00:00.000000Z' WHERE id = 2",
    )
    told = await talk.shell("purge")
    assert "F-0001: emptied" in told
    assert "F-0002" not in told
    assert "is forgotten" in told
