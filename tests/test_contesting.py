"""Two people change one field: the second is asked, never is anything overwritten silently."""

from tests.house import AIGUL, SAMIRA, TIMUR, Talk
from tests.talk import Heard
from tests.test_replying import now

ZHUSAN = "/flight date 09.05.2019 from Syria to Aktau people 231 women 59 children 156"
PLANNED = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


async def asked(talk: Talk) -> tuple[Heard, Heard]:
    """Aigul's message and the question: Timur made 61 women of her 59, then her message says 62 and 157 children."""
    said, _ = await talk.posts(ZHUSAN)
    await talk.says("/edit F-0001 women 61", who=TIMUR)
    return said, await talk.edits(said, ZHUSAN.replace("women 59", "women 62").replace("156", "157"))


async def women(talk: Talk) -> int:
    [entry] = await talk.kept()
    return int(entry["women"])


async def test_who_overwrites_a_colleagues_correction_is_told_and_asked_first(talk: Talk) -> None:
    _, question = await asked(talk)
    assert "61" in question.text
    assert "62" in question.text
    assert set(question.buttons) == {"Keep theirs", "Take mine"}
    [entry] = await talk.kept()
    assert (entry["women"], entry["children_not_stated"]) == (61, 157)


async def test_taking_mine_changes_only_what_was_asked_about(talk: Talk) -> None:
    _, question = await asked(talk)
    _, card = await talk.presses(question, "Take mine")
    assert "61 → 62" in card.text
    assert await women(talk) == 62


async def test_keeping_theirs_changes_nothing_and_gives_the_card_back(talk: Talk) -> None:
    said, question = await asked(talk)
    told, card = await talk.presses(question, "Keep theirs")
    assert told
    assert "Take mine" not in card.buttons
    assert await women(talk) == 61
    await talk.edits(said, ZHUSAN.replace("women 59", "women 62").replace("156", "158"))
    assert await women(talk) == 61


async def test_once_the_entry_moved_on_the_question_is_put_anew(talk: Talk) -> None:
    _, question = await asked(talk)
    await talk.says("/edit F-0001 women 63", who=TIMUR)
    anew = await now(talk, question)
    assert "63 meanwhile, 62 in your message" in anew.text
    assert anew.buttons != question.buttons
    _, card = await talk.presses(anew, "Take mine")
    assert "63 → 62" in card.text
    assert await women(talk) == 62


async def test_two_presses_at_once_have_one_effect(talk: Talk) -> None:
    _, question = await asked(talk)
    body = {"chat": question.chat, "message": question.id, "data": question.buttons["Take mine"]}
    for _ in range(2):
        await talk.people.call(f"/person/{AIGUL}/press", body)
    assert await women(talk) == 62
    assert [entry["revision"] for entry in await talk.kept()] == [4]


async def test_only_whose_message_it_is_may_say(talk: Talk) -> None:
    group = await talk.group()
    said = await talk.tells(ZHUSAN, chat=group)
    await talk.people.hears(group, after=said.id)
    await talk.tells("/edit F-0001 women 61", who=TIMUR, chat=group)
    await talk.quiet()
    question = await talk.edits(said, ZHUSAN.replace("women 59", "women 62"))
    await talk.presses(question, "Take mine", TIMUR)
    assert await women(talk) == 61
    await talk.presses(question, "Take mine")
    assert await women(talk) == 62


async def test_ones_own_correction_or_the_same_value_or_another_field_is_no_contest(talk: Talk) -> None:
    said, _ = await talk.posts(ZHUSAN)
    await talk.says("/edit F-0001 women 60")
    await talk.edits(said, ZHUSAN.replace("women 59", "women 62"))
    assert await women(talk) == 62
    await talk.says("/edit F-0001 women 63 carrier Air", who=TIMUR)
    card = await talk.edits(said, ZHUSAN.replace("women 59", "women 63"))
    assert "Take mine" not in card.buttons
    card = await talk.edits(said, ZHUSAN.replace("women 59", "women 63").replace("156", "157"))
    assert "Take mine" not in card.buttons
    assert await women(talk) == 63


async def test_a_status_somebody_else_set_and_its_numbers_are_asked_about(talk: Talk) -> None:
    said, _ = await talk.posts(PLANNED)
    await talk.says("/edit F-0001 status cancelled", who=TIMUR)
    question = await talk.edits(said, f"{PLANNED} status departed")
    assert "ancelled" in question.text
    await talk.presses(question, "Take mine")
    assert [entry["status"] for entry in await talk.kept()] == ["departed"]


async def test_who_was_only_asked_keeps_nobody_from_undoing(talk: Talk) -> None:
    said, _ = await talk.posts(ZHUSAN)
    await talk.says("/edit F-0001 women 61", who=TIMUR)
    await talk.edits(said, ZHUSAN.replace("women 59", "women 62"))
    assert "61 → 59" in (await talk.says("/undo", who=TIMUR)).text
    assert await talk.shell("journal", "verify")


async def test_the_question_stands_until_it_is_answered_whatever_else_is_changed_meanwhile(talk: Talk) -> None:
    _, question = await asked(talk)
    await talk.says("/edit F-0001 escorts 4", who=TIMUR)
    question = await now(talk, question)
    assert "61 meanwhile, 62 in your message" in question.text
    _, card = await talk.presses(question, "Take mine")
    assert await women(talk) == 62
    await talk.says("/edit F-0001 escorts 5", who=TIMUR)
    assert "4 → 5" in (await now(talk, card)).text


async def test_a_question_that_the_other_one_settled_becomes_the_card(talk: Talk) -> None:
    _, question = await asked(talk)
    await talk.says("/edit F-0001 women 62", who=TIMUR)
    card = await now(talk, question)
    assert not any(data.startswith(("k:", "m:")) for data in card.buttons.values())
    assert "61 → 62" in card.text


async def test_a_question_about_one_field_keeps_no_card_from_showing_the_others(talk: Talk) -> None:
    said, card = await talk.posts(ZHUSAN)
    theirs = await talk.says("/show F-0001", who=SAMIRA)
    await talk.says("/edit F-0001 women 61", who=TIMUR)
    await talk.edits(said, ZHUSAN.replace("women 59", "women 62").replace("156", "157"))
    assert "Take mine" in (await now(talk, card)).buttons
    theirs = next(one for one in await talk.people.sees(SAMIRA) if one.id == theirs.id)
    assert "156 → 157" in theirs.text


async def test_the_question_is_put_before_the_one_of_duplicates(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    said, _ = await talk.posts(ZHUSAN)
    await talk.says("/edit F-0002 women 61", who=TIMUR)
    question = await talk.edits(said, ZHUSAN.replace("women 59", "women 62"))
    assert "again?" not in question.text
    _, card = await talk.presses(question, "Take mine")
    assert "F-0001 again?" in card.text
