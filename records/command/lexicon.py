"""The vocabulary as one kind, or one command, understands it: phrases, to be looked up."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from records.command.affixes import Affixes
from records.command.tokens import Gap, Token
from records.kind import Choice, Kind, Moment
from records.near import Shelf
from records.vocabulary import OF_DIGESTS, Role, Sense, Vocabulary

_POSTS = frozenset(Role) - OF_DIGESTS - {Role.PERIOD, Role.ASKING, Role.EVERYDAY}


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a message: the tokens from `start` up to, not including, `end`."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    def has(self, role: Role) -> bool:
        """Whether it may be that."""
        return any(one.role is role for one in self.senses)

    def of(self, role: Role) -> Iterator[Sense]:
        """What it may mean in that role."""
        return iter([one for one in self.senses if one.role is role])


class Lexicon:
    """Phrases and their senses, to be looked up in a row of tokens."""

    def __init__(self, senses: Mapping[tuple[str, ...], Sequence[Sense]]) -> None:
        """Keeps what is given."""
        self.senses = {phrase: tuple(some) for phrase, some in senses.items() if some and phrase}
        self._longest: dict[str, int] = {}
        """By first word the words of the longest phrase."""
        for phrase in self.senses:
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))
        self._words: dict[Hashable, Shelf] = {}
        self.negating: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        """Syllables that turn a word round, before it and behind it."""
        self.everyday: frozenset[str] = frozenset()
        """Words nobody mistyped, though they mean nothing here."""
        self.note: Mapping[str, str] = {}
        """What a note is called, by language."""
        self.operations: frozenset[str] = frozenset()
        """Names that are an operation's code with the number tied to them."""
        self.affixes: Affixes | None = None
        self.alike: dict[tuple[str, Role], bool] = {}
        """Folded words that were asked whether they are nearly a word of a role, and the answer."""
        self.listed: Mapping[str, str] = {}
        """Folded phrases as they are written."""
        self.clock_of: dict[str, str] = {}
        """The moment field whose words a status shares: "arrived 14:30" is `arrives`."""
        self.measured = frozenset(one.name for some in self.senses.values() for one in some if one.role is Role.UNIT)
        """Fields told in units: measures, no counts of people or things."""

    @classmethod
    def of_kind(cls, words: Vocabulary, kind: Kind) -> "Lexicon":
        """What is understood in a post of that kind."""
        options = {name: field.shape.options for name, field in kind.by_name.items() if isinstance(field.shape, Choice)}

        def fits(sense: Sense) -> bool:
            if sense.role in {Role.FIELD, Role.VAGUE, Role.OPENER, Role.UNIT, Role.AMOUNT, Role.BEHIND}:
                return sense.name in kind.by_name
            if sense.role is Role.CHOICE:
                return sense.option in options.get(sense.name, ())
            return sense.role in _POSTS and (sense.role is not Role.KIND or sense.name == kind.name)

        order = {name: at for at, name in enumerate(kind.by_name)}
        lexicon = cls(
            {
                phrase: sorted(filter(fits, some), key=lambda one: order.get(one.name, 0))
                for phrase, some in words.senses.items()
            }
        )
        lexicon.learn(words)
        shared: dict[str, set[str]] = {}
        for some in lexicon.senses.values():
            clocks = {
                one.name for one in some if one.role is Role.FIELD and isinstance(kind.field(one.name).shape, Moment)
            }
            for one in some:
                if clocks and one.role is Role.CHOICE:
                    shared.setdefault(one.option, set()).update(clocks)
        lexicon.clock_of = {option: clocks.pop() for option, clocks in shared.items() if len(clocks) == 1}
        return lexicon

    def learn(self, words: Vocabulary) -> None:
        """Takes over what is no phrase: syllables that turn a word round, and what is written together with one."""
        self.negating, self.everyday, self.listed = words.negating, words.everyday, words.listed
        self.operations = words.operations
        self.note = {one: words.label(one, "fields", "note") for one in words.languages}
        self.affixes = words.kept("affixes", words, lambda: Affixes(words))

    def at(self, tokens: Sequence[Token], start: int) -> tuple[Match, ...]:
        """The phrases that begin at a token, the longest first; none goes over a comma, a colon or a line's end."""
        parts = tokens[start].parts
        longest = self._longest.get(parts[0], 0) if parts else 0
        if not longest:
            return ()
        ahead, ends = _ahead(tokens, start, longest)
        found = []
        for length in sorted(ends, reverse=True):
            senses = self.senses.get(ahead[:length])
            if senses:
                found.append(Match(start, ends[length], senses))
        return tuple(found)

    def phrases_of(self, roles: Sequence[Role]) -> Shelf:
        """The phrases of those roles, each once."""
        return self._remembered(roles, lambda sense: sense.role in roles)

    def options(self, field: str) -> Shelf:
        """The words of a field's choices."""
        return self._remembered(("choice", field), lambda sense: sense.role is Role.CHOICE and sense.name == field)

    def _remembered(self, name: Hashable, wanted: Callable[[Sense], bool]) -> Shelf:
        if name not in self._words:
            self._words[name] = Shelf(" ".join(one) for one, some in self.senses.items() if any(map(wanted, some)))
        return self._words[name]

    def knows(self, word: str) -> bool:
        """Whether that folded word is a phrase of its own."""
        return (word,) in self.senses


def _ahead(tokens: Sequence[Token], start: int, most: int) -> tuple[tuple[str, ...], dict[int, int]]:
    """Up to `most` words from a token on, as far as a phrase may go, and after how many of them a token ends."""
    words = tokens[start].parts
    ends = {len(words): start + 1}
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if len(words) >= most or token.gap is not Gap.SPACE or not token.parts:
            break
        words += token.parts
        ends[len(words)] = at + 1
    return words, ends
