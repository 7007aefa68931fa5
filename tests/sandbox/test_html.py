"""HTML to entities, with Telegram's own refusals."""

from typing import Any

import pytest

from sandbox.found import add_found
from sandbox.html import checked_link, parse_html
from sandbox.refusals import RefusedError
from sandbox.text import Formatted, tidy, units

UNMATCHED = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


def read(source: str) -> tuple[str, list[tuple[Any, ...]]]:
    formatted = tidy(parse_html(source))
    named = [tuple(value for key, value in entity.items() if key != "type" or value) for entity in formatted.entities]
    return formatted.text, named


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 2)]),
        ("<i>a</i> <em>b</em>", "a b", [("italic", 0, 1), ("italic", 2, 1)]),
        ("<u>a</u>,<ins>b</ins>", "a,b", [("underline", 0, 1), ("underline", 2, 1)]),
        ("<s>a</s>,<strike>b</strike>,<del>c</del>", "a,b,c", [("strikethrough", i, 1) for i in (0, 2, 4)]),
        ('<tg-spoiler>a</tg-spoiler>,<span class="tg-spoiler">b</span>', "a,b", [("spoiler", 0, 1), ("spoiler", 2, 1)]),
        ("<B>a</b>", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<b> \n</b>x", " \nx", []),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("<b>x<code>a</code>y</b>", "xay", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ('<pre><code class="language-python">a</code></pre>', "a", [("pre", 0, 1, "python")]),
        ('<code class="language-c"><pre>a</pre></code>', "a", [("pre", 0, 1, "c")]),
        ('<code class="language-c">a</code>', "a", [("code", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="53">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "53")]),
        ('<a href="https://e.org/x?a=1&amp;b=2">l</a>', "l", [("text_link", 0, 1, "https://e.org/x?a=1&b=2")]),
        ("<a href='E.org'>l</a>", "l", [("text_link", 0, 1, "http://E.org/")]),
        ("<a>e.org</a>", "e.org", [("text_link", 0, 5, "http://e.org/")]),
        ('<a href="javascript:alert(1)">l</a>', "l", []),
        ('<a href="tg://user?id=1001">l</a>', "l", [("text_mention", 0, 1, {"id": 1001})]),
        ("👍<b>é</b>", "👍é", [("bold", 2, 1)]),
        ("&lt;b&gt; &amp;&quot;&#33;&#x1F44D;&nbsp;&ltx", '<b> &"!👍&nbsp;&ltx', []),
        ("a &amp b", "a & b", []),
        ("<b>&lt;<i>x</i></b>", "<x", [("bold", 0, 2), ("italic", 1, 1)]),
        ("  <b> a </b>  ", " a", [("bold", 0, 2)]),
    ],
)
def test_reads(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    assert read(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<b>a", "Can't find end tag corresponding to start tag b"),
        ("<b>a<i>b</i>", "Can't find end tag corresponding to start tag b"),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("ә<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a<", "Unclosed start tag at byte offset 1"),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xd83d;x",
            UNMATCHED,
        ),
    ],
)
def test_refuses(source: str, problem: str) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {problem}"


def test_an_attribute_it_does_not_know_is_ignored() -> None:
    assert read('<b class=x id="y">a</b>') == ("a", [("bold", 0, 1)])


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("https://e.org", "https://e.org/"),
        ("HTTPS://e.org/A?b#c", "https://e.org/A?b#c"),
        ("e.org:80/x", "http://e.org:80/x"),
        ("http://localhost:8088/x", "http://localhost:8088/x"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("mailto:a@b.org", ""),
        ("word", ""),
        ("http://word", ""),
        ("", ""),
    ],
)
def test_links_are_written_as_telegram_writes_them(given: str, link: str) -> None:
    assert checked_link(given) == link


def test_text_is_cleaned_and_entities_follow() -> None:
    formatted = tidy(Formatted("a\r\n\u202eb\tc \n", [{"type": "bold", "offset": 4, "length": 3}]))
    assert formatted.text == "a\nb c"
    assert formatted.entities == [{"type": "bold", "offset": 2, "length": 3}]
    assert tidy(Formatted("\u2067x\u2069")).text == "\u2067x\u2069"


def test_front_space_goes_up_to_the_first_entity() -> None:
    formatted = tidy(Formatted(" \n x", [{"type": "code", "offset": 2, "length": 2}]))
    assert (formatted.text, formatted.entities) == (" x", [{"type": "code", "offset": 0, "length": 2}])


def test_lengths_are_utf16() -> None:
    assert [units(text) for text in ("abc", "әбв", "👍", "👨‍👩‍👧")] == [3, 3, 2, 8]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/flight 31.05.2019 from Aktau", [("bot_command", "/flight")]),
        ("/stats@wayhome_bot all", [("bot_command", "/stats@wayhome_bot")]),
        ("1/2 a/b //x </b> /ә", []),
        ("see /help, please", [("bot_command", "/help")]),
        ("ask @omar or a@b.org", [("mention", "@omar"), ("email", "a@b.org")]),
        ("https://e.org/a_b(c). And e.org", [("url", "https://e.org/a_b(c"), ("url", "e.org")]),
        ("Aktau.The end", []),
        ("#zhusan3 #33 x#y", [("hashtag", "#zhusan3")]),
        ("$USD", [("cashtag", "$USD")]),
        ("call +7 701 123 45 67 now", [("phone_number", "+7 701 123 45 67")]),
        ("👍 /go", [("bot_command", "/go")]),
    ],
)
def test_telegram_finds_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    formatted = add_found(Formatted(text))
    raw = text.encode("utf-16-le")
    cut = [
        (e["type"], raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in formatted.entities
    ]
    assert cut == found


def test_nothing_is_found_in_code_and_links() -> None:
    formatted = add_found(tidy(parse_html('<code>/x</code> <a href="e.org">/y</a> <b>/z</b>')))
    assert [(e["type"], e["offset"]) for e in formatted.entities] == [
        ("code", 0),
        ("text_link", 3),
        ("bold", 6),
        ("bot_command", 6),
    ]
