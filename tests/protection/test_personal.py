"""Personal data: what is found in texts as people write them, what passes, and where it stood."""

import re
import time
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from docs.protected import PAGE, page
from protection.personal import ENOUGH, MOST, RULES, found, stops
from protection.rules.papers import is_iin, luhn
from protection.rules.signs import is_iban
from protection.rules.words import WORDS
from records.command import form
from records.kind import Kind
from records.kinds import KINDS
from render.catalogue import LOCALES
from tests.docs.test_reference import DOCUMENTS, commands_in
from tests.protection.corpus import LANGUAGES, corpus, of_rule, of_texts
from tests.records.said import words

RECORDS = Path(__file__).parents[1] / "records"
LEAST_TEXTS = 75


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpus_is_large_enough_and_says_nothing_twice(language: str) -> None:
    said = [one for one in corpus() if one.language == language]
    assert sum(bool(one.rules) for one in said) >= LEAST_TEXTS
    assert sum(not one.rules for one in said) >= LEAST_TEXTS
    assert len({one.text for one in said}) == len(said)
    assert {rule for one in said for rule in one.rules} == set(RULES)


def test_what_must_be_refused_is_and_little_else() -> None:
    whole = of_texts()
    assert whole.recall >= 0.98, f"missed: {whole.missed}"
    assert whole.precision >= 0.97, f"refused wrongly: {whole.false}"


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_its_own(rule: str) -> None:
    measure = of_rule(rule)
    assert measure.recall >= 0.95, f"missed: {measure.missed}"
    assert measure.precision >= 0.95, f"found wrongly: {measure.false}"


def test_the_page_tells_how_well_it_works() -> None:
    text = PAGE.read_text("utf-8")
    assert text == page(text), f"{PAGE.name} is out of date: run `make reference`"
    assert all(f"| `{rule}` |" in text for rule in RULES)


@pytest.mark.parametrize("file", sorted(path.name for path in RECORDS.glob("posts_*.toml")))
def test_no_post_of_the_reader_is_refused(file: str) -> None:
    posts = [one for some in tomllib.loads((RECORDS / file).read_text("utf-8")).values() for one in some]
    said = [one[key] for one in posts for key in ("text", "corrected") if key in one]
    assert len(said) > 25
    assert {text: stops(text) for text in said if stops(text)} == {}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_example_of_the_documents_is_refused(path: Path) -> None:
    said = [f"/{one.name} {one.rest}" for one in commands_in(path)]
    assert said
    assert {text: stops(text) for text in said if stops(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_desk_is_refused(language: str) -> None:
    """The help, the examples, and what a person is told to write instead."""
    with (LOCALES / f"{language}.po").open("rb") as source:
        messages = list(read_po(source, locale=language))
    said = [
        form
        for one in messages
        if one.id
        for form in ([one.string] if isinstance(one.string, str) else one.string or ())
    ]
    texts = [re.sub(r"<[^>]+>|\{[^}]*\}[:=]?", " ", str(one)) for one in said]
    assert len(texts) > 300
    assert {text: stops(text) for text in texts if stops(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_form_is_refused(kind: Kind, language: str) -> None:
    assert stops(form(kind, words(), language)) == ()


def test_a_finding_tells_where_it_stood_as_typed() -> None:
    text = "note Ms Приме\u200bрова, тел ٠٧٧٠ ٠٠٠ ١٢٣٤!"
    assert [(one.rule, text[one.start : one.end]) for one in found(text)] == [
        ("phone", "тел ٠٧٧٠ ٠٠٠ ١٢٣٤"),
        ("name", "Ms Приме\u200bрова"),
    ]


def test_each_rule_is_named_once_in_order() -> None:
    assert stops("name: Dana Primerova, +7 701 555 01 23, +7 701 555 01 24") == ("phone", "name")
    assert stops("") == ()


def test_a_long_text_is_looked_through_to_its_end() -> None:
    text = "women 12; " * 1_000 + "tel +7 701 555 01 23"
    assert stops(text) == ("phone",)
    assert len(found("name: Dana\n" * 500)) == ENOUGH


def test_check_digits() -> None:
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")
    assert is_iban("gb82west12345698765432")
    assert not is_iban("gb83west12345698765432")


def test_an_iin_is_told_by_its_day_and_seventh_digit() -> None:
    assert is_iin("850317450123")
    assert is_iin("000229500001")  # 2000 was a leap year
    assert not is_iin("850231450123")
    assert not is_iin("850317750123")
    assert not is_iin("85031745012")


def test_every_list_of_words_is_of_words() -> None:
    lists = tomllib.loads(WORDS.read_text("utf-8"))
    for rule, some in lists.items():
        for name, listed in some.items():
            if rule != "iban":
                assert len(set(listed)) == len(listed) > 0, f"{rule}.{name}"
                assert all(word == word.strip() and any(map(str.isalpha, word)) for word in listed), f"{rule}.{name}"


WORST = {
    "digits": "8" * MOST,
    "single digits": "1 " * (MOST // 2),
    "counts": "12 " * (MOST // 3),
    "years": "1234 " * (MOST // 5),
    "numbers nobody has": "87095550123 " * (MOST // 12),
    "one word": "a" * MOST,
    "dots": "a." * (MOST // 2),
    "at signs": "a@" * (MOST // 2),
    "titles": "Mr " * (MOST // 3),
    "births": "born on the " * (MOST // 12),
    "invisible": "\u200b" * MOST,
    "emoji": "😀" * MOST,
    "brackets": "(" * MOST,
    "patronymics": "Аа улы " * (MOST // 7),
}


@pytest.mark.parametrize("name", WORST)
def test_no_text_takes_long(name: str) -> None:
    """20 ms on a calm machine; the machine of a test isn't one."""
    stops(WORST[name])
    begun = time.process_time()
    stops(WORST[name])
    assert time.process_time() - begun < 0.2
