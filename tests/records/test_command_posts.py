"""A corpus of posts as people write them, and what the desk reads in each."""

import pytest

from records.command import read
from tests.records.said import Post, context, posts, words

LANGUAGES = ("en", "en_hard", "ru", "kk", "ar", "tired_en", "tired_ru", "tired_kk", "tired_ar")
POSTS = [one for language in LANGUAGES for one in posts(f"posts_{language}.toml")]


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.text[:60])
def test_a_post_is_read_as_it_was_meant(post: Post) -> None:
    reading = read(post.text, post.kind, words(), context())
    codes = tuple(f"{one.field} {one.code}".strip() for one in reading.problems)
    assert codes == post.problems, reading
    if not post.problems:
        assert reading.values == post.values
        assert reading.corrected == ""
    if post.guesses is not None:
        assert tuple(guess for one in reading.problems for guess in one.guesses) == post.guesses
    if post.corrected is not None:
        assert reading.corrected == post.corrected


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(POSTS) >= 400


@pytest.mark.parametrize("post", [one for one in POSTS if one.problems], ids=lambda post: post.text[:60])
def test_what_is_offered_reads_without_a_problem(post: Post) -> None:
    offered = read(post.text, post.kind, words(), context()).corrected
    assert not offered or not read(offered, post.kind, words(), context()).problems
