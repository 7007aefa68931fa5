"""What is offered for copying: it reads, and every word that was typed stands in it, as typed or as what it was mistyped for."""

import re
from collections import Counter

import pytest
from hypothesis import given

from records.command import Reading, read
from records.command.reading import lexicon
from records.command.row import Row
from records.fold import fold
from records.kind import Kind
from records.vocabulary import Role
from tests.records.said import context, kind, posts, words
from tests.records.test_command_posts import LANGUAGES
from tests.records.test_command_properties import SLOW, kinds, messages

FILLING = (Role.FILLER, Role.PREPOSITION, Role.SUBSET, Role.KIND)
GOOD = {
    "en": "12 wommen from Syria to Aktau 31.05.2019",
    "ru": "12 женшин из Сирии в Актау 31.05.2019",
    "kk": "12 әйелл Сириядан Ақтауға 31.05.2019",
    "ar": "12 امراءة من سوريا إلى أكتاو 31.05.2019",
}
"""Each with one slip of the finger."""
MEANING = (
    *(
        "с детьми",
        "без детей",
        "баласыз",
        "жетімсіз",
        "әйелсіз",
        "without kids",
        "uncancelled",
        "childless",
        "not yet",
        "не прилетели",
    ),
    *(
        "بدون أطفال",
        "مع الأطفال",
        "لم تصل",
        "type fishing",
        "операция",
        "31.06.2019",
        "weather bad",
        "under 5",
        "ref",
        "келмеді",
    ),
)


def meaning(text: str, kind: Kind) -> Counter[tuple[str, str]]:
    """The words of a text that are no filler, each with all that it is written together with."""
    row = Row(text, kind, lexicon(words(), kind), context())
    silent = {
        at for some in row.matches for one in some if any(map(one.has, FILLING)) for at in range(one.start, one.end)
    }
    runs = {at: run[0] for run in re.finditer(r"\w+", row.text) for at in range(*run.span())}
    typed = (one for at, one in enumerate(row.tokens) if at not in silent)
    return Counter(
        (word, fold(runs.get(one.start, word)))
        for one in typed
        for word in re.findall(r"\w+", fold(row.text[one.start : one.end]))
    )


def holds_every_word(text: str, kind: Kind, reading: Reading) -> None:
    offered = reading.corrected
    if not offered:
        return
    assert not read(offered, kind, words(), context()).problems
    mistyped = {word for one in reading.problems if one.guesses for word in re.findall(r"\w+", fold(one.read))}
    here = Counter(re.findall(r"\w+", fold(offered)))
    lost = {
        word
        for (word, run), times in meaning(text, kind).items()
        if times > here[word] and run not in here and word not in mistyped
    }
    assert not lost, (text, offered)


@given(messages, kinds)
@SLOW
def test_an_offer_holds_every_word_that_means_something(text: str, kind: Kind) -> None:
    holds_every_word(text, kind, read(text, kind, words(), context()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_the_offer_for_each_post_of_the_corpus(language: str) -> None:
    for post in posts(f"posts_{language}.toml"):
        if post.problems:
            holds_every_word(post.text, post.kind, read(post.text, post.kind, words(), context()))


@pytest.mark.parametrize("more", MEANING)
@pytest.mark.parametrize("language", GOOD)
def test_a_word_put_anywhere_into_a_post_is_in_the_offer_or_there_is_none(language: str, more: str) -> None:
    flight = kind("flight")
    typed = GOOD[language].split()
    assert read(GOOD[language], flight, words(), context()).corrected
    for at in range(len(typed) + 1):
        text = " ".join((*typed[:at], more, *typed[at:]))
        reading = read(text, flight, words(), context())
        holds_every_word(text, flight, reading)
        assert not reading.corrected or all(word in fold(reading.corrected) for word in fold(more).split())
