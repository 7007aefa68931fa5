"""What is stored of an update: no name of anybody, and all that is needed to answer it."""

import json
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, Update

from protection.admit import NAMES, Json, admit

ORACLE = json.loads((Path(__file__).parents[2] / "sandbox" / "bot-api-10.0.json").read_text("utf-8"))["types"]
NAMED = "Zhanar Example"
PERSON: dict[str, Json] = {
    "id": 1001,
    "is_bot": False,
    "first_name": NAMED,
    "last_name": NAMED,
    "username": NAMED,
    "language_code": "kk",
}
TALKS: dict[str, Json] = {"id": 1001, "type": "private", "first_name": NAMED}
GROUP: dict[str, Json] = {
    "id": -1000000000001,
    "type": "supergroup",
    "title": NAMED,
    "username": NAMED,
    "is_forum": True,
}


def message(**more: Json) -> dict[str, Json]:
    return {"message_id": 7, "date": 1, "chat": GROUP, "from": PERSON, **more}


UPDATES: dict[str, dict[str, Json]] = {
    "a command": {
        "message": message(text="/flight 231 people", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    },
    "an edit": {"edited_message": message(text="/flight 232 people", edit_date=2)},
    "a mention": {
        "message": message(
            chat=TALKS, text="hello", entities=[{"type": "text_mention", "offset": 0, "length": 5, "user": PERSON}]
        )
    },
    "a forward": {
        "message": message(
            chat=TALKS,
            text="x",
            forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": NAMED},
            author_signature=NAMED,
        )
    },
    "a contact": {
        "message": message(contact={"phone_number": NAMED, "first_name": NAMED, "vcard": NAMED, "user_id": 5})
    },
    "a place": {
        "message": message(
            venue={"location": {"latitude": 43.6, "longitude": 51.2}, "title": NAMED, "address": NAMED},
            location={"latitude": 43.6, "longitude": 51.2},
        )
    },
    "a file": {
        "message": message(
            document={"file_id": "f", "file_unique_id": "u", "file_name": f"{NAMED}.xlsx"}, caption="/import"
        )
    },
    "a reply": {"message": message(text="women 68", reply_to_message=message(text=NAMED, caption=NAMED))},
    "a quote": {
        "message": message(chat=TALKS, text="women 68", quote={"text": NAMED, "position": 3, "is_manual": True})
    },
    "a topic": {"message": message(forum_topic_created={"name": NAMED, "icon_color": 7322096}, message_thread_id=4)},
    "a joiner": {"message": message(new_chat_members=[PERSON])},
    "a press": {
        "callback_query": {
            "id": "1",
            "from": PERSON,
            "chat_instance": "c",
            "data": "e:3:departed",
            "message": message(text="card"),
        }
    },
    "a membership": {
        "my_chat_member": {
            "chat": GROUP,
            "from": PERSON,
            "date": 1,
            "old_chat_member": {"status": "left", "user": PERSON},
            "new_chat_member": {"status": "member", "user": PERSON},
            "invite_link": {
                "invite_link": NAMED,
                "creator": PERSON,
                "creates_join_request": False,
                "is_primary": False,
                "is_revoked": False,
                "name": NAMED,
            },
        }
    },
    "a reaction": {
        "message_reaction": {
            "chat": GROUP,
            "message_id": 7,
            "user": PERSON,
            "date": 1,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    },
}


@pytest.mark.parametrize("name", UPDATES)
def test_no_name_is_kept(name: str) -> None:
    kept = json.dumps(admit({"update_id": 1, **UPDATES[name]}))
    assert NAMED not in kept
    assert "43.6" not in kept


@pytest.mark.parametrize("name", UPDATES)
def test_what_is_kept_is_still_an_update(name: str) -> None:
    update: Any = {"update_id": 1, **UPDATES[name]}
    before, after = (Update.de_json(dict(one), Bot("1:x")) for one in (update, admit(update)))
    assert after.update_id == 1
    assert after.effective_user == before.effective_user
    assert after.effective_chat == before.effective_chat
    if after.effective_message and before.effective_message:
        assert after.effective_message.text == before.effective_message.text
        assert after.effective_message.entities == before.effective_message.entities
        assert after.effective_message.caption == before.effective_message.caption


def test_ids_words_and_buttons_are_as_they_came() -> None:
    press = admit({"update_id": 1, **UPDATES["a press"]})["callback_query"]
    assert isinstance(press, dict)
    assert press["data"] == "e:3:departed"
    assert press["from"] == {
        "id": 1001,
        "is_bot": False,
        "first_name": "",
        "last_name": "",
        "username": "",
        "language_code": "kk",
    }


def test_a_file_keeps_its_kind_but_not_its_name() -> None:
    kept = admit({"update_id": 1, **UPDATES["a file"]})["message"]
    assert isinstance(kept, dict)
    assert isinstance(kept["document"], dict)
    assert kept["document"]["file_name"] == "file.xlsx"


def test_the_words_of_a_message_that_is_answered_are_not_kept_a_second_time() -> None:
    kept = admit({"update_id": 1, **UPDATES["a reply"]})["message"]
    assert isinstance(kept, dict)
    assert kept["text"] == "women 68"
    assert isinstance(kept["reply_to_message"], dict)
    assert kept["reply_to_message"]["message_id"] == 7
    assert "text" not in kept["reply_to_message"]


def test_the_update_itself_is_left_alone() -> None:
    update: dict[str, Json] = {"update_id": 1, **UPDATES["a command"]}
    before = json.dumps(update)
    admit(update)
    assert json.dumps(update) == before


def test_every_field_of_a_person_or_chat_that_holds_words_is_thought_of() -> None:
    """A new version of the Bot API that adds one has to be decided on here."""
    harmless = {"language_code", "type", "status", "id"}
    for shape in ("User", "Chat", "Contact", "SharedUser", "ChatShared", "ChatMemberAdministrator", "ChatMemberOwner"):
        words = {name for name, (kinds, _) in ORACLE[shape]["fields"].items() if "String" in str(kinds)}
        assert words - harmless <= NAMES, shape


PHONE = "+7 701 555 01 23"
ANSWERED: Json = {"message_id": 6, "date": 1, "chat": GROUP, "from": PERSON, "text": PHONE}


@pytest.mark.parametrize("key", ["message", "edited_message", "channel_post"])
def test_of_a_message_that_tells_of_somebody_only_the_rules_are_kept(key: str) -> None:
    said = message(text=f"/flight note {PHONE}", photo=[], entities=[], reply_to_message=ANSWERED, edit_date=2)
    kept = admit({"update_id": 1, key: said}, "a_bot", ["flight"])
    assert kept["personal"] == {"rules": ["phone"], "command": True}
    assert set(kept) == {"update_id", key, "personal"}
    frame = kept[key]
    assert isinstance(frame, dict)
    assert set(frame) == {"message_id", "date", "chat", "from", "edit_date", "reply_to_message"}
    assert Update.de_json(kept, Bot("1:x")).api_kwargs["personal"] == kept["personal"]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (f"/flight {PHONE}", True),
        (f"/fligth {PHONE}", True),
        (f"/flight@A_Bot {PHONE}", True),
        (f"/ban@a_bot {PHONE}", True),
        (f"/ban {PHONE}", False),
        (f"/flight@another_bot {PHONE}", False),
        (f"call {PHONE}\n/flight", False),
    ],
)
def test_whether_it_was_a_command_for_the_desk_is_kept(text: str, command: bool) -> None:
    kept = admit({"update_id": 1, "message": message(text=text)}, "a_bot", ["flight", "session"])
    assert kept["personal"] == {"rules": ["phone"], "command": command}


