"""When a digest is to come, in any of the languages: every day, on working days, on Mondays, on the 1st; and at what time."""

from dataclasses import dataclass, field

from records import days
from records.command.guesses import MOST_GUESSED, nearest
from records.command.lexicon import Lexicon, Match
from records.command.tokens import Token
from records.problem import Problem
from records.rule import LAST_DAY, Rule
from records.vocabulary import Role

ACTS = ("off", "now", "log")
TIMED = frozenset({Role.CADENCE, Role.WEEKDAY, Role.CLOCK, Role.LANGUAGE, Role.OPTION})
PASSED = frozenset({Role.PREPOSITION, Role.FILLER, Role.ORDINAL, Role.PERIOD, Role.MERIDIEM})
GUESSED = (Role.CADENCE, Role.WEEKDAY, Role.OPTION, Role.KIND)
CHARTS = {"chart": True, "no_chart": False}
"""Options that say all by themselves: whether a chart follows."""
OPENERS = ("for", "only", "zone", "language", "when_empty", *CHARTS)


@dataclass(slots=True)
class Timed:
    """What was said of when and whether a digest comes, word by word."""

    cadences: list[str] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """Figures alone: an hour, or a day of the month."""
    ordinals: list[str] = field(default_factory=list)
    """Those with an ending: the 1st, or in Kazakh an hour ("8-де")."""
    languages: list[str] = field(default_factory=list)
    every: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def said(self) -> bool:
        """Whether anything was said of when."""
        return bool(self.cadences or self.weekdays or self.times or self.numbers or self.ordinals)

    @property
    def act(self) -> str:
        """That it is to be "off", shown "now", or what became of it is ("log"), if that is all that was said; else nothing."""
        alone = len(set(self.cadences)) == 1 and not (self.weekdays or self.times or self.numbers or self.ordinals)
        return self.cadences[0] if alone and self.cadences[0] in ACTS else ""

    def take(self, tokens: list[Token], lexicon: Lexicon) -> None:
        """Takes a stretch of words in."""
        at = 0
        while at < len(tokens):
            match = meaning(tokens, at, lexicon)
            if match is not None:
                self._phrase(match)
                at = match.end
                continue
            time, end = clock_at(tokens, at, lexicon)
            if time:
                self.times.append(time)
            elif tokens[at].text.isdecimal():
                marked = next(iter(lexicon.at(tokens, at + 1)), None) if at + 1 < len(tokens) else None
                ordinal = marked is not None and marked.has(Role.ORDINAL)
                (self.ordinals if ordinal else self.numbers).append(tokens[at].text)
            else:
                self.problems.append(strange(tokens[at], lexicon, guess=len(self.problems) < MOST_GUESSED))
            at = end

    def _phrase(self, match: Match) -> None:
        if match.has(Role.CADENCE):
            self.cadences += [next(match.of(Role.CADENCE)).name]
        elif match.has(Role.WEEKDAY):
            self.weekdays += [int(next(match.of(Role.WEEKDAY)).name)]
        elif match.has(Role.CLOCK):
            self.times += [next(match.of(Role.CLOCK)).name]
        elif match.has(Role.LANGUAGE):
            self.languages += [next(match.of(Role.LANGUAGE)).name]
        self.every = self.every or any(one.name == "all" for one in match.of(Role.OPTION))

    def rule(self, typed: str) -> Rule | tuple[Problem, ...]:
        """The rule they come to, or what is wrong with it."""
        cadence = self.cadences[0] if self.cadences else "weekly" if self.weekdays else "daily"
        day, hours = next(iter(self.weekdays), 0), [*self.numbers, *self.ordinals]
        if cadence == "monthly":
            day, hours = self._day_of_month()
        problem = self._wrong(cadence, day, typed)
        if problem is not None:
            return (problem,)
        return self._timed(cadence, day, hours, typed)

    def _wrong(self, cadence: str, day: int, typed: str) -> Problem | None:
        """What is wrong with the days."""
        if len(set(self.weekdays)) > 1:
            return Problem("", "one_weekday", typed, "weekday")
        if len(set(self.cadences)) > 1 or cadence in ACTS or (self.weekdays and cadence != "weekly"):
            return Problem("", "not_a_rule", typed, "rule")
        if cadence == "monthly" and not 1 <= day <= LAST_DAY:
            return Problem("", "not_a_month_day", str(day) if day else typed, "month_day")
        if cadence == "weekly" and not day:
            return Problem("", "which_weekday", typed, "weekday")
        return None

    def _timed(self, cadence: str, day: int, hours: list[str], typed: str) -> Rule | tuple[Problem, ...]:
        """The rule with its time of day, of which there must be one."""
        whole = {one: days.clock(f"{one}:00") for one in hours}
        wrong = [one for one, time in whole.items() if time is None]
        if wrong:
            return tuple(Problem("", "not_a_time", one, "time") for one in wrong)
        times = {*self.times, *filter(None, whole.values())}
        if len(times) == 1:
            return Rule(cadence, times.pop(), day)
        return (Problem("", "not_a_rule", typed, "rule") if times else Problem("", "missing_value", typed, "time"),)

    def _day_of_month(self) -> tuple[int, list[str]]:
        """The day, and the figures left for the hour: "1 08:00", "1 8", "8:00 on the 1st"."""
        if self.ordinals:
            return int(self.ordinals[0]), self.numbers
        if self.numbers and (self.times or len(self.numbers) > 1):
            return int(self.numbers[0]), self.numbers[1:]
        return 0, self.numbers


def meaning(tokens: list[Token], at: int, lexicon: Lexicon) -> Match | None:
    """The longest phrase at a word that says something of a digest, or may be passed over."""
    known = [one for one in lexicon.at(tokens, at) if any(one.has(role) for role in TIMED | PASSED)]
    return known[0] if known else None


def clock_at(tokens: list[Token], at: int, lexicon: Lexicon) -> tuple[str | None, int]:
    """The time of day written in figures at a word, if there is one, and where it ends."""
    after = next(iter(lexicon.at(tokens, at + 1)), None) if at + 1 < len(tokens) else None
    meridiem = next((one.name for one in after.of(Role.MERIDIEM)), "") if after else ""
    time = days.clock(tokens[at].text, meridiem, dotted=True)
    return time, after.end if time and after and meridiem else at + 1


def strange(token: Token, lexicon: Lexicon, *, guess: bool) -> Problem:
    """What is wrong with a word nobody understands."""
    if token.text[:1].isdecimal():
        return Problem("", "not_a_time", token.text, "time")
    known = lexicon.phrases_of(GUESSED) if guess else ()
    guesses = nearest(token.folded, known, lambda one: lexicon.senses[tuple(one.split())])
    return Problem("", "unknown_word", token.text, "rule", tuple(lexicon.listed.get(one, one) for one in guesses))
