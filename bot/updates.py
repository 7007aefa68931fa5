"""An update as Telegram's JSON has it: its number, its chat, its sender. Whatever it is, nothing here fails."""

from collections.abc import Mapping
from typing import Final, TypeAlias, TypeGuard

from protection.admit import Json

MOST: Final = 2**63
"""Numbers from here on no database keeps; Telegram's are far below."""
Raw: TypeAlias = Mapping[str, Json]
"""An update as Telegram's JSON has it."""


def is_update(what: object) -> TypeGuard[Raw]:
    """Whether it can be told apart from others at all."""
    return isinstance(what, dict) and _is_number(what.get("update_id"))


def id_of(update: Raw) -> int:
    """The number Telegram gave it."""
    return int(str(update["update_id"]))


def lane_of(update: Raw) -> int:
    """The chat whose order the update belongs to; that of the person for what has no chat, 0 for what has neither."""
    what = next((value for key, value in update.items() if key != "update_id" and isinstance(value, dict)), {})
    message = what.get("message")
    chats = (place.get("chat") for place in (what, message) if isinstance(place, dict))
    numbers = (_number(one) for one in (*chats, what.get("from"), what.get("user")))
    return next((number for number in numbers if number), 0)


def sender_of(what: Raw) -> int:
    """Who did what an update tells of; the chat in whose name it was done, 0 for nobody."""
    numbers = (_number(what.get(one)) for one in ("sender_chat", "actor_chat", "from", "user"))
    return next((number for number in numbers if number), 0)


def _number(who: Json) -> int:
    """The id of a chat or a person, 0 if there is none: an update that can't be read must not keep others from being taken in."""
    number = who.get("id") if isinstance(who, dict) else None
    return number if _is_number(number) else 0


def _is_number(what: object) -> TypeGuard[int]:
    return isinstance(what, int) and not isinstance(what, bool) and -MOST <= what < MOST
