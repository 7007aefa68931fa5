"""A message that tells of one person: whatever way it takes, nothing of it is kept, said again or logged."""

from tests.house import AIGUL, TIMUR, VISITOR, Talk
from tests.talk import Heard

FLIGHT = "/flight 31.05.2019 from Al-Hasakah to Aktau 67 women 8 men 171 children"
PHONE = "+7 701 555 01 23"


async def seen(talk: Talk, chat: int = AIGUL) -> list[str]:
    """Every message that stands in the chat."""
    await talk.quiet()
    return [one.text for one in await talk.people.sees(AIGUL, chat)]


async def test_a_post_that_tells_of_somebody_is_not_stored_and_goes_away(talk: Talk) -> None:
    heard = await talk.says(f"{FLIGHT} note driver {PHONE}")
    assert "Not stored" in heard.text
    assert "phone number" in heard.text
    assert "has been deleted" in heard.text
    assert await talk.kept() == []
    assert not any("555" in one for one in await seen(talk))


async def test_a_message_two_days_old_is_the_persons_to_delete(talk: Talk) -> None:
    fault = {"error": {"code": 400, "description": "Bad Request: message can't be deleted for everyone"}}
    await talk.people.call("/faults", {"method": "deleteMessage", "times": 1, "fault": fault})
    heard = await talk.says(f"{FLIGHT} note driver {PHONE}")
    assert "Please delete your message" in heard.text


async def test_editing_it_into_a_right_one_posts_it(talk: Talk) -> None:
    group = await talk.group()
    said = await talk.tells(f"{FLIGHT} note driver {PHONE}", chat=group)
    refused = await talk.people.hears(group, after=said.id)
    assert "Please delete your message" in refused.text
    card = await talk.edits(said, FLIGHT)
    assert card.id == refused.id
    assert [one["ref"] for one in await talk.kept()] == ["F-0001"]


async def test_an_edited_post_leaves_its_entry_and_its_card_as_they_were(talk: Talk) -> None:
    said, card = await talk.posts(FLIGHT)
    told = await talk.edits(said, f"{FLIGHT} note driver {PHONE}")
    assert told.id != card.id
    assert "F-0001 stays as it was" in told.text
    assert [(one["ref"], one["revision"]) for one in await talk.kept()] == [("F-0001", 1)]
    assert card.text in await seen(talk)


async def test_an_edited_correction_leaves_its_entry_as_it_was(talk: Talk) -> None:
    await talk.says(FLIGHT)
    said, _ = await talk.posts("/edit F-0001 women 68")
    told = await talk.edits(said, f"women 68 {PHONE}")
    assert "F-0001 stays as it was" in told.text
    assert [one["women"] for one in await talk.kept()] == [68]


async def test_a_typed_answer_leaves_its_form_as_it_was(talk: Talk) -> None:
    await talk.says("/flight")
    await talk.tells("women 67")
    await talk.quiet()
    before = talk.rows("SELECT body, revision FROM drafts")
    heard = await talk.says(f"note driver {PHONE}")
    assert "Not stored" in heard.text
    await talk.quiet()
    assert talk.rows("SELECT body, revision FROM drafts") == before


async def guarded(talk: Talk) -> int:
    """A group in which the desk is an admin: it hears everything there and may delete."""
    made = {"title": "Reception", "type": "supergroup", "members": [AIGUL, TIMUR, VISITOR], "bot_is_admin": True}
    group = int((await talk.people.call("/chats", made))["id"])
    await talk.links(group)
    return group


async def replies(talk: Talk, to: Heard, text: str, who: int = AIGUL) -> Heard:
    """The reply that was said."""
    return Heard(await talk.people.call(f"/person/{who}/say", {"chat": to.chat, "text": text, "reply_to": to.id}))


async def test_in_a_group_it_is_answered_only_if_it_was_meant_for_the_desk(talk: Talk) -> None:
    group = await guarded(talk)
    theirs = [f"call {PHONE}", f"/ban {PHONE}", f"/flight@another_bot note {PHONE}"]
    for one in theirs:
        await talk.tells(one, chat=group)
    assert (await seen(talk, group))[-3:] == theirs
    said = await talk.tells(f"/fligth note {PHONE}", chat=group)
    assert "has been deleted" in (await talk.people.hears(group, after=said.id)).text
    card = await talk.says(FLIGHT, chat=group)
    reply = await replies(talk, card, f"women 68 note {PHONE}")
    assert "Not stored" in (await talk.people.hears(group, after=reply.id)).text
    assert (await seen(talk, group)).count(f"call {PHONE}") == 1
    assert [one["women"] for one in await talk.kept()] == [67]


async def test_a_stranger_is_told_what_strangers_are_told_and_nothing_of_it_is_kept(talk: Talk) -> None:
    heard = await talk.says(f"{FLIGHT} note {PHONE}", VISITOR)
    assert str(VISITOR) in heard.text
    assert "Not stored" not in heard.text


async def test_each_reads_it_in_their_own_language(talk: Talk) -> None:
    await talk.says("/language ru")
    assert "Не записано" in (await talk.says(f"{FLIGHT} note {PHONE}")).text


async def test_a_crash_between_deleting_and_answering_says_that_it_was_deleted(talk: Talk) -> None:
    fault = {"error": {"code": 500, "description": "Internal Server Error"}}
    await talk.people.call("/faults", {"method": "sendMessage", "times": 1, "fault": fault})
    said = await talk.tells(f"{FLIGHT} note {PHONE}")
    assert "has been deleted" in (await talk.people.hears(AIGUL, after=said.id)).text
