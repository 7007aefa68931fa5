"""The picture itself: what is drawn is what its caption says, in every script."""

import json
import struct
import warnings
from datetime import date, timedelta
from itertools import combinations

import pytest

from protection.small_numbers import EXACT, Audience
from records.digest import Chart
from records.question import Totals
from render.charts import draw, drawn, picture
from tests.render.stage import places, words

GROUP = Audience(masked=True, secret=b"a secret")
WEEKS = [date(2026, 2, 16) + timedelta(weeks=one) for one in range(12)]


def chart(*women: int, children: int = 0) -> Chart:
    """One country's weeks."""
    sums = [Totals(held=1, cells={"women": one, "children_not_stated": children}) if one else Totals() for one in women]
    return Chart("flight", "week", {"KZ": tuple(zip(WEEKS, [*sums, *[Totals()] * (12 - len(sums))], strict=True))})


def size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack_from(">II", png, 16)
    return wide, high


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ar"])
def test_every_sign_of_every_language_is_in_the_font(language: str) -> None:
    shown = picture(chart(231, 4, 0, 9_999, children=17), words(language), places(), EXACT, "KZ")
    assert shown is not None
    draw.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert size(draw(shown.drawing)) == (800, 560)


def test_only_arabic_is_drawn_from_right_to_left() -> None:
    drawn = {one: picture(chart(7), words(one), places(), EXACT, "KZ") for one in ("en", "ar")}
    assert {one: json.loads(shown.drawing)["rtl"] for one, shown in drawn.items() if shown} == {"en": False, "ar": True}


def test_nobody_is_no_picture() -> None:
    assert picture(chart(0), words("en"), places(), EXACT, "KZ") is None


def test_a_small_number_is_as_high_as_the_least_that_is_told_and_few_children_are_not_drawn() -> None:
    shown = picture(chart(1, 58, children=4), words("en"), places(), GROUP, "KZ")
    assert shown is not None
    bars = json.loads(shown.drawing)["bars"]
    assert [tuple(one[1:]) for one in bars[:3]] == [(5, 0, "5"), (60, 0, "60"), (0, 0, "0")]
    few = picture(chart(1, 4), words("en"), places(), GROUP, "KZ")
    assert few is not None
    assert [tuple(one[1:]) for one in json.loads(few.drawing)["bars"][:2]] == [(5, 0, "<5"), (5, 0, "<5")]


def test_of_several_countries_the_teams_own_is_drawn_and_the_others_are_named_as_left_out() -> None:
    one = chart(7)
    both = Chart("flight", "week", {"AZ": one.bars["KZ"], **one.bars})
    shown = picture(both, words("en"), places(), EXACT, "KZ")
    assert shown is not None
    assert "Kazakhstan" in shown.caption
    assert "Citizens of other countries are not in it." in shown.caption
    foreign = picture(Chart("flight", "week", {"AZ": one.bars["KZ"]}), words("en"), places(), EXACT, "KZ")
    assert foreign is not None
    assert "Azerbaijan" in foreign.caption
    assert "other countries" not in foreign.caption


def test_a_caption_is_never_longer_than_telegram_takes() -> None:
    for language in ("en", "ru", "kk", "ar"):
        shown = picture(chart(*[9_999] * 12, children=9_999), words(language), places(), EXACT, "KZ")
        assert shown is not None
        assert len(shown.caption) < 1_024


@pytest.mark.parametrize("numbers", [[231] * 12, [9_999] * 12, [7, 0, 9_999, 0]])
def test_no_number_touches_another(numbers: list[int]) -> None:
    shown = picture(chart(*numbers, children=1), words("en"), places(), EXACT, "KZ")
    assert shown is not None
    image = drawn(shown.drawing)
    image.canvas.draw()
    boxes = [one.get_window_extent() for one in image.axes[0].texts]
    assert len(boxes) == len([one for one in numbers if one])
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(image.bbox.contains(*corner) for one in boxes for corner in (one.min, one.max))
