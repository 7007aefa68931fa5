"""Goes through the words of a question, each used once or filler."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from records.command.askable import lexicon, merged
from records.command.grouping import group_at, groups_before
from records.command.guesses import MOST_GUESSED, nearest
from records.command.lexicon import Match
from records.command.meant import words_like
from records.command.row import MOST_WORDS, Row
from records.command.spans import ReversedError, open_period, period_at, period_behind
from records.command.tokens import Gap
from records.command.values import values
from records.command.wrong import misfit
from records.days import FIRST_YEAR, LAST_YEAR, NoDayError
from records.kind import Choice, Context, Kind, Place
from records.periods import ALL, Period
from records.places import UNKNOWN
from records.problem import Problem
from records.question import GRAINS
from records.vocabulary import Role, Sense, Vocabulary

MOST_PAGES = 100_000
_OPEN = re.compile(r"(?:(?<=\s)|^)(?:\.\.|…)\s?(?=\w)")
_OPEN_BEHIND = re.compile(r"(?<!\S)(\S{1,20}\w)\s?(?:\.\.|…)(?=\s|$)")
_TIED_DAYS = re.compile(
    r"((?:\b\d{1,2}[./])?\b\d{1,2}[./](?:\d{4}|\d{2})|\b\d{4}(?:-\d\d-\d\d)?)[-–—](?=\d{1,2}[./]\d|\d{4}\b)"
)
_GUESSED = (Role.KIND, Role.FIELD, Role.PERIOD, Role.ASKING, Role.CHOICE, Role.WHICH, Role.RELATIVE, Role.MONTH)


@dataclass(slots=True)
class Asked:
    """What was made out of a question; `kind` is "" if none was named."""

    kind: str = ""
    period: Period = ALL
    by: list[str] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    period_read: str = ""
    page: int | None = None
    """Of a list: the page that was asked for."""


def ask(text: str, kinds: Sequence[Kind], words: Vocabulary, context: Context) -> Asked:
    """Reads a question of any of those kinds; what isn't understood is a problem."""
    kind = merged(kinds)
    known = words.kept("ask " + kind.name, words, lambda: lexicon(words, kind, kinds))
    row = Row(_parted(text, words, context), kind, known, context)
    if row.too_long:
        return Asked(problems=[Problem("", "too_many_words", about={"most": MOST_WORDS})])
    reader = _Reader(row, {one.name: one for one in kinds})
    reader.go()
    return reader.asked


def _parted(text: str, words: Vocabulary, context: Context) -> str:
    """The question with the ends of a stretch apart: "..2019-05-31" is until that day, "01.05-07.05" from one to another."""
    text = _OPEN.sub(f"{words.label(context.language, 'asking', 'until')} ", text)
    text = _OPEN_BEHIND.sub(rf"{words.label(context.language, 'asking', 'since')} \1", text)
    return _TIED_DAYS.sub(r"\1 – ", text.replace("..", " – ").replace("…", " – "))


