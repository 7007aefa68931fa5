"""Updates as the world sends them: old buttons, forged ones, quotes, shapes nobody has thought of. Nobody else is kept waiting."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sandbox import TOKEN
from tests.front import Front, front_of
from tests.house import AIGUL, TIMUR, VISITOR, Talk, town, working
from tests.talk import PATIENCE, Heard

ORACLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "sandbox/bot-api-10.0.json").read_text("utf-8"))[
    "types"
]
FIRST = 10**9
POST = "/flight tomorrow from Al-Hasakah to Aktau expected 48"


@dataclass
class Strange:
    """A desk, and the door through which strange updates come to it."""

    talk: Talk
    front: Front
    number: int = FIRST

    async def slips(self, *updates: dict[str, Any]) -> list[str]:
        """What became of these updates: "done" or "aside"."""
        first = self.number
        self.number += len(updates)
        self.front.slips([{"update_id": first + at, **one} for at, one in enumerate(updates)])
        query = f"SELECT state FROM inbox WHERE update_id >= {first} ORDER BY update_id"
        async with asyncio.timeout(PATIENCE):
            while len(states := [row["state"] for row in self.talk.rows(query)]) < len(updates) or {"new", "owed"} & {
                *states
            }:
                assert not self.talk.desk.taking.done(), "the desk takes nothing in any more"
                await asyncio.sleep(0.01)
        return states

    async def press(self, card: Heard, data: str, *, who: int = AIGUL, old: bool = False) -> list[str]:
        """A press whose data are whatever a forger likes, below a message that may be too old to be shown."""
        chat = card.raw["chat"]
        message = {"message_id": card.id, "date": 0, "chat": chat} if old else card.raw
        person = {"id": who, "is_bot": False, "first_name": "Aigul"}
        update = {"id": "7", "from": person, "chat_instance": "1", "data": data, "message": message}
        return await self.slips({"callback_query": update})


@pytest.fixture
async def strange(tmp_path: Path) -> AsyncIterator[Strange]:
    async with (
        town() as place,
        front_of(place.sandbox.url) as front,
        working(place, tmp_path, api_url=front.url) as talk,
    ):
        yield Strange(talk, front)


async def test_a_button_below_a_message_too_old_to_be_shown_still_works(strange: Strange) -> None:
    card = await strange.talk.says(POST)
    data = next(data for label, data in card.buttons.items() if "Departed" in label)
    assert await strange.press(card, data, old=True) == ["done"]
    assert [one["status"] for one in await strange.talk.kept()] == ["departed"]
    assert "Departed" in next(one for one in await strange.talk.people.sees(AIGUL) if one.id == card.id).text


async def test_a_card_that_is_gone_when_its_button_is_pressed_comes_anew(strange: Strange) -> None:
    card = await strange.talk.says(POST)
    data = next(data for label, data in card.buttons.items() if "Departed" in label)
    await strange.talk.people.call(f"/person/{AIGUL}/delete", {"chat": AIGUL, "message": card.id})
    assert await strange.press(card, data, old=True) == ["done"]
    last = (await strange.talk.people.sees(AIGUL))[-1]
    assert last.id != card.id
    assert "Departed" in last.text


FORGED = (
    *("", "x", "l:", "l:x:y", "l:0:flights", "l:-4:flights", "l:99999999999999999999:flights", "l:1:' OR 1=1 --"),
    *("s:1:1", "s:1:1:handed", "s:999999999999999999:1:arrived", "s:1:1:arrived:7", "b:1:9", "b:2:1", "b:1:1:x"),
    *("c:1:1:arrived:abc", "c:1:1:arrived:2026-03-03", "c:1:1:arrived:5", "c:1:7:arrived:expected"),
    *(
        "c:1:1:delayed:expected",
        "c:1:1:delayed:9999-99-99",
        "c:1:1:delayed:٥",
        "f:1:1:y",
        "f:1:x",
        "\x00" * 64,
        "é" * 32,
    ),
    *("s:1:1:arrived" + "0" * 51, "s:1:٩:arrived", "s:١:٧:arrived", "s:1:1:ärrived", "S:1:1:arrived", " s:1:1:arrived"),
    *("u:x:1001:1", "u:r:١٠٠١:1:viewer", "u:y:9999:1", "k:1:1:" + "f" * 16, "d:w:1:1:00000000", "q:1:" + "x" * 60),
    *(
        "n:1:0:z",
        "n:" + "9" * 18 + ":ffffffff:a+",
        "a:1:1",
        "a:" + "9" * 18 + ":7",
        "j:" + "9" * 18,
        "j:",
        "l:1:" + "<" * 60,
    ),
)


async def test_forged_buttons_change_nothing_and_nobody_calls_them_an_error(strange: Strange) -> None:
    card = await strange.talk.says(POST)
    before = strange.talk.rows("SELECT * FROM entries")
    for data in FORGED:
        assert await strange.press(card, data) == ["done"], data
        assert strange.talk.rows("SELECT * FROM entries") == before, data


async def test_a_forged_button_in_a_group_shows_no_card_of_elsewhere(strange: Strange) -> None:
    talk = strange.talk
    group = await talk.group()
    await talk.says("/flight 01.03.2026 from Al-Hasakah to Aktau 3 women 17 children")
    listed = await talk.says("/list", chat=group)
    for data in ("b:1:1", "s:1:7:arrived", "s:1:1:delayed"):
        assert await strange.press(listed, data) == ["done"]
    assert not any("17" in one.text for one in await talk.people.sees(TIMUR, group))


class Maker:
    """Makes updates up from the list of all types: any of them, with fields missing, lying, unheard of, or full of commands."""

    SAID = (
        *(POST, "/flight", "/edit F-0001 women 3", "/help " + "<b>" * 900, "/show " + "A1" * 2000, "/flight\n" * 500),
        *(
            "/" + "a" * 4000,
            "/flight " + "wommen 3 " * 400,
            "/digest daily 99:99 " + "&" * 3000,
            "/flight@otherbot men 3",
        ),
        *(
            "\x00",
            "/flight note \x00\x01",
            "/list \u202e\u2066<>&",
            "/flight people " + "9" * 4000,
            "/edit " + "9" * 4000,
        ),
        *("/flight 30.06.2019 from Syria to Aktau " + " ".join(f"x{one}y 1" for one in range(700)), "hello", ""),
        *("/session 03.06.2019 site " + "Z" * 2000 + " type other", "/list page 99999999999999999999", "/digest now"),
    )

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def update(self) -> dict[str, Any]:
        kinds = [one for one in ORACLE["Update"]["fields"] if one != "update_id"]
        kind = self.dice.choice([*kinds, *("message", "edited_message", "callback_query") * 6])
        what = self.make(ORACLE["Update"]["fields"][kind][0])
        if kind in {"message", "edited_message"} and self.dice.random() < 0.7:
            place = {
                "message_id": self.dice.randint(1, 40),
                "date": 1_772_000_000,
                "chat": {"id": AIGUL, "type": "private"},
            }
            what |= place | {
                "from": {"id": AIGUL, "is_bot": False, "first_name": "x"},
                "text": self.dice.choice(self.SAID),
            }
        return {kind: what}

    def make(self, shape: str, name: str = "", depth: int = 0) -> Any:
        dice = self.dice
        if shape.startswith("Array of "):
            return [self.make(shape.removeprefix("Array of "), name, depth + 1) for _ in range(dice.randint(0, 2))]
        if shape not in ORACLE:
            choices: dict[str, tuple[Any, ...]] = {
                "Integer": (AIGUL, VISITOR, -1_000_000_000_001)
                if name == "id"
                else (0, 1, 7, 1_772_000_000, -1, 2**31),
                "String": ("private", "supergroup", "channel") if name == "type" else (*FORGED, *self.SAID),
                "Float": (0.5,),
            }
            return dice.choice(choices.get(shape, (True, False)))
        if "fields" not in ORACLE[shape]:
            return self.make(dice.choice(ORACLE[shape]["one_of"]), name, depth + 1) if ORACLE[shape]["one_of"] else {}
        odds = max(0.02, 0.25 - depth * 0.12)
        made = {
            field: self.make(kind, field, depth + 1)
            for field, (kind, required) in ORACLE[shape]["fields"].items()
            if depth < 8 and dice.random() < (0.995 if required else odds)
        }
        return made | ({"never_heard_of": {"deep": [1, None]}} if dice.random() < 0.05 else {})


async def test_no_update_of_any_type_stops_the_desk_or_is_tried_for_ever(
    strange: Strange, caplog: pytest.LogCaptureFixture
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    maker = Maker(seed)
    await strange.talk.says(POST)
    nowhere: list[dict[str, Any]] = [{"message": {"chat": {}}}, {"message": {"chat": {"id": "x"}}}, {}, {"poll": 5}]
    states = await strange.slips(*nowhere, *(maker.update() for _ in range(300)))
    assert "done" in states
    said = await strange.talk.tells("/list")
    async with asyncio.timeout(PATIENCE):  # among the alarms that are still being told
        while not any("F-" in one.text for one in await strange.talk.people.sees(AIGUL) if one.id > said.id):
            await asyncio.sleep(0.02)
    heard = [
        one.text for who in (AIGUL, VISITOR) for one in await strange.talk.people.sees(who) if one.raw["from"]["is_bot"]
    ]
    for secret in (TOKEN.partition(":")[2], "Traceback", "wommen"):
        assert secret not in caplog.text
    assert not any("Traceback" in one for one in heard)
