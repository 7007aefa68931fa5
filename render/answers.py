"""Small answers: to strangers, to what the desk doesn't take, and to what can't be done."""

from collections.abc import Sequence
from dataclasses import replace

from records.answer import Answer
from records.entry import Entry
from records.problem import Problem
from render import html
from render.catalogue import Words
from render.html import Html
from render.problems import MOST_READ, sentence, to_copy

MOST_APART = 5
"""Commands of one message that are offered again, each by itself."""


def stranger(who: int, words: Words) -> Answer:
    """The one polite line for somebody who isn't of the team, with the id the operator needs."""
    return Answer(words.say("answer.stranger", id=words.code(str(who))))


def denied(least: str, role: str, words: Words) -> Answer:
    """Their role is not enough: which one is needed, and which they have."""
    needed, theirs = words.label("roles", least), words.label("roles", role)
    return Answer(words.say("rights.denied", least=needed, role=theirs))


def turned_away(reason: str, words: Words) -> Answer:
    """Why a message isn't taken: "channel", "anonymous", "forwarded", "not_read", "table_not_read" …"""
    return Answer(words.say(f"turned_away.{reason}"))


def only_words(answer: Answer, words: Words) -> tuple[Answer, ...]:
    """The answer to what was said beside a photo, with the request to delete that; in a message of its own if it is too long."""
    request = words.say("answer.only_words")
    whole = html.blocks(Html(answer.html), request)
    return (replace(answer, html=whole),) if html.length(whole) <= html.MOST else (answer, Answer(request))


def unknown_command(name: str, near: Sequence[str], words: Words, rest: str = "") -> Answer:
    """There is no such command; the nearest ones that there are, by name. With the `rest` the first of them can be copied."""
    said = words.say("answer.unknown_command", name=words.code(f"/{html.clip(name, MOST_READ)}"))
    guesses = html.join(words.say("list.or"), (html.escape(f"/{one}") for one in near))
    told = html.lines(said, words.say("problem.guess", guesses=guesses) if near else words.say("answer.see_help"))
    return to_copy(told, f"/{near[0]} {rest}", words) if near and rest else Answer(told)


def several(commands: Sequence[str], words: Words) -> Answer:
    """One message held several commands: each by itself, to be copied and sent one after the other. Nothing was stored."""
    room = html.MOST // 2
    told = [html.pre(html.clip(one, room // MOST_APART)) for one in commands[:MOST_APART]]
    more = words.say_n("several.more", len(commands) - MOST_APART) if len(commands) > MOST_APART else html.Html()
    return Answer(html.blocks(words.say_n("several.head", len(commands)), *told, more))


def already_withdrawn(entry: Entry, words: Words) -> Answer:
    """It is withdrawn already, since when, and where its history is."""
    since = entry.withdrawn or entry.recorded
    history = words.code(f"/history {entry.ref}")
    return Answer(words.say("answer.already_withdrawn", ref=words.code(entry.ref), at=since, history=history))


def acted_before(entry: Entry, act: str, words: Words) -> Answer:
    """An edited message that has withdrawn, restored or figured an entry: what it did, that it does no more, and what will."""
    ways = {"withdrawn": "restore", "restored": "withdraw", "figured": "show"}
    again = words.code(f"/{ways[act]} {entry.ref}")
    return Answer(words.say(f"acted_before.{act}", ref=words.code(entry.ref), again=again))


def not_withdrawn(entry: Entry, words: Words) -> Answer:
    """There is nothing to restore: the entry counts as it is."""
    return Answer(words.say("answer.not_withdrawn", ref=words.code(entry.ref)))


def not_undone(problems: Sequence[Problem], words: Words) -> Answer:
    """Why the person's last change can't be taken back."""
    return Answer(html.lines(words.say("answer.not_undone"), *(sentence(one, words) for one in problems)))


def nothing_changed(entry: Entry, words: Words) -> Answer:
    """A correction that says what is known already."""
    return Answer(words.say("answer.nothing_changed", ref=words.code(entry.ref)))


def already_posted(entry: Entry, words: Words) -> Answer:
    """A typed answer was edited after its form had become an entry: how to correct that."""
    return Answer(words.say("form.already_posted", ref=words.code(entry.ref), edit=words.code(f"/edit {entry.ref}")))


def which_entry(command: str, words: Words) -> Answer:
    """A command that needs a reference was sent without one."""
    return Answer(words.say("answer.which_entry", command=words.code(f"/{command} F-0001")))
