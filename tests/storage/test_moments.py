import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.moments import moment, text


def test_a_moment_is_read_back_as_the_same_moment() -> None:
    there = datetime(2019, 5, 31, 13, 0, 0, 5, timezone(timedelta(hours=5)))
    assert text(there) == "2019-05-31T08:00:00.000005Z"
    assert moment(text(there)) == there
    assert moment(text(there)).tzinfo is UTC


def test_texts_sort_as_their_moments_follow() -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    moments = [
        datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=dice.randrange(3 * 10**15)) for _ in range(200)
    ]
    assert sorted(map(text, moments)) == [text(one) for one in sorted(moments)]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        text(datetime(2019, 5, 31, 8))  # noqa: DTZ001 - that is what is refused