@pytest.mark.parametrize(
    "more",
    [
        {"caption": PHONE},
        {"poll": {"question": "who", "options": [{"text": PHONE}]}},
        {"checklist": {"title": "x", "tasks": [{"id": 1, "text": PHONE}]}},
        {"text": "x", "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": f"tel:{PHONE}"}]},
    ],
)
def test_wherever_it_stands(more: dict[str, Json]) -> None:
    kept = admit({"update_id": 1, "message": message(**more)})
    assert kept["personal"] == {"rules": ["phone"], "command": False}
    assert "555" not in json.dumps(kept)


def test_what_somebody_else_said_before_is_neither_looked_at_nor_kept() -> None:
    kept = admit({"update_id": 1, "message": message(text="women 68", reply_to_message=ANSWERED)})
    assert "personal" not in kept
    assert "555" not in json.dumps(kept)


def test_the_desks_own_words_below_a_button_are_not_looked_at() -> None:
    press: dict[str, Json] = {"id": "850317450123", "from": PERSON, "data": "e:1", "message": message(text=PHONE)}
    assert "personal" not in admit({"update_id": 1, "callback_query": press})


def test_telegrams_own_signs_are_no_numbers_of_anybody() -> None:
    photo: Json = [{"file_id": "77015550123", "file_unique_id": "850317450123", "width": 1, "height": 1}]
    kept = admit({"update_id": 1, "message": message(photo=photo, media_group_id="77015550123", caption="x")})
    assert "personal" not in kept


@pytest.mark.parametrize("text", ["see you at nine", "/flight@another_bot women 3"])
def test_what_people_of_a_group_say_to_each_other_is_not_kept(text: str) -> None:
    kept = admit({"update_id": 1, "message": message(text=text, entities=[])}, "a_bot", ["flight"])
    assert kept["message"] == admit({"update_id": 1, "message": message()})["message"]


@pytest.mark.parametrize(
    "meant",
    [message(text="women 68", reply_to_message=ANSWERED), message(text="hi", chat=TALKS), message(text="/list")],
)
def test_what_may_be_meant_for_the_desk_is(meant: dict[str, Json]) -> None:
    kept = admit({"update_id": 1, "message": meant}, "a_bot", ["flight"])["message"]
    assert isinstance(kept, dict)
    assert kept["text"] == meant["text"]
