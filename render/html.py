"""Telegram's HTML: the one place where text is escaped, marked up, measured and cut."""

import html
import re
import unicodedata
from collections.abc import Iterable

MOST = 4_096
"""UTF-16 units Telegram takes in one message, counted as shown."""

_TAG = re.compile(r"<[^<>]*>")
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROLS = {code: None for code in [*range(32), 127] if code not in {9, 10}}
_UNSEEN = _OVERRIDES | _CONTROLS
_ISOLATE, _RELEASE = "\u2068", "\u2069"


class Html(str):
    """Text that is Telegram's HTML already and must not be escaped again."""

    __slots__ = ()


def escape(text: str) -> Html:
    """The text as HTML; Html stays as it is. Control characters and direction overrides, which disorder a message, are left out."""
    if isinstance(text, Html):
        return text
    return Html(html.escape(text.translate(_UNSEEN), quote=False))


def isolated(text: str, *, rtl: bool) -> Html:
    """The text kept from reordering what stands around it: in a right-to-left sentence always, else if it runs right to left."""
    safe = escape(text)
    return Html(f"{_ISOLATE}{safe}{_RELEASE}") if safe and (rtl or runs_right_to_left(safe)) else safe


def runs_right_to_left(text: str) -> bool:
    """Whether any letter of the text is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def bold(text: str) -> Html:
    """Bold."""
    return Html(f"<b>{escape(text)}</b>")


def italic(text: str) -> Html:
    """Italic."""
    return Html(f"<i>{escape(text)}</i>")


def struck(text: str) -> Html:
    """Struck through."""
    return Html(f"<s>{escape(text)}</s>")


def code(text: str) -> Html:
    """Monospaced; a tap copies it."""
    return Html(f"<code>{escape(text)}</code>")


def link(text: str, url: str) -> Html:
    """Text that opens an address."""
    return Html(f'<a href="{html.escape(url)}">{escape(text)}</a>')


def pre(text: str) -> Html:
    """A block of its own, monospaced; a tap copies it."""
    return Html(f"<pre>{escape(text)}</pre>")


def join(between: str, parts: Iterable[str]) -> Html:
    """The parts that aren't empty, with something between them."""
    return Html(escape(between).join(escape(part) for part in parts if part))


def lines(*parts: str) -> Html:
    """One below the other; empty ones are left out."""
    return join("\n", parts)


def blocks(*parts: str) -> Html:
    """One below the other with a blank line between; empty ones are left out."""
    return join("\n\n", parts)


def plain(text: Html) -> str:
    """The text as it is shown, without its markup."""
    return html.unescape(_TAG.sub("", text))


def units(text: str) -> int:
    """Length of plain text in UTF-16 units, which is how Telegram counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def length(text: Html) -> int:
    """Length as shown, in UTF-16 units."""
    return units(plain(text))


def clip(text: str, most: int) -> str:
    """Plain text of at most `most` UTF-16 units; what is cut off is marked by an ellipsis."""
    if units(text) <= most:
        return text
    room, kept = most - 1, 0
    for letter in text:
        room -= units(letter)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"
