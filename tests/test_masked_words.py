"""What people wrote freely, in a private chat or elsewhere, is told to no group whose figures are masked."""

import pytest

from tests.house import Talk
from tests.test_carrying import all_sent, until

POST = "/flight date 28.02.2026 from Syria to Aktau people 231 women 59 children 156"
AHEAD = "/flight date 20.03.2026 from Erbil to Astana expected 48"


async def morning(talk: Talk, *changes: str) -> tuple[str, str]:
    """What a group's digest, and a private one, say after the changes."""
    group = await talk.group()
    await talk.says(POST)
    await talk.says(AHEAD)
    await talk.says("/digest daily 08:00", chat=group)
    await talk.says("/digest daily 08:00")
    talk.clock.forward(23 * 3_600)
    await until(lambda: all_sent(talk))
    for one in changes:
        await talk.says(one)
    return (await talk.says("/digest now", chat=group)).text, (await talk.says("/digest now")).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("/withdraw F-0001 only two orphans came", "only two orphans"),
        ("/withdraw F-0002 it goes to Karaganda instead", "Karaganda"),
        ("/edit F-0001 note two orphans stayed behind", "two orphans"),
        ("/edit F-0001 source the ministry of two orphans", "two orphans"),
        ("/edit F-0001 carrier two orphans air", "two orphans"),
        ("/figure F-0001 people 17 source the ministry", "17"),
        ("/figure F-0001 people 17 source the ministry", "ministry"),
    ],
)
async def test_a_groups_digest_tells_no_free_words_and_a_private_one_does(talk: Talk, change: str, words: str) -> None:
    group, private = await morning(talk, change)
    assert words not in group.split("Journal")[0]
    if not change.startswith("/figure"):
        assert words in private
        assert "F-000" in group


async def test_a_question_about_duplicates_in_a_group_tells_no_free_words(talk: Talk) -> None:
    group = await talk.group()
    await talk.says(f"{POST} note two orphans stayed behind")
    asked = await talk.says(POST, chat=group)
    assert "again" in asked.text
    assert "orphans" not in asked.text
