"""The demo's posts are all taken, and what they come to is what was published."""

import json
from pathlib import Path

from bot.demo import Script, play
from tests.house import MONDAY, Talk, talking


async def test_every_post_of_the_demo_is_kept_and_the_sums_are_those_published(talk: Talk) -> None:
    script = Script.read(talk.clock.now())
    for who, text in script.posts:
        answer = await talk.says(text, who)
        assert answer.buttons or "F-" in answer.text or "S-" in answer.text, answer.text
        assert "Not stored" not in answer.text, answer.text
    assert len(await talk.kept()) == len(script.posts)
    flights = json.loads(await talk.shell("stats", "flights", "all", "by", "citizens", "--json"))
    returned = {one["key"]: one["people"] for one in flights["groups"]}
    assert returned == {"KZ": 600, "US": 23, "BA": 25}
    assert flights["of_which"]["orphans"] == 18


def test_the_script_has_somebody_the_desk_does_not_know() -> None:
    script = Script.read(MONDAY)
    everybody = {one["id"] for one in script.people}
    assert set(script.members) < everybody


async def test_the_demo_brings_its_people_in_by_invitations_and_ties_its_group(tmp_path: Path) -> None:
    script = Script.read(MONDAY)
    async with talking(tmp_path, owners=(script.owner,)) as talk:
        await play(talk.people.url, script)
        assert len(await talk.kept()) == len(script.posts)
        found = talk.rows("SELECT who, role, label FROM members ORDER BY who")
        told = {one["who"]: f"{one['role']} {one['label']}" for one in found}
        assert told == script.joins
        assert len(talk.rows("SELECT * FROM linked")) == 1
