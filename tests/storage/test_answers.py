from datetime import timedelta

from storage import answers, teams
from storage.answers import Card
from storage.door import Door
from tests.storage.made import NOON, post


async def test_the_latest_answer_to_a_message_is_the_one_to_change(door: Door, team: int) -> None:
    entry = await door.change(post, team)
    await door.change(answers.keep, team, 5, 10, answer=11, entry=None, at=NOON)
    assert await door.read(answers.of_message, team, 5, 10) == 11
    assert await door.read(answers.entry_of, team, 5, 11) is None
    await door.change(answers.keep, team, 5, 10, answer=11, entry=entry.id, at=NOON)
    assert await door.read(answers.entry_of, team, 5, 11) == entry.id
    await door.change(answers.keep, team, 5, 10, answer=15, entry=entry.id, at=NOON)
    assert await door.read(answers.of_message, team, 5, 10) == 15
    assert await door.read(answers.entry_of, team, 5, 11) == entry.id


async def test_a_message_nobody_answered_has_no_answer(door: Door, team: int) -> None:
    assert await door.read(answers.of_message, team, 5, 10) is None
    assert await door.read(answers.entry_of, team, 5, 11) is None


async def test_old_answers_are_forgotten_a_few_at_a_time(door: Door, team: int) -> None:
    for number in range(5):
        await door.change(
            answers.keep, team, 5, number, answer=10 + number, entry=None, at=NOON + timedelta(days=number)
        )
    assert [await door.change(answers.prune, team, NOON + timedelta(days=3), 2) for _ in range(3)] == [2, 1, 0]
    kept = [await door.read(answers.of_message, team, 5, number) for number in range(5)]
    assert kept == [None, None, None, 13, 14]


async def test_a_chats_cards_end_in_its_first_and_its_last_one() -> None:
    cards = [Card(5, 30, "ru"), Card(5, 20, "ru"), Card(5, 11, "ru"), Card(-100, 12, None)]
    assert answers.ends(cards) == [cards[0], cards[2], cards[3]]
    assert answers.ends([]) == []


async def test_every_card_of_an_entry_is_known(door: Door, team: int) -> None:
    entry = await door.change(post, team)
    for chat, answer in ((5, 11), (-100, 12), (5, 20)):
        await door.change(answers.keep, team, chat, 1, answer=answer, entry=entry.id, at=NOON, language="kk")
    cards = await door.read(answers.cards_of, team, entry.id)
    assert [(one.chat, one.message, one.language) for one in cards] == [(5, 20, "kk"), (5, 11, "kk"), (-100, 12, "kk")]
    assert await door.read(answers.cards_of, await door.change(teams.ensure, "Their team"), entry.id) == []
