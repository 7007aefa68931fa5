"""What `/digest` asks for."""

from typing import Literal, TypeAlias

from records import days
from records.command.guesses import nearest
from records.command.lexicon import Lexicon
from records.command.tokens import Token, cut
from records.fold import tidy
from records.problem import Problem
from records.rule import CADENCES, Rule
from records.vocabulary import Role, Vocabulary

Wish: TypeAlias = Rule | Literal["show", "off", "now"] | tuple[Problem, ...]
_ROLES = frozenset({Role.CADENCE, Role.PREPOSITION, Role.FILLER, Role.MERIDIEM, Role.CLOCK, Role.WEEKDAY, Role.ORDINAL})
_WAITING = frozenset({"weekly", "weekdays", "monthly"})
"""Said already, but not kept yet."""


def read_rule(text: str, words: Vocabulary) -> Wish:
    """`daily 08:00`, `every day at 8`, `8am` is a rule; `off` and `now` are themselves; nothing is "show"."""
    lexicon = words.kept("digest", words, lambda: _lexicon(words))
    text = tidy(text)
    tokens = cut(text, lexicon.knows)
    if not tokens:
        return "show"
    typed = " ".join(text.split())
    cadence, times, wrong = _parts(tokens, lexicon)
    if cadence in _WAITING:
        return (Problem("", "not_yet", typed, "rule"),)
    if wrong:
        return tuple(_strange(one, lexicon) for one in wrong)
    if cadence in ("off", "now") and not times:
        return "off" if cadence == "off" else "now"
    if len(set(times)) != 1 or cadence in ("off", "now"):
        return (Problem("", "not_a_rule", typed, "rule") if times else Problem("", "missing_value", typed, "time"),)
    return Rule(CADENCES[0], times[0])


def _lexicon(words: Vocabulary) -> Lexicon:
    return Lexicon({phrase: [one for one in some if one.role in _ROLES] for phrase, some in words.senses.items()})


def _parts(tokens: list[Token], lexicon: Lexicon) -> tuple[str, list[str], list[Token]]:
    """How often, at what times, and the words that are neither."""
    cadence, times, wrong, at = "", list[str](), list[Token](), 0
    while at < len(tokens):
        match = next(iter(lexicon.at(tokens, at)), None)
        if match is not None:
            for sense in match.senses:
                if sense.role is Role.CADENCE:
                    if cadence not in ("", sense.name):
                        wrong.append(tokens[at])
                    cadence = sense.name
                elif sense.role is Role.CLOCK:
                    times.append(sense.name)
            if (
                not any(one.role in _ROLES - {Role.MERIDIEM, Role.WEEKDAY} for one in match.senses)
                and cadence not in _WAITING
            ):
                wrong.append(tokens[at])
            at = match.end
            continue
        after = next(iter(lexicon.at(tokens, at + 1)), None) if at + 1 < len(tokens) else None
        meridiem = next((one.name for one in after.of(Role.MERIDIEM)), "") if after else ""
        time = _clock(tokens[at].text, meridiem)
        if time:
            times.append(time)
            at = after.end if after and meridiem else at + 1
        else:
            wrong.append(tokens[at])
            at += 1
    return cadence, times, wrong


def _clock(text: str, meridiem: str) -> str | None:
    """The time; an hour alone is enough here."""
    return days.clock(text, meridiem, dotted=True) or (
        days.clock(f"{text}:00") if not meridiem and text.isdecimal() else None
    )


def _strange(token: Token, lexicon: Lexicon) -> Problem:
    if token.text[:1].isdecimal():
        return Problem("", "not_a_time", token.text, "time")
    return Problem("", "unknown_word", token.text, "rule", nearest(token.folded, lexicon.phrases_of((Role.CADENCE,))))
