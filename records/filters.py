"""A digest's filter as it is stored, one text for one meaning: "citizens=KZ;kind=flight"."""

from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import unquote

Conditions: TypeAlias = tuple[tuple[str, str], ...]
"""(field, value) pairs; "kind" is a field too. Of several values for one field any will do, as in `/stats`."""


def written(conditions: Iterable[tuple[str, str]]) -> str:
    """The text of some conditions, in whatever order they were told; "" for none."""
    return ";".join(f"{name}={_escaped(value)}" for name, value in sorted(set(conditions)))


def conditions(text: str) -> Conditions:
    """The conditions of a stored text; ValueError if it is none."""
    pairs = [pair.partition("=") for pair in text.split(";") if pair]
    if not all(name and equals and value for name, equals, value in pairs):
        raise ValueError(f"not a digest's filter: {text!r}")
    return tuple((name, unquote(value)) for name, _, value in pairs)


def grouped(conditions: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The values of each field; one of them must be met."""
    wanted: dict[str, set[str]] = {}
    for name, value in conditions:
        wanted.setdefault(name, set()).add(value)
    return wanted


def _escaped(value: str) -> str:
    """The value without the signs that part conditions: a place nobody knows may hold any."""
    return value.replace("%", "%25").replace(";", "%3B").replace("=", "%3D")
