"""What `/digest` asks for: a rule and options in any order and language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from records import zones
from records.command.asking import Asked, ask
from records.command.guesses import MOST_GUESSED, nearest
from records.command.lexicon import Lexicon, Match
from records.command.questions import not_of
from records.command.row import MOST_WORDS
from records.command.rules import CHARTS, OPENERS, PASSED, TIMED, Timed, clock_at
from records.command.tokens import Token, cut
from records.filters import Conditions
from records.fold import fold, tidy
from records.kind import Context, Kind
from records.periods import ALL
from records.problem import Problem
from records.rule import Rule
from records.vocabulary import Role, Sense, Vocabulary

Act: TypeAlias = Literal["show", "set", "off", "now", "log"]
DONE: Final[Mapping[str, Act]] = MappingProxyType({"off": "off", "now": "now", "log": "log"})
"""What is done at once, by its name in the vocabulary."""
CONDITIONS = frozenset({"citizens", "origin", "site", "type", "status", "operation", "provider", "mode"})
"""Fields whose word begins a condition even without "for"."""
MOST_HOUR = 2
"""Figures of an hour, or of a day of the month."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a chat's digests; None is what they said nothing of.

    `every` means all digests of the chat (only of `off`); `filter` holds the conditions of the one that is meant, () for none.
    """

    act: Act
    rule: Rule | None = None
    filter: Conditions = ()
    zone: str | None = None
    language: str | None = None
    when_empty: str | None = None
    chart: bool | None = None
    every: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of words under one of the options' names, or under "rule"."""

    name: str
    tokens: list[Token]

    def text(self, whole: str) -> str:
        """The stretch as typed."""
        return whole[self.tokens[0].start : self.tokens[-1].end] if self.tokens else ""


def read_wish(text: str, kinds: Sequence[Kind], words: Vocabulary, context: Context) -> Wish | tuple[Problem, ...]:
    """What `/digest` is asked for, or all that is wrong with it."""
    lexicon = words.kept("digest", words, lambda: _lexicon(words))
    text = tidy(text)
    tokens = cut(text, lexicon.knows)
    if not tokens:
        return Wish("show")
    if len(tokens) > MOST_WORDS:
        return (Problem("", "too_many_words", about={"most": MOST_WORDS}),)
    parts = list(_parts(tokens, lexicon))
    timed, problems, options = Timed(), list[Problem](), dict[str, str]()
    chart: bool | None = None
    for part in parts:
        if part.name == "rule":
            timed.take(part.tokens, lexicon)
        elif part.name in CHARTS:
            chart = CHARTS[part.name]
        elif part.name in {"zone", "language", "when_empty"}:
            found = _option(part, text, words, context)
            if isinstance(found, Problem):
                problems.append(found if len(problems) >= MOST_GUESSED else _guessed(found, words, context))
            else:
                options[part.name] = found
    problems += timed.problems
    filter_, wrong = _filter([one.text(text) for one in parts if one.name in {"for", "only"}], kinds, words, context)
    return _wish(timed, filter_, options, chart, [*problems, *wrong], " ".join(text.split()))


def _wish(
    timed: Timed, filter_: Conditions, options: dict[str, str], chart: bool | None, problems: list[Problem], typed: str
) -> Wish | tuple[Problem, ...]:
    if timed.languages:
        options.setdefault("language", timed.languages[0])
    if problems:
        return tuple(problems)
    if timed.act and not options and chart is None and not (timed.act == "log" and filter_):
        act = DONE[timed.act]
        return Wish(act, filter=filter_, every=timed.every and act == "off")
    rule = timed.rule(typed) if timed.said else None
    if isinstance(rule, tuple):
        return rule
    if rule is None and chart is None and not (filter_ or options):
        return (Problem("", "not_a_rule", typed, "rule"),)
    return Wish("set", rule, filter_, options.get("zone"), options.get("language"), options.get("when_empty"), chart)


