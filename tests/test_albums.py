"""Photos and albums: words beside them are read like any others, the pictures never, and that is said once."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from handlers import doors
from tests.house import AIGUL, TIMUR, VISITOR, Talk, town, working
from tests.talk import PATIENCE, Heard
from tests.test_strange_updates import Strange, strange

__all__ = ["strange"]

POST = "/flight 01.03.2026 from Al-Hasakah to Aktau 3 women 17 children"
NOT_READ, ONLY_WORDS = "aren't read", "Only your words were read"


async def from_desk(talk: Talk, chat: int = AIGUL) -> list[Heard]:
    """All that the desk has said there, once all is quiet."""
    await talk.quiet()
    return [one for one in await talk.people.sees(AIGUL, chat) if one.raw["from"]["is_bot"]]


async def test_a_command_below_a_photo_is_read_and_the_same_answer_asks_to_delete_the_photo(talk: Talk) -> None:
    await talk.people.sends(POST, who=AIGUL)
    (card,) = await from_desk(talk)
    assert "F-0001" in card.text
    assert ONLY_WORDS in card.text
    assert [one["women"] for one in await talk.kept()] == [3]


async def test_a_photo_without_words_is_not_read(talk: Talk) -> None:
    await talk.people.sends("", who=AIGUL)
    await talk.people.sends("at the airport", who=AIGUL)
    assert [NOT_READ in one.text for one in await from_desk(talk)] == [True, True]


@pytest.mark.parametrize("at", range(4))
async def test_an_album_is_answered_once_whichever_item_has_the_command(talk: Talk, at: int) -> None:
    await talk.people.sends(*(POST if one == at else "" for one in range(4)), who=AIGUL)
    (card,) = await from_desk(talk)
    assert [one["women"] for one in await talk.kept()] == [3]
    assert "F-0001" in card.text
    assert ONLY_WORDS in card.text


async def test_what_took_the_lines_place_goes_on_as_any_card(talk: Talk) -> None:
    _, _, below = await talk.people.sends("", "", POST, who=AIGUL)
    (card,) = await from_desk(talk)
    again = await talk.edits(below, POST.replace("3 women", "4 women"))
    assert again.id == card.id
    assert "3 → 4" in again.text
    assert ONLY_WORDS in again.text
    assert len(await from_desk(talk)) == 1


async def test_a_refusal_takes_the_lines_place_too_and_is_put_right_there(talk: Talk) -> None:
    _, wrong = await talk.people.sends("", POST.replace("women", "wommen"), who=AIGUL)
    (refusal,) = await from_desk(talk)
    assert ("wommen" in refusal.text, ONLY_WORDS in refusal.text, NOT_READ in refusal.text) == (True, True, False)
    card = await talk.edits(wrong, POST)
    assert card.id == refusal.id
    assert len(await from_desk(talk)) == 1


async def test_of_two_commands_the_second_leaves_the_firsts_card_alone(talk: Talk) -> None:
    await talk.people.sends("", POST, POST.replace("Aktau", "Erbil"), who=AIGUL)
    first, second = await from_desk(talk)
    assert ("F-0001" in first.text, "F-0002" in second.text) == (True, True)
    assert (ONLY_WORDS in first.text, ONLY_WORDS in second.text) == (True, False)


async def test_each_album_is_told_of_once(talk: Talk) -> None:
    await talk.people.sends("", "", "", who=AIGUL)
    await talk.people.sends("", "at the airport", who=AIGUL)
    assert [NOT_READ in one.text for one in await from_desk(talk)] == [True, True]


async def test_two_commands_in_an_album_are_two_posts(talk: Talk) -> None:
    await talk.people.sends(POST, "", POST.replace("Aktau", "Erbil"), who=AIGUL)
    first, second = await from_desk(talk)
    assert (ONLY_WORDS in first.text, ONLY_WORDS in second.text) == (True, False)
    assert len(await talk.kept()) == 2


async def test_a_refused_command_below_a_photo_is_put_right_by_editing_the_caption(talk: Talk) -> None:
    wrong, *_ = await talk.people.sends(POST.replace("women", "wommen"), "", who=AIGUL)
    (refusal,) = await from_desk(talk)
    assert await talk.kept() == []
    card = await talk.edits(wrong, POST)
    assert card.id == refusal.id
    assert ONLY_WORDS in card.text
    assert len(await from_desk(talk)) == 1
    await talk.edits(wrong, POST.replace("3 women", "4 women"))
    assert [one["women"] for one in await talk.kept()] == [4]


async def test_a_command_added_to_an_album_later_posts_it(talk: Talk) -> None:
    first, second = await talk.people.sends("", "", who=AIGUL)
    (line,) = await from_desk(talk)
    card = await talk.edits(first, POST)
    assert card.id == line.id
    assert ONLY_WORDS in card.text
    card = await talk.edits(second, POST.replace("Aktau", "Erbil"))
    assert card.id != line.id
    assert ONLY_WORDS not in card.text
    assert len(await talk.kept()) == 2


async def test_after_a_restart_an_album_is_still_told_of_once(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            sent = await place.people.sends("", "", POST, who=AIGUL)
            assert len(await from_desk(talk)) == 1
        async with working(place, tmp_path) as talk:
            card = await talk.edits(sent[2], POST.replace("3 women", "4 women"))
            assert ONLY_WORDS in card.text
            await place.people.call(
                f"/person/{AIGUL}/edit", {"chat": AIGUL, "message": sent[1].id, "text": "at the airport"}
            )
            assert len(await from_desk(talk)) == 1
            assert [one["women"] for one in await talk.kept()] == [4]


async def test_killed_before_the_answer_the_album_is_posted_once_and_asked_about_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town() as place:
        kept = asyncio.Event()

        async def dies(*_: object) -> None:
            kept.set()
            await asyncio.Event().wait()

        with monkeypatch.context() as broken:
            broken.setattr(doors, "send", dies)
            async with working(place, tmp_path):
                await place.people.sends(POST, "", who=AIGUL)
                await asyncio.wait_for(kept.wait(), PATIENCE)
        async with working(place, tmp_path) as talk:
            (card,) = await from_desk(talk)
            assert ONLY_WORDS in card.text
            assert len(await talk.kept()) == 1


async def test_in_a_group_only_the_command_of_an_album_is_answered(talk: Talk) -> None:
    group = await talk.group()
    await talk.people.sends("", "look", who=TIMUR, chat=group)
    await talk.people.sends("", POST, "", who=TIMUR, chat=group)
    await talk.people.sends(POST, "", who=VISITOR, chat=group)
    card, stranger = await from_desk(talk, group)
    assert ONLY_WORDS in card.text
    assert str(VISITOR) in stranger.text
    assert len(await talk.kept()) == 1


def item(number: int, chat: dict[str, Any], caption: str = "", **how: Any) -> dict[str, Any]:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 2, "height": 2}]
    words = {"caption": caption} if caption else {}
    return {"message_id": number, "date": 1_772_000_000, "chat": chat, "photo": photo, **words, **how}


PRIVATE = {"id": AIGUL, "type": "private"}
BY_AIGUL = {"from": {"id": AIGUL, "is_bot": False, "first_name": "x"}}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (3, 2, 1)])
async def test_the_items_of_an_album_may_come_in_any_order(strange: Strange, order: tuple[int, ...]) -> None:
    items = {one: item(500 + one, PRIVATE, POST if one == 2 else "", media_group_id="9", **BY_AIGUL) for one in order}
    await strange.talk.says("/help")
    await strange.slips(*({"message": items[one]} for one in order))
    _, card = await from_desk(strange.talk)
    assert "F-0001" in card.text
    assert ONLY_WORDS in card.text


FORWARD = {"type": "hidden_user", "sender_user_name": "x", "date": 1_771_000_000}


async def test_a_forwarded_album_is_refused_once_with_the_reason(strange: Strange) -> None:
    await strange.talk.says("/help")
    how: dict[str, Any] = {"media_group_id": "9", "forward_origin": FORWARD, **BY_AIGUL}
    await strange.slips(*({"message": item(500 + one, PRIVATE, POST if one == 0 else "", **how)} for one in range(3)))
    _, refusal = await from_desk(strange.talk)
    assert "Forwarded" in refusal.text
    assert ONLY_WORDS in refusal.text
    assert await strange.talk.kept() == []


async def test_posts_of_channels_and_anonymous_admins_are_refused_with_the_reason_albums_once(strange: Strange) -> None:
    talk = strange.talk
    group = await talk.group()
    place = {"id": group, "type": "supergroup", "title": "Reception"}
    channel = {"id": -1_009_999_999_999, "type": "channel", "title": "News"}
    anonymous = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": place}
    linked = {"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}, "sender_chat": channel}
    passed_on = {"forward_origin": {"type": "channel", "chat": channel, "message_id": 4, "date": 1_771_000_000}}
    for who, why in (
        (anonymous, "anonymous posting"),
        ({**linked, "is_automatic_forward": True, **passed_on}, "channels"),
    ):
        before = len(await from_desk(talk, group))
        album = [
            item(900 + 10 * before + one, place, POST if one == 1 else "", media_group_id=why, **who)
            for one in range(3)
        ]
        await strange.slips(
            *({"message": one} for one in album), {"edited_message": {**album[0], "edit_date": 1_772_000_009}}
        )
        *_, refusal = heard = await from_desk(talk, group)
        assert len(heard) == before + 1
        assert why in refusal.text
    assert await talk.kept() == []


@pytest.mark.parametrize(
    "words",
    [
        "/fligth wommen 3 chidlren 4 form Syria too Aktau yesterday",
        "/show F-0001\n/show F-0002",
        "/flght",
        "/flight",
    ],
)
async def test_whatever_is_said_beside_a_photo_the_answer_asks_to_delete_it(talk: Talk, words: str) -> None:
    await talk.people.sends(words, who=AIGUL)
    await talk.people.sends(words, "", "", who=AIGUL)
    assert [ONLY_WORDS in one.text for one in await from_desk(talk)] == [True, True]


async def test_a_correction_beside_a_photo_is_asked_about_in_its_own_answer_and_on_nobody_elses_card(
    talk: Talk,
) -> None:
    group = await talk.group()
    card = await talk.says(POST, chat=group)
    [said] = await talk.people.sends("/edit F-0001 3 women 18 children", who=TIMUR, chat=group)
    first, answer = await from_desk(talk, group)
    assert (first.id, answer.raw["reply_to_message"]["message_id"]) == (card.id, said.id)
    assert ("18" in first.text, ONLY_WORDS in first.text) == (True, False)
    assert ("18" in answer.text, ONLY_WORDS in answer.text) == (True, True)
    await talk.edits(said, "/edit F-0001 3 women 19 children", who=TIMUR)
    first, answer = await from_desk(talk, group)
    assert ("19" in first.text, ONLY_WORDS in first.text) == (True, False)
    assert ("19" in answer.text, ONLY_WORDS in answer.text) == (True, True)
