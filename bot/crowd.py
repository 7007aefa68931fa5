"""What comes in is sifted before any work is done: who sends too much is not listened to for a while."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from bot.bursts import Bursts, Ruling
from bot.updates import Raw, id_of, lane_of, sender_of
from protection.admit import Json, hurried

Members: TypeAlias = Callable[[], Awaitable[Collection[int]]]
COUNTED: Final = ("message", "edited_message", "channel_post", "callback_query", "message_reaction")
"""What people do, as often as they like."""
NEWS: Final = frozenset({"migrate_to_chat_id", "migrate_from_chat_id", "left_chat_member", "forum_topic_reopened"})
"""Messages of Telegram's own that tell of a chat: none of them may be missed."""


class Crowd:
    """Tells strangers' bursts from members' and both from what may come in."""

    def __init__(self, bursts: Bursts, members: Members, now: Callable[[], datetime]) -> None:
        """`members` are the ids of everybody the desk listens to at this moment."""
        self._bursts, self._members, self._now = bursts, members, now
        self._ruled: dict[int, Ruling] = {}

    async def sift(self, batch: Sequence[Raw]) -> Sequence[Raw]:
        """Those to be taken in; of a member's that are not read only what is needed to say so. Raises StorageError."""
        members = await self._members()
        # What is asked for again, because it couldn't be stored, is no second burst.
        self._ruled = {id_of(one): self._ruled.get(id_of(one)) or self._ruling(one, members) for one in batch}
        taken = [one for one in batch if self._ruled[id_of(one)] is not Ruling.DROPPED]
        return [hurried(one) if self._ruled[id_of(one)] is Ruling.WAIT else one for one in taken]

    def _ruling(self, update: Raw, members: Collection[int]) -> Ruling:
        kind = next((one for one in COUNTED if isinstance(update.get(one), Mapping)), "")
        what = update.get(kind)
        if not isinstance(what, dict) or not NEWS.isdisjoint(what):
            return Ruling.TAKEN
        who, chat, now = sender_of(what), lane_of(update), self._now().timestamp()
        if who not in members:
            return self._bursts.of_stranger(who, chat, now)
        # By Telegram's clock: what a member said over a night in which the desk was away is no burst.
        at = _moment(what.get("edit_date")) or _moment(what.get("date")) or now
        return self._bursts.of_member(who, chat, at, press=kind == "callback_query")


def _moment(date: Json) -> float:
    """The moment as Telegram tells it, 0 if it is none."""
    return float(date) if isinstance(date, int) and 0 < date < 2**40 else 0.0
