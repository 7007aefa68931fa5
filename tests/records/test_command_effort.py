"""How much is looked up to read a message: it grows with its length, and guesses are bounded. Steps are counted, not time."""

import random
import sys
from collections.abc import Sequence
from types import FrameType

import pytest
from rapidfuzz import process

from records.command import envelope, read, read_question, read_wish
from records.command.guesses import MOST_GUESSED
from records.command.row import MOST_WORDS
from records.kind import Kind
from records.kinds import KINDS
from records.problem import Problem
from tests.records.said import context, words

GROWTH = 2.6
"""Steps for a message of twice the words, at most; what is looked up for each pair of words makes it 4."""
SLIPS = "wommen", "chidlren", "жнщин", "сирри", "актоу", "нсаа", "balllar", "әйелдр"


def soup(many: int, seed: int) -> str:
    """So many words of the lists, some of them mistyped, and figures between."""
    rng = random.Random(seed)
    listed = sorted(one for one in words().listed.values() if " " not in one and one.isalpha())
    return " ".join(rng.choice((rng.choice(listed), rng.choice(listed), str(rng.randint(1, 60)))) for _ in range(many))


def steps(text: str, kind: Kind) -> int:
    """How many functions of the command language are called to read that."""
    called = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal called
        del arg
        called += event == "call" and "records" in frame.f_code.co_filename

    read(text, kind, words(), context())  # what is made once is made
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text, kind, words(), context())
    finally:
        sys.setprofile(before)
    return called


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
@pytest.mark.parametrize("seed", range(3))
def test_reading_takes_steps_by_the_word(kind: Kind, seed: int) -> None:
    text = soup(MOST_WORDS // 4 - 1, seed)
    once, twice, four = (steps(" ".join([text] * many), kind) for many in (1, 2, 4))
    assert twice < GROWTH * once
    assert four < GROWTH * twice


@pytest.mark.parametrize(
    "word",
    ["from ", "в ", "12 ", "123 ", "women ", "citizens x ", "arrived ", "a ", "من ", "Foo ", "yesterday "],
    ids=str.strip,
)
def test_one_word_over_and_over_takes_steps_by_the_word(word: str) -> None:
    half, whole = MOST_WORDS // 4 // len(word.split()), MOST_WORDS // 2 // len(word.split())
    for kind in KINDS:
        assert steps(word * whole, kind) < GROWTH * steps(word * half, kind)


@pytest.fixture
def guessed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every word guessed at, each time it is held against a list."""
    asked: list[str] = []
    real = process.extract

    def extract(word: str, among: Sequence[str], **how: object) -> object:
        asked.append(word)
        return real(word, among, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(process, "extract", extract)
    return asked


def slips(many: int) -> list[str]:
    """So many mistyped words, all different."""
    return [f"{SLIPS[at % len(SLIPS)]}{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(many)]


@pytest.mark.parametrize("before", ["", "for ", "zone ", "language "])
def test_so_many_words_are_guessed_at(guessed: list[str], before: str) -> None:
    text = " ".join(before + one for one in slips((MOST_WORDS - 1) // (2 if before else 1)))
    for kind in KINDS:
        read(text, kind, words(), context())
        assert len(guessed) <= 3 * MOST_GUESSED
        guessed.clear()
    read_question(text, KINDS, words(), context())
    assert len(guessed) <= 3 * MOST_GUESSED
    guessed.clear()
    read_wish(text, KINDS, words(), context())
    assert len(guessed) <= 4 * MOST_GUESSED


def test_wrong_values_are_guessed_at_so_often(guessed: list[str]) -> None:
    read("\n".join(f"citizens: {one}" for one in slips(90)), KINDS[0], words(), context())
    assert len(guessed) <= 64 + 3 * MOST_GUESSED


def test_commands_in_one_message_are_guessed_at_so_often(guessed: list[str]) -> None:
    envelope("/flight\n" + "".join(f"/q{at}x\n" for at in range(500)), "desk_bot", {"flight", "session"})
    assert len(guessed) == MOST_GUESSED


def test_a_digest_of_more_words_than_any_has_is_refused_at_once() -> None:
    wrong = read_wish("zone " * (MOST_WORDS + 1), KINDS, words(), context())
    assert wrong == (Problem("", "too_many_words", about={"most": MOST_WORDS}),)
