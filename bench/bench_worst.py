"""The messages of up to 4,096 characters that take longest to read: drawn at random from the word lists, then made worse.

`python -m bench.bench_worst [--seed N] [--texts N] [--steps N] [--before ../other-checkout]`. It prints the seed, and for each way
a text is read the slowest of each category, in milliseconds of CPU (best of three), with the text's start. With `--before` the same
seed hunts in that checkout too, and each side's figures are told beside the other's.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from protection.personal import found
from protection.rules.words import WORDS as PERSONAL
from records.airports import airports
from records.command import (
    answered,
    envelope,
    nearest_kind,
    put_right,
    read,
    read_question,
    read_search,
    read_sought,
    read_wish,
)
from records.command.wishes import Wish
from records.commands import COMMANDS
from records.kinds import KINDS
from records.places import Gazetteer
from records.vocabulary import Role, Sense
from tests.records.said import context, posts, words

MOST = 4_096
ROUNDS = 3
START = 60
"""Characters of a text that are shown."""
NAMES = frozenset(one.name for one in COMMANDS)
SPACES = (
    " ",
    " ",
    " ",
    ", ",
    "\n",
    ": ",
    " - ",
    "; ",
    "/",
    " (",
    ") ",
    " → ",
    "-",
    "…",
    ' "',
    '" ',
    " «",
    "» ",
    ". ",
    "..",
)
SIGNS = "\"'«»“”„()[]{}<>-–—:;,.!?…/*•·|&+№#=~≈@_ \n\t"
MARKS = "\u064b\u064c\u0651\u0670\u0640\u200f\u200b\u200d\u0301\u0308\ufe0f\u20e3واللكبفيﷺңйё"
NUMBERS = ("12", "1 200", "31.05.2019", "14:30", "~30", "600+", "1", "0", "2019", "31", "12/13", "12.5", "8.30", "-5",
    "12345678901",
    "7 701 555 01 23", "+7", "870155501", "05", "123", "2019-05-31", "3.6", "31-May-2019", "850101300", "1,234")  # fmt: skip

_ROLES = (Role.FIELD, Role.CHOICE, Role.OPENER, Role.PREPOSITION, Role.FILLER, Role.NUMBER, Role.MONTH, Role.PERIOD, Role.ASKING,
    Role.OPTION, Role.WEEKDAY)  # fmt: skip

Read = Callable[[str], object]


def _wished(text: str) -> object:
    wish = read_wish(text, KINDS, words(), context())
    return wish if isinstance(wish, Wish) else put_right(text, wish, KINDS, words(), context())


def _form(text: str) -> object:
    return [answered(text, asked, KINDS[0], words(), context()) for asked in ("from",)]


READERS: Mapping[str, Read] = {
    "flight": lambda text: read(text, KINDS[0], words(), context()),
    "session": lambda text: read(text, KINDS[1], words(), context()),
    "form": _form,
    "stats": lambda text: read_question(text, KINDS, words(), context()),
    "list": lambda text: read_search(text, KINDS, words(), context()),
    "digest": _wished,
    "find": lambda text: read_sought(text, context()),
    "envelope": lambda text: envelope("/flight " + text[: MOST - 8], "wayhome_bot", NAMES),
    "kind": lambda text: nearest_kind(text, [one.name for one in KINDS], words()),
    "personal": found,
}
"""Each way the desk reads what somebody typed."""


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    """What soups are made of, by category."""
    senses, listed = words().senses, words().listed
    written = {" ".join(phrase): some for phrase, some in senses.items()}

    def of(wanted: Callable[[Sense], bool]) -> tuple[str, ...]:
        return tuple(listed.get(one, one) for one, some in written.items() if any(map(wanted, some)))

    scripts = {
        "latin": "abcdefghijklmnopqrstuvwxyz",
        "cyrillic": "абвгдежзиклмнопрстуәіңғүұқөһ",
        "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    }
    every = tuple(listed.values())
    return {
        "words": every,
        **{name: tuple(one for one in every if one[0].lower() in letters) for name, letters in scripts.items()},
        **{
            role.name.lower(): of(lambda sense, role=role: sense.role is role)  # type: ignore[misc]
            for role in _ROLES
        },
        "places": tuple(Gazetteer.load().names),
        "airports": tuple(text for one in airports() for text in (one.name, one.city, one.iata) if text),
        "numbers": NUMBERS,
        "personal": tuple(_personal()),
        "posts": tuple(one.text for file in ("en", "en_hard", "ru", "kk", "ar") for one in posts(f"posts_{file}.toml")),
    }  # fmt: skip


def _personal() -> Iterator[str]:
    for one in tomllib.loads(PERSONAL.read_text("utf-8")).values():
        for some in one.values():
            yield from (phrase.strip("*") for phrase in some) if isinstance(some, list) else ()


def _soup(pool: tuple[str, ...], rng: random.Random) -> str:
    """Words of a pool with signs between, about as many as a post may have or as a message may hold."""
    most = rng.choice((120, 180, 198, 210, 4_000))
    spaces = rng.choice(((" ",), (" ", " ", " ", ", "), SPACES, (" ", "\n"), (": ", "\n"), (" - ", " ")))
    if rng.random() < 0.4:
        pool = tuple(rng.choice(pool) for _ in range(rng.choice((1, 2, 3, 5, 12))))
    slips = rng.choice((0, 0, 0.3, 1))
    counts = rng.choice((0, 0, 0.2, 0.5))
    capitals = rng.random() < 0.3
    made, length, many = [], 0, 0
    while many < most and length < MOST:
        one = rng.choice(NUMBERS) if rng.random() < counts else rng.choice(pool)
        one = _slipped(one, rng) if rng.random() < slips else one
        one = (one.title() if capitals else one) + rng.choice(spaces)
        made.append(one)
        length, many = length + len(one), many + len(one.split())
    return "".join(made)[:MOST]


def _slipped(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word)) if word else 0
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at : at + 1] * 2 + word[at + 1 :],
            word[:at] + "x" + word[at + 1 :],
        )
    )


def _letters(rng: random.Random) -> str:
    """A few signs or letters over and over."""
    pool = rng.choice(
        (
            SIGNS,
            MARKS,
            "0123456789 .-+",
            "0123456789 ",
            "01 ",
            "aA ",
            "Аа. ",
            "- \n",
            "a\n",
            "\"'",
            "().",
            "😀x ",
            "وال ",
            "7 ",
            "19.",
            "@a.",
            "/a\n",
            "/flihgt\n",
        )
    )
    some = [rng.choice(pool) for _ in range(rng.choice((1, 2, 3, 8)))] + (
        [rng.choice(SIGNS)] if rng.random() < 0.3 else []
    )
    run = rng.choice((1, 1, 2, 40, 600))
    made = "".join(rng.choice(some) * rng.randint(1, run) for _ in range(MOST if run < 5 else 300))
    return (pool * MOST if rng.random() < 0.2 else made)[:MOST]


CATEGORIES = ("letters", *_phrases())


def drawn(category: str, rng: random.Random) -> str:
    """A text of that category."""
    return _letters(rng) if category == "letters" else _soup(_phrases()[category], rng)


def worse(text: str, rng: random.Random) -> str:
    """The text with something changed."""
    first, last = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    last = min(last, first + rng.choice((3, 20, 100, 400)))
    piece = text[first:last]
    step = rng.randrange(5)
    if step == 0:
        changed = text[:first] + text[last:]
    elif step == 1:
        changed = text[:first] + piece * rng.choice((2, 3, 10)) + text[last:]
    elif step == 2:
        at = rng.randrange(len(text) + 1)
        changed = text[:at] + piece + text[at:]
    else:
        other = drawn(rng.choice(CATEGORIES), rng)
        at = rng.randrange(len(other) + 1)
        changed = text[:first] + other[at : at + rng.choice((3, 10, 40, 200))] + text[last if step == 3 else first :]
    return changed[:MOST]


def took(reader: Read, text: str, least: float = 0) -> float:
    """Milliseconds of CPU, the best of three; one try is enough if that is below `least`."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        reader(text)
        best = min(best, 1000 * (time.process_time() - begun))
        if best < least:
            break
    return best


