"""The guides and the help are true: whoever copies an example of theirs into the chat is never refused."""

import re
from pathlib import Path

import pytest

from records.command import envelope
from records.commands import COMMANDS
from render.catalogue import languages, sentences
from tests.docs.test_reference import BLOCK, GUIDE, TRANSLATED, wrong_with
from tests.house import talking

BEFORE = (
    "/flight 05.02.2026 from Syria to Aktau people 12",
    "/flight 12.02.2026 from Iraq to Astana people 14",
    "/flight 19.02.2026 from Syria to Astana people 231 children 156",
)
"""So that there is an F-0003 to correct and to take back."""
REFUSED = ("✋", "🔍", "⚠️")
SHOWN = re.compile(r"<code>(/[^<{]+)</code>")
HELPFUL = ("overview.how", "schedule.how", "schedule.off", *(f"command.{one.name}.help" for one in COMMANDS))
EXAMPLES = ("example.flight", "example.session")


def examples_of(guide: Path) -> list[str]:
    return [one.strip() for one in BLOCK.findall(guide.read_text("utf-8")) if one.startswith("/")]


def language_of(guide: Path) -> str:
    return guide.stem.partition(".")[2] or "en"


@pytest.mark.parametrize("guide", [GUIDE, *TRANSLATED], ids=lambda path: path.name)
async def test_every_example_of_a_guide_is_taken(tmp_path: Path, guide: Path) -> None:
    examples = examples_of(guide)
    posts = [one for one in examples if one.startswith(("/flight", "/session"))]
    assert len(posts) == 4
    async with talking(tmp_path) as talk:
        await talk.says(f"/language {language_of(guide)}")
        for one in (*BEFORE, *examples):
            answer = await talk.says(one)
            assert not any(sign in answer.text for sign in REFUSED), f"{one}\n{answer.text}"
        entries = talk.rows("SELECT ref, women, people, withdrawn FROM entries ORDER BY id")
        assert len(entries) == len(BEFORE) + len(posts)
        taken_back = [one["ref"] for one in entries if one["withdrawn"]]
        assert taken_back == ["F-0003"]


@pytest.mark.parametrize("language", languages())
def test_every_example_the_desk_gives_can_be_sent(language: str) -> None:
    said = sentences(language).gettext
    shown = [said(key) for key in EXAMPLES] + [one for key in HELPFUL for one in SHOWN.findall(said(key))]
    assert len(shown) > len(COMMANDS)
    for one in shown:
        (command,) = envelope(one, "wayhome_bot", [each.name for each in COMMANDS])
        assert not wrong_with(command), one
