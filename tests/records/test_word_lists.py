"""The word lists: no name missing and none left over, every word in its place, within reach, and meaning one thing there."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from string import Formatter

import pytest
from babel import Locale

from records.command.lexicon import Lexicon
from records.command.reading import lexicon
from records.command.tokens import cut
from records.fold import fold, tidy
from records.kind import Choice, Count, Country, Day, Kind, Place
from records.kinds import KINDS
from records.periods import GRAINS
from records.vocabulary import Role, WordList
from tests.records.said import context, words

LISTS = words()._lists
LANGUAGES = words().languages
FIELDS = {one.name: one.shape for kind in KINDS for one in kind.fields}
COUNTS = {name for name, shape in FIELDS.items() if isinstance(shape, Count)}
PLACES = {name for name, shape in FIELDS.items() if isinstance(shape, Place)}
CHOICES: dict[str, set[str]] = {}
for _one in (one for kind in KINDS for one in kind.fields):
    if isinstance(_one.shape, Choice):
        CHOICES.setdefault(_one.name, set()).update(_one.shape.options)
CHOICES["status"] |= {one.name for kind in KINDS for one in kind.statuses}

NEEDED: dict[str, set[str]] = {
    "fields": set(FIELDS),
    "months": {str(one) for one in range(1, 13)},
    "weekdays": {str(one) for one in range(1, 8)},
    "relative": {"-2", "-1", "0", "1", "2"},
    "which": {"-1", "0", "1"},
    "meridiem": {"am", "pm"},
    "clock": {"12:00"},
    "periods": {*GRAINS, "all"},
    "cadence": {"daily", "weekly", "weekdays", "monthly", "off", "now", "log"},
    "asking": {"by", "and", "page"},
    "roles": {"viewer", "reporter", "coordinator", "admin"},
    "operations": {"known"},
    "plain": {"none", "filler", "preposition", "subset", "negation", "airport", "everyday", "noun", "via"},
}
"""What every language has words for."""
ALLOWED: dict[str, set[str]] = {
    **{name: some for name, some in NEEDED.items() if name != "clock"},
    "vague": {name for name, shape in FIELDS.items() if isinstance(shape, Country)},
    "openers": PLACES,
    "endings": PLACES,
    "behind": {name for name, shape in FIELDS.items() if isinstance(shape, Day)},
    "which_behind": {"-1", "0", "1"},
    "asking": {"by", "and", "page", "since", "until"},
    "plain": {*NEEDED["plain"], "ordinal"},
    "negating": {"before", "behind"},
}
"""What a language may have words for beside; numbers, hours, countries and what is written together are looked at by themselves."""
SHARED = {
    "flight": {frozenset({"status planned", "type scheduled"})},
    "session": {frozenset({"mode family", "type family"}), frozenset({"provider other", "type other"})},
}
"""Words that stand for choices of two fields: alone they are asked about."""
SCRIPTS = {"en": "LATIN", "ru": "CYRILLIC", "kk": "CYRILLIC", "ar": "ARABIC"}
LATIN = {"on-line", "NB", "P.S."}
"""Latin words that Russian writes as they are."""


def of(language: str, section: str) -> dict[str, list[str]]:
    """The words of a section in a language, by name."""
    found: dict[str, list[str]] = {}
    for one in LISTS:
        if one.language == language:
            for name, some in one.lists.get(section, {}).items():
                found.setdefault(name, []).extend(some)
    return found


def every_list(one: WordList) -> Iterator[tuple[str, list[str]]]:
    """Each list of words with where it stands."""
    nested: tuple[tuple[str, Mapping[str, Mapping[str, object]]], ...] = (
        ("choices", one.choices),
        ("units", one.units),
        ("amounts", one.amounts),
        ("", one.lists),
    )
    for section, lists in nested:
        for name, some in lists.items():
            for option, phrases in some.items():
                assert isinstance(phrases, list)
                yield f"{section} {name} {option}", phrases
    yield from ((f"kinds {name}", list(kind.words)) for name, kind in one.kinds.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_missing_and_none_is_left_over(language: str) -> None:
    sections = {name for one in LISTS if one.language == language for name in one.lists}
    for section in sections | NEEDED.keys():
        names = {name for name, some in of(language, section).items() if some}
        assert NEEDED.get(section, set()) <= names, (section, NEEDED[section] - names)
        if section in ALLOWED:
            assert names <= ALLOWED[section], (section, names - ALLOWED[section])
    assert all(name.isdecimal() for name in of(language, "numbers"))
    assert set(of(language, "demonyms")) <= set(context().places.countries)
    assert all(re.fullmatch(r"[012]\d:[0-5]\d", name) for name in of(language, "clock"))
    asking, behind = of(language, "asking"), of(language, "behind")
    assert "since" in asking or "date" in behind
    assert "until" in asking or "until" in behind


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_words_and_no_other_has(language: str) -> None:
    for one in (one for one in LISTS if one.language == language):
        assert one.choices.keys() == CHOICES.keys()
        for name, options in one.choices.items():
            assert {option for option, some in options.items() if some} == CHOICES[name], name
        assert one.units.keys() <= COUNTS
        assert one.amounts.keys() <= COUNTS | set(GRAINS)
        numbers = (number for lists in (one.units, one.amounts) for some in lists.values() for number in some)
        assert all(map(str.isdecimal, numbers))
        assert one.kinds.keys() == {kind.name for kind in KINDS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_words_have_the_plural_forms_of_the_language_and_its_number(language: str) -> None:
    categories = {str(Locale.parse(language).plural_form(n)) for n in range(1000)} | {"other"}
    for one in (one for one in LISTS if one.language == language):
        for kind in one.kinds.values():
            for forms in (kind.count, kind.people):
                assert forms.keys() == categories
                for sentence in forms.values():
                    assert {name for _, name, _, _ in Formatter().parse(sentence) if name is not None} <= {"n"}
                assert "{n}" in forms["other"]


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.language)
def test_no_word_stands_twice_in_a_list(one: WordList) -> None:
    for where, phrases in every_list(one):
        folded = [fold(phrase) for phrase in phrases]
        assert all(folded), where
        assert sorted(folded) == sorted(set(folded)), where


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.language)
def test_every_word_is_written_in_its_own_script(one: WordList) -> None:
    for where, phrases in every_list(one):
        for phrase in phrases:
            scripts = {unicodedata.name(letter).split()[0] for letter in phrase if letter.isalpha()}
            assert scripts <= {SCRIPTS[one.language]} or phrase in LATIN, (where, phrase)


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.language)
def test_every_word_can_be_reached(one: WordList) -> None:
    """A phrase that the reader cuts otherwise than the list does would never be found."""
    whole, places = Lexicon(words().senses), context().places
    whole.learn(words())
    assert whole.affixes
    for phrase, sense in one.phrases():
        tokens = cut(tidy(phrase), whole.knows, lambda name: places.find(name) is not None)
        tokens = whole.affixes.apart(tokens, places.knows, places.is_code)
        assert any(match.end == len(tokens) for match in whole.at(tokens, 0)), (phrase, sense)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_word_stands_for_two_fields_at_one_place(kind: Kind) -> None:
    """Two fields whose values look alike, or two bare choices, would both fit where such a word stands."""
    meet: set[frozenset[str]] = set()
    for phrase, senses in lexicon(words(), kind).senses.items():
        named = {one.name: type(kind.field(one.name).shape) for one in senses if one.role is Role.FIELD}
        assert len(named) == len(set(named.values())), (phrase, named)
        days = {one.name for one in senses if one.role is Role.BEHIND}
        assert len(days) < 2, (phrase, days)
        chosen = {f"{one.name} {one.option}" for one in senses if one.role is Role.CHOICE}
        if len(chosen) > 1:
            meet.add(frozenset(chosen))
    assert meet == SHARED[kind.name]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("role", [Role.MONTH, Role.WEEKDAY, Role.RELATIVE, Role.NUMBER, Role.WHICH, Role.DEMONYM])
def test_no_word_is_two_months_or_two_numbers(kind: Kind, role: Role) -> None:
    for phrase, senses in lexicon(words(), kind).senses.items():
        assert len({one.name for one in senses if one.role is role}) < 2, phrase
