"""What the tests of the command language share: words, places, a moment to speak at, and posts with their readings."""

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from records.kind import Context, Kind
from records.kinds import KINDS
from records.places import Gazetteer
from records.vocabulary import Vocabulary

HERE = Path(__file__).parent
NOON = datetime(2019, 6, 5, 6, tzinfo=UTC)
"""Wednesday 5 June 2019, noon in Almaty (UTC+6 that year)."""


@dataclass(frozen=True)
class Post:
    """A text and the reading it must give."""

    kind: Kind
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    guesses: tuple[str, ...] | None = None
    corrected: str | None = None


@cache
def words() -> Vocabulary:
    return Vocabulary.load()


@cache
def context(now: datetime = NOON) -> Context:
    return Context(now, ZoneInfo("Asia/Almaty"), "KZ", "en", Gazetteer.load())


def kind(name: str) -> Kind:
    return next(one for one in KINDS if one.name == name)


def posts(file: str) -> list[Post]:
    data = tomllib.loads((HERE / file).read_text("utf-8"))
    return [
        Post(
            kind(name),
            one["text"],
            one.get("values", {}),
            tuple(one.get("problems", ())),
            tuple(one["guesses"]) if "guesses" in one else None,
            one.get("corrected"),
        )
        for name, some in data.items()
        for one in some
    ]
