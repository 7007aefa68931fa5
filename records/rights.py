"""Who may do what: one table for the guard, the buttons, the acts, the help, the menus and the docs.

What is not in it nobody may do.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

Role: TypeAlias = Literal["viewer", "reporter", "coordinator", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""From the one who may least to the one who may all."""

LEAST: Final[Mapping[str, Role]] = MappingProxyType(
    {
        "meet": "viewer",
        "look": "viewer",
        "digest": "viewer",
        "post": "reporter",
        "correct": "reporter",
        "complete": "reporter",
        "correct_others": "coordinator",
        "group_digest": "coordinator",
        "group_language": "coordinator",
        "restricted": "coordinator",
        "export": "coordinator",
        "import": "coordinator",
        "sites": "coordinator",
        "deliveries": "coordinator",
        "link": "coordinator",
        "invite": "coordinator",
        "see_team": "coordinator",
        "invite_leaders": "admin",
        "members": "admin",
        "settings": "admin",
        "audit": "admin",
        "purge": "admin",
    }
)
"""Every act, and the least role that may do it.

"correct" is about one's own entries; "complete" gives what a colleague's open entry lacks; "restricted" is seeing counts that
not everybody is told; "invite" is inviting viewers and reporters, "invite_leaders" all others.
"""
IN_GROUPS: Final[Mapping[str, str]] = MappingProxyType({"digest": "group_digest", "speak": "group_language"})
"""Acts that are another one where they change what everybody in a group gets."""
ALONE: Final[Mapping[str, str]] = MappingProxyType({"speak": "meet"})
"""The same in a private chat."""
BUTTONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "l:": "look",
        "q:": "look",
        "b:": "look",
        "g:": "speak",
        "t:": "post",
        "f:": "post",
        "k:": "correct",
        "m:": "correct",
        "d:": "complete",
        "s:": "complete",
        "c:": "complete",
        "n:": "digest",
        "a:": "digest",
        "j:": "digest",
        "u:": "see_team",
        "z:": "meet",
        "w:": "look",
        "i:": "import",
    }
)
"""What a press of each family of buttons is, by how what it gives back begins."""


def may(role: Role | None, act: str) -> bool:
    """Whether somebody of that role may do it; None is nobody's role."""
    least = LEAST.get(act)
    return role is not None and least is not None and ROLES.index(role) >= ROLES.index(least)


def there(act: str, *, private: bool) -> str:
    """What that act is in a private chat, or in a group."""
    return (ALONE if private else IN_GROUPS).get(act, act)


def inviting(role: Role) -> str:
    """The act of bringing somebody in with that role."""
    return "invite" if role in {"viewer", "reporter"} else "invite_leaders"
