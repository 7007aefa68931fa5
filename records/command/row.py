"""A message made ready for reading: its words, the phrases that begin at each, and the places named in it."""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from records.command.lexicon import Lexicon, Match
from records.command.tokens import Gap, Token, cut, line, with_tails
from records.fold import fold, tidy
from records.kind import Context, Day, Flag, Kind, Moment, Place, Text
from records.vocabulary import Role

MOST_WORDS = 200
"""More words than this, notes apart, are no post."""

P = ParamSpec("P")
T = TypeVar("T")


class Row:
    """The words of one message and what is known of each; look-ups are made once."""

    def __init__(self, text: str, kind: Kind, lexicon: Lexicon, context: Context) -> None:
        """Cuts the text; what follows a note or a source up to the line's end becomes one token."""
        self.text = context.places.joined(tidy(text))
        self.kind, self.lexicon, self.context = kind, lexicon, context
        tokens = cut(self.text, lexicon.knows, lambda name: context.places.find(name) is not None)
        if lexicon.affixes:
            tokens = lexicon.affixes.apart(tokens, context.places.knows, context.places.is_code)
        self.tokens: list[Token] = with_tails(tokens, self.text, self._tails(tokens))
        self.end = len(self.tokens)
        """How many words there are."""
        self.too_long = self.end > MOST_WORDS
        self._words = [one.name for one in self.tokens]
        self._named = [self._may_be_place(one) for one in self.tokens]
        self.ended = max((at for at, one in enumerate(self.tokens) if one.opens), default=-1)
        """The last place with a case ending that says what a preposition says elsewhere; -1 if there is none."""
        self._stops = _stops(self.tokens)
        self._places: dict[tuple[int, bool, bool], tuple[tuple[str, ...], int] | None] = {}
        self.guessed: dict[tuple[str, str], tuple[str, ...]] = {}
        """What wrong values may have been, by field and as typed."""
        self.known: dict[Hashable, object] = {}
        """What was looked up so far."""
        self.matches: list[tuple[Match, ...]] = []
        if not self.too_long:
            self.matches = [
                () if one.quoted or one.tail else lexicon.at(self.tokens, at) for at, one in enumerate(self.tokens)
            ]
        self.flag = next((one.name for one in kind.fields if isinstance(one.shape, Flag)), None)
        self.only = _only(kind)
        self.pair = _pair(kind)
        self.sited = [one for one in kind.fields if isinstance(one.shape, Place)]
        """The fields that hold a place."""

    def with_tokens(self, changed: Mapping[int, Token]) -> "Row":
        """The same message with some of its words taken for others."""
        row = copy(self)
        row.tokens = [changed.get(at, one) for at, one in enumerate(self.tokens)]
        row._words = [one.name for one in row.tokens]  # noqa: SLF001 - its own class
        named = [self._may_be_place(changed[at]) if at in changed else one for at, one in enumerate(self._named)]
        row._named = named  # noqa: SLF001
        row._places = {}  # noqa: SLF001
        row.known = {}
        row.matches = [
            () if one.quoted or one.tail else self.lexicon.at(row.tokens, at) for at, one in enumerate(row.tokens)
        ]
        return row

    def _may_be_place(self, token: Token) -> bool:
        """Whether some place's name begins so; each word is asked about several times."""
        return self.context.places.begins(fold(token.stem) if token.stem else token.folded)

    def _tails(self, tokens: list[Token]) -> list[int]:
        """Where the rest of a line belongs to a note or a source."""
        fields: Mapping[str, Text] = {
            one.name: one.shape for one in self.kind.fields if isinstance(one.shape, Text) and one.shape.line
        }
        found, at = [], 0
        while at < len(tokens):
            match = next(iter(self.lexicon.at(tokens, at)), None)
            at = at + 1 if match is None else match.end
            if match is not None and any(sense.name in fields for sense in match.of(Role.FIELD)):
                found.append(at)
                while at < len(tokens) and tokens[at].gap is not Gap.LINE:
                    at += 1
        return found

    def gap(self, at: int) -> Gap:
        """What stands before that word; the end of the message is the end of a line."""
        return self.tokens[at].gap if at < self.end else Gap.LINE

    def linked(self, at: int) -> bool:
        """Whether a colon, an equals sign or a spaced dash stands before that word."""
        return at < self.end and self.tokens[at].linked

    def near(self, at: int, widest: Gap = Gap.SPACE) -> bool:
        """Whether a word stands there, with nothing stronger before it than `widest`."""
        return at < self.end and self.tokens[at].gap <= widest

    def blank(self, at: int) -> bool:
        """Whether a colon stands before that word, or at the message's end: a line of a form left empty."""
        return self.tokens[at].linked if at < self.end else self.text.rstrip()[-1:] in set(":=")

    def dash(self, at: int) -> bool:
        """Whether a dash stands there for no value."""
        return at < self.end and not self.tokens[at].parts and not self.tokens[at].quoted and self.gap(at) <= Gap.LINK

    def between(self, at: int) -> str:
        """What was typed between the word before and that one."""
        return self.text[self.tokens[at - 1].end : self.tokens[at].start]

    def match(self, at: int, role: Role, name: str = "") -> Match | None:
        """The longest phrase at a word that may have that role (and be of that name)."""
        if at >= self.end:
            return None
        for match in self.matches[at]:
            for one in match.senses:
                if one.role is role and (not name or one.name == name):
                    return match
        return None

    def ends(self, at: int, role: Role) -> bool:
        """Whether a phrase that may have that role ends right before a word."""
        return any(match.end == at and match.has(role) for start in range(at) for match in self.matches[start])

    def past(self, at: int, *roles: Role, widest: Gap = Gap.SPACE, most: int = 3, first: Gap = Gap.SPACE) -> int:
        """Where one stands after going over up to `most` phrases of those roles; `first` is what may stand before the first."""
        for taken in range(most):
            if not self.near(at, widest if taken else max(first, widest)):
                return at
            match = next(iter(self.matches[at]), None)  # the longest: "all" is none where "all time" stands
            if match is None or not any(match.has(role) for role in roles):
                return at
            at = match.end
        return at

    def place(self, at: int, *, loose: bool, countries: bool = False) -> tuple[str, int] | None:
        """The key of the longest place name beginning at a word, and where it ends; within one stretch between commas."""
        found = self.places(at, loose=loose, countries=countries)
        return (found[0][0], found[1]) if found else None

    def places(self, at: int, *, loose: bool, countries: bool = False) -> tuple[tuple[str, ...], int] | None:
        """The same with every place of that name: "عمان" is Amman or Oman."""
        key = (at, loose, countries)
        if key not in self._places:
            self._places[key] = self._found(at, loose=loose, countries=countries)
        return self._places[key]

    def _found(self, at: int, *, loose: bool, countries: bool) -> tuple[tuple[str, ...], int] | None:
        if at >= self.end or self.tokens[at].tail:
            return None
        if self.tokens[at].quoted:
            keys = self.context.places.find_every(self._words[at], countries=countries)
            return (keys, at + 1) if keys else None
        if not self._named[at]:
            return None
        found = self.context.places.longest(self._words[: self._stops[at]], at, loose=loose, countries=countries)
        return (found[0], at + found[1]) if found else None

    def line_end(self, at: int) -> int:
        """The first word of the line after that word's."""
        at += 1
        while at < self.end and self.tokens[at].gap is not Gap.LINE:
            at += 1
        return at

    def typed(self, start: int, end: int) -> str:
        """What was typed from one word up to, not including, another, in one line."""
        return " ".join(self.text[self.tokens[start].start : self.tokens[end - 1].end].split())

    def name(self, start: int, end: int) -> str:
        """What was typed there, less the case ending of the last word."""
        last = self.tokens[end - 1]
        typed = self.typed(start, end)
        return typed[: len(typed) - len(last.text) + len(last.stem)] if last.opens else typed

    def opens(self, start: int, end: int, name: str) -> bool:
        """Whether a case ending in those words opens that field."""
        return any(name in one.opens for one in self.tokens[start:end])

    def allows(self, start: int, end: int, name: str) -> bool:
        """Whether no case ending in those words opens other fields only."""
        return self.opens(start, end, name) or not any(one.opens for one in self.tokens[start:end])

    def line(self, start: int, end: int) -> str:
        """What was typed from a word to the line's end, which `end` is, with all its punctuation."""
        first, last = line(self.text, self.tokens, start, end - 1)
        return " ".join(self.text[first:last].split())


