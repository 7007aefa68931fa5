"""Cards say what was understood, and nothing else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from records.answer import Answer, Button
from records.entry import Entry
from records.flight import FLIGHT
from records.session import SESSION
from render.asking import ask, ask_date, ask_people
from render.cards import card, in_rows
from tests.render.stage import HEARING, NOW, TODAY, changed, entry, flight, places, session, words
from tests.render.telegram import read


def of(one: Entry, **how: bool) -> Answer:
    kind = {"flight": FLIGHT, "session": SESSION, "hearing": HEARING}[one.kind]
    return card(one, kind, words(), places(), **how)  # type: ignore[arg-type]


def labels(answer: Answer) -> list[str]:
    return [button.text for row in answer.buttons for button in row]


def test_a_return_is_told_as_it_was_published() -> None:
    text = read(of(flight(people=231, women=59, children=156, orphans=18, operation="zhusan-2")))
    for said in (
        "F-0001",
        "Syria → Aktau",
        "Thursday, 9 May 2019",
        "Arrived",
        "231 people returned",
        "Operation: zhusan-2",
    ):
        assert said in text
    assert "59 women, 156 children (sex not stated), 16 not stated" in text
    assert "of which 18 orphans" in text
    assert "/withdraw F-0001" in text


def test_a_button_too_long_for_half_a_phone_has_a_row_of_its_own() -> None:
    labels = ("Men", "Women", "Boys", "Дети без сопровождения", "Girls", "Status")
    rows = in_rows(Button(one) for one in labels)
    assert [[one.text for one in row] for row in rows] == [[*labels[:2]], ["Boys"], [labels[3]], [*labels[4:]]]


def test_no_zero_stands_beside_what_is_not_stated() -> None:
    text = read(of(flight(people=23, children=15, boys=0)))
    assert "0 boys" not in text
    assert "15 children (sex not stated), 8 not stated" in text


def test_a_stated_zero_is_told() -> None:
    assert "5 women, 0 men" in read(of(flight(men=0, women=5, boys=1, girls=1)))


def test_derived_totals_say_how_they_came_about() -> None:
    assert "at least 5 people returned" in read(of(flight(women=5)))
    assert "8 people returned (sum of parts)" in read(of(flight(women=5, men=1, girls=1, boys=1)))
    assert "sum of parts" not in read(of(flight(people=8)))


def test_figures_that_are_not_exact_are_marked() -> None:
    assert "≈600 people returned" in read(of(flight(people=600, approx=True)))


def test_a_planned_flight_speaks_of_expected_people() -> None:
    text = read(of(flight(date="2019-06-07", people=48, departs="06:30", arrives="13:10")))
    assert "48 expected" in text
    assert "returned" not in text
    assert "Departs: 7 June 2019, 06:30" in text
    assert "Arrives: 7 June 2019, 13:10" in text


def test_both_days_are_printed_where_the_departure_was_the_evening_before() -> None:
    text = read(of(flight(date="2019-06-07", people=48, departs="23:30", arrives="05:10")))
    assert "Departs: 6 June 2019, 23:30" in text
    assert "Arrives: 7 June 2019, 05:10" in text


def test_sessions_count_attendances_never_people() -> None:
    text = read(of(session(women=12, girls=30, men=0, boys=0)))
    assert "42 attendances" in text
    assert "people" not in text.lower()


def test_unknown_places_are_marked() -> None:
    text = read(of(flight(from_="~Somewhere", people=5)))
    assert "Somewhere (as typed)" in text
    assert "as coming home" in text


def test_a_leg_that_brings_nobody_home_says_so() -> None:
    text = read(of(flight(from_="SY", to="AE", people=5)))
    assert "5 on the list" in text
    assert "Not part of the people returned" in text


def test_justice_is_told_in_private_only() -> None:
    one = flight(people=20, justice=3)
    assert "3 in a justice process" in read(of(one, private=True))
    for hidden in (of(one), of(one, short=True)):
        assert "justice" not in read(hidden)
    after = changed(one, justice=4)
    assert "Justice" not in read(card(after, FLIGHT, words(), places(), before=one.values))


def test_a_correction_shows_before_and_after() -> None:
    before = flight(people=231, women=59)
    after = changed(before, women=60, people=232)
    for short in (False, True):
        text = read(card(after, FLIGHT, words(), places(), short=short, before=before.values))
        assert "Women: 59 → 60" in text
        assert "People: 231 → 232" in text
        assert "From:" not in text


def test_a_field_taken_away_is_not_stated_any_more() -> None:
    before = flight(people=231, carrier="Air")
    after = replace(before, values={name: one for name, one in before.values.items() if name != "carrier"})
    assert "Carrier: Air → not stated" in read(card(after, FLIGHT, words(), places(), before=before.values))


def test_a_withdrawn_entry_has_no_buttons_and_says_so() -> None:
    gone = replace(flight(people=231), withdrawn=NOW)
    for short in (False, True):
        answer = of(gone, short=short)
        assert "Withdrawn" in read(answer)
        assert "/history F-0001" in read(answer)
        assert not answer.buttons


def test_what_is_missing_is_named() -> None:
    assert "Not told yet: adults, girls, boys" in read(of(flight(people=231, women=59, children=156)))
    assert "Not told yet: expected" in read(of(flight(date="2019-06-07")))
    whole = read(of(flight(women=1, men=1, girls=1, boys=1)))
    assert "Not told yet" not in whole


def test_a_short_card_has_two_to_four_lines() -> None:
    for one in (
        flight(people=231, women=59),
        flight(date="2019-06-07", people=48),
        session(people=3),
        session(date="2019-06-07"),
    ):
        assert 2 <= len(read(of(one, short=True)).splitlines()) <= 4


def test_an_unsettled_entry_asks_with_two_buttons() -> None:
    answer = of(flight(date=TODAY.isoformat(), people=5))
    assert "has it happened already?" in read(answer)
    assert labels(answer) == ["✅ Arrived", "🗓️ Planned"]


def test_buttons_give_entry_revision_and_status() -> None:
    answer = of(flight(number=7, date="2019-06-07", people=5))
    assert [button.data for row in answer.buttons for button in row] == [
        f"s:7:1:{name}" for name in ("departed", "arrived", "delayed", "postponed", "cancelled")
    ]


def test_a_kind_nobody_has_heard_of_has_a_card() -> None:
    text = read(of(entry(HEARING, {"date": "2019-06-07", "site": "aktau", "cases": 4, "note": "x"})))
    assert "Aktau" in text
    assert "Cases: 4" in text
    assert "Set" in text


def test_arriving_asks_how_many_came() -> None:
    answer = ask_people(flight(number=2, date="2019-06-07", people=48), FLIGHT, "arrived", words())
    assert "48 were expected" in read(answer)
    (expected,), (another,), (back,) = answer.buttons
    assert (expected.text, expected.data) == ("All 48 as expected", "c:2:1:arrived:expected")
    assert another.copy == "/edit F-0002 status arrived people "
    assert back.data == "b:2:1"


def test_without_an_expected_number_only_a_typed_one_is_offered() -> None:
    answer = ask_people(flight(date="2019-06-07"), FLIGHT, "arrived", words())
    assert len(answer.buttons) == 2
    assert read(answer)


def test_a_delay_asks_for_the_day() -> None:
    answer = ask(flight(number=2, date="2019-06-07", people=48), FLIGHT, "delayed", "date", words(), today=TODAY)
    data = [button.data for row in answer.buttons for button in row if button.data]
    assert data[:4] == [f"c:2:1:delayed:2019-06-{day}" for day in ("08", "09", "10", "14")]
    assert "c:2:1:delayed:2019-06-07" in data
    assert read(answer)


def test_a_late_flight_is_offered_days_that_are_still_ahead() -> None:
    answer = ask_date(flight(date="2019-05-09", people=48), FLIGHT, "delayed", words(), TODAY)
    assert answer.buttons[0][0].data == "c:1:1:delayed:2019-06-01"


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=500))
def test_nothing_that_is_typed_breaks_a_card(short: str, long: str) -> None:
    one = flight(people=5, from_=f"~{short}", carrier=short, source=short, note=long)
    odd = replace(one, ref=short)
    after = changed(odd, note=short)
    for is_short in (False, True):
        answer = card(after, FLIGHT, words(), places(), short=is_short, before=odd.values)
        assert "5 people returned" in read(answer)
