"""Markdown as the pages of docs/ are written in it."""

from collections.abc import Iterable, Sequence
from html import unescape

from render.html import Html


def markdown(said: Html) -> str:
    """A sentence of the catalogue as Markdown; each line stays a line."""
    text = str(said)
    for tag, mark in (("b", "**"), ("i", "*"), ("code", "`")):
        text = text.replace(f"<{tag}>", mark).replace(f"</{tag}>", mark)
    return "\n\n".join("\\\n".join(one.split("\n")) for one in unescape(text).split("\n\n"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def block(text: str) -> str:
    """A block to copy."""
    return f"```\n{text}\n```"
