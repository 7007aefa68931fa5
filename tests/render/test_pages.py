"""Lists, histories, help and the small answers."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protection.small_numbers import EXACT, Audience
from records.answer import Answer
from records.command import Wish, read_wish
from records.commands import COMMANDS
from records.digest import Schedule
from records.filters import written
from records.flight import FLIGHT
from records.kind import Values
from records.kinds import KINDS
from records.question import Search
from records.rule import Rule
from records.session import SESSION
from render import answers, narrowed, schedules
from render.catalogue import languages
from render.help import help_of, help_page, how_to_post, welcome
from render.history import history
from render.lines import line
from render.lists import page
from render.understood import of_search
from tests.render.stage import ALL_KINDS, HEARING, NOW, TODAY, changed, context, entry, flight, places, session, words
from tests.render.telegram import read

MASKED = Audience(masked=True, secret=b"a test's")


def listed(total: int = 3, search: str = "flights", number: int = 1, audience: Audience = EXACT) -> Answer:
    found = [flight(people=231), session(women=3), flight(2, date="2019-06-07", people=48, arrives="13:10")]
    return page(
        found,
        total,
        search,
        number,
        10,
        kinds=ALL_KINDS,
        words=words(),
        places=places(),
        today=TODAY,
        audience=audience,
    )


def test_a_list_names_each_entry_in_two_lines() -> None:
    text = read(listed())
    assert "3 entries" in text
    assert "✈️ F-0001 · Thu 9 May · arrived\nSyria → Aktau · 231 people returned" in text
    assert "✈️ F-0002 · Fri 7 Jun, 13:10 · planned" in text


def test_pages_are_turned_by_the_search_itself() -> None:
    answer = listed(25, "flights 2019", 2)
    assert "Page 2 of 3" in read(answer)
    assert [button.data for button in answer.buttons[0]] == ["l:1:flights 2019", "l:3:flights 2019"]


def test_a_search_too_long_for_a_button_says_how_to_go_on() -> None:
    answer = listed(25, "sessions site Центр поддержки детей Актау this year")
    assert not answer.buttons
    assert "page 2" in read(answer)


def test_groups_get_coming_flights_without_route_and_hour() -> None:
    text = read(listed(audience=MASKED))
    assert "Fri 7 Jun · planned\nFlight · 50 expected" in text
    assert "13:10" not in text
    assert "Syria → Aktau · 230 people returned" in text
    assert "<5 attendances" in text


def test_nothing_found_is_said() -> None:
    assert "Nothing found" in read(
        page([], 0, "x", 1, 10, kinds=ALL_KINDS, words=words(), places=places(), today=TODAY)
    )


@dataclass
class Line:
    act: str
    revision: int
    values: Values | None
    at: datetime = NOW
    who: int = 1001
    reason: str = ""
    ref: str = "F-0001"
    batch: int | None = None


def test_a_history_tells_who_changed_what_and_when() -> None:
    one = flight(people=231, women=59)
    after = changed(one, women=60, justice=2)
    lines = [
        Line("posted", 1, one.values),
        Line("corrected", 2, after.values),
        Line("withdrawn", 3, after.values, reason="twice"),
    ]
    text = read(history(after, lines, FLIGHT, words(), places()))
    assert "1 · posted · 31 May 2019, 13:30 · member 1001" in text
    assert "Women: 59 → 60" in text
    assert "Reason: twice" in text
    assert "Justice" not in text
    assert "Justice: not stated → 2" in read(history(after, lines, FLIGHT, words(), places(), private=True))


def test_a_long_history_keeps_its_newest_lines() -> None:
    one = flight(people=1, note="a" * 400)
    lines = [Line("corrected", at, {**one.values, "note": f"{at} " + "a" * 300}) for at in range(1, 100)]
    text = read(history(one, lines, FLIGHT, words(), places()))
    assert "99 · corrected" in text
    assert "earlier revisions" in text


def test_an_emptied_line_says_so() -> None:
    assert "emptied" in read(history(flight(people=1), [Line("posted", 1, None)], FLIGHT, words(), places()))


def test_help_names_every_command_and_each_has_its_page() -> None:
    text = read(help_page(COMMANDS, words(), private=True))
    for command in COMMANDS:
        assert (f"/{command.name} – " in text) == (command.offered != "nowhere")
        told = help_of(command, words())
        assert told is not None
        assert f"/{command.name}" in read(told)


def test_help_names_every_family_once() -> None:
    for private in (True, False):
        heads = re.findall(r"<b>(.+?)</b>", help_page(COMMANDS, words(), private=private).html)
        assert len(heads) == len(set(heads))


def test_every_kind_says_how_it_is_posted() -> None:
    for kind in (FLIGHT, SESSION):
        answer = how_to_post(kind, words())
        assert "date" in read(answer)
        assert answer.buttons[0][0].copy.startswith(f"/{kind.name}")
    assert "court hearing" in read(how_to_post(HEARING, words()))


def schedule(**how: object) -> Schedule:
    due = datetime(2019, 6, 1, 2, tzinfo=UTC)
    one = Schedule(1, 1, 5, 0, 1001, Rule(), "Asia/Almaty", "en", "", "send", due, 1, NOW, "on")
    return replace(one, **how)  # type: ignore[arg-type]


def told(language: str = "en") -> schedules.Told:
    return schedules.Told(words(language), ALL_KINDS, places())


def test_what_is_set_about_a_digest_is_told_with_its_next_hour() -> None:
    text = read(schedules.settings([schedule()], told()))
    assert "Every day at 08:00, Asia/Almaty" in text
    assert "Next: 1 June 2019, 08:00" in text
    assert "No digest" in read(schedules.settings([], told()))
    assert "is off" in read(schedules.panel(schedule(state="off"), told()))
    assert "paused" in read(schedules.settings([schedule(state="paused")], told()))
    assert "Skipped" in read(schedules.was_set(schedule(when_empty="skip"), told()))
    assert read(schedules.turned_off(words()))
    assert read(schedules.all_off(words()))


def test_the_next_hour_is_told_on_the_digests_own_clock() -> None:
    assert "Next: 1 June 2019, 02:00" in read(schedules.settings([schedule(zone="UTC")], told()))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("weekdays 08:00", "Monday to Friday at 08:00"),
        ("weekly fri 07:30", "Every week, Friday, at 07:30"),
        ("monthly 1 08:00", "Every month on day 1 at 08:00"),
        ("monthly 30 08:00", "or the month's last day where it has none"),
        ("monthly 31 08:00", "On the last day of every month"),
    ],
)
def test_every_cadence_is_told(rule: str, said: str) -> None:
    assert said in read(schedules.settings([schedule(rule=Rule.parse(rule))], told()))


@pytest.mark.parametrize("language", languages())
def test_what_buttons_give_back_fits_and_a_filter_is_typed_as_it_is_read(language: str) -> None:
    filter_ = "citizens=KZ;kind=flight;status=arrived;to=aktau"
    one = schedule(id=10**9, filter=filter_, zone="America/Argentina/ComodRivadavia", language=language)
    answers_ = [
        schedules.panel(one, told(language)),
        schedules.several([one, one], told(language), "schedule.which_off", "x"),
    ]
    answers_ += [schedules.ask(one, verb, told(language), (one.zone, "UTC")) for verb in schedules.PICKED]
    for answer in answers_:
        assert read(answer)
        for button in (each for row in answer.buttons for each in row):
            assert len(button.data.encode()) <= 64
            assert button.text
    typed = " ".join(narrowed.typed(filter_, KINDS, words(language), places()))
    wish = read_wish(typed, KINDS, words(language).vocabulary, context())
    assert isinstance(wish, Wish), typed
    assert written(wish.filter) == filter_


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rule", ["weekly mon 08:00", "weekly wed 08:00", "monthly 31 08:00"])
def test_a_phone_shows_the_days_to_choose_from_whole(language: str, rule: str) -> None:
    one = schedule(rule=Rule.parse(rule))
    rows = [row for verb in "km" for row in schedules.ask(one, verb, told(language)).buttons]
    assert all(max(len(each.text) for each in row) <= 30 // len(row) for row in rows)


def test_a_stranger_gets_a_line_with_their_id() -> None:
    text = read(answers.stranger(55123, words()))
    assert "55123" in text
    assert "\n" not in text


def test_several_commands_come_back_one_by_one() -> None:
    text = read(answers.several([f"/flight {at} <b>" for at in range(9)], words()))
    assert "/flight 4 <b>" in text
    assert "and 4 more" in text


@pytest.mark.parametrize("reason", ["channel", "anonymous", "forwarded", "not_read", "no_command"])
def test_whoever_is_turned_away_learns_why(reason: str) -> None:
    assert read(answers.turned_away(reason, words()))


@given(st.text(min_size=1))
def test_nothing_that_is_typed_breaks_a_small_answer(text: str) -> None:
    odd = replace(entry(HEARING, {"date": "2019-06-07", "site": f"~{text[:50] or 'x'}"}), ref=f"<{text[:30]}>")
    assert read(answers.unknown_command(text, [text[:20]], words()))
    assert read(answers.several([f"/{text}.", f"/{text}."], words()))
    assert read(answers.nothing_changed(odd, words()))
    assert read(answers.already_withdrawn(odd, words()))
    assert read(answers.which_entry("edit", words()))
    assert read(welcome(text[:80], words()))
    assert read(page([odd], 30, text, 1, 10, kinds=ALL_KINDS, words=words(), places=places(), today=TODAY))


def test_a_summary_is_listed_with_its_first_and_last_day() -> None:
    said: Values = {
        "date": "2019-01-06",
        "until": "2019-02-28",
        "type": "summary",
        "from": "SY",
        "to": "KZ",
        "people": 369,
    }
    told = line(FLIGHT, "F-0001", entry(FLIGHT, said).values, words(), places(), today=TODAY)
    assert "6 January – 28 February 2019" in read(Answer(told))


def test_what_a_list_was_narrowed_to_is_named_as_a_heading_is() -> None:
    searched = Search("flight", None, None)
    headings = [of_search(searched, KINDS, words(language), places()) for language in ("en", "ru", "kk", "ar")]
    assert headings == ["Flights", "Рейсы", "Рейстер", "الرحلات"]
