"""Telegram's rules for HTML, as a reader: what it would show of a text, or an error if it would refuse it or lose a mark."""

from html.parser import HTMLParser

from records.answer import Answer

ALLOWED = {"b", "i", "u", "s", "code", "pre", "blockquote", "a", "tg-spoiler"}
ENTITIES = {"lt", "gt", "amp", "quot"}
MOST = 4_096
DATA_MOST, COPY_MOST = 64, 256


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, f"<{tag}> is no tag of Telegram's"
        assert not attrs or tag in {"a", "blockquote"}, f"<{tag}> takes no attributes here"
        assert not {"code", "pre"} & set(self.open), f"<{tag}> inside of {self.open}"
        assert tag not in {"code", "pre"} or not set(self.open) - {"blockquote"}, f"<{tag}> inside of {self.open}"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another one"

    def handle_data(self, data: str) -> None:
        assert "<" not in data, data
        self.text += data

    def handle_entityref(self, name: str) -> None:
        assert name in ENTITIES, f"&{name}; is no entity of Telegram's"
        self.text += {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]

    def handle_charref(self, name: str) -> None:
        raise AssertionError(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def shown(html: str) -> str:
    """The text Telegram would show; AssertionError if the HTML isn't well formed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"never closed: {reader.open}"
    return reader.text


def units(text: str) -> int:
    """Its length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def read(answer: Answer) -> str:
    """What the answer shows; AssertionError if Telegram would refuse it or its buttons."""
    text = shown(answer.html)
    assert 0 < units(text) <= MOST
    assert text.strip() == text
    for row in answer.buttons:
        assert row
        for button in row:
            assert button.text
            assert bool(button.data) != bool(button.copy)
            assert len(button.data.encode()) <= DATA_MOST
            assert units(button.copy) <= COPY_MOST
    return text
