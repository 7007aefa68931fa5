"""Makes updates up from the list of all of Telegram's types: whole ones, and the same with something wrong in them."""

import json
import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from tests.house import AIGUL, VISITOR

ORACLE: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "sandbox/bot-api-10.0.json").read_text("utf-8")
)["types"]
KINDS: Final = tuple(one for one in ORACLE["Update"]["fields"] if one != "update_id")
MARK: Final = "zq7wommen"
"""Stands in whatever is said, so that it can be looked for where it must not be."""
POST: Final = "/flight tomorrow from Al-Hasakah to Aktau expected 48"
FORGED: Final = (
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
SAID: Final = (
    *(f"{POST} note {MARK}", "/flight", "/edit F-0001 women 3", "/digest daily 99:99 &&&", f"/flight {MARK} 3"),
    *("/flight@otherbot men 3", "\x00", "/flight note \x00\x01", "/list \u202e\u2066<>&", f"hello {MARK}", ""),
    *("/digest now", "/undo", "/list page 99999999999999999999", "/find \ud800", f"/flight from \udfff{MARK} to Aktau"),
    *(
        "/stats \ud83d",
        "/import flights",
        "/forget_me",
        "/invite admin \x07",
        "/withdraw F-0001 \ud800",
        "/restore F-0001",
    ),
    *("/start " + "0f" * 32, "/link", "/language ru", "/language en", "/flight people " + "9" * 400),
)
HEAVY: Final = (
    *("/help " + "<b>" * 900, "/show " + "A1" * 2000, "/flight\n" * 500, "/" + "a" * 4000, f"/flight {MARK} 3 " * 100),
    *("/digest daily 99:99 " + "&" * 3000, "/flight people " + "9" * 4000, "/edit " + "9" * 4000),
    *("/flight 30.06.2019 from Syria to Aktau " + " ".join(f"x{one}y 1" for one in range(700)),),
    *("/session 03.06.2019 site " + "Z" * 2000 + " type other", "/stats flights by " + "site " * 700),
)
"""Words that take long to read."""


class Maker:
    """Makes the same updates for the same seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def update(self) -> dict[str, Any]:
        """An update of any type, most often what people say and press, sometimes with one thing wrong in it."""
        kind = self.dice.choice([*KINDS, *("message", "edited_message", "callback_query") * 6])
        made = self.of(kind)
        return self.spoilt(made) if self.dice.random() < 0.5 else made

    def of(self, kind: str) -> dict[str, Any]:
        """An update of that type; what people say and press comes mostly from somebody the desk listens to."""
        what = self.make(ORACLE["Update"]["fields"][kind][0])
        member = {"id": AIGUL, "is_bot": False, "first_name": "x"}
        chat = {"id": self.dice.choice((AIGUL, AIGUL, 5_000 + self.dice.randrange(200))), "type": "private"}
        place = {"message_id": self.dice.randint(1, 40), "date": 1_772_000_000, "chat": chat}
        if kind in {"message", "edited_message"} and self.dice.random() < 0.7:
            what |= place | {"from": member, "text": self.dice.choice(HEAVY if self.dice.random() < 0.05 else SAID)}
        if kind == "callback_query" and self.dice.random() < 0.7:
            what |= {"from": member, "data": self.dice.choice(FORGED), "message": place}
        return {kind: what}

    def make(self, shape: str, name: str = "", depth: int = 0) -> Any:
        """Something of that shape, with fields missing, unheard of, or full of commands."""
        dice = self.dice
        if shape.startswith("Array of "):
            return [self.make(shape.removeprefix("Array of "), name, depth + 1) for _ in range(dice.randint(0, 2))]
        if shape not in ORACLE:
            choices: dict[str, tuple[Any, ...]] = {
                "Integer": (AIGUL, VISITOR, -1_000_000_000_001)
                if name == "id"
                else (0, 1, 7, 1_772_000_000, -1, 2**31),
                "String": ("private", "supergroup", "channel") if name == "type" else (*FORGED, *SAID),
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

    def spoilt(self, made: dict[str, Any]) -> dict[str, Any]:
        """The update with one of its fields wrong, whichever."""
        return spoilt(made, self.dice.choice([*paths(made)]), self.dice.choice(WRONG))


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    made: Any = []
    for _ in range(depth):
        made = [made]
    return made


MISSING: Final = object()
WRONG: Final[tuple[Any, ...]] = (
    *(MISSING, None, "x", "", 5, -5, 0, 2**31, 2**63, -(2**63) - 1, 2**70, 1e308, float("nan"), float("inf"), True),
    *([], {}, [None], [[]], {"id": None}, {"id": "x"}, {"id": 2**70}, nested(60), "\x00\x07\x1b[0m\u202e", "\ud800"),
    *("\udc00\ud83d", "x" * 20_000, "9" * 5_000, list(range(500)), {str(one): one for one in range(200)}),
)


def paths(made: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything inside."""
    inside: Sequence[tuple[Any, Any]] = (
        [*made.items()] if isinstance(made, dict) else [*enumerate(made)] if isinstance(made, list) else []
    )
    for key, one in inside:
        yield (*way, key)
        yield from paths(one, (*way, key))


def spoilt(made: dict[str, Any], way: tuple[Any, ...], wrong: Any) -> dict[str, Any]:
    """A copy with that in the place where the way leads."""
    made = deepcopy(made)
    inside: Any = made
    for step in way[:-1]:
        inside = inside[step]
    if wrong is MISSING:
        del inside[way[-1]]
    else:
        inside[way[-1]] = wrong
    return made
