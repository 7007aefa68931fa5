"""The command behind "and 14 more" lists, when it is sent, what it stands for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from protection.small_numbers import EXACT, Audience
from records.command import read_search
from records.entry import Entry
from records.flight import FLIGHT
from records.kind import Kind
from records.kinds import KINDS
from records.question import Search
from records.session import SESSION
from render.listing import listing
from tests.render.stage import context, flight, places, session, state, words

LANGUAGES = ("en", "ru", "kk", "ar")


def search(
    kind: Kind,
    entries: Sequence[Entry],
    only: tuple[tuple[str, str], ...] = (),
    language: str = "en",
    audience: Audience = EXACT,
) -> Search:
    """What the command is read as by somebody of that language."""
    text = listing(kind, [state(one) for one in entries], only, words(language), places(), audience)
    command, _, rest = text.partition(" ")
    assert command == "/list"
    read = read_search(rest, KINDS, words().vocabulary, replace(context(), language=language))
    assert isinstance(read, Search), (text, read)
    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_lists_the_days_and_statuses_of_what_was_left_out(language: str) -> None:
    found = search(FLIGHT, [flight(people=4), flight(2, date="2019-05-12", people=4)], language=language)
    assert (found.kind, found.since, found.until) == ("flight", date(2019, 5, 9), date(2019, 5, 12))
    assert found.filters == (("status", "arrived"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_for_each_of_a_few_statuses_and_for_none_of_many(language: str) -> None:
    statuses = [one.name for one in FLIGHT.statuses if one.coming]
    some = [flight(at, date="2019-06-03", status=status) for at, status in enumerate(statuses, 1)]
    for few in (some[:3], some[3:]):
        found = search(FLIGHT, few, language=language)
        assert {value for _, value in found.filters} == {one.values["status"] for one in few}
        assert (found.since, found.until) == (date(2019, 6, 3), date(2019, 6, 3))
    assert search(FLIGHT, some, language=language).filters == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_keeps_to_the_digest_s_filter(language: str) -> None:
    only = (("kind", "session"), ("citizens", "KZ"), ("site", "aktau"), ("type", "legal"))
    found = search(SESSION, [session(status="held")], only, language)
    assert found.kind == "session"
    assert set(found.filters) == {*only[1:], ("status", "held")}


def test_a_group_is_given_no_command_that_it_may_not_send() -> None:
    masked = Audience(masked=True)
    found = search(FLIGHT, [flight(people=4)], (("to", "aktau"), ("citizens", "KZ")), audience=masked)
    assert masked.refused(found) == ()
    assert ("citizens", "KZ") in found.filters


def test_a_status_nobody_can_ask_for_is_left_out() -> None:
    assert search(FLIGHT, [flight(date="2019-05-31")]).filters == ()


def test_a_period_is_not_turned_round_among_words_from_right_to_left() -> None:
    some = [state(flight(people=4)), state(flight(2, date="2019-05-12", people=4))]
    assert listing(FLIGHT, some, (), words("ar"), places(), EXACT).startswith("/list 2019-05-09..2019-05-12 ")
    assert listing(FLIGHT, some, (), words(), places(), EXACT) == "/list flights 2019-05-09..2019-05-12 status arrived"
