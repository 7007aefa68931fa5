"""The first minutes at the desk: from `/start` to a first post, and help whose examples can be sent as they are."""

import re

import pytest

from records.command import Wish, read_wish
from records.kinds import KINDS
from render.catalogue import languages, sentences
from tests.house import AIGUL, Talk
from tests.records.said import context, words


async def test_a_new_member_posts_with_the_third_message(talk: Talk) -> None:
    welcome = await talk.says("/start")
    _, form = await talk.presses(welcome, "Session", AIGUL)
    text = next(one for one in form.code() if one.startswith("/session"))
    for field, value in (("date", "03.06.2019"), ("site", "Aktau"), ("type", "legal"), ("people", "3")):
        text = text.replace(f"\n{field}:", f"\n{field}: {value}")
    assert "S-0001" in (await talk.says(text)).text


async def test_every_example_in_the_help_of_a_kind_is_posted_as_it_stands(talk: Talk) -> None:
    for kind in ("flight", "session"):
        told = await talk.says(f"/help {kind}")
        examples = [one for one in told.code() if one.startswith(f"/{kind}")]
        assert len(examples) == 2
        assert told.copies == examples[1:]
        assert f"/template {kind}" in told.code()
        for example in examples:
            assert "✋" not in (await talk.says(example)).text
    assert len(await talk.kept()) == 4


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "key", ["command.digest.help", "schedule.how", "expected.rule", "expected.condition", "expected.when_empty"]
)
def test_every_example_of_a_digest_reads_in_its_language(language: str, key: str) -> None:
    examples = [
        one.removeprefix("/digest ") for one in re.findall("<code>(.*?)</code>", sentences(language).gettext(key))
    ]
    assert examples
    for example in examples:
        wish = read_wish(example, KINDS, words(), context())
        assert isinstance(wish, Wish), (example, wish)
        assert "for site" not in example or wish.filter