class _Reader:
    """Goes from word to word, taking the longest piece that fits."""

    def __init__(self, row: Row, kinds: Mapping[str, Kind]) -> None:
        self.row, self.kinds = row, kinds
        self.asked = Asked()
        self.lost = 0
        """Words nobody understood so far."""
        self.fields: frozenset[str] = frozenset()
        """The fields of the kind asked about; empty as long as none was named."""

    def go(self) -> None:
        at = 0
        while at < self.row.end:
            at = (
                self._by(at)
                or self._by_behind(at)
                or self._period(at)
                or self._kind(at)
                or self._filter(at)
                or self._page(at)
                or self._filler(at)
                or self._lost(at)
            )

    def _by(self, at: int) -> int:
        """What to break down by: "by citizens and month"."""
        word = self.row.match(at, Role.ASKING, "by")
        if word is None:
            return 0
        end = word.end
        while True:
            name, after = group_at(self.row, end)
            if not name:
                break
            if name not in self.asked.by:
                self.asked.by.append(name)
            end = after
            joint = self.row.match(end, Role.ASKING, "and") or self.row.match(end, Role.ASKING, "by")
            if joint and group_at(self.row, joint.end)[0]:
                end = joint.end
            elif self.row.gap(end) is not Gap.COMMA and group_at(self.row, end)[0] not in GRAINS:
                break
        if end == word.end:
            return self._no_group(word)
        return end

    def _by_behind(self, at: int) -> int:
        """What to break down by, told before the word for it."""
        names, end = groups_before(self.row, at)
        self.asked.by += [name for name in names if name not in self.asked.by]
        return end if names else 0

    def _no_group(self, word: Match) -> int:
        at = word.end
        typed = self.row.typed(at, at + 1) if at < self.row.end else self.row.typed(word.start, at)
        known = self.row.lexicon.phrases_of((Role.FIELD, Role.PERIOD))
        guessed = at < self.row.end and len(self.asked.problems) < MOST_GUESSED
        guesses = nearest(self.row.tokens[at].folded, known) if guessed else ()
        self.asked.problems.append(Problem("", "not_a_group", typed, "field", guesses))
        return min(at + 1, self.row.end)

    def _period(self, at: int) -> int:
        try:
            found = open_period(self.row, at) or period_behind(self.row, at) or period_at(self.row, at)
        except NoDayError as wrong:
            about: dict[str, str | int] = (
                {"least": FIRST_YEAR, "most": LAST_YEAR} if wrong.code == "year_out_of_range" else {}
            )
            return self._bad_period(at, Problem("", wrong.code, self.row.typed(at, at + 1), "period", about=about))
        except ReversedError:
            return self._bad_period(at, Problem("", "period_reversed", self.row.typed(at, self.row.end), "period"))
        if found is None:
            return 0
        end, period = found
        if self.asked.period_read and self.asked.period != period:
            told = {"first": self.asked.period_read}
            self.asked.problems.append(Problem("", "two_periods", self.row.typed(at, end), about=told))
        self.asked.period, self.asked.period_read = period, self.row.typed(at, end)
        return end

    def _bad_period(self, at: int, problem: Problem) -> int:
        """The whole stretch up to the next word that begins something else is the period that can't be."""
        self.asked.problems.append(problem)
        end = at + 1
        while end < self.row.end and (
            self.row.tokens[end].text[:1].isdecimal()
            or self.row.match(end, Role.ASKING, "until")
            or self.row.match(end, Role.MONTH)
        ):
            end += 1
        return end

    def _page(self, at: int) -> int:
        """Which page of a list."""
        word = self.row.match(at, Role.ASKING, "page")
        number = self.row.tokens[word.end].text if word and word.end < self.row.end else ""
        if word is None or not number.isdecimal() or not 0 < int(number) <= MOST_PAGES:
            return 0
        self.asked.page = int(number)
        return word.end + 1

    def _kind(self, at: int) -> int:
        word = self.row.match(at, Role.KIND)
        if word is None:
            return 0
        name = next(word.of(Role.KIND)).name
        if self.asked.kind not in ("", name):
            self.asked.problems.append(Problem("", "two_kinds", self.row.typed(at, word.end)))
        self.asked.kind = name
        self.fields = frozenset(self.kinds[name].by_name) & self.row.kind.by_name.keys()
        return word.end

    def _filter(self, at: int) -> int:
        """What to look for: "site Aktau", "from Syria", "planned", and with a kind that has one place only "Aktau"."""
        for match in self.row.matches[at]:
            for sense in match.senses:
                if self.fields and sense.name not in self.fields:
                    continue
                if sense.role in {Role.FIELD, Role.OPENER} and (end := self._value(match, sense)):
                    return end
            bare = [one for one in match.of(Role.CHOICE) if not self.fields or self._has(one)]
            if len(bare) == 1:
                self._add(bare[0].name, (bare[0].option,))
                return match.end
        return self._bare_place(at) or self._wrong_value(at)

    def _has(self, sense: Sense) -> bool:
        """Whether the kind asked about has that choice."""
        shape = self.kinds[self.asked.kind].field(sense.name).shape if sense.name in self.fields else None
        return isinstance(shape, Choice) and sense.option in shape.options

    def _bare_place(self, at: int) -> int:
        """A place without a word: the only one the kind has, or the one its case ending opens ("Сириядан")."""
        found = self.row.places(at, loose=False)
        if found is None:
            return 0
        fields = self.fields or frozenset(self.row.kind.by_name)
        places = [
            one.name
            for one in self.row.kind.fields
            if one.name in fields and isinstance(one.shape, Place) and self.row.allows(at, found[1], one.name)
        ]
        landed = self.fields and any(self.row.opens(at, found[1], name) for name in places)  # as in a post
        if len(places) != 1 and not landed:
            return 0
        self._add(places[0], found[0], self.row.typed(at, found[1]))
        return found[1]

    def _value(self, match: Match, sense: Sense) -> int:
        """The value behind a field's word, and others behind it: "citizens KZ, UZ and BA"."""
        end = self._one_value(match.end, sense)
        while end and (more := self._another(end, sense)):
            end = more
        return end

    def _another(self, at: int, sense: Sense) -> int:
        """One more value of the same field; without a comma or an "and" only where nothing else can be meant."""
        if joint := self.row.match(at, Role.ASKING, "and"):
            return self._one_value(joint.end, sense, known=True)
        tied = sense.role is Role.FIELD and at < self.row.end
        if tied and (self.row.gap(at) is Gap.COMMA or self._in_name(at)):
            return self._one_value(at, sense, known=True)
        return 0

    def _one_value(self, at: int, sense: Sense, *, known: bool = False) -> int:
        """One value and where it ends; `known` if it can't be a place nobody knows."""
        one, opened = self.row.kind.field(sense.name), sense.role is Role.FIELD
        first = at + 1 if opened else at
        found = [
            (each.end, each.value)
            for each in values(self.row, one, at, opened=opened, unknown=not known)
            if isinstance(each.value, str)
            and (not each.value.startswith(UNKNOWN) or all(map(self._in_name, range(first, each.end))))
        ]
        if not found:
            return 0
        end = max(found)[0]
        every = tuple(dict.fromkeys(value for until, value in found if until == end))
        own = tuple(value for value in every if self._has(replace(sense, option=value))) if self.fields else ()
        self._add(sense.name, own or every, self.row.typed(at, end))
        return end

    def _in_name(self, at: int) -> bool:
        """Whether a word may belong to the name of a place nobody knows: it isn't one of the question's own."""
        strange = all(match.has(Role.NOUN) for match in self.row.matches[at])
        return strange and not self.row.tokens[at].text[0].isdecimal()

    def _wrong_value(self, at: int) -> int:
        """A field's word with a value that doesn't fit, or with none."""
        match = self.row.match(at, Role.FIELD)
        if match is None:
            return 0
        one = self.row.kind.field(next(match.of(Role.FIELD)).name)
        if match.end < self.row.end and not self.row.matches[match.end]:
            self.asked.problems.append(misfit(self.row, one, match.end, match.end + 1))
            return match.end + 1
        self.asked.problems.append(Problem(one.name, "missing_value", self.row.typed(at, match.end)))
        return match.end

    def _add(self, name: str, found: tuple[str, ...], typed: str = "") -> None:
        """Looks for that value; which of several places was meant is asked."""
        if len(found) > 1:
            names = tuple(self.row.context.places.name(one, self.row.context.language) for one in found)
            self.asked.problems.append(Problem(name, "two_readings", typed, guesses=names))
        elif (name, found[0]) not in self.asked.filters:
            self.asked.filters.append((name, found[0]))

    def _filler(self, at: int) -> int:
        match = (
            self.row.match(at, Role.FILLER)
            or self.row.match(at, Role.PREPOSITION)
            or self.row.match(at, Role.ASKING, "and")
        )
        return match.end if match else 0

    def _lost(self, at: int) -> int:
        token = self.row.tokens[at]
        denied = self.row.match(at, Role.NEGATION)
        if denied is not None:
            end = denied.end + 1 if self.row.near(denied.end) else denied.end
            self.asked.problems.append(Problem("", "negated", self.row.typed(at, end)))
            return end
        self.lost += not self.row.matches[at]
        strange = not self.row.matches[at] and self.lost <= MOST_GUESSED
        guesses = words_like(token.folded, self.row.lexicon, _GUESSED) if strange else ()
        before = self.asked.problems[-1] if self.asked.problems else None
        if before and before.code == "unknown_word" and not (guesses or before.guesses):
            self.asked.problems[-1] = replace(before, read=f"{before.read} {token.text}")
        else:
            self.asked.problems.append(Problem("", "unknown_word", token.text, guesses=guesses))
        return at + 1
