"""How the desk is used: the list of commands, each one in detail, and how a record is posted."""

from collections.abc import Sequence
from itertools import groupby

from records.answer import Answer, Button
from records.commands import Command, offered_in
from records.digest import Schedule
from records.kind import Kind
from records.rights import Role
from render import html, schedules, signs
from render.catalogue import Words
from render.html import Html
from render.templates import form_button

NOTHING = Html()


def welcome(
    team: str, words: Words, kinds: Sequence[Kind] = (), digest: Schedule | None = None, resumed: Html = NOTHING
) -> Answer:
    """The first thing a member reads, with a button to the form of each kind: filled in and sent, it is their first post.

    Whose digest is on already reads when it comes and by which clock, with a button for another zone; `resumed` says that it
    is on again.
    """
    first = words.say("start.first") if kinds else Html()
    told = words.say("start.digest", when=schedules.when(digest.rule, digest.zone, words)) if digest else Html()
    zone = (Button(words.text("schedule.button_zone"), schedules.data(digest, "y")),) if digest else ()
    rows = (tuple(form_button(one, words) for one in kinds), zone)
    return Answer(
        html.blocks(words.say("start.welcome", team=team), html.lines(told, resumed), first), tuple(filter(None, rows))
    )


def help_page(commands: Sequence[Command], words: Words, *, private: bool, role: Role | None = "admin") -> Answer:
    """The commands offered there to such a member, family by family, a line each; a group is told which there are in private."""
    offered = offered_in(commands, private=private, role=role)
    families = (
        html.lines(
            html.bold(words.say(f"family.{family}")),
            *(words.say("help.line", name=f"/{one.name}", line=line(one, words)) for one in of_family),
        )
        for family, of_family in groupby(offered, key=lambda one: one.family)
    )
    more = [one for one in offered_in(commands, private=True, role=role) if one not in offered]
    elsewhere = (
        words.say("help.private", commands=words.listed([words.name(f"/{one.name}") for one in more]))
        if more
        else Html()
    )
    return Answer(html.blocks(words.say("help.head"), *families, elsewhere, words.say("help.more")))


def line(command: Command, words: Words) -> Html:
    """What a command is for, in a few words; a kind that has none of its own is told like any other."""
    key = f"command.{command.name}.line"
    return (
        words.say(key) if words.has(key) else words.say("command.posting.line", kind=words.label("kinds", command.name))
    )


def help_of(command: Command, words: Words) -> Answer | None:
    """One command in detail, with examples to copy; None for a kind nothing more is told of."""
    key, example = f"command.{command.name}.help", f"example.{command.name}"
    if not words.has(key):
        return None
    told = html.blocks(words.say("help.one", name=f"/{command.name}"), words.say(key))
    if not words.has(example):
        return Answer(told)
    text = words.text(example)
    form = words.say("help.form", command=words.code(f"/template {command.name}"))
    copy = Button(words.text("button.copy_example"), copy=text)
    return Answer(html.blocks(told, html.pre(text), form), ((copy,),))


def how_to_post(kind: Kind, words: Words) -> Answer:
    """How a record of that kind is posted: what it needs, and an example to copy."""
    needed = words.listed([words.label("fields", one.name) for one in kind.fields if one.required])
    head = words.say("post.how", sign=signs.of_kind(kind.name), kind=words.label("kinds", kind.name), needed=needed)
    example = f"example.{kind.name}"
    if not words.has(example):
        return Answer(head)
    text = words.text(example)
    copy = Button(words.text("button.copy_example"), copy=text)
    return Answer(html.blocks(head, html.pre(text), words.say("post.more")), ((copy,),))
