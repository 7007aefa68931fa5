"""Every language says every sentence, with the same values in it and the same marks around them."""

import re
from collections import Counter
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from records.vocabulary import Vocabulary
from render.catalogue import LOCALES, languages

ENGLISH = "en"
TAG = re.compile(r"</?(\w+)")


def catalogue(language: str) -> Catalog:
    """The sentences of a language as they stand in its file."""
    with (LOCALES / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def sentences(message: Message) -> tuple[str, ...]:
    """What a message says: one sentence, or one for each plural form."""
    said = message.string
    return tuple(str(one) for one in said) if isinstance(said, (tuple, list)) else (str(said or ""),)


def key(message: Message) -> str:
    """The key of a message."""
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def fields(sentence: str) -> set[str]:
    """The values a sentence names."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", languages())
def test_every_sentence_is_there_and_none_besides(language: str) -> None:
    wanted = {key(one) for one in catalogue(ENGLISH) if one.id}
    found = {key(one) for one in catalogue(language) if one.id and all(sentences(one))}
    assert found == wanted


@pytest.mark.parametrize("language", languages())
def test_plurals_are_those_of_the_language(language: str) -> None:
    assert catalogue(language).num_plurals == get_plural(language).num_plurals
    for message in catalogue(language):
        if message.id and message.pluralizable:
            assert len(sentences(message)) == get_plural(language).num_plurals, key(message)


@pytest.mark.parametrize("language", languages())
def test_sentences_name_the_same_values_and_carry_the_same_marks(language: str) -> None:
    english = {key(one): sentences(one)[-1] for one in catalogue(ENGLISH) if one.id}
    for message in catalogue(language):
        if not message.id or key(message).startswith("pattern."):
            continue
        model = english[key(message)]
        for sentence in sentences(message):
            missing = fields(model) - fields(sentence)
            assert fields(sentence) <= fields(model), (key(message), sentence)
            assert missing <= ({"n"} if message.pluralizable else set()), (key(message), sentence)
            opened = Counter(TAG.findall(sentence))
            assert opened.keys() == Counter(TAG.findall(model)).keys(), (key(message), sentence)
            assert all(count % 2 == 0 for count in opened.values()), (key(message), sentence)


@pytest.mark.parametrize("language", languages())
def test_the_language_has_words_to_post_in(language: str) -> None:
    assert language in Vocabulary.load().languages
