"""Digests: complete, short, and for groups without what could give anybody away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protection.small_numbers import EXACT, Audience
from records.digest import Change, Concern, Digest, Movement
from records.entry import Entry
from records.question import Counted, Question, Totals
from render.digest import pages
from tests.render.stage import ALL_KINDS, HEARING, NOW, changed, entry, flight, places, session, state, words
from tests.render.telegram import MOST, shown, units

MASKED = Audience(masked=True, secret=b"a test's")
QUIET = Digest(
    language="en",
    zone="Asia/Almaty",
    since=NOW - timedelta(days=1),
    until=NOW,
    mornings=(date(2019, 5, 31),),
    movements=(),
    new=(),
    corrected=(),
    withdrawn=(),
    taken_back=0,
    coming=(),
    attention=(),
    totals=(),
    seq=1234,
    hash="a1b2c3d4e5f6",
    restricted=True,
)
ARRIVED = flight(people=231, women=59, justice=3)
COMING = flight(2, date="2019-06-03", people=48, departs="06:30", arrives="13:10")


def new(*entries: Entry) -> tuple[Change, ...]:
    return tuple(Change("new", None, state(one)) for one in entries)


def told(digest: Digest, audience: Audience = EXACT, language: str = "en") -> list[str]:
    laid = pages(digest, ALL_KINDS, words(language), places(), audience, country="KZ")
    assert 1 <= len(laid) <= 2
    texts = [shown(page) for page in laid]
    assert all(0 < units(text) <= MOST for text in texts)
    return texts


def one_page(digest: Digest, audience: Audience = EXACT) -> str:
    (text,) = told(digest, audience)
    return text


def test_a_quiet_day_is_one_kind_line() -> None:
    text = one_page(QUIET)
    assert "Fri 31 May 2019" in text
    assert "Nothing new was recorded" in text
    assert text.endswith("Journal 1234 · a1b2c3d4e5f6")
    assert "(0)" not in text


def test_what_was_recorded_is_told_in_the_promised_order() -> None:
    after = changed(ARRIVED, women=60)
    digest = replace(
        QUIET,
        movements=(
            Movement("flight", 2, {"women": 59, "not_stated": 172}),
            Movement("session", -1, {"women": -3}, {"KZ": -3}, approx=True),
        ),
        new=new(ARRIVED),
        corrected=(Change("corrected", state(ARRIVED), state(after), ("women",)),),
        withdrawn=(Change("withdrawn", state(session(people=3)), state(session(people=3)), (), "posted twice"),),
        taken_back=2,
        coming=(state(COMING),),
        attention=(Concern(state(ARRIVED), ("children_not_broken_down",)),),
        totals=(Counted(Question("flight", None, None), Totals(12, {}, {"women": 900}, 11)),),
    )
    text = one_page(digest)
    order = (
        "+2 flights · +231 people returned",
        "−1 session · −≈3 attendances",
        "New (1)",
        "F-0001 · Thu 9 May · arrived",
        "Corrected (1)",
        "Women: 59 → 60",
        "Withdrawn (1)",
        "Reason: posted twice",
        "2 entries were posted and taken back",
        "Coming up (1)",
        "Mon 3 Jun, 13:10",
        "Syria → Aktau · 48 expected",
        "Needs attention (1)",
        "how many girls, how many boys?",
        "Totals to date",
        "11 flights (+2) · 900 people returned (+231)",
        "Journal 1234",
    )
    at = 0
    for said in order:
        assert said in text[at:], said
        at = text.index(said, at)


def test_a_preview_says_that_it_moves_nothing() -> None:
    assert "preview" in one_page(replace(QUIET, preview=True))


def test_what_came_back_or_moved_is_marked() -> None:
    one = state(ARRIVED)
    digest = replace(
        QUIET,
        new=(Change("restored", one, one), Change("moved_in", one, one)),
        withdrawn=(Change("moved_out", one, one),),
        corrected=(Change("corrected", one, replace(one, ref="KZ-9")),),
    )
    text = one_page(digest)
    for said in ("restored", "now belongs here", "no longer belongs here", "was F-0001"):
        assert said in text


def test_groups_learn_of_coming_flights_as_day_and_number() -> None:
    later = changed(COMING, people=50, expected=50, departs="07:45", to="almaty", note="x")
    digest = replace(
        QUIET,
        restricted=False,
        new=new(COMING, ARRIVED),
        corrected=(Change("corrected", state(COMING), state(later), ("to", "departs", "people", "note")),),
        withdrawn=(Change("withdrawn", state(COMING), state(COMING)),),
        coming=(state(COMING),),
        attention=(Concern(state(COMING), ("past_day",)),),
    )
    text = one_page(digest, MASKED)
    assert "Flight · 50 expected" in text
    assert "Note" not in text
    assert "Syria → Aktau · 230 people returned" in text
    assert text.count("Aktau") == 1
    for hidden in ("13:10", "06:30", "07:45", "Almaty", "48", "231"):
        assert hidden not in text.split("Journal")[0].replace("since 30 May 2019, 13:30", ""), hidden


def test_groups_never_learn_of_justice() -> None:
    after = changed(ARRIVED, justice=4)
    digest = replace(QUIET, corrected=(Change("corrected", state(ARRIVED), state(after), ("justice",)),))
    assert "3 → 4" in one_page(digest)
    assert "ustice" not in one_page(digest, MASKED)
    assert "ustice" not in one_page(replace(digest, restricted=False))


def test_a_change_too_small_to_be_seen_rounded_is_not_shown() -> None:
    after = changed(ARRIVED, women=60)
    digest = replace(QUIET, corrected=(Change("corrected", state(ARRIVED), state(after), ("women",)),))
    assert "Women" not in one_page(digest, MASKED)


def test_totals_of_several_countries_are_shown_apart() -> None:
    groups = ((("BA",), Totals(1, {}, {"women": 25}, 1)), (("KZ",), Totals(9, {}, {"women": 600}, 9)))
    counted = Counted(Question("flight", None, None, ("citizens",)), Totals(10, {}, {"women": 625}, 10), groups)
    text = one_page(replace(QUIET, totals=(counted,)))
    assert text.index("Kazakhstan: 600 people returned") < text.index("Bosnia & Herzegovina: 25 people returned")
    assert "625" not in text


def counted(*countries: tuple[str, int]) -> Counted:
    groups = tuple(((country,), Totals(1, {}, {"women": people}, 1)) for country, people in countries)
    whole = sum(people for _, people in countries)
    return Counted(Question("flight", None, None, ("citizens",)), Totals(1, {}, {"women": whole}, 1), groups)


def test_totals_say_how_they_moved_since_the_digest_before() -> None:
    moved = Movement("flight", -1, {"women": 15}, {"KZ": 18, "BA": -3}, True, frozenset({"KZ", "BA"}))
    digest = replace(QUIET, movements=(moved,), totals=(counted(("KZ", 600), ("BA", 25), ("UZ", 9)),))
    text = one_page(digest).split("Totals to date")[1]
    assert "1 flight (−1)\n" in text
    assert "Kazakhstan: 600 people returned (+≈18)\n" in text
    assert "Bosnia & Herzegovina: 25 people returned (−≈3)\n" in text
    assert "Uzbekistan: 9 people returned\n" in text
    assert one_page(replace(digest, movements=())).count("(") == 0


def test_groups_see_totals_rounded_on_their_own_and_no_change_of_them() -> None:
    digest = replace(QUIET, movements=(Movement("flight", 1, {"women": 3}, {"KZ": 3}),), totals=(counted(("KZ", 601)),))
    text = one_page(digest, MASKED).split("Totals to date")[1]
    assert "1 flight · 600 people returned\n" in text
    assert "(" not in text


def test_what_needs_someone_says_that_it_is_told_once() -> None:
    digest = replace(QUIET, attention=(Concern(state(ARRIVED), ("no_counts",)),))
    assert "Told once" in one_page(digest)
    assert "Told once" not in one_page(replace(digest, preview=True))


def test_the_readers_own_clock_is_told() -> None:
    text = one_page(replace(QUIET, zone="America/New_York"))
    assert "since 30 May 2019, 03:30" in text
    assert "Fri 31 May 2019" in text
    assert "Thu 30 May 2019" in one_page(replace(QUIET, zone="Pacific/Honolulu", until=NOW - timedelta(hours=1)))


def test_what_is_left_out_is_told_kind_by_kind_with_the_command_that_lists_it() -> None:
    sessions = [session(at, date=f"2019-05-{at:02}", people=5) for at in range(1, 20)]
    text = one_page(replace(QUIET, new=new(*many(11), *sessions)))
    assert "and 18 more: /list sessions 2019-05-02..2019-05-19 status held" in text
    text = one_page(replace(QUIET, filter="citizens=KZ;kind=flight", coming=tuple(map(state, many(14)))))
    assert "and 2 more: /list flights 2019-05-09 citizens KZ status arrived" in text


def test_what_was_withdrawn_is_in_no_list() -> None:
    gone = tuple(Change("withdrawn", state(one), state(one)) for one in many(14))
    text = one_page(replace(QUIET, withdrawn=gone))
    assert "and 2 more" in text
    assert "/list" not in text


@pytest.mark.parametrize(
    ("days", "said"),
    [(3, "For Wed 29 May, Thu 30 May, Fri 31 May at once"), (40, "all 40 digests from Mon 22 Apr to Fri 31 May")],
)
def test_an_outage_says_which_days_it_covers(days: int, said: str) -> None:
    last = date(2019, 5, 31)
    text = one_page(replace(QUIET, mornings=tuple(last - timedelta(days=ago) for ago in reversed(range(days)))))
    assert said in text


def test_a_kind_nobody_has_heard_of_is_told() -> None:
    one = entry(HEARING, {"date": "2019-06-07", "site": "aktau"})
    digest = replace(QUIET, movements=(Movement("hearing", 1, {}),), new=new(one), coming=(state(one),))
    assert "+1 court hearing" in one_page(digest)


def many(count: int) -> Sequence[Entry]:
    return [
        flight(at, people=at, from_=f"~A place with a rather long name {at}", note="n" * 500)
        for at in range(1, count + 1)
    ]


@given(st.text(min_size=1, max_size=60), st.text(max_size=500))
def test_nothing_that_is_typed_breaks_a_digest(short: str, long: str) -> None:
    one = replace(flight(people=5, from_=f"~{short}"), ref=short[:32])
    after = changed(one, note=long, people=6)
    digest = replace(
        QUIET,
        new=new(one),
        corrected=(Change("corrected", state(one), state(after), ("note", "people")),),
        withdrawn=(Change("withdrawn", state(one), state(one), (), long),),
    )
    assert "5 → 6" in one_page(digest)
