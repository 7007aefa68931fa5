"""What is said of invitations: how one is made, its link, and the welcome of whoever took it."""

from dataclasses import replace

from records.answer import Answer, Button
from records.rights import Role
from render import html
from render.catalogue import Words
from render.html import Html


def how(words: Words, most: int) -> Answer:
    """How somebody is invited."""
    return Answer(words.say("invite.how", most=most))


def made(link: str, role: Role, label: str, words: Words) -> Answer:
    """The link, to be passed on to one person."""
    said = words.say("invite.made", role=words.label("roles", role), label=label, link=words.code(link))
    return Answer(said, ((Button(words.text("invite.button_copy"), copy=link),),))


def not_open(words: Words) -> Answer:
    """Nobody gets in by that link."""
    return Answer(words.say("invite.not_open"))


def joined(welcome: Answer | None, role: Role, label: str, words: Words) -> Answer:
    """What they are now, above the welcome of every member."""
    said = words.say("invite.joined", role=words.label("roles", role), label=label)
    return replace(welcome, html=html.blocks(said, Html(welcome.html))) if welcome else Answer(said)
