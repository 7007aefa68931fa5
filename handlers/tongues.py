"""What each chat is spoken to in: what it chose, else what Telegram says or last said of the person, else the team's."""

from collections.abc import Mapping

from render.catalogue import languages


class Tongues:
    """Every answer asks for one, so they are read once and kept here."""

    def __init__(self, default: str, chosen: Mapping[int, str], spoken: Mapping[int, str] | None = None) -> None:
        """`chosen` is what chats chose before, by chat; `spoken` what they were answered in last."""
        self._default = default
        self._chosen = dict(chosen)
        self._last = dict(spoken or {})

    def spoken(self, chat: int, code: str | None = None) -> str:
        """The chat's language; `code` is Telegram's for the person in whose private chat it is ("kk", "en-GB").

        Where nobody wrote just now it is what the chat was answered in last.
        """
        told = self._default
        if not code:
            told = self._last.get(chat, self._default)
        elif (guess := code.split("-")[0]) in languages():
            told = guess
        return self._chosen.get(chat, told)

    def answered(self, chat: int, language: str) -> None:
        """That is what somebody of the team is answered in, in their private chat."""
        self._last[chat] = language

    @property
    def chosen(self) -> Mapping[int, str]:
        """What chats chose, by chat, as it is now."""
        return dict(self._chosen)

    def move(self, old: int, new: int) -> None:
        """The chat goes on under another id, and in its language unless it has chosen one there."""
        if old in self._chosen:
            self._chosen.setdefault(new, self._chosen[old])

    def choose(self, chat: int, language: str) -> None:
        """That is the chat's language from now on."""
        self._chosen[chat] = language
