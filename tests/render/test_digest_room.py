"""However much there is to tell: two messages at most, nothing cut off at their end, what is left out counted and named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protection.small_numbers import EXACT, Audience
from records.digest import Change, Concern, Digest, Movement
from render.digest import pages
from tests.render.stage import ALL_KINDS, changed, flight, places, state, words
from tests.render.telegram import MOST, shown, units
from tests.render.test_digest import MASKED, QUIET, counted, many, new, told

CODES = "KZ UZ KG TJ TM RU BA MK XK AL RS ME TR IQ SY LB JO EG TN MA DZ LY SD SO YE SA AE KW PK AF IN ID MY PH TT GB FR DE BE US"
COUNTRIES = CODES.split()
LANGUAGES = ["en", "ru", "kk", "ar"]


def crowded(count: int) -> Digest:
    entries = many(count)
    corrected = tuple(
        Change(
            "corrected",
            state(one),
            state(changed(one, people=one.id + 1, note="m" * 500, carrier="c" * 60)),
            ("people", "carrier", "note"),
        )
        for one in entries
    )
    withdrawn = tuple(Change("withdrawn", state(one), state(one), (), "r" * 300) for one in entries)
    states = tuple(state(one) for one in entries)
    attention = tuple(Concern(one, ("past_day", "no_counts", "differs_from_boarded")) for one in states)
    return replace(
        QUIET, new=new(*entries), corrected=corrected, withdrawn=withdrawn, coming=states, attention=attention
    )


@pytest.mark.parametrize("audience", [EXACT, MASKED])
@pytest.mark.parametrize("language", ["en", "ru", "kk", "ar"])
def test_four_hundred_changes_are_one_message(audience: Audience, language: str) -> None:
    (whole,) = told(crowded(80), audience, language)
    assert "a1b2c3d4e5f6" in whole.splitlines()[-1]
    assert whole.count("(80)") == 5
    assert whole.count("/list") == 4


def brief(count: int) -> Digest:
    entries = [flight(at, people=at) for at in range(1, count + 1)]
    states = tuple(state(one) for one in entries)
    gone = tuple(Change("withdrawn", one, one) for one in states)
    return replace(QUIET, new=new(*entries), withdrawn=gone, coming=states)


def test_where_some_are_left_out_anyway_one_message_says_it() -> None:
    (text,) = told(brief(100))
    assert "/list flights" in text
    assert text.count("F-00") > 15


def test_what_two_messages_can_tell_whole_is_told_whole() -> None:
    texts = told(brief(12))
    assert "".join(texts).count("F-00") == 36
    assert "more" not in "".join(texts)
    heavy = [flight(at, people=at, from_=f"~A place with a rather long name {at}") for at in range(1, 13)]
    states = tuple(state(one) for one in heavy)
    some = tuple(Concern(one, ("past_day", "no_counts", "differs_from_boarded")) for one in states)
    texts = told(replace(QUIET, new=new(*heavy), coming=states, attention=some))
    assert len(texts) == 2
    assert "".join(texts).count("F-00") == 36


def test_the_rest_of_a_section_is_counted() -> None:
    text = "".join(told(replace(QUIET, new=new(*many(40)))))
    listed = text.count("F-00")
    assert 0 < listed < 40
    assert f"and {40 - listed} more: /list" in text


@given(st.integers(min_value=0, max_value=30))
def test_every_page_leaves_room_for_the_line_of_a_repeat(count: int) -> None:
    for page in pages(crowded(count), ALL_KINDS, words(), places(), EXACT):
        assert units(shown(words().say("letter.marked"))) + 2 + units(shown(page)) <= MOST


def of_forty() -> Digest:
    """People of forty countries came at once."""
    sizes = [(country, 1_000 + 10 * at) for at, country in enumerate(COUNTRIES)]
    whole = {"women": sum(number for _, number in sizes)}
    totals = tuple(
        replace(one, question=replace(one.question, kind=kind))
        for one in [counted(*sizes)]
        for kind in ("flight", "session")
    )
    moved = tuple(
        Movement(kind, 40, whole, dict(sizes), True, frozenset(dict(sizes))) for kind in ("flight", "session")
    )
    return replace(QUIET, movements=moved, totals=totals)


@pytest.mark.parametrize("audience", [EXACT, MASKED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_forty_countries_the_foremost_are_named_and_the_others_counted(audience: Audience, language: str) -> None:
    (text,) = told(of_forty(), audience, language)
    assert "a1b2c3d4e5f6" in text.splitlines()[-1]
    assert text.count(shown(words(language).say_n("digest.more_countries", 34))) == 4


def test_the_team_s_country_is_named_first_and_the_largest_next() -> None:
    (text,) = told(of_forty())
    named = [line.split(":")[0] for line in text.splitlines() if "people returned" in line]
    assert named[:6] == ["Kazakhstan", "United States", "Belgium", "Germany", "France", "United Kingdom"]


@pytest.mark.parametrize("audience", [EXACT, MASKED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_journal_s_head_is_the_last_line_of_the_fullest_digest(audience: Audience, language: str) -> None:
    for count in (1, 5, 12, 80):
        full = crowded(count)
        forty = of_forty()
        filter_ = ";".join(f"citizens={country}" for country in COUNTRIES)
        texts = told(replace(full, movements=forty.movements, totals=forty.totals, filter=filter_), audience, language)
        assert "a1b2c3d4e5f6" in texts[-1].splitlines()[-1]
