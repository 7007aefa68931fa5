"""Names for what JSON holds; the oracle, not the type checker, knows what is inside. And lists of names."""

from typing import Any, TypeAlias

Json: TypeAlias = Any
Object: TypeAlias = dict[str, Any]


def words(text: str) -> tuple[str, ...]:
    """Telegram's many field names, written as one line each would be long."""
    return tuple(text.split())
