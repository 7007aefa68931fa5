"""After people have tried every way to tell the desk of somebody, no trace of their words is anywhere but in their own messages."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from protection.personal import RULES, stops
from tests.house import AIGUL, TIMUR, VISITOR, Talk
from tests.protection.corpus import LANGUAGES, Said, corpus
from tests.talk import Heard
from tests.test_albums import item
from tests.test_strange_updates import Strange, strange

__all__ = ["strange"]

MARK = "Zyxwvutq"
"""Stands in every text, so that whatever is left of one is found; no hash can spell it."""
FLIGHT = "/flight 31.05.2019 from Al-Hasakah to Aktau 67 women 8 men 171 children"
POINTED = (
    *("{}", "/flight {}", FLIGHT + " note {}", FLIGHT + " source {}", FLIGHT + " from {}", FLIGHT + " ref {}"),
    *("/session 03.06.2019 site {} type legal people 3", "/session 03.06.2019 site Aktau type other people 3 note {}"),
    *("/edit F-0001 note {}", "/edit F-0001 {}", "/figure F-0001 people 229 source {}", "/withdraw F-0001 {}"),
    *("/restore {}", "/show {}", "/history {}", "/find {}", "/list {}", "/stats {}", "/digest {}", "/language {}"),
    *(
        "/help {}",
        "/start {}",
        "/template {}",
        "/undo {}",
        "/fligth {}",
        "/nonsense {}",
        "{}\n/flight",
        "/flight\n/find {}",
    ),
)
"""What people may put such a text into."""


def samples() -> list[Said]:
    """One text of each rule in each language."""
    some: dict[tuple[str, frozenset[str]], Said] = {}
    for one in corpus():
        if len(one.rules) == 1 and stops(marked(one)):
            some.setdefault((one.language, one.rules), one)
    return list(some.values())


def marked(one: Said) -> str:
    return f"{one.text.lstrip('/')}\n{MARK}"


def of_each_language() -> list[str]:
    return [next(marked(one) for one in samples() if one.language == language) for language in LANGUAGES]


def test_there_is_a_text_of_each_rule_in_each_language() -> None:
    assert len(samples()) == len(RULES) * len(LANGUAGES)


async def says(talk: Talk, text: str, chat: int = AIGUL, who: int = AIGUL, **how: Any) -> Heard:
    return Heard(await talk.people.call(f"/person/{who}/say", {"chat": chat, "text": text, **how}))


async def edits(talk: Talk, said: Heard, text: str) -> None:
    await talk.people.call(f"/person/{AIGUL}/edit", {"chat": said.chat, "message": said.id, "text": text})


async def leaves_no_trace(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of it is in any table, in the database's files, in the log, or in what the desk has sent."""
    await talk.quiet()
    tables = [one["name"] for one in talk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert len(tables) > 10
    for table in tables:
        assert MARK not in str(talk.rows(f"SELECT * FROM {table}")), table
    for file in talk.folder.glob("wayhome.db*"):
        assert MARK.encode() not in file.read_bytes(), file.name
    calls = [one for one in await talk.people.call("/calls", method="GET") if one["method"] != "getUpdates"]
    assert "Not stored" in str(calls)
    assert MARK not in str(calls)
    assert MARK not in caplog.text


async def test_through_every_command(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await talk.says(FLIGHT)
    for text in of_each_language():
        for around in POINTED:
            await says(talk, around.format(text))
    for text in map(marked, samples()):
        await says(talk, f"{FLIGHT} note {text}")
    assert len(await talk.kept()) == 1
    assert talk.rows("SELECT revision FROM entries") == [{"revision": 1}]
    await leaves_no_trace(talk, caplog)


async def private(talk: Talk, text: str) -> None:
    """A form, what is typed into it, a reply, edits of all of them, and captions."""
    await says(talk, "/session")
    typed = await says(talk, "women 12")
    await says(talk, text)
    await edits(talk, typed, text)
    await says(talk, "/session site")
    said, card = await talk.posts(FLIGHT)
    await says(talk, f"women 68 note {text}", reply_to=card.id)
    corrected = await says(talk, "women 68", reply_to=card.id)
    await edits(talk, corrected, f"women 68 note {text}")
    await edits(talk, said, f"{FLIGHT} note {text}")
    await talk.people.sends(f"{FLIGHT} note {text}", who=AIGUL)
    await talk.people.sends("", f"/flight {text}", text, who=AIGUL)


async def in_a_group(talk: Talk, text: str) -> None:
    """The same among people, some of whom are no members, where the desk hears everything and may delete what is said."""
    made = {"title": "Reception", "type": "supergroup", "members": [AIGUL, TIMUR, VISITOR], "bot_is_admin": True}
    group = int((await talk.people.call("/chats", made))["id"])
    await talk.links(group)
    said = await says(talk, FLIGHT, group)
    card = await talk.people.hears(group, after=said.id)
    talked = await says(talk, "how are you", group)
    for one in (text, f"{FLIGHT} note {text}", f"/nonsense {text}"):
        await says(talk, one, group)
        await says(talk, one, group, VISITOR)
        await says(talk, one, group, reply_to=card.id)
        await says(talk, one, group, reply_to=talked.id)
        await says(talk, one, VISITOR, VISITOR)
    await edits(talk, talked, text)
    await edits(talk, said, f"{FLIGHT} note {text}")


@pytest.mark.parametrize("way", [private, in_a_group], ids=lambda way: str(way.__name__))
async def test_through_forms_replies_edits_and_captions(
    talk: Talk, caplog: pytest.LogCaptureFixture, way: Callable[[Talk, str], Awaitable[None]]
) -> None:
    caplog.set_level(logging.INFO)
    for text in of_each_language():
        await way(talk, text)
        await talk.quiet()
    await leaves_no_trace(talk, caplog)


async def test_through_updates_that_fail_and_are_set_aside(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await talk.says("/help")
    await talk.says("Not stored: " + of_each_language()[0])
    fault = {"error": {"code": 400, "description": "Bad Request: can't parse entities"}}
    await talk.people.call("/faults", {"method": "sendMessage", "times": 4, "fault": fault})
    await says(talk, f"{FLIGHT} note {of_each_language()[0]}")
    await talk.quiet()
    (aside,) = talk.rows("SELECT payload FROM inbox WHERE state = 'aside'")
    assert json.loads(aside["payload"])["personal"]["rules"]
    await leaves_no_trace(talk, caplog)


TALKS = {"id": AIGUL, "type": "private"}
BY_AIGUL = {"from": {"id": AIGUL, "is_bot": False, "first_name": "x"}}
FORWARD = {"type": "hidden_user", "date": 1, "sender_user_name": MARK}


def shapes(text: str) -> list[dict[str, Any]]:
    """Messages that no person of the sandbox can send."""
    plain = {"message_id": 900, "date": 1_772_000_000, "chat": TALKS, **BY_AIGUL}
    option = {"persistent_id": "1", "text": text, "voter_count": 0}
    poll = {
        "id": "1",
        "question": "who?",
        "options": [option],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
    }
    link = {"type": "text_link", "offset": 0, "length": 4, "url": f"https://example.org/?q={text}"}
    button = {"text": text, "url": "https://example.org/"}
    return [
        {**plain, "text": text, "forward_origin": FORWARD},
        {**plain, "text": f"{FLIGHT} note {text}", "forward_origin": FORWARD},
        {**plain, "poll": poll},
        {**plain, "text": "here", "entities": [link]},
        {**plain, "text": "here", "reply_markup": {"inline_keyboard": [[button]]}},
        {**plain, "text": "here", "reply_to_message": {**plain, "text": text}, "quote": {"text": text, "position": 0}},
        item(901, TALKS, text, media_group_id="7", **BY_AIGUL),
    ]


async def test_through_forwards_polls_links_and_channels(strange: Strange, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await strange.talk.says("/help")
    for text in of_each_language():
        await strange.slips(*({"message": one} for one in shapes(text)))
        channel = {"id": -1000000000777, "type": "channel", "title": MARK}
        post = {
            "message_id": 5,
            "date": 1_772_000_000,
            "chat": channel,
            "sender_chat": channel,
            "text": f"/flight {text}",
        }
        await strange.slips({"channel_post": post})
    await leaves_no_trace(strange.talk, caplog)