def put_right(
    text: str, problems: Sequence[Problem], kinds: Sequence[Kind], words: Vocabulary, context: Context
) -> str:
    """The command with what was probably meant, if that reads; "" if nobody can tell what was."""
    text = " ".join(tidy(text).split())
    for one in problems:
        if len(one.guesses) == 1 and one.read:
            text = text.replace(one.read, one.guesses[0], 1)
        elif one.code == "missing_value" and one.expected == "time":
            text += f" {Rule().at}"
        else:
            return ""
    return text if isinstance(read_wish(text, kinds, words, context), Wish) else ""


def _lexicon(words: Vocabulary) -> Lexicon:
    known = TIMED | PASSED | {Role.KIND, Role.FIELD}
    lexicon = Lexicon(
        {
            phrase: [one for one in map(_told_in_full, some) if one.role in known]
            for phrase, some in words.senses.items()
        }
    )
    lexicon.learn(words)
    return lexicon


def _told_in_full(sense: Sense) -> Sense:
    """Here a brief weekday can't be anything else."""
    return Sense(Role.WEEKDAY, sense.name) if sense.role is Role.WEEKDAY_BRIEF else sense


def _parts(tokens: list[Token], lexicon: Lexicon) -> Iterator[Part]:
    """The words taken apart where an option opens, and where the rule goes on behind one."""
    part, at = Part("rule", []), 0
    while at < len(tokens):
        opener = _opener(tokens, at, lexicon)
        if opener is not None:
            yield from [part] if part.tokens else []
            part, at = Part(_name(opener), []), opener.end
            if part.name == "when_empty":
                yield Part("when_empty", tokens[at : (end := _chosen(tokens, at, lexicon))])
                part, at = Part("rule", []), end
            elif part.name in CHARTS:
                yield part
                part = Part("rule", [])
            continue
        goes_on = part.name != "rule" and _is_time(tokens, at, lexicon)
        begins = part.name == "rule" and _is_condition(tokens, at, lexicon)
        if goes_on or begins:
            yield from [part] if part.tokens or part.name != "rule" else []
            part = Part("rule" if goes_on else "for", [])
        match = next(iter(lexicon.at(tokens, at)), None)
        end = match.end if match else at + 1
        part.tokens.extend(tokens[at:end])
        at = end
    yield from [part] if part.tokens or part.name != "rule" else []


def _name(match: Match) -> str:
    return next(one.name for one in match.of(Role.OPTION) if one.name in OPENERS)


def _opener(tokens: list[Token], at: int, lexicon: Lexicon) -> Match | None:
    """The word that opens an option here, unless a longer phrase stands here."""
    match = next(iter(lexicon.at(tokens, at)), None)
    return match if match and any(one.name in OPENERS for one in match.of(Role.OPTION)) else None


def _chosen(tokens: list[Token], at: int, lexicon: Lexicon) -> int:
    """Where what is to be done with an empty digest ends."""
    match = next((one for one in lexicon.at(tokens, at) if _sent(one)), None) if at < len(tokens) else None
    return match.end if match else min(at + 1, len(tokens))


def _sent(match: Match) -> str:
    return next((one.name for one in match.of(Role.OPTION) if one.name in {"send", "skip"}), "")


