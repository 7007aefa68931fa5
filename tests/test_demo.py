"""The demo's posts are all taken, and what they come to is what was published."""

import json

from bot.demo import Script
from tests.house import MONDAY, Talk


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