def once(look: Callable[Concatenate[Row, P], T]) -> Callable[Concatenate[Row, P], T]:
    """The look-up, made once for each row and whatever it is asked: many ways to read a message ask the same."""

    @wraps(look)
    def known(row: Row, /, *asked: P.args, **how: P.kwargs) -> T:
        key = (look, asked, *how.items()) if how else (look, asked)
        if key not in row.known:
            row.known[key] = look(row, *asked, **how)
        return cast("T", row.known[key])

    return known


def _stops(tokens: list[Token]) -> list[int]:
    """For each word where the stretch without a comma, a colon, a quote or a line's end stops."""
    stops = [len(tokens)] * len(tokens)
    for at in range(len(tokens) - 2, -1, -1):
        following = tokens[at + 1]
        stops[at] = at + 1 if following.gap is not Gap.SPACE or following.quoted else stops[at + 1]
    return stops


def _only(kind: Kind) -> dict[type, str]:
    """The field that a day, a time or a place without a word of its own belongs to."""
    found: dict[type, str] = {}
    for shape in (Day, Moment, Place):
        names = [one.name for one in kind.fields if isinstance(one.shape, shape)]
        if len(names) == 1 or (names and shape is Day):
            found[shape] = names[0]
    return found


def _pair(kind: Kind) -> tuple[str, ...]:
    """The two places a headline joins, from and to; empty if it joins none."""
    names = [one for one in kind.headline if one in kind.by_name and isinstance(kind.field(one).shape, Place)]
    return tuple(names) if len(names) == 2 else ()  # noqa: PLR2004 - a pair
