"""Every language of the desk is read alike, alone and mixed with the others."""

from dataclasses import replace

import pytest

from records.command import read, read_question, template
from records.kind import Choice, Context, Flag, Value
from records.kinds import KINDS
from records.question import Question
from tests.records.said import context, kind, words

LANGUAGES = ("en", "ru", "kk", "ar")
FLIGHT = kind("flight")
SAID: dict[str, Value] = {
    "date": "2019-05-31",
    "from": "SY",
    "to": "aktau",
    "people": 246,
    "women": 67,
    "men": 8,
    "children": 171,
    "type": "military",
}
LINES = {
    "en": ["31.05.2019", "from Syria", "to Aktau", "246 people", "67 women", "8 men", "171 children", "military"],
    "ru": ["31.05.2019", "из Сирии", "в Актау", "246 человек", "67 женщин", "8 мужчин", "171 ребёнок", "военный"],
    "kk": ["31.05.2019", "Сириядан", "Ақтауға", "246 адам", "67 әйел", "8 ер адам", "171 бала", "әскери"],
    "ar": ["31.05.2019", "من سوريا", "إلى أكتاو", "246 شخصا", "67 امرأة", "8 رجال", "171 طفلا", "عسكرية"],
}
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("between", [", ", "\n", "، ", " "])
def test_the_same_flight_reads_the_same(language: str, between: str) -> None:
    text = between.join(LINES[language])
    assert read(text, FLIGHT, words(), context()).values == SAID
    assert read(text.translate(EASTERN), FLIGHT, words(), context()).values == SAID
    assert read(text.translate(PERSIAN), FLIGHT, words(), context()).values == SAID


@pytest.mark.parametrize("first", range(4))
def test_a_post_may_mix_the_languages(first: int) -> None:
    text = ", ".join(LINES[LANGUAGES[(first + at) % 4]][at] for at in range(8))
    assert read(text, FLIGHT, words(), context()).values == SAID


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_reads_back_in_every_language(language: str) -> None:
    there = context()
    here = Context(there.now, there.zone, there.country, language, there.places)
    said: dict[str, Value] = {
        **SAID,
        "approx": True,
        "status": "handed_over",
        "departs": "06:15",
        "citizens": "KZ",
        "note": "12 women",
    }
    assert read(template(said, FLIGHT, words(), here), FLIGHT, words(), here).values == said
    for one in KINDS:
        for field in one.fields:
            options = field.shape.options if isinstance(field.shape, Choice) else ()
            flags = ({field.name: True},) if isinstance(field.shape, Flag) else ()
            for values in (*flags, *({field.name: option} for option in options)):
                again = read(template(values, one, words(), here), one, words(), here)
                assert again.values == values, again


UNREAD = (
    "وصلوا في صحة جيدة من سوريا إلى أكتاو أمس 12 امرأة",
    "Сирияда 12 әйел кеше Ақтауға",
    "12 женщин, кроме сирот, из Сирии в Актау вчера",
    "Aktau ← Syria yesterday 12 women",
    "Сирия – Ақтау 31.05.2019 12 әйел, 3 жетім емес бала",
    "from Syria to Aktau yesterday 12 women except orphans",
)


@pytest.mark.parametrize("text", UNREAD)
def test_what_may_mean_something_else_is_refused(text: str) -> None:
    assert read(text, FLIGHT, words(), context()).problems


def test_a_pair_goes_where_its_endings_say() -> None:
    assert read("Ақтауға – Сириядан кеше 12 әйел", FLIGHT, words(), context()).values["to"] == "aktau"


@pytest.mark.parametrize(
    ("language", "text", "guess"),
    [
        ("ru", "вчера Актоу – Сирия 12 женщин", "Актау"),
        ("kk", "кеше Ақтаау – Сирия 12 әйел", "Ақтау"),
        ("en", "yesterday Damascsu – Aktau 12 women", "Damascus"),
        ("ar", "أمس أكتااو - سوريا 12 امرأة", "أكتاو"),
    ],
)
def test_a_place_is_guessed_by_the_name_it_is_shown_by(language: str, text: str, guess: str) -> None:
    reading = read(text, FLIGHT, words(), replace(context(), language=language))
    assert [one.guesses for one in reading.problems] == [(guess,)]
    assert guess in reading.corrected


@pytest.mark.parametrize(
    "text", ["flight last month by type", "рейс өткен ай түрі бойынша", "الرحلات الشهر الماضي حسب النوع"]
)
def test_a_question_in_each_language(text: str) -> None:
    asked = read_question(text, KINDS, words(), context())
    assert isinstance(asked, Question)
    assert (asked.period, asked.by) == ("last_month", ("type",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dash_takes_a_value_away_whatever_follows_it(language: str) -> None:
    label = words().label
    carrier, women = label(language, "fields", "carrier"), label(language, "fields", "women")
    reading = read(f"{carrier} - {women} 69", FLIGHT, words(), context(), editing=True)
    assert reading.removed == {"carrier"}
    assert reading.values == {"women": 69}
    assert not reading.problems
    for name in ("Air example", "Women Air"):
        assert read(f"{carrier} - {name}", FLIGHT, words(), context(), editing=True).values == {"carrier": name}
    approx = label(language, "fields", "approx")
    assert read(f"{approx} -", FLIGHT, words(), context(), editing=True).removed == {"approx"}
