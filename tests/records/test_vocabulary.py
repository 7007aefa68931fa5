"""Words as data: every kind has all of its own, and a new kind brings them in one file."""

from dataclasses import replace
from datetime import date

import pytest

from records.command import read, template
from records.fold import fold, tidy
from records.kind import Choice, Context, Count, Day, Field, Flag, Kind, Place, Status, Text, Values
from records.kinds import KINDS
from records.vocabulary import FALLBACK, Role, Vocabulary, WordList
from tests.records.said import context, words

HEARING = """
language = "en"
[kinds.hearing]
words = ["hearing", "hearings"]
count = { one = "{n} hearing", other = "{n} hearings" }
people = { one = "{n} person heard", other = "{n} people heard" }
[fields]
court = ["court", "courthouse"]
verdicts = ["verdicts", "verdict", "sentences"]
[choices.outcome]
adjourned = ["adjourned", "put back"]
decided = ["decided", "judgment given"]
[choices.status]
heard = ["heard"]
"""


def _always_heard(values: Values, context: Context) -> str:
    del values, context
    return "heard"


COURT = Kind(
    name="hearing",
    letter="H",
    fields=(
        Field("date", Day(), required=True),
        Field("court", Place(), column="site", required=True),
        Field("outcome", Choice(("adjourned", "decided"))),
        Field("status", Choice(("planned", "heard"))),
        Field("verdicts", Count(99)),
        Field("people", Count()),
        Field("approx", Flag()),
        Field("note", Text(100, line=True)),
    ),
    statuses=(Status("planned", coming=True), Status("heard", counts=True)),
    headline=("court",),
    status_for=_always_heard,
)


def test_a_new_kind_needs_its_words_and_nothing_else() -> None:
    more = Vocabulary.load({"hearing": WordList.parse(HEARING)})
    text = "hearing 03.06.2019 courthouse Aktau judgment given, 3 verdicts, heard 12, note: second day"
    reading = read(text, COURT, more, context())
    assert not reading.problems
    assert reading.values == {
        "date": "2019-06-03",
        "court": "aktau",
        "outcome": "decided",
        "status": "heard",
        "verdicts": 3,
        "people": 12,
        "note": "second day",
    }
    assert read(template(reading.values, COURT, more, context()), COURT, more, context()).values == reading.values
    assert more.plural("en", "count", "hearing", 3) == "3 hearings"
    assert more.label("en", "choices", "outcome", "adjourned") == "adjourned"
    assert read("verdcits 3", COURT, more, context()).problems[0].guesses == ("verdicts",)


def test_the_words_of_a_new_kind_change_nothing_for_the_others() -> None:
    more = Vocabulary.load({"hearing": WordList.parse(HEARING)})
    text = "31.05.2019 from Al-Hasakah to Aktau 67 women 8 men"
    assert read(text, KINDS[0], more, context()) == read(text, KINDS[0], words(), context())
    assert read("court Aktau", KINDS[0], more, context()).problems


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", words().languages)
def test_every_field_and_choice_has_a_word(kind: Kind, language: str) -> None:
    lists = [one for one in words()._lists if one.language == language]
    named: list[tuple[str, ...]] = [("kinds", kind.name), *(("fields", one.name) for one in kind.fields)]
    named += [
        ("choices", one.name, option)
        for one in kind.fields
        if isinstance(one.shape, Choice)
        for option in one.shape.options
    ]
    named += [("choices", "status", one.name) for one in kind.statuses]
    assert [path for path in named if not any(one.label(path) for one in lists)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", words().languages)
def test_every_label_is_understood_as_what_it_shows(kind: Kind, language: str) -> None:
    for one in kind.fields:
        label = tuple(fold(words().label(language, "fields", one.name)).split())
        assert any(sense.role is Role.FIELD and sense.name == one.name for sense in words().senses[label])


def test_a_word_missing_in_a_language_is_shown_in_english() -> None:
    assert words().label("eo", "fields", "date") == words().label(FALLBACK, "fields", "date") == "date"
    assert words().label("en", "fields", "nobody_knows") == "nobody knows"
    assert words().plural("eo", "people", "flight", 1) == "1 person returned"
    assert words().plural("en", "people", "flight", 231, "231") == "231 people returned"


def test_a_word_list_with_an_unknown_section_is_refused() -> None:
    with pytest.raises(KeyError):
        WordList.parse('language = "en"\n[feilds]\ndate = ["date"]')


def test_another_language_is_only_words() -> None:
    danish = WordList.parse(
        """
        language = "da"
        [fields]
        women = ["kvinder", "kvinde"]
        date = ["dato"]
        [openers]
        from = ["fra"]
        to = ["til"]
        [months]
        5 = ["maj"]
        [relative]
        -1 = ["i går"]
        """
    )
    more = Vocabulary.load({"da": danish})
    reading = read("fra Syria til Aktau i gar, 12 kvinder", KINDS[0], more, context())
    assert reading.values == {"date": "2019-06-04", "from": "SY", "to": "aktau", "women": 12}
    written = template({"date": "2019-05-31", "women": 3}, KINDS[0], more, replace(context(), language="da"))
    assert written == "dato: 31.05.2019\nkvinder: 3"
    assert (
        read("31. maj fra Syria til Aktau", KINDS[0], more, context()).values["date"] == date(2019, 5, 31).isoformat()
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Hasakah", "al hasakah"),
        ("Ақтау", "актау"),
        ("Қарағанды", "Караганды"),
        ("Үштөбе", "Уштобе"),
        ("Сирияға", "сирияга"),
        ("أكتاو", "اكتاو"),
        ("سورية", "سوريه"),
        ("مستشفى", "مستشفي"),
        ("١٢٣", "123"),
        ("۳", "3"),
        ("Düsseldorf", "dusseldorf"),
        ("WO\u200bMEN", "women"),
        ("Ra\u2019ad", "ra'ad"),
        ("U.S.A.", "usa"),
        ("handed_over", "handed over"),
        ("ё", "е"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_tidying_keeps_what_can_be_seen() -> None:
    assert tidy("wo\u200bmen\u00a0١٢\r\nmen\t3\u2028x") == "women 12\nmen 3\nx"
    assert tidy("Ақтау – 5") == "Ақтау – 5"
