"""Names of several words, found in running text: the longest that begins at a word."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from records.fold import fold


class Tail:
    """The words of a text from one on, folded as far as they are asked for; one typed word may fold to several ("Al-Hol")."""

    def __init__(self, words: Sequence[str], start: int, folded: str) -> None:
        """`folded` is the word at `start`."""
        self._words, self._start, self._taken = words, start, 1
        self._flat = folded.split()
        self._ends = {len(self._flat): 1}
        self.first = self._flat[0] if self._flat else ""
        """The first folded word; "" if nothing is left of what was typed."""

    def match(self, phrase: Sequence[str]) -> int | None:
        """How many typed words that phrase takes; None if the text goes on otherwise or in the midst of a word."""
        self._reach(len(phrase))
        return self._ends.get(len(phrase)) if self._flat[: len(phrase)] == list(phrase) else None

    def _reach(self, length: int) -> None:
        while len(self._flat) < length and self._start + self._taken < len(self._words):
            self._flat += fold(self._words[self._start + self._taken]).split()
            self._taken += 1
            self._ends.setdefault(len(self._flat), self._taken)


class Phrases:
    """Folded phrases and the key each stands for."""

    def __init__(self) -> None:
        self.by_phrase: dict[str, str] = {}
        self.words: set[str] = set()
        """All words of all phrases."""
        self._by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)

    def add(self, name: str, key: str) -> None:
        """A name for that key; the last one said wins."""
        phrase = fold(name)
        if phrase and phrase not in self.by_phrase:
            words = tuple(phrase.split())
            self.words.update(words)
            beside = self._by_first[words[0]]
            beside.append(words)
            beside.sort(key=len, reverse=True)
        if phrase:
            self.by_phrase[phrase] = key

    def begin(self, word: str) -> bool:
        """Whether a phrase begins with that folded word."""
        return word in self._by_first

    def longest(self, tail: Tail, wanted: Callable[[str], bool]) -> tuple[str, int] | None:
        """The key of the longest phrase the text begins with, of those wanted, and how many typed words it takes."""
        for words in self._by_first.get(tail.first, ()):
            key = self.by_phrase[" ".join(words)]
            if wanted(key) and (taken := tail.match(words)) is not None:
                return key, taken
        return None
