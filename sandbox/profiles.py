"""What a bot tells of itself: its commands by scope and language, its name and descriptions by language."""

from typing import TypeVar

from sandbox.shapes import Object

K = TypeVar("K")
V = TypeVar("V")

Scope = tuple[str, int, int]  # kind, chat, user


class Profile:
    """One bot's texts; an empty language is the one for everybody."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, dict[str, str]] = {"name": {"": name}, "description": {}, "short_description": {}}
        self.commands: dict[tuple[Scope, str], list[Object]] = {}

    def text(self, kind: str, language: str) -> str:
        """In that language, else in the one for everybody."""
        texts = self.texts[kind]
        return texts.get(language) or texts.get("", "")

    def set_text(self, kind: str, language: str, text: str) -> bool:
        """An empty text takes the language's own away. Whether it is another one than before."""
        return _put(self.texts[kind], language, text or None)

    def set_commands(self, scope: Scope, language: str, commands: list[Object] | None) -> bool:
        """A menu for that scope and language, None for none. Whether it is another one than before."""
        return _put(self.commands, (scope, language), commands)

    def commands_for(self, chat: int, user: int, *, private: bool, admin: bool, language: str) -> list[Object]:
        """The menu that person sees there: the narrowest scope that has one, the language's before everybody's."""
        for scope in _narrowest_first(chat, user, private=private, admin=admin):
            for tongue in (language, ""):
                if (scope, tongue) in self.commands:
                    return self.commands[scope, tongue]
        return []


def _put(kept: dict[K, V], key: K, value: V | None) -> bool:
    before = kept.pop(key, None)
    if value is not None:
        kept[key] = value
    return before != value


def _narrowest_first(chat: int, user: int, *, private: bool, admin: bool) -> list[Scope]:
    if private:
        return [("chat", chat, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes: list[Scope] = [("chat_member", chat, user)]
    if admin:
        scopes.append(("chat_administrators", chat, 0))
    scopes.append(("chat", chat, 0))
    if admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
