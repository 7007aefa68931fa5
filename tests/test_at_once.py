"""Several hands on one entry at the same moment: nothing is done twice, nothing is lost, everybody learns how it stands."""

import asyncio
import json
import random

from tests.house import AIGUL, TIMUR, Talk
from tests.talk import Heard

POST = "/flight tomorrow from Al-Hasakah to Aktau expected 48"
SLOW = {"latency": 0.3}


async def card_in(talk: Talk, chat: int) -> Heard:
    """The desk's latest message there, as it stands now."""
    return [one for one in await talk.people.sees(AIGUL, chat) if one.raw["from"]["is_bot"]][-1]


async def press(talk: Talk, card: Heard, label: str, who: int) -> int:
    """The press's number."""
    data = next(data for name, data in card.buttons.items() if label in name)
    body = {"chat": card.chat, "message": card.id, "data": data}
    return int((await talk.people.call(f"/person/{who}/press", body))["callback"])


async def test_one_button_pressed_by_two_people_and_twice_by_one_works_once_and_answers_all(talk: Talk) -> None:
    group = await talk.group()
    card = await talk.says(POST, chat=group)
    people = (AIGUL, TIMUR, AIGUL, TIMUR)
    presses = await asyncio.gather(*(press(talk, card, "Departed", who) for who in people))
    await talk.quiet()
    [entry] = await talk.kept()
    assert (entry["status"], entry["revision"]) == ("departed", 2)
    for who, number in zip(people, presses, strict=True):
        assert (await talk.people.call(f"/person/{who}/presses/{number}", method="GET"))["answered"]
    assert "Departed" in (await card_in(talk, group)).text


async def test_edits_presses_and_commands_at_once_leave_one_history_without_a_gap(talk: Talk) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    group = await talk.group()
    said = await talk.tells(POST, chat=group)
    card = await talk.people.hears(group, after=said.id)
    change = {"chat": group, "message": said.id}
    acts = [
        *(
            talk.people.call(f"/person/{AIGUL}/edit", {**change, "text": POST.replace("48", str(n))})
            for n in range(60, 70)
        ),
        *(talk.tells(f"/edit F-0001 expected {n}", who) for n in range(70, 76) for who in (AIGUL, TIMUR)),
        *(press(talk, card, label, who) for label in ("Departed", "Delayed", "Cancelled") for who in (AIGUL, TIMUR)),
    ]
    dice.shuffle(acts)
    await asyncio.gather(*acts)
    await talk.quiet()
    [entry] = await talk.kept()
    revisions = [row["revision"] for row in talk.rows("SELECT revision FROM journal ORDER BY seq")]
    assert revisions == list(range(1, entry["revision"] + 1))
    assert {row["state"] for row in talk.rows("SELECT state FROM inbox")} == {"done"}
    assert json.loads(entry["said"])["expected"] in range(48, 70)


async def test_a_message_edited_many_times_before_its_answer_left_has_one_answer_that_is_right(talk: Talk) -> None:
    await talk.people.call("/faults", {"method": "sendMessage", "times": None, "fault": SLOW})
    said = await talk.tells(POST)
    for number in range(50, 60):
        text = POST.replace("48", str(number))
        await talk.people.call(f"/person/{AIGUL}/edit", {"chat": said.chat, "message": said.id, "text": text})
    await talk.quiet()
    [entry] = await talk.kept()
    assert entry["expected"] == 59
    [card] = [one for one in await talk.people.sees(AIGUL) if one.raw["from"]["is_bot"]]
    assert "59" in card.text


async def test_a_message_deleted_before_its_answer_left_is_answered_all_the_same(talk: Talk) -> None:
    group = await talk.group()
    await talk.people.call("/faults", {"method": "getUpdates", "times": 1, "fault": SLOW})
    said = await talk.tells(POST, chat=group)
    await talk.people.call(f"/person/{AIGUL}/delete", {"chat": group, "message": said.id})
    await talk.quiet()
    assert "F-0001" in (await card_in(talk, group)).text


async def test_five_hundred_messages_of_one_chat_keep_nobody_else_waiting(talk: Talk) -> None:
    for _ in range(500):
        await talk.tells("/list", who=TIMUR)
    assert "/flight" in (await talk.says("/help", who=AIGUL)).text
    waiting = talk.rows("SELECT count(*) AS n FROM inbox WHERE state != 'done'")[0]["n"]
    await talk.quiet()
    assert len([one for one in await talk.people.sees(TIMUR) if one.raw["from"]["is_bot"]]) == 500
    print(f"{waiting} were waiting when the other was answered")
