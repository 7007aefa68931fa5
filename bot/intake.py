"""Taking updates in: the one poller, which tells Telegram "received" only once an update is committed."""

import asyncio
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, ParamSpec, TypeAlias, TypeVar

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot import sentences
from bot.lanes import Lanes
from bot.logs import told
from bot.request import FOREIGN
from bot.updates import Raw, id_of, is_update, lane_of
from protection.admit import admit
from storage import inbox
from storage.door import Door
from storage.errors import StorageError

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Sift: TypeAlias = Callable[[Sequence[Raw]], Awaitable[Sequence[Raw]]]
"""Gives what of a batch is to be taken in. May raise StorageError."""

WANTED: Final = (
    "message", "edited_message", "channel_post", "callback_query", "my_chat_member", "chat_member", "message_reaction",
)  # fmt: skip
LIMIT: Final = 100
PATIENCE: Final = 30
"""Seconds Telegram holds a poll open that has nothing to tell."""
GRACE: Final = 10
"""Seconds its answer may take beyond that."""
MOST_WAITING: Final = 2_000
"""With so many updates waiting in the lanes the rest waits at Telegram."""
TURN: Final = 0.01
"""Seconds spent on a batch after which everything else gets its turn."""
CALM: Final = 120.0
"""Seconds without a conflict after which the other poller counts as gone."""
TROUBLES: Final = (
    (Conflict, sentences.LOG_CONFLICT),
    (RetryAfter, sentences.LOG_TOO_FAST),
    (TelegramError, sentences.LOG_AWAY),
    (StorageError, sentences.LOG_NO_STORE),
)
"""What the log says once of each trouble; the order matters, the first that fits counts."""


class TokenRefused(Exception):  # noqa: N818  (the end of the matter, not a mishap)
    """Telegram knows no bot of this token; trying again won't help."""


class Rest:
    """How long to wait before the next try: longer each time, with some chance in it, until something succeeds."""

    def __init__(self, first: float = 0.5, most: float = 30.0) -> None:
        """Begins at `first` seconds and ends at `most`."""
        self.first, self.most = first, most
        self._tries = 0

    def next(self) -> float:
        """Seconds to wait now."""
        whole = min(self.most, self.first * 2.0 ** min(self._tries, 16))
        self._tries += 1
        return whole * random.uniform(0.5, 1.0)  # noqa: S311  (spreads load, guards nothing)

    def over(self) -> None:
        """Something succeeded."""
        self._tries = 0


