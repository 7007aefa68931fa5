"""Who is of the team, as admins and coordinators see it: names as Telegram tells them now, roles, functions, and buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from records.answer import Answer, Button, Rows
from records.rights import ROLES, Role
from render import html
from render.catalogue import Words
from render.html import Html

MOST_NAME = 40
IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team; `name` is "" where Telegram tells none, `owner` one whom the config names."""

    who: int
    role: Role
    label: str
    name: str
    owner: bool


def team(people: Sequence[Person], total: int, page: int, pages: int, words: Words, *, admin: bool) -> Answer:
    """One page of the team; admins get a button for everybody whose role may be changed."""
    told = [_line(one, words) for one in people]
    chosen = tuple((Button(f"✏️ {_called(one)}", f"u:m:{one.who}:{page}"),) for one in people if admin and not one.owner)
    turns = [("list.earlier", page - 1)] if page > 1 else []
    turns += [("list.later", page + 1)] if page < pages else []
    row = tuple(Button(words.text(key), f"u:l:0:{to}") for key, to in turns)
    where = words.say("list.page", page=page, pages=pages) if pages > 1 else Html()
    head = words.say_n("team.head", total)
    return Answer(html.blocks(head, html.lines(*told), where), (*chosen, row) if row else chosen)


def member(one: Person, page: int, words: Words) -> Answer:
    """One member, with a button for each other role, and one to remove them."""
    roles = [
        Button(words.text("team.button_role", role=words.label("roles", role)), f"u:r:{one.who}:{page}:{role}")
        for role in ROLES
        if role != one.role
    ]
    rows = (
        *(tuple(roles[at : at + IN_A_ROW]) for at in range(0, len(roles), IN_A_ROW)),
        (Button(words.text("team.button_remove"), f"u:x:{one.who}:{page}"),),
        _back(page, words),
    )
    return Answer(html.blocks(_line(one, words), words.say("team.how")), rows)


def sure(one: Person, page: int, words: Words) -> Answer:
    """Whether they are to be removed, really."""
    rows: Rows = ((Button(words.text("team.button_sure"), f"u:y:{one.who}:{page}"),), _back(page, words))
    return Answer(html.blocks(_line(one, words), words.say("team.sure")), rows)


def changed(team: str, role: Role | None, words: Words) -> Html:
    """What somebody is told whose role an admin has changed; None: they are of the team no more."""
    if role is None:
        return words.say("team.you_left", team=words.name(team))
    return words.say("team.your_role", team=words.name(team), role=words.label("roles", role))


def _back(page: int, words: Words) -> tuple[Button, ...]:
    return (Button(words.text("team.button_back"), f"u:l:0:{page}"),)


def _line(one: Person, words: Words) -> Html:
    parts = [words.name(html.clip(one.name, MOST_NAME)) if one.name else words.code(str(one.who))]
    parts += [words.label("roles", one.role)]
    parts += [words.name(one.label)] if one.label else []
    parts += [words.say("team.owner")] if one.owner else []
    return html.join(" · ", parts)


def _called(one: Person) -> str:
    return html.clip(one.name, MOST_NAME) if one.name else one.label or str(one.who)
