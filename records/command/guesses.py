"""Which word was probably meant: the nearest ones by slips of the finger, never one that turns the meaning round."""

from collections.abc import Callable, Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from records.command.lexicon import Lexicon
from records.fold import fold
from records.near import CUTOFF, Shelf
from records.vocabulary import Role, Vocabulary

MOST_GUESSED = 16
"""Words guessed at in one message."""
_REMEMBERED = 1_024
_SHORTEST = 2
_LONGEST = 40
_MOST = 2
_LOOKED_AT = 8
_SAME = 1e-6


def nearest(word: str, among: Iterable[str], same: Callable[[str], object] = str) -> tuple[str, ...]:
    """The nearest of some folded words: one, two if they are equally near, none if nothing is near enough.

    Words for which `same` gives the same are forms of one.
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    scorer = OSA.normalized_similarity
    some = among.near(word) if isinstance(among, Shelf) else tuple(among)
    if not some:
        return ()
    found = process.extract(word, some, scorer=scorer, processor=None, score_cutoff=CUTOFF, limit=None)
    if isinstance(among, Shelf):
        found.sort(key=lambda one: (-one[1], among.place(one[0])))
    found = found[:_LOOKED_AT]
    best: dict[object, str] = {}
    for one, score, _ in found:
        if score >= found[0][1] - _SAME:
            best.setdefault(same(one), one)
    return tuple(best.values())[:_MOST]


def alike(word: str, lexicon: Lexicon, role: Role = Role.FIELD) -> bool:
    """Whether a folded word is nearly a word of that role; remembered, since each way to read a message asks it again."""
    known = lexicon.alike
    if (word, role) not in known:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[word, role] = bool(nearest(word, lexicon.phrases_of((role,))))
    return known[word, role]


def nearest_kind(text: str, names: Collection[str], words: Vocabulary) -> str | None:
    """The one of some kinds that a word means, in any language, or nearly means: "flights", "fligth", "рейс"."""
    meant = {
        " ".join(phrase): sense.name
        for phrase, senses in words.senses.items()
        for sense in senses
        if sense.role is Role.KIND and sense.name in names
    }
    found = {meant[one] for one in nearest(fold(text), meant)}
    return found.pop() if len(found) == 1 else None


def nearest_command(name: str, commands: Iterable[str]) -> tuple[str, ...]:
    """The commands a mistyped one may have been: "fligth" was probably "flight"."""
    return nearest(fold(name).replace(" ", "_"), commands)
