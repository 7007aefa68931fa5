"""Nobody can be recognised by a number of people shown to those who aren't of the team."""

from hypothesis import given
from hypothesis import strategies as st

from protection.small_numbers import EXACT, Audience, Shown

numbers = st.integers(min_value=0, max_value=1_000_000)
thresholds = st.integers(min_value=1, max_value=100)


def test_the_published_rule() -> None:
    masked = Audience(masked=True)
    assert [masked.shown(n) for n in (0, 1, 4)] == [Shown(0), Shown(5, below=True), Shown(5, below=True)]
    assert [masked.shown(n).number for n in (5, 7, 8, 12, 13, 231)] == [5, 5, 10, 10, 15, 230]


@given(numbers)
def test_members_see_numbers_as_they_are(number: int) -> None:
    assert EXACT.shown(number) == Shown(number)


@given(numbers, thresholds)
def test_a_masked_number_is_near_and_never_a_small_one(number: int, threshold: int) -> None:
    shown = Audience(masked=True, threshold=threshold).shown(number)
    if shown.below:
        assert 0 < number < shown.number
    else:
        assert shown.number % 5 == 0
        assert abs(shown.number - number) <= 2
        assert (shown.number == 0) == (number == 0)
