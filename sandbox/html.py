"""HTML as Telegram reads it: a handful of tags, turned into entities; anything else is refused with its place."""

import re
import sys

from sandbox.refusals import RefusedError, bad
from sandbox.shapes import Object
from sandbox.text import Formatted, units

_STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
}
_TAGS = frozenset((*_STYLES, "a", "pre", "code", "blockquote", "tg-emoji"))
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,8})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINK = re.compile(r"(?:(?:https?|tg|ton|tonsite)://)?[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)
_MENTION = re.compile(r"tg://user/?\?id=([0-9]{1,15})", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:(?!\d)", re.IGNORECASE)


class _Open:
    """A tag that was opened and not yet closed."""

    def __init__(self, name: str, argument: str, offset: int, place: int) -> None:
        self.name = name
        self.argument = argument
        self.offset = offset
        self.place = place


def parse_html(source: str) -> Formatted:
    """The plain text and its entities, offsets in UTF-16 units; refuses what Telegram refuses."""
    if "<" not in source and "&" not in source:
        return Formatted(source)
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Object] = []

    def read(self) -> Formatted:
        while self.place < len(self.source):
            start = self.source.find("<", self.place)
            start = len(self.source) if start < 0 else start
            if start > self.place:
                self._take(_plain(self.source[self.place : start]))
            self.place = start
            if start < len(self.source):
                self._end_tag() if self.source.startswith("</", start) else self._start_tag()
        if self.open:
            raise _cant(f"Can't find end tag corresponding to start tag {self.open[-1].name}")
        text = "".join(self.parts)
        if _SURROGATES.search(text):
            raise _cant(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        for entity in self.entities:
            entity.pop("class", None)
        return Formatted(text, self.entities)

    def _take(self, text: str) -> None:
        self.parts.append(text)
        self.offset += units(text)

    def _start_tag(self) -> None:
        begin = self.place
        match = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        name = match[0].lower() if match else ""
        self.place = begin + 1 + len(name)
        if self.place >= len(self.source):
            raise self._at("Unclosed start tag", begin)
        if name not in _TAGS:
            raise self._at(f'Unsupported start tag "{name}"', begin)
        argument = _argument(name, self._attributes(name, begin))
        if name == "span" and argument != "spoiler":
            raise self._at('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(name, argument, self.offset, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self.source.startswith(">", self.place):
                self.place += 1
                return found
            if self.place >= len(self.source):
                raise self._at("Unclosed start tag", begin)
            name = self._run(r"[^\s=>]*")
            if not name:
                raise self._at(f'Empty attribute name in the tag "{tag}"', begin)
            self._skip_spaces()
            if not self.source.startswith("=", self.place):
                if tag == "blockquote" and name == "expandable":
                    found[name] = ""
                    continue
                raise self._at(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
            self.place += 1
            self._skip_spaces()
            found[name] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        if self.place >= len(self.source):
            raise self._at(f'Unclosed start tag "{tag}"', begin)
        quote = self.source[self.place]
        if quote in "\"'":
            end = self.source.find(quote, self.place + 1)
            if end < 0 or end + 1 >= len(self.source):
                raise self._at("Unclosed start tag", begin)
            value = _plain(self.source[self.place + 1 : end])
            self.place = end + 1
            return value
        start = self.place
        value = self._run(r"[A-Za-z0-9.\-]*").lower()
        if self.place < len(self.source) and self.source[self.place] not in " \t\r\n>":
            raise self._at("Unexpected end of name token", start)
        return value

    def _end_tag(self) -> None:
        begin = self.place
        if not self.open:
            raise self._at("Unexpected end tag", begin)
        self.place += 2
        name = self._run(r"[^\s>]*").lower()
        self._skip_spaces()
        if not self.source.startswith(">", self.place):
            raise self._at("Unclosed end tag", begin)
        self.place += 1
        last = self.open.pop()
        if name not in ("", last.name):
            raise self._at("Unmatched end tag", begin, f', expected "</{last.name}>", found "</{name}>"')
        if self.offset > last.offset:
            self._close(last)

    def _close(self, tag: _Open) -> None:
        entity: Object = {"type": "", "offset": tag.offset, "length": self.offset - tag.offset}
        if tag.name in _STYLES:
            entity["type"] = _STYLES[tag.name]
        elif tag.name == "a":
            entity |= _link(tag.argument or "".join(self.parts[tag.place :]))
        elif tag.name == "blockquote":
            entity["type"] = "expandable_blockquote" if tag.argument else "blockquote"
        elif tag.name == "tg-emoji":
            if not re.fullmatch(r"[1-9][0-9]{0,18}", tag.argument):
                raise _cant("Invalid custom emoji identifier specified")
            entity |= {"type": "custom_emoji", "custom_emoji_id": tag.argument}
        else:
            self._close_code(tag, entity)
        if entity["type"]:
            self.entities.append(entity)

    def _close_code(self, tag: _Open, entity: Object) -> None:
        """`<pre><code class="language-x">` (or the other way round) is one block with a language."""
        entity["type"] = tag.name
        last = self.entities[-1] if self.entities else None
        same = last is not None and (last["offset"], last["length"]) == (entity["offset"], entity["length"])
        if last and same and tag.name == "pre" and last["type"] == "code" and last.get("class"):
            entity["language"] = last["class"]
            self.entities.pop()
        elif last and same and tag.name == "code" and last["type"] == "pre" and tag.argument:
            entity |= {"type": "pre", "language": tag.argument}
            self.entities.pop()
        elif tag.name == "code" and tag.argument:
            entity["class"] = tag.argument

    def _run(self, pattern: str) -> str:
        match = re.compile(pattern).match(self.source, self.place)
        run = match[0] if match else ""
        self.place += len(run)
        return run

    def _skip_spaces(self) -> None:
        self._run(r"\s*")

    def _at(self, problem: str, place: int, more: str = "") -> RefusedError:
        return _cant(f"{problem} at byte offset {len(self.source[:place].encode())}{more}")


def _cant(problem: str) -> RefusedError:
    return bad(f"can't parse entities: {problem}")


def _plain(text: str) -> str:
    return _CHARACTER.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < sys.maxunicode else match[0]


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return attributes["class"].removeprefix("language-")
    if tag == "span" and attributes.get("class", "").startswith("tg-"):
        return attributes["class"].removeprefix("tg-")
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    return "expandable" if tag == "blockquote" and "expandable" in attributes else ""


def _link(url: str) -> Object:
    """An entity's type and address; an address Telegram wouldn't open makes no entity at all."""
    mention = _MENTION.fullmatch(url)
    if mention:
        return {"type": "text_mention", "user": {"id": int(mention[1])}}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else {"type": ""}


def checked_link(url: str) -> str:
    """The address as Telegram writes it (with a scheme and a path), or nothing if it isn't one."""
    url = url.strip()
    if not _LINK.fullmatch(url):
        return ""
    if "://" not in url:
        if _SCHEME.match(url) or "." not in url:
            return ""
        url = f"http://{url}"
    scheme, _, rest = url.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if scheme.lower() in ("http", "https") and "." not in host and not host.startswith(("localhost", "[")):
        return ""
    return f"{scheme.lower()}://{rest}" if host != rest or scheme.lower() == "tg" else f"{scheme.lower()}://{rest}/"
