"""What each chat is spoken to in: what it chose, else what Telegram says of the person, else what the team speaks."""

from collections.abc import Mapping

from render.catalogue import languages


class Tongues:
    """Every answer asks for one, so they are read once and kept here."""

    def __init__(self, default: str, chosen: Mapping[int, str]) -> None:
        """`chosen` is what chats chose before, by chat."""
        self._default = default
        self._chosen = dict(chosen)

    def spoken(self, chat: int, code: str | None = None) -> str:
        """The chat's language; `code` is Telegram's for the person in whose private chat it is ("kk", "en-GB")."""
        guess = (code or "").split("-")[0]
        return self._chosen.get(chat) or (guess if guess in languages() else self._default)

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
