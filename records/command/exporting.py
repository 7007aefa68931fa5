"""What `/export` is asked for: a question as `/stats` reads it, and beside it the form of the file and for whom it is."""

from collections.abc import Sequence
from dataclasses import replace

from records.command.asking import Asked, ask
from records.command.guesses import nearest
from records.command.questions import not_of
from records.export import DEFAULT, FORMS, Export, Form
from records.fold import fold, tidy
from records.kind import Context, Kind
from records.problem import Problem
from records.question import Question
from records.vocabulary import Vocabulary

_LONGEST = 3
"""Words of a form, or of what is said for whom it is."""


def read_export(text: str, kinds: Sequence[Kind], words: Vocabulary, context: Context) -> Export | tuple[Problem, ...]:
    """The file behind `/export`, or all that is wrong with it; a kind that alone has all the fields asked for need not be named."""
    about, rest = _about(text, words)
    asked = ask(rest, kinds, words, context) if rest else Asked()
    problems = [_guessed(one, words) for one in asked.problems]
    forms: list[Form] = [one for one in FORMS if one in about]
    named = [one for one in kinds if one.name == asked.kind]
    fitting = [one for one in named or kinds if not not_of(one, asked)]
    if len(forms) > 1:
        problems.append(Problem("", "two_forms", " ".join(forms)))
    if asked.by:
        problems.append(Problem("", "by_not_exported", asked.by[0]))
    if asked.page:
        problems.append(Problem("", "page_not_here", str(asked.page)))
    if not problems and len(fitting) != 1:
        problems += not_of(named[0], asked) if named else [Problem("", "kind_needed")]
    if problems:
        return tuple(problems)
    period = asked.period
    question = Question(fitting[0].name, period.since, period.until, (), tuple(asked.filters), period.name)
    return Export(question, forms[0] if forms else DEFAULT, outsiders="outsiders" in about)


def export_put_right(
    text: str, problems: Sequence[Problem], kinds: Sequence[Kind], words: Vocabulary, context: Context
) -> str:
    """The words with what was probably meant, if those read; "" if nobody can tell what was."""
    text = " ".join(tidy(text).split())
    for one in problems:
        if len(one.guesses) != 1 or not one.read:
            return ""
        text = text.replace(one.read, one.guesses[0], 1)
    return text if isinstance(read_export(text, kinds, words, context), Export) else ""


def _about(text: str, words: Vocabulary) -> tuple[dict[str, str], str]:
    """What is said of the file, by its name, and the words that are left: the question."""
    said, about, left = tidy(text).split(), dict[str, str](), list[str]()
    at = 0
    while at < len(said):
        for length in range(min(_LONGEST, len(said) - at), 0, -1):
            typed = " ".join(said[at : at + length])
            if (name := words.files.get(fold(typed))) is not None:
                about[name] = typed
                at += length
                break
        else:
            left.append(said[at])
            at += 1
    return about, " ".join(left)


def _guessed(problem: Problem, words: Vocabulary) -> Problem:
    """A word nobody understood may have been meant for a form: "cvs"."""
    if problem.code != "unknown_word" or problem.guesses:
        return problem
    return replace(problem, guesses=nearest(fold(problem.read), words.files))
