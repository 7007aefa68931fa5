"""Entities nobody marked: commands, links, mentions, hashtags that Telegram finds in a text by itself."""

import re

from sandbox.shapes import Object
from sandbox.text import Formatted, units

_HINT = re.compile(r"[/@#$.+]")
_DOMAINS = "com|org|net|int|edu|gov|info|io|me|app|dev|kz|ru|kg|uz|tr|sy|iq|us|uk|eu|de|ba|рф|қаз"
_PATTERNS = {
    "url": re.compile(
        r"(?:(?:https?|tg)://[^\s<>\"]*[\w/]"
        rf"|(?<![\w@.\-])(?:[\w\-]+\.)+(?:{_DOMAINS})(?![\w\-@])(?:[/?#][^\s<>\"]*[\w/])?)",
        re.IGNORECASE,
    ),
    "email": re.compile(r"(?<![\w.+\-])[A-Za-z0-9_.+\-]{1,64}@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}(?![\w\-])"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])"),
    "cashtag": re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])"),
    "phone_number": re.compile(r"(?<![\w+])\+\d[\d \-()]{7,16}\d(?!\w)"),
}
_CLOSED = ("pre", "code", "text_link", "text_mention", "custom_emoji")


def add_found(formatted: Formatted) -> Formatted:
    """The same text with the entities Telegram finds, in order; code and links are left alone."""
    text = formatted.text
    if not _HINT.search(text):
        return formatted
    taken = [(e["offset"], e["offset"] + e["length"]) for e in formatted.entities if e["type"] in _CLOSED]
    found: list[Object] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            end = start + units(match[0])
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    if found:
        both = formatted.entities + found
        formatted.entities = sorted(both, key=lambda e: (e["offset"], -e["length"]))
    return formatted
