"""The commands: one table for the guard, the help, the menus and the docs. What each does is said in the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from records.kind import Kind
from records.kinds import KINDS

Who: TypeAlias = Literal["anyone", "owner"]
Offered: TypeAlias = Literal["everywhere", "private", "nowhere"]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `command.<name>.line` and `command.<name>.help` of the catalogue tell of it.

    `family` names the file of `handlers/` that answers it. `offered` says where menus and `/help` name it; it is understood
    everywhere, whatever they name.
    """

    name: str
    family: str
    who: Who = "owner"
    offered: Offered = "everywhere"


_BESIDE = (
    Command("template", "posting", offered="private"),
    Command("edit", "correcting"),
    Command("figure", "correcting"),
    Command("undo", "correcting"),
    Command("withdraw", "correcting"),
    Command("restore", "correcting"),
    Command("show", "reading"),
    Command("list", "reading"),
    Command("find", "reading", offered="private"),
    Command("history", "reading", offered="private"),
    Command("stats", "reading"),
    Command("digest", "digests"),
    Command("language", "meeting"),
    Command("privacy", "meeting", offered="private"),
    Command("forget_me", "meeting", offered="private"),
    Command("help", "meeting", who="anyone"),
    Command("start", "meeting", who="anyone", offered="nowhere"),
)


def commands_of(kinds: Iterable[Kind]) -> tuple[Command, ...]:
    """Every command of a desk that keeps these kinds: one to post each of them, and all the others."""
    return (*(Command(one.name, "posting") for one in kinds), *_BESIDE)


COMMANDS = commands_of(KINDS)


def offered_in(commands: Iterable[Command], *, private: bool) -> tuple[Command, ...]:
    """Those named where somebody is alone with the desk, or in a group: there only what all who read along may want."""
    places = ("everywhere", "private") if private else ("everywhere",)
    return tuple(one for one in commands if one.offered in places)


def command_named(name: str, commands: Iterable[Command] = COMMANDS) -> Command | None:
    """The command of that name, case ignored; None if there is none."""
    return next((one for one in commands if one.name == name.lower()), None)