class Intake:
    """Asks Telegram for updates, keeps each without names or personal data in the inbox, and hands the new ones to the lanes."""

    def __init__(
        self,
        bot: Bot,
        door: Door,
        lanes: Lanes,
        now: Callable[[], datetime],
        *,
        commands: Collection[str] = (),
        sift: Sift | None = None,
        rest: Rest | None = None,
        patience: int = PATIENCE,
    ) -> None:
        """`now` is what the desk calls now, for the inbox; `patience` is how long a poll may be held open, in seconds.

        `commands` are the names the desk listens to; without a `sift` all is taken in.
        """
        self._bot, self._door, self._lanes, self._now = bot, door, lanes, now
        self._commands = commands
        self._sift = sift
        self._rest = rest or Rest()
        self._patience = patience
        self._trouble = ""
        self._since = self._last = 0.0

    async def begin(self) -> None:
        """Returns once Telegram has told who the bot is, however long it is away. Raises TokenRefused."""
        await self._until_done(self._bot.initialize)
        await self._until_done(self._without_webhook)

    async def run(self) -> None:
        """Takes updates in until it is cancelled, which may happen at any point. Raises TokenRefused."""
        offset: int | None = None  # never stored: the inbox knows what it has, and Telegram what it was told
        while True:
            await self._lanes.below(MOST_WAITING)
            offset = await self._until_done(self._take_next, offset)

    async def _take_next(self, offset: int | None) -> int | None:
        """Takes one batch; the next offset, or None after an empty one.

        Without an offset Telegram gives whatever is unconfirmed. After a quiet week it numbers updates anew, at
        random: a kept offset could then pass over some.
        """
        batch = await self._ask(offset)
        if not batch:
            return None
        await self._take(batch)
        return max(map(id_of, batch)) + 1

    async def _ask(self, offset: int | None) -> Sequence[Raw]:
        """The next updates, as plain JSON."""
        wanted = {"limit": LIMIT, "timeout": self._patience, "allowed_updates": list(WANTED)}
        if offset is not None:
            wanted["offset"] = offset
        # Spelled so that python-telegram-bot calls the method without warning that it has one of its own: that one would
        # build an object of every update, only for it to be taken apart again.
        answer = await self._bot.do_api_request("get_Updates", wanted, read_timeout=self._patience + GRACE)
        updates = [one for one in answer if is_update(one)] if isinstance(answer, list) else []
        if answer != [] and not updates:
            raise NetworkError(FOREIGN)
        return updates  # what has no number can't be told apart or confirmed, and keeps nothing behind it waiting

    async def _take(self, batch: Sequence[Raw]) -> None:
        """One change for the whole batch; what Telegram repeats is passed over there."""
        rows, since = [], time.monotonic()
        for update in await self._sift(batch) if self._sift else batch:
            rows.append(inbox.Row(id_of(update), lane_of(update), self._admitted(update)))
            if time.monotonic() - since > TURN:  # looking for personal data takes a while, of long texts above all
                await asyncio.sleep(0)
                since = time.monotonic()
        new = set(await self._door.change(inbox.add, rows, self._now()))
        self._lanes.put([row for row in rows if row.update_id in new])

    def _admitted(self, update: Raw) -> str:
        """What may be stored of an update; of one that nobody can look through, its number. That is no reason to stop."""
        try:
            return json.dumps(admit(update, self._bot.username, self._commands))
        except Exception as error:  # noqa: BLE001
            log.error("update %d can't be looked through, so nothing of it is kept: %s", id_of(update), told(error))  # noqa: TRY400
            return json.dumps({"update_id": id_of(update)})

    async def _without_webhook(self) -> None:
        if (await self._bot.get_webhook_info()).url:
            log.warning(sentences.LOG_WEBHOOK_SET)
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def _until_done(self, step: Callable[P, Awaitable[T]], *args: P.args, **named: P.kwargs) -> T:
        """What the step gives, however often it must be tried. Raises TokenRefused."""
        while True:
            try:
                done = await step(*args, **named)
            except (InvalidToken, EndPointNotFound):
                raise TokenRefused(sentences.LOG_REFUSED) from None
            except (TelegramError, StorageError) as error:
                await asyncio.sleep(self._troubled(error))
            else:
                self._well()
                return done

    def _troubled(self, error: Exception) -> float:
        """Seconds to wait; one line in the log for each trouble, not for each try."""
        trouble = next(line for kind, line in TROUBLES if isinstance(error, kind))
        if trouble != self._trouble:
            log.warning(trouble, told(error))
            self._since = time.monotonic() if not self._trouble else self._since
        self._trouble, self._last = trouble, time.monotonic()
        if isinstance(error, Conflict):
            return self._rest.most
        wait = error.retry_after if isinstance(error, RetryAfter) else 0
        asked = wait.total_seconds() if isinstance(wait, timedelta) else wait
        return max(asked, self._rest.next())

    def _well(self) -> None:
        """A second poller lets every now and then one call through: it counts as gone only after a while."""
        now = time.monotonic()
        if not self._trouble or (self._trouble == sentences.LOG_CONFLICT and now - self._last < CALM):
            return
        log.warning(sentences.LOG_WELL, timedelta(seconds=round(now - self._since)))
        self._trouble = ""
        self._rest.over()
