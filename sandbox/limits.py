"""Telegram's flood limits, as strict as it warns they are: so many messages in any second, or minute, no more."""

import math
import time
from collections import deque

from sandbox.refusals import RefusedError
from sandbox.shapes import Object

_NAMES = {"per_second": 1.0, "per_chat_per_second": 1.0, "per_group_per_minute": 60.0}
_COUNTED = ("send", "copy", "forward", "edit")
_NOT_COUNTED = "sendChatAction"


class Limits:
    """Off until set; counted in real seconds, each bot for itself."""

    def __init__(self) -> None:
        self._most: dict[str, int] = {}
        self._sent: dict[tuple[str, int, int], deque[float]] = {}

    def set(self, most: Object | None) -> None:
        """`{"per_second": 30, "per_chat_per_second": 1, "per_group_per_minute": 20}`, or any of them; None is off."""
        for name, number in (most or {}).items():
            if name not in _NAMES or type(number) is not int or number < 1:
                raise ValueError(f"limits are {', '.join(_NAMES)}, each a whole number above 0")
        self._most = dict(most or {})
        self._sent.clear()

    def view(self) -> Object | None:
        return dict(self._most) or None

    def check(self, bot: int, method: str, chat: object) -> None:
        """Count one message, or refuse it with the seconds to wait."""
        if not self._most or method == _NOT_COUNTED or not method.startswith(_COUNTED) or type(chat) is not int:
            return
        now = time.monotonic()
        windows = [(name, self._window(name, bot, chat)) for name in self._most if self._concerns(name, chat)]
        wait = 0.0
        for name, sent in windows:
            while sent and sent[0] <= now - _NAMES[name]:
                sent.popleft()
            if len(sent) >= self._most[name]:
                wait = max(wait, sent[0] + _NAMES[name] - now)
        if wait:
            seconds = max(1, math.ceil(wait))
            raise RefusedError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        for _, sent in windows:
            sent.append(now)

    def _concerns(self, name: str, chat: int) -> bool:
        return name != "per_group_per_minute" or chat < 0

    def _window(self, name: str, bot: int, chat: int) -> deque[float]:
        return self._sent.setdefault((name, bot, 0 if name == "per_second" else chat), deque())
