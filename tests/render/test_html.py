"""Escaping, measuring and cutting."""

from hypothesis import given
from hypothesis import strategies as st

from render import html
from render.html import Html
from tests.render.telegram import shown, units


@given(st.text())
def test_whatever_is_escaped_is_shown_as_it_is(text: str) -> None:
    safe = html.escape(text)
    assert shown(safe) == html.plain(safe)
    assert html.length(safe) == units(shown(safe))


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_clipped_text_fits_and_is_marked(text: str, most: int) -> None:
    cut = html.clip(text, most)
    assert html.units(cut) <= most
    assert cut == text or cut.endswith("…")


def test_html_is_not_escaped_twice() -> None:
    assert html.bold(html.escape("a<b")) == "<b>a&lt;b</b>"
    assert html.join(", ", (Html("<i>x</i>"), "&")) == "<i>x</i>, &amp;"


def test_letters_beyond_the_first_plane_count_twice() -> None:
    assert html.length(Html("<b>🛫a</b>")) == 3
    assert html.clip("🛫🛫🛫", 5) == "🛫🛫…"


def test_what_could_disorder_a_message_is_left_out() -> None:
    assert html.escape("a\u202eb\u2066c\u0000d") == "abcd"


def test_arabic_among_english_is_isolated() -> None:
    assert html.isolated("أكتاو", rtl=False) == "\u2068أكتاو\u2069"
    assert html.isolated("Aktau", rtl=False) == "Aktau"
    assert html.isolated("F-0001", rtl=True) == "\u2068F-0001\u2069"


def test_empty_parts_leave_no_trace() -> None:
    assert html.blocks("a", "", html.lines("", ""), "b") == "a\n\nb"
