"""Words that are nearly words of the language: the message as it reads with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from records.command import item
from records.command.guesses import MOST_GUESSED, nearest
from records.command.item import Fix, Item
from records.command.items import items
from records.command.lexicon import Lexicon
from records.command.row import Row
from records.fold import fold
from records.places import Gazetteer
from records.problem import Problem
from records.vocabulary import Role

_ROLES = (
    Role.FIELD,
    Role.OPENER,
    Role.CHOICE,
    Role.VAGUE,
    Role.MONTH,
    Role.WEEKDAY,
    Role.RELATIVE,
    Role.NEGATION,
    Role.SUBSET,
)


@dataclass(slots=True)
class Meant:
    """The message with strange words taken for what was probably meant: `words` tells by place what each may have been.

    Two guesses that are equally near make two rows; `fitting` keeps which of them ever made a piece.
    """

    words: dict[int, tuple[str, ...]]
    rows: list[Row]
    last: list[int]
    """For each row the last word that stands in it and in none before: no piece behind it is new."""
    fitting: set[tuple[int, str]] = field(default_factory=set)

    def pieces(self, at: int) -> Iterator[Item]:
        """The pieces at a word that are well-formed with a guess in them."""
        for which, row in enumerate(self.rows):
            for one in items(row, at) if at <= self.last[which] else ():
                slips = [place for place in range(one.start, one.end) if place in self.words]
                if not slips or (which and all(len(self.words[place]) == 1 for place in slips)):
                    continue
                taken = [(place, self.words[place][min(which, len(self.words[place]) - 1)]) for place in slips]
                self.fitting.update(taken)
                fixes: tuple[Fix, ...] = tuple((place, place + 1, word) for place, word in taken)
                yield replace(one, cost=one.cost + item.GUESSED * len(slips), fixes=fixes)

    def explained(self, row: Row, one: Item) -> Item:
        """The piece with a problem for each guess in it; where both of two would fit, nothing is put right."""
        if one.problems or not one.fixes:
            return one
        problems, sure = [], True
        for place, _, word in one.fixes:
            also = [each for each in self.words[place] if each != word and (place, each) in self.fitting]
            sure = sure and not also
            problems.append(Problem("", "unknown_word", row.tokens[place].text, guesses=(word, *also)))
        return replace(one, problems=tuple(problems), fixes=one.fixes if sure else None)


def meant(row: Row) -> Meant:
    """What the strange words of a message may have been."""
    strange = list(_strange(row))
    found: dict[int, tuple[str, ...]] = {}
    known: dict[str, tuple[str, ...]] = {}
    for at in strange:
        word = row.tokens[at].folded
        if word not in known:
            known[word] = _like(word, row)
        if known[word]:
            found[at] = known[word]
    rows = []
    for which in range(max(map(len, found.values()), default=0)):
        chosen = {at: guesses[min(which, len(guesses) - 1)] for at, guesses in found.items()}
        tokens = {at: replace(row.tokens[at], parts=tuple(fold(one).split()), text=one) for at, one in chosen.items()}
        rows.append(row.with_tokens(tokens))
    last = [max(at for at, guesses in found.items() if len(guesses) > which) for which in range(len(rows))]
    return Meant(found, rows, last)


def _like(word: str, row: Row) -> tuple[str, ...]:
    """What a strange word may have been, of the language or else of the map."""
    guesses = words_like(word, row.lexicon, _ROLES)
    if guesses or word in row.lexicon.everyday:
        return guesses
    return places_like(word, row.context.places, row.context.language)


def _strange(row: Row) -> Iterator[int]:
    """Words that are no phrase, no place and no number, as far as they are looked at."""
    covered = {at for some in row.matches for match in some for at in range(match.start, match.end)}
    looked = 0
    for at, token in enumerate(row.tokens):
        if at in covered or token.quoted or token.tail or not token.parts or not token.text[0].isalpha():
            continue
        place = row.place(at, loose=False)
        if place:
            covered.update(range(at, place[1]))
        elif looked < MOST_GUESSED:
            looked += 1
            yield at


def places_like(word: str, places: Gazetteer, language: str) -> tuple[str, ...]:
    """The places a word may have meant, by the names they are shown by."""
    known = places.phrases
    return tuple(shown(places, one, language) for one in nearest(word, places.names, lambda one: known[one]))


def shown(places: Gazetteer, phrase: str, language: str) -> str:
    """The name of the place that a folded phrase names, in a language; the phrase where that name leads elsewhere."""
    name = places.name(places.phrases[phrase], language)
    found = places.find(name)
    return name if found is not None and found.key == places.phrases[phrase] else phrase


def words_like(word: str, lexicon: Lexicon, roles: tuple[Role, ...]) -> tuple[str, ...]:
    """What may have been meant by a word of the language; none that drops a negation."""
    if word in lexicon.everyday:
        return ()

    def meaning(phrase: str) -> object:
        return lexicon.senses.get(tuple(phrase.split()), phrase)

    guesses = nearest(word, lexicon.phrases_of(roles), meaning)
    return tuple(lexicon.listed.get(one, one) for one in guesses if not turns_round(word, one, lexicon))


def turns_round(word: str, guess: str, lexicon: Lexicon) -> bool:
    """Whether the word is negated by a syllable that the guess lacks ("unconfirmed" isn't "confirmed")."""
    before, behind = lexicon.negating
    return any(word.startswith(one) and not guess.startswith(one) for one in before) or any(
        word.endswith(one) and not guess.endswith(one) for one in behind
    )
