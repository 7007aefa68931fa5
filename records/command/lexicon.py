"""The vocabulary as one kind, or one command, understands it: phrases by their first word, the longest first."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from records.command.affixes import Affixes
from records.command.tokens import Gap, Token
from records.kind import Choice, Kind, Moment
from records.vocabulary import OF_DIGESTS, Role, Sense, Vocabulary

Phrase: TypeAlias = tuple[tuple[str, ...], tuple[Sense, ...]]
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
        return (one for one in self.senses if one.role is role)


class Lexicon:
    """Phrases and their senses, to be looked up in a row of tokens."""

    def __init__(self, senses: Mapping[tuple[str, ...], Sequence[Sense]]) -> None:
        """Keeps what is given, by first word."""
        self.senses = {phrase: tuple(some) for phrase, some in senses.items() if some and phrase}
        self._first: dict[str, list[Phrase]] = {}
        for phrase, some in sorted(self.senses.items(), key=lambda one: -len(one[0])):
            self._first.setdefault(phrase[0], []).append((phrase, some))
        self._words: dict[Hashable, tuple[str, ...]] = {}
        self.negating: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        """Syllables that turn a word round, before it and behind it."""
        self.everyday: frozenset[str] = frozenset()
        """Words nobody mistyped, though they mean nothing here."""
        self.note: Mapping[str, str] = {}
        """What a note is called, by language."""
        self.operations: frozenset[str] = frozenset()
        """Names that are an operation's code with the number tied to them."""
        self.affixes: Affixes | None = None
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
        if not parts or parts[0] not in self._first:
            return ()
        found = []
        for phrase, senses in self._first[parts[0]]:
            end = _end(phrase, tokens, start)
            if end:
                found.append(Match(start, end, senses))
        return tuple(found)

    def phrases_of(self, roles: Sequence[Role]) -> tuple[str, ...]:
        """The phrases of those roles, each once."""
        return self._remembered(roles, lambda sense: sense.role in roles)

    def options(self, field: str) -> tuple[str, ...]:
        """The words of a field's choices."""
        return self._remembered(("choice", field), lambda sense: sense.role is Role.CHOICE and sense.name == field)

    def _remembered(self, name: Hashable, wanted: Callable[[Sense], bool]) -> tuple[str, ...]:
        if name not in self._words:
            self._words[name] = tuple(" ".join(one) for one, some in self.senses.items() if any(map(wanted, some)))
        return self._words[name]

    def knows(self, word: str) -> bool:
        """Whether that folded word is a phrase of its own."""
        return (word,) in self.senses


def _end(phrase: tuple[str, ...], tokens: Sequence[Token], start: int) -> int:
    """Where the phrase ends if it is what the tokens say, else 0."""
    at, left = start, phrase
    while left:
        if at == len(tokens):
            return 0
        token = tokens[at]
        if (at > start and token.gap is not Gap.SPACE) or token.parts != left[: len(token.parts)] or not token.parts:
            return 0
        left = left[len(token.parts) :]
        at += 1
    return at
