"""What is written together with a word: prepositions and the article before it, case endings behind it.

They are data of the word lists (`attached`, `endings`). Whole words win: a beginning comes off only where the whole is unknown
and the rest is known, an ending only where the rest is a known place or a noun that makes a name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from records.command.tokens import Gap, Token
from records.fold import fold
from records.vocabulary import Role, Vocabulary

_SHORTEST = 3
"""Letters of what must be left."""
_LONGEST = 40
"""Letters of a word in which something may be written together; a longer one is none."""
_DEEPEST = 3
"""Beginnings that come off one word: "وبال" is two and the article."""

Known = Callable[[str], bool]
"""Whether a folded word is one of a place's name."""


class Affixes:
    """The beginnings and endings of all languages, and the words they are held against."""

    def __init__(self, words: Vocabulary) -> None:
        """Longest first, so that "لل" is tried before "ل"."""
        self._attached = sorted(words.attached.items(), key=lambda one: -len(one[0]))
        self._articles = [one for one, word in self._attached if not word]
        self._endings = sorted(words.endings.items(), key=lambda one: -len(one[0]))
        self._tied = frozenset(words.endings)
        self._spelt = frozenset(word for phrase in words.senses for word in phrase)
        naming = {Role.NOUN, Role.AIRPORT}
        self._nouns = frozenset(
            word for phrase, some in words.senses.items() if any(one.role in naming for one in some) for word in phrase
        )

    def apart(self, tokens: Sequence[Token], placed: Known, coded: Known) -> list[Token]:
        """The tokens with what is written together apart, and case endings taken off; `coded` knows the codes of places."""
        found: list[Token] = []
        for token in tokens:
            if token.quoted or token.text.isascii() or not token.parts or len(token.text) > _LONGEST:
                found.append(token)
            elif (
                len(token.parts) == 1 and (pieces := self._pieces(token.text, placed)) and pieces[0][1] != token.folded
            ):
                found += _cut(token, pieces)
            else:
                found.append(self._bare(token, placed, coded))
        return found

    def _pieces(self, typed: str, placed: Known, depth: int = 0) -> list[tuple[str, str]]:
        """The words written in one, each as typed and folded; none if that isn't all known."""
        word = fold(typed)
        if word in self._spelt or placed(word):
            return [(typed, word)]
        if len(word) < _SHORTEST or depth > _DEEPEST:
            return []
        for beginning, stands in self._attached:
            at = _end_of(typed, beginning) if word.startswith(beginning) else 0
            rest = self._pieces(typed[at:], placed, depth + 1) if len(word) >= len(beginning) + _SHORTEST and at else []
            if rest:
                return [(typed[:at], stands), *rest] if stands else [(typed[:at] + rest[0][0], rest[0][1]), *rest[1:]]
        return next(([(typed, one + word)] for one in self._articles if self._known(one + word, placed)), [])

    def _known(self, word: str, placed: Known) -> bool:
        return word in self._spelt or placed(word)

    def _bare(self, token: Token, placed: Known, coded: Known) -> Token:
        """A place's word without its case ending, and what that ending says."""
        last = token.parts[-1]
        tied = len(token.parts) > 1 and last in self._tied  # "SCO-дан"
        if placed(last) or (last in self._spelt and last not in self._nouns and not tied):
            return token
        for ending, opens in self._endings:
            stem = last[: -len(ending)]
            if not last.endswith(ending) or (stem and len(stem) < _SHORTEST):
                continue
            typed = token.text[: -len(ending)].rstrip("-–'’")
            held = stem or (token.parts[-2] if len(token.parts) > 1 else "")
            named = held in self._nouns or ((placed(held) or coded(typed)) and last not in self._nouns)
            if named and fold(typed).endswith(held):
                return replace(token, stem=typed, opens=opens)
        return token


def _cut(token: Token, pieces: Sequence[tuple[str, str]]) -> Iterator[Token]:
    """One token for each word written in one."""
    at = token.start
    for place, (typed, word) in enumerate(pieces):
        end = at + len(typed)
        first = replace(token, text=typed, parts=tuple(word.split()), start=at, end=end, stem=word)
        yield first if not place else replace(first, gap=Gap.SPACE, linked=False)
        at = end


def _end_of(typed: str, beginning: str) -> int:
    """Where a folded beginning ends in what was typed, with its marks and lengthening; 0 if it doesn't."""
    ends = [at for at in range(1, len(typed)) if fold(typed[:at]) == beginning]
    return ends[-1] if ends else 0
