"""What `/sites` is told to do: "add Umit = Үміт, أوميت", "merge Umitt into Umit", in the words of any language."""

import re
from dataclasses import dataclass
from statistics import mean
from typing import Final, Literal, TypeAlias

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from records.fold import fold, tidy
from records.places import Gazetteer
from records.vocabulary import Vocabulary

SiteAct: TypeAlias = Literal["show", "add", "rename", "merge", "remove", "city", "unread"]
TWO_SIDED: Final = frozenset({"rename", "merge", "city"})
"""What is told of two names, one to each side."""
_MOST_WORD: Final = 2
"""Words of what is to be done."""
_SIDES: Final = re.compile(r"\s*(?:=|->|→|←)\s*")
_APART: Final = re.compile(r"\s*[,،、;؛\n]\s*")
_QUOTED: Final = re.compile(r"""["«“„]([^"«»“”„]+)["»”“]""")
_NEAR: Final = 72
"""How like a name must be, of 100, to be offered."""
_SHORTEST: Final = 4
"""Letters of what is looked for inside of longer names: "al" is in half of all."""
_LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class SiteWish:
    """What is to be done, to the place of which name, and the other names told; "unread" if nobody can tell what."""

    act: SiteAct
    name: str = ""
    others: tuple[str, ...] = ()


def read_sites(text: str, words: Vocabulary, places: Gazetteer) -> SiteWish:
    """What `/sites` is asked for."""
    said = tidy(text).strip().split()
    if not said:
        return SiteWish("show")
    for length in range(min(_MOST_WORD, len(said)), 0, -1):
        act = _act(words.sites.get(fold(" ".join(said[:length])), ""))
        if act != "unread":
            rest = " ".join(tidy(text).strip().split(maxsplit=length)[length:])
            return _told(act, rest, words, places)
    return SiteWish("unread")


def _act(name: str) -> SiteAct:
    match name:
        case "add" | "rename" | "merge" | "remove" | "city":
            return name
        case _:
            return "unread"


def _told(act: SiteAct, rest: str, words: Vocabulary, places: Gazetteer) -> SiteWish:
    first, *more = _SIDES.split(rest, maxsplit=1)
    if act in TWO_SIDED and not more:
        first, more = _between(rest, words, places)
    others = tuple(one for text in more for one in map(_name, _APART.split(text)) if one)
    name = _name(first)
    if not name or (act in TWO_SIDED and len(others) != 1) or (act == "remove" and others):
        return SiteWish("unread")
    return SiteWish(act, name, others)


def _between(rest: str, words: Vocabulary, places: Gazetteer) -> tuple[str, list[str]]:
    """The two sides of a word such as "into": where a known place follows, else the first such word there is."""
    said = rest.split()
    joints = [at for at in range(1, len(said) - 1) if words.sites.get(fold(said[at])) == "into"]
    sides = [(" ".join(said[:at]), " ".join(said[at + 1 :])) for at in joints]
    best = next((one for one in sides if places.find(_name(one[1])) is not None), next(iter(sides), None))
    return (best[0], [best[1]]) if best else (rest, [])


def _name(typed: str) -> str:
    """A name as typed, without quotes around all of it."""
    name = " ".join(typed.split()).strip(" :,")
    whole = _QUOTED.fullmatch(name)
    return whole[1].strip() if whole else name


def nearest_places(name: str, places: Gazetteer, most: int = 5) -> tuple[str, ...]:
    """The keys of known places called nearly that, the team's own first, the likeliest of each in front."""
    typed, own = fold(name), frozenset(places.own)
    ours = [(_by_words(typed, phrase), phrase) for phrase, key in places.phrases.items() if key in own]
    found = [(score, phrase) for score, phrase in ours if score >= _NEAR]
    for scorer in (fuzz.ratio, fuzz.token_set_ratio) if len(typed) >= _SHORTEST else (fuzz.ratio,):
        near = process.extract(typed, places.names, scorer=scorer, processor=None, score_cutoff=_NEAR, limit=_LOOKED_AT)
        found += [(score, phrase) for phrase, score, _ in near]
    keys = dict.fromkeys(places.phrases[phrase] for _, phrase in sorted(found, key=lambda one: -one[0]))
    return tuple(sorted(keys, key=lambda key: key not in own))[:most]


def _by_words(typed: str, phrase: str) -> float:
    """How like some words are to words of a name, of 100, whatever else is in it: "umit center" is in "centre umit karaganda"."""
    words = phrase.split()
    return (
        mean(max(OSA.normalized_similarity(one, word) for word in words) for one in typed.split()) * 100 if typed else 0
    )