Found = dict[str, dict[str, tuple[float, str]]]


def hunted(seed: int, texts: int, steps: int) -> Found:
    """By reader and category the slowest text, and its milliseconds; those of hill climbing stand under "climbed"."""
    slowest: Found = {}
    for name, reader in READERS.items():
        reader("12 women")
        some = slowest[name] = {}
        for category in CATEGORIES:
            rng = random.Random(f"{seed} {category}")
            for _ in range(texts):
                text = drawn(category, rng)
                one = took(reader, text, some[category][0] if category in some else 0)
                if category not in some or one > some[category][0]:
                    some[category] = (one, text)
        rng = random.Random(f"{seed} {name}")
        for _, text in sorted(some.values(), reverse=True)[:3]:
            some["climbed"] = max(some.get("climbed", (0, "")), _climbed(reader, text, steps, rng))
    return slowest


def _climbed(reader: Read, text: str, steps: int, rng: random.Random) -> tuple[float, str]:
    best = took(reader, text)
    for _ in range(steps):
        other = worse(text, rng)
        one = took(reader, other, best)
        if one > best:
            best, text = one, other
    return took(reader, text), text


def _elsewhere(folder: Path, asked: argparse.Namespace) -> Found:
    command = [
        sys.executable,
        __file__,
        "--seed",
        str(asked.seed),
        "--texts",
        str(asked.texts),
        "--steps",
        str(asked.steps),
        "--json",
    ]
    told = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, check=True
    )
    return json.loads(told.stdout)


def main(asked: argparse.Namespace) -> None:
    """Prints the figures."""
    mine = hunted(asked.seed, asked.texts, asked.steps)
    if asked.json:
        print(json.dumps(mine))
        return
    before = _elsewhere(asked.before.resolve(), asked) if asked.before else {}
    print(f"seed {asked.seed}, {asked.texts} texts of each category, {asked.steps} steps")
    for name, some in mine.items():
        for category, (one, text) in sorted(some.items(), key=lambda item: item[1], reverse=True)[: asked.show]:
            was = before.get(name, {}).get(category)
            ratio = f" before {was[0]:7.1f}, {one / was[0]:5.2f}" if was else ""
            print(f"{name:9} {category:12} {one:7.1f} ms{ratio}  {len(text):4} {text[:START]!r}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--texts", type=int, default=20)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--show", type=int, default=4)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--json", action="store_true")
    main(parser.parse_args())
