"""Replying to a card, and a group's cards, which change in place."""

from tests.house import AIGUL, TIMUR, VISITOR, Talk
from tests.talk import Heard

POST = "/flight tomorrow from Al-Hasakah to Aktau expected 48"
ZHUSAN = "/flight date 09.05.2019 from Syria to Aktau people 231 women 59 children 156"


async def replies(talk: Talk, to: Heard, text: str, who: int = AIGUL) -> Heard:
    """What is said in reply; nobody waits for an answer."""
    body = {"chat": to.chat, "text": text, "reply_to": to.id}
    return Heard(await talk.people.call(f"/person/{who}/say", body))


async def answered(talk: Talk, to: Heard, text: str, who: int = AIGUL) -> Heard:
    """The message with which the desk answers that reply."""
    said = await replies(talk, to, text, who)
    found = await talk.people.event(
        lambda one: (
            one["type"] == "message"
            and one["chat"] == to.chat
            and one["message"]["from"]["is_bot"]
            and one["message"]["message_id"] > said.id
        )
    )
    return Heard(found["message"])


async def now(talk: Talk, heard: Heard) -> Heard:
    """That message as it stands now."""
    await talk.quiet()
    return next(one for one in await talk.people.sees(AIGUL, heard.chat) if one.id == heard.id)


async def from_desk(talk: Talk, chat: int) -> list[Heard]:
    """All that the desk has said there."""
    await talk.quiet()
    return [one for one in await talk.people.sees(AIGUL, chat) if one.raw["from"]["is_bot"]]


async def test_a_reply_to_a_card_corrects_its_entry(talk: Talk) -> None:
    card = await talk.says(ZHUSAN)
    changed = await answered(talk, card, "women 68")
    assert "59 → 68" in changed.text
    assert [entry["women"] for entry in await talk.kept()] == [68]


async def test_a_reply_to_the_card_of_a_correction_and_to_the_post_itself_does_so_too(talk: Talk) -> None:
    said, _ = await talk.posts(POST)
    changed = await answered(talk, await talk.says("/edit F-0001 expected 50"), "status departed")
    assert "Departed" in changed.text
    assert "F-0001" in (await answered(talk, said, "expected 51")).text
    assert [(entry["status"], entry["expected"]) for entry in await talk.kept()] == [("departed", 51)]


async def test_a_reply_that_does_not_read_is_explained_with_the_command_to_copy(talk: Talk) -> None:
    refused = await answered(talk, await talk.says(ZHUSAN), "wommen 68")
    assert "/edit F-0001 women 68" in refused.code()
    assert [entry["women"] for entry in await talk.kept()] == [59]


async def test_a_command_in_reply_to_a_card_needs_no_reference(talk: Talk) -> None:
    card = await talk.says(ZHUSAN)
    assert "60" in (await answered(talk, card, "/edit women 60")).text
    assert "History" in (await answered(talk, card, "/history")).text
    assert "Withdrawn" in (await answered(talk, card, "/withdraw posted twice")).text
    assert "Restored" in (await answered(talk, card, "/restore")).text


async def test_a_reply_to_anything_else_says_what_it_always_said(talk: Talk) -> None:
    assert "/help" in (await answered(talk, await talk.says("/help"), "women 68")).text


async def test_what_people_say_about_a_card_in_a_group_is_theirs(talk: Talk) -> None:
    group = await talk.group()
    card = await talk.says(ZHUSAN, chat=group)
    await replies(talk, card, "thank you so much!", who=TIMUR)
    await replies(talk, card, "women 68", who=VISITOR)
    assert len(await from_desk(talk, group)) == 1
    await replies(talk, card, "women 68", who=TIMUR)
    assert "59 → 68" in (await now(talk, card)).text


async def test_a_groups_cards_change_in_place_whoever_changes_the_entry(talk: Talk) -> None:
    group = await talk.group()
    first = await talk.says(POST, chat=group)
    second = await talk.says("/show F-0001", chat=group)
    await replies(talk, first, "expected 50", who=TIMUR)
    assert "50" in (await now(talk, first)).text
    assert "50" in (await now(talk, second)).text
    _, third = await talk.presses(await now(talk, second), "Departed", TIMUR)
    assert third.id == second.id
    assert "Departed" in (await now(talk, first)).text
    assert (await now(talk, first)).buttons == (await now(talk, second)).buttons
    assert len(await from_desk(talk, group)) == 2


async def test_editing_a_message_in_a_group_changes_its_card_and_the_last_one(talk: Talk) -> None:
    group = await talk.group()
    said = await talk.tells(POST, chat=group)
    first = await talk.people.hears(group, after=said.id)
    second = await talk.says("/show F-0001", chat=group)
    await talk.edits(said, POST.replace("48", "52"))
    assert "52" in (await now(talk, first)).text
    assert "52" in (await now(talk, second)).text
    assert len(await from_desk(talk, group)) == 2


async def test_a_card_that_was_deleted_keeps_nobody_from_an_answer(talk: Talk) -> None:
    group = await talk.group()
    first = await talk.says(POST, chat=group)
    await talk.people.call("/faults", {"method": "editMessageText", "times": 1, "fault": {"error": {"code": 400}}})
    assert "50" in (await answered(talk, first, "expected 50", who=TIMUR)).text


async def test_a_private_change_says_nothing_new_in_the_group_of_the_entry(talk: Talk) -> None:
    group = await talk.group()
    card = await talk.says(POST, chat=group)
    await talk.says("/edit F-0001 expected 50")
    assert "48 → 50" in (await now(talk, card)).text
    assert len(await from_desk(talk, group)) == 1


async def test_a_correction_in_reply_to_what_shows_no_entry_is_not_passed_over(talk: Talk) -> None:
    group = await talk.group()
    await talk.says(POST, chat=group)
    refused = await talk.says("/edit F-0001 expected lots", chat=group)
    told = await answered(talk, refused, "expected 50", who=TIMUR)
    assert "Which entry?" in told.text
    said = await talk.tells("how many are they?", chat=group)
    for other, words in ((refused, "thank you"), (refused, "I hope so"), (said, "expected 50")):
        await replies(talk, other, words, who=TIMUR)
    assert [one.id for one in await from_desk(talk, group)][-1] == told.id
    assert [entry["expected"] for entry in await talk.kept()] == [48]


async def test_a_form_posted_in_a_group_is_a_card_like_any_other(talk: Talk) -> None:
    group = await talk.group()
    form = await talk.says("/flight", chat=group)
    await replies(talk, form, "tomorrow from Al-Hasakah to Aktau expected 48")
    _, form = await talk.presses(await now(talk, form), "Check")
    _, card = await talk.presses(form, "Post")
    assert "F-0001" in card.text
    await talk.says("/edit F-0001 expected 50")
    assert "48 → 50" in (await now(talk, card)).text
    await replies(talk, card, "expected 51", who=TIMUR)
    assert "50 → 51" in (await now(talk, card)).text
    assert len(await from_desk(talk, group)) == 1
