"""The commands: one table for the guard, the help, the menus and the docs. What each does is said in the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from records.kind import Kind
from records.kinds import KINDS
from records.rights import Role, may, there

Offered: TypeAlias = Literal["everywhere", "private", "nowhere"]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `command.<name>.line` and `command.<name>.help` of the catalogue tell of it.

    `family` names those it stands among in `/help`. `offered` says where menus and `/help` name it; it is understood
    everywhere, whatever they name. `act` is what it is in `records.rights`.
    """

    name: str
    family: str
    act: str
    offered: Offered = "everywhere"


_BESIDE = (
    Command("template", "posting", "post", offered="private"),
    Command("edit", "correcting", "complete"),
    Command("figure", "correcting", "complete"),
    Command("undo", "correcting", "correct"),
    Command("withdraw", "correcting", "correct"),
    Command("restore", "correcting", "correct"),
    Command("show", "reading", "look"),
    Command("list", "reading", "look"),
    Command("find", "reading", "look", offered="private"),
    Command("history", "reading", "look", offered="private"),
    Command("stats", "reading", "look"),
    Command("export", "files", "export", offered="private"),
    Command("import", "files", "import", offered="private"),
    Command("digest", "digests", "digest"),
    Command("invite", "team", "invite", offered="private"),
    Command("team", "team", "see_team", offered="private"),
    Command("sites", "team", "look", offered="private"),
    Command("link", "team", "link"),
    Command("unlink", "team", "link", offered="nowhere"),
    Command("language", "meeting", "speak"),
    Command("privacy", "meeting", "meet", offered="private"),
    Command("forget_me", "meeting", "meet", offered="private"),
    Command("help", "meeting", "meet"),
    Command("start", "meeting", "meet", offered="nowhere"),
)


def commands_of(kinds: Iterable[Kind]) -> tuple[Command, ...]:
    """Every command of a desk that keeps these kinds: one to post each of them, and all the others."""
    return (*(Command(one.name, "posting", "post") for one in kinds), *_BESIDE)


COMMANDS = commands_of(KINDS)


def offered_in(commands: Iterable[Command], *, private: bool, role: Role | None = "admin") -> tuple[Command, ...]:
    """Those named where somebody is alone with the desk, or in a group: there only what all who read along may want.

    And of them those that the role may use there.
    """
    places = ("everywhere", "private") if private else ("everywhere",)
    return tuple(one for one in commands if one.offered in places and may(role, there(one.act, private=private)))


def offered_to_strangers(commands: Iterable[Command]) -> tuple[Command, ...]:
    """All that the menu names to somebody who may be anybody: it tells them whether they are of the team."""
    return tuple(one for one in commands if one.name == "start")


def offered_unlinked(commands: Iterable[Command]) -> tuple[Command, ...]:
    """All that the menu names in a group that isn't the team's: how it becomes so."""
    return tuple(one for one in commands if one.name == "link")


def command_named(name: str, commands: Iterable[Command] = COMMANDS) -> Command | None:
    """The command of that name, case ignored; None if there is none."""
    return next((one for one in commands if one.name == name.lower()), None)
