"""Text as Telegram keeps it: cleaned, trimmed, measured in UTF-16 units, its entities in order."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sandbox.shapes import Object

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

# Control characters become spaces; carriage returns, separators and embedding marks vanish (isolates stay).
_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e]")
_GONE = re.compile("[\r\u2028-\u202e]")
_MERGED = ("bold", "italic", "underline", "strikethrough", "spoiler")
_CODE = ("pre", "code")
_RANKS = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "text_link": 49, "text_mention": 49}
_RANKS |= {"bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99}
_HIDDEN_DATA = ("text_link", "text_mention", "custom_emoji", "pre")


def units(text: str) -> int:
    """The text's length in UTF-16 code units, Telegram's measure of everything."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of the text that an entity covers."""
    return text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


@dataclass(slots=True)
class Formatted:
    """A text with its entities."""

    text: str
    entities: list[Object] = field(default_factory=list)


def tidy(formatted: Formatted) -> Formatted:
    """The text as Telegram would store it: what it strips is stripped, and entities follow."""
    if _UNCLEAN.search(formatted.text):
        _clean(formatted)
    if formatted.entities:
        formatted.entities = _in_order(_without_overlap(formatted.entities))
    _trim(formatted)
    if formatted.entities:
        formatted.entities = [entity for entity in formatted.entities if _holds_something(formatted.text, entity)]
    return formatted


def _clean(formatted: Formatted) -> None:
    gone = [units(formatted.text[: match.start()]) for match in _GONE.finditer(formatted.text)]
    formatted.text = _UNCLEAN.sub(" ", _GONE.sub("", formatted.text))

    def moved(offset: int) -> int:
        return offset - sum(place < offset for place in gone)

    _remap(formatted, moved)


def _trim(formatted: Formatted) -> None:
    # Whitespace in front stays where an entity begins with it; at the end everything goes.
    text = formatted.text.rstrip(" \n")
    first = min((entity["offset"] for entity in formatted.entities), default=len(text))
    front = min(len(text) - len(text.lstrip(" \n")), first)
    if len(text) == len(formatted.text) and not front:
        return
    formatted.text = text[front:]
    end = units(formatted.text)
    _remap(formatted, lambda offset: min(max(offset - front, 0), end))


def _remap(formatted: Formatted, moved: Callable[[int], int]) -> None:
    kept = []
    for entity in formatted.entities:
        start, end = moved(entity["offset"]), moved(entity["offset"] + entity["length"])
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    formatted.entities = kept


def _holds_something(text: str, entity: Object) -> bool:
    if entity["type"] in _HIDDEN_DATA:
        return True
    return bool(cut(text, entity["offset"], entity["length"]).strip(" \n"))


def _without_overlap(entities: list[Object]) -> list[Object]:
    """Code holds nothing else and styles leave it out; a style inside or beside itself is one."""
    code = _outermost([entity for entity in entities if entity["type"] in _CODE])
    rest = [entity for entity in entities if entity["type"] not in (*_CODE, *_MERGED) and not _inside(entity, code)]
    styled: list[Object] = []
    for style in _MERGED:
        spans = _joined((entity["offset"], _end(entity)) for entity in entities if entity["type"] == style)
        for span in spans:
            styled += ({"type": style, "offset": a, "length": b - a} for a, b in _minus(span, code))
    return code + rest + styled


def _outermost(code: list[Object]) -> list[Object]:
    kept: list[Object] = []
    for entity in _in_order(code):
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _inside(entity: Object, outer: list[Object]) -> bool:
    return any(other["offset"] <= entity["offset"] and _end(entity) <= _end(other) for other in outer)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _minus(span: tuple[int, int], holes: list[Object]) -> list[tuple[int, int]]:
    start, end = span
    left: list[tuple[int, int]] = []
    for hole in holes:
        if hole["offset"] < end and _end(hole) > start:
            if hole["offset"] > start:
                left.append((start, hole["offset"]))
            start = _end(hole)
    return [*left, (start, end)] if start < end else left


def _end(entity: Object) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _in_order(entities: list[Object]) -> list[Object]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _RANKS.get(e["type"], 50)))
