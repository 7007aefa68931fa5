"""The corpus of personal data and what the rules make of it: recall and precision, by rule, with what went wrong by name."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from protection.personal import stops

HERE = Path(__file__).parent
LANGUAGES = ("en", "ru", "kk", "ar")
PARTS = ("held", "tuned", "second", "last")


@dataclass(frozen=True)
class Said:
    """A text, and the rules it breaks; none if it must pass. The id tells where it stands: "en held name 3"."""

    id: str
    language: str
    part: str
    text: str
    rules: frozenset[str]


@dataclass(frozen=True)
class Measure:
    """How often something was found where it was, missed, and found where it wasn't."""

    found: int
    missed: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed))

    @property
    def precision(self) -> float:
        return self.found / (self.found + len(self.false))


@cache
def corpus() -> tuple[Said, ...]:
    return tuple(one for language in LANGUAGES for one in _of(language))


def _of(language: str) -> Iterator[Said]:
    data = tomllib.loads((HERE / f"personal_{language}.toml").read_text("utf-8"))
    for part in PARTS:
        for side, rules in data[part].items():
            for names, texts in rules.items():
                for number, text in enumerate(texts, 1):
                    broken = frozenset(names.split()) if side == "refused" else frozenset[str]()
                    sort = names if broken else f"not {names}"
                    yield Said(f"{language} {part} {sort} {number}", language, part, text, broken)


@cache
def verdict(text: str) -> frozenset[str]:
    return frozenset(stops(text))


def of_rule(rule: str) -> Measure:
    """What one rule finds."""
    return _measure((one.id, rule in one.rules, rule in verdict(one.text)) for one in corpus())


def of_texts(part: str = "", language: str = "") -> Measure:
    """Whether texts are refused that must be, whatever the rule."""
    wanted = (one for one in corpus() if part in {"", one.part} and language in {"", one.language})
    return _measure((one.id, bool(one.rules), bool(verdict(one.text))) for one in wanted)


def _measure(judged: Iterable[tuple[str, bool, bool]]) -> Measure:
    some = list(judged)
    return Measure(
        sum(there and seen for _, there, seen in some),
        tuple(name for name, there, seen in some if there and not seen),
        tuple(name for name, there, seen in some if seen and not there),
    )
