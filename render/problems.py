"""What was wrong with something a person typed, all of it in one answer, and the command put right, ready to copy."""

import re
from collections.abc import Sequence
from datetime import date

from records.answer import Answer, Button
from records.entry import Entry
from records.kind import Choice, Kind
from records.problem import Problem
from render import counts, html
from render.catalogue import Words, capital
from render.html import Html

MOST_TOLD = 15
MOST_READ = 60
"""Characters of what was typed that are said again."""
COPIED = 256
"""Characters a copying button takes."""
FINAL = frozenset(
    {"command_gone", "correction_gone", "other_kind", "is_withdrawn", "is_emptied", "too_many_figures"}
    | {"calendar_only", "route_hidden", "filter_with_by", "outsiders_calendar_only", "outsiders_route_hidden"}
)
"""Problems that the same message sent anew wouldn't mend: they say themselves what would."""
NOTHING = Html()
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?")


def refusal(
    problems: Sequence[Problem],
    kind: Kind | None,
    command: str,
    corrected: str,
    words: Words,
    *,
    stays: Entry | None = None,
    reread: bool = False,
) -> Answer:
    """Every problem in a line of its own, and `command` with the `corrected` words to copy, if there are any.

    `stays` is the entry that a correction was meant for and that stays as it was, `reread` if by editing its message; without
    one nothing was stored. Without a kind either, it was a question.
    """
    final = any(one.code in FINAL for one in problems)
    if stays and final:
        told = [sentence(one, words, kind) for one in problems]
        return Answer(html.blocks(words.say("refusal.unchanged", ref=words.code(stays.ref)), html.lines(*told)))
    about = "reread" if reread else "stays" if stays else "posted" if kind else "asked"
    head = words.say_n(
        f"refusal.{'stays' if stays else about}", len(problems), ref=words.code(stays.ref) if stays else ""
    )
    told = [sentence(one, words, kind) for one in problems[:MOST_TOLD]]
    if len(problems) > MOST_TOLD:
        told.append(words.say_n("refusal.more", len(problems) - MOST_TOLD))
    text = html.blocks(head, html.lines(*told))
    whole = f"/{command.removeprefix('/')} {corrected}"
    if not corrected:
        return Answer(text if final else html.blocks(text, words.say(f"refusal.how_{about}")))
    return to_copy(text, whole, words, words.say(f"refusal.or_{about}"))


def to_copy(text: Html, corrected: str, words: Words, what_else: Html = NOTHING) -> Answer:
    """The text, and below it the corrected command to copy, with a button where Telegram can copy that much."""
    offered = html.blocks(text, html.lines(words.say("refusal.corrected"), html.pre(corrected)), what_else)
    if html.length(offered) > html.MOST:
        return Answer(html.blocks(text, words.say("refusal.too_long")))
    copy = Button(words.text("button.copy"), copy=corrected)
    return Answer(offered, ((copy,),) if html.units(corrected) <= COPIED else ())


def sentence(problem: Problem, words: Words, kind: Kind | None = None) -> Html:
    """One problem: the field, what was read, what is expected, the nearest guess."""
    values = {
        "field": _field(problem.field, words),
        "read": _read(problem.read, words),
        **_about(problem, kind, words),
    }
    told, read = words.say(f"problem.{problem.code}", **values), values["read"]
    begun = problem.field or (read and told.startswith(read))  # by the field's name, or by what was typed
    said = [told if begun else capital(told)]
    if problem.expected:
        said.append(words.say(f"expected.{problem.expected}", **values))
    if problem.guesses:
        guesses = html.join(
            words.say("list.or"), (html.bold(words.name(html.clip(one, MOST_READ))) for one in problem.guesses)
        )
        said.append(words.say("problem.guess", guesses=guesses))
    key = "problem.of_field" if problem.field else "problem.of_message"
    return words.say(key, name=capital(values["field"]), said=html.join(" ", said))


def not_found(ref: str, near: Sequence[str], words: Words) -> Answer:
    """There is no entry of that reference; the nearest ones that there are."""
    said = words.say("answer.not_found", ref=words.code(html.clip(ref, MOST_READ)))
    guesses = html.join(words.say("list.or"), (words.code(one) for one in near))
    return Answer(
        html.lines(said, words.say("problem.guess", guesses=guesses) if near else words.say("answer.not_found_how"))
    )


def _field(name: str, words: Words) -> Html:
    """The word for a field, or for a part of a question."""
    asked = f"asked.{name}"
    return words.say(asked) if words.has(asked) else words.label("fields", name) if name else Html()


def _read(text: str, words: Words) -> Html:
    """What was read, as typed; a day that was understood is written out."""
    return _day(text, words) or words.name(html.clip(" ".join(text.split()), MOST_READ))


def _day(text: str, words: Words) -> Html | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, clock = found.groups()
    return html.join(", ", (words.day(date.fromisoformat(day)), clock or ""))


def _about(problem: Problem, kind: Kind | None, words: Words) -> dict[str, Html]:
    """What else a sentence needs, in words: numbers, days, what a subset is part of, the parts of a sum."""
    field = kind.by_name.get(problem.field) if kind else None
    options = field.shape.options if field and isinstance(field.shape, Choice) else ()
    choices = {one: words.label("choices", problem.field, one) for one in options}
    said = {"options": words.listed(list(choices.values()))}
    for name, given in problem.about.items():
        if name == "parts":
            parts = [
                counts.counted(f"people.{part}", int(problem.about[part]), words)
                for part in str(given).split(",")
                if part
            ]
            said[name] = html.join(" + ", parts)
        elif name == "options":
            listed = str(given).split(",")
            said[name] = words.listed([words.label("choices", problem.field, one) for one in listed])
        elif name == "of":
            said[name] = words.say(f"of.{given}")
        elif isinstance(given, int) and "year" in problem.code:
            said[name] = html.escape(str(given))  # a year has no thousands
        elif isinstance(given, int):
            said[name] = words.number(given)
        elif name == "kind":
            said[name] = words.things(given)
        elif name == "country":
            said[name] = words.country(given)
        else:
            said[name] = choices.get(given) or _read(given, words)
    return said