def _is_time(tokens: list[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a word says when, so that no option goes on over it."""
    match = next(iter(lexicon.at(tokens, at)), None)
    if match is not None:
        every = any(one.name == "every" for one in match.of(Role.OPTION))
        around = [one for one in (at - 1, match.end) if 0 <= one < len(tokens)]
        day = any(one.has(Role.WEEKDAY) for place in around for one in lexicon.at(tokens, place))
        timed = match.end < len(tokens) and bool(_figure(tokens, match.end, lexicon))
        return match.has(Role.CADENCE) or (every and day) or (match.has(Role.WEEKDAY) and timed)
    return _figure(tokens, at, lexicon)


def _figure(tokens: list[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether an hour in figures stands there, or behind a small word."""
    match = next(iter(lexicon.at(tokens, at)), None)
    if match is not None and (match.has(Role.PREPOSITION) or match.has(Role.WEEKDAY)) and match.end < len(tokens):
        return _figure(tokens, match.end, lexicon)
    text = tokens[at].text
    return bool(clock_at(tokens, at, lexicon)[0]) or (text.isdecimal() and len(text) <= MOST_HOUR)


def _is_condition(tokens: list[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a condition begins there without a word for it: "sessions site Aktau daily 08:00"."""
    match = next(iter(lexicon.at(tokens, at)), None)
    if match is None or match.has(Role.CADENCE):
        return False
    return match.has(Role.KIND) or any(one.name in CONDITIONS for one in match.of(Role.FIELD))


def _option(part: Part, text: str, words: Vocabulary, context: Context) -> str | Problem:
    """What an option is set to."""
    typed = " ".join(part.text(text).split())
    if not typed:
        return Problem("", "missing_option", expected=part.name)
    if part.name == "zone":
        return _zone(typed, context)
    lexicon = words.kept("digest", words, lambda: _lexicon(words))
    matches = lexicon.at(part.tokens, 0)
    if part.name == "when_empty":
        sent = next(filter(None, map(_sent, matches)), "")
        return sent or Problem("", "not_an_option", typed, "when_empty")
    spoken = next((one.name for match in matches for one in match.of(Role.LANGUAGE)), "")
    if spoken or fold(typed) in words.languages:
        return spoken or fold(typed)
    return Problem("", "not_a_language", typed, "language")


def _guessed(problem: Problem, words: Vocabulary, context: Context) -> Problem:
    """The problem with what was probably meant."""
    lexicon = words.kept("digest", words, lambda: _lexicon(words))
    guesses: tuple[str, ...] = ()
    match problem.code:
        case "not_an_option":
            guesses = _like(problem.read, _choices(lexicon))
        case "not_a_language":
            guesses = _like(problem.read, lexicon.phrases_of((Role.LANGUAGE,)))
        case "not_a_zone":
            guesses = _zones_like(problem.read, context)
        case _:
            pass
    return replace(problem, guesses=guesses)


def _choices(lexicon: Lexicon) -> list[str]:
    return [
        " ".join(phrase)
        for phrase, some in lexicon.senses.items()
        if any(one.role is Role.OPTION and one.name in {"send", "skip"} for one in some)
    ]


def _zone(typed: str, context: Context) -> str | Problem:
    found = zones.zone_named(typed, context)
    if found is not None:
        return found
    if zones.of_several(typed, context):
        return Problem("", "several_zones", typed, "zone")
    return Problem("", "not_a_zone", typed, "zone")


def _zones_like(typed: str, context: Context) -> tuple[str, ...]:
    """The zones that may have been meant: of a city of that name, else by their own name, else of a place in any language."""
    places = context.places
    for known, shelf in (*zones.shelved(), (places.phrases, places.names)):
        near = (known[one] for one in _like(typed, shelf))
        found = [zone for one in near if (zone := one if zones.exists(one) else zones.zone_named(one, context))]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _like(typed: str, among: Iterable[str]) -> tuple[str, ...]:
    return nearest(fold(typed), among)


def _filter(
    texts: list[str], kinds: Sequence[Kind], words: Vocabulary, context: Context
) -> tuple[Conditions, list[Problem]]:
    """The conditions, the kind among them where one was named or only one has all that was asked for."""
    if not texts:
        return (), []
    said = " ".join(texts).strip()
    if not said:
        return (), [Problem("", "missing_option", expected="condition")]
    asked = ask(said, kinds, words, context)
    problems = [replace(one, expected=one.expected or "condition") for one in asked.problems]
    if asked.by or asked.period != ALL or asked.page:
        problems.append(Problem("", "not_a_condition", asked.period_read or said, "condition"))
    named = [one for one in kinds if one.name == asked.kind]
    fitting = [one for one in named or kinds if not not_of(one, asked)]
    if not problems and not fitting:
        problems = not_of(named[0], asked) if named else [Problem("", "no_such_kind", said, "condition")]
    if not problems and not (asked.filters or asked.kind):
        problems = [Problem("", "not_a_condition", said, "condition")]
    return _conditions(asked, fitting, kinds), problems


def _conditions(asked: Asked, fitting: Sequence[Kind], kinds: Sequence[Kind]) -> Conditions:
    one = asked.kind or (fitting[0].name if len(fitting) == 1 < len(kinds) else "")
    return (*((("kind", one),) if one else ()), *asked.filters)
