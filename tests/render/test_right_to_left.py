"""Arabic is shown from right to left, whatever a line begins with, and its days bear the names Syria and Iraq give them."""

import re
import unicodedata
from datetime import date

import pytest

from protection.small_numbers import EXACT
from records.answer import Answer
from records.commands import COMMANDS, offered_in
from records.digest import Chart
from records.flight import FLIGHT
from records.imports import Told
from records.kinds import KINDS
from records.question import Sought, Term, Totals
from render import html, importing
from render.cards import card
from render.catalogue import RIGHT_TO_LEFT, Words
from render.charts import picture
from render.help import help_of, help_page, welcome
from render.importing import Telling
from render.tables import table
from render.understood import of_sought
from render.values import headline
from tests.render.stage import flight, places, words

BLOCK = re.compile(r"<pre>.*?</pre>", re.DOTALL)
ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069?")
LEVANT = ("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول")


def arabic() -> Words:
    return words("ar")


def runs_right(line: str) -> bool:
    """By its first letter outside of what is isolated: Unicode's rules P2 and P3, which Telegram's clients follow."""
    kinds = (unicodedata.bidirectional(one) for one in ISOLATED.sub("", line))
    return next((one in {"R", "AL"} for one in kinds if one in {"L", "R", "AL"}), False)


def astray(page: str) -> list[str]:
    """The lines that would run from left to right, blocks to copy left out."""
    return [one for one in html.plain(html.Html(BLOCK.sub("", page))).split("\n") if one and not runs_right(one)]


def helped() -> list[Answer]:
    return [found for one in COMMANDS if (found := help_of(one, arabic()))]


@pytest.mark.parametrize("note", ["seats for 30", "мест 30", "٣٠ مقعدًا"])
def test_every_line_of_a_card_runs_to_the_left(note: str) -> None:
    one = flight(people=231, women=59, children=156, operation="zhusan-2", source="BBC", note=note)
    assert astray(card(one, FLIGHT, arabic(), places()).html) == []


def test_every_line_of_the_help_runs_to_the_left() -> None:
    pages = [welcome("Wayhome", arabic(), KINDS), help_page(COMMANDS, arabic(), private=True), *helped()]
    assert [line for page in pages for line in astray(page.html)] == []


def test_every_line_about_a_table_runs_to_the_left() -> None:
    told = Told(20_000, new=1, changed=2, unchanged=3, wrong=4, like=5, refs=("F-0001",))
    previewed = Telling(FLIGHT, arabic(), places(), {}).preview(told, (), 1)
    pages = [previewed, importing.stored(told, 1, arabic()), importing.explained(KINDS, arabic())]
    assert [line for page in pages for line in astray(page.html)] == []


def test_days_without_a_letter_run_to_the_left_too() -> None:
    chart = Chart("flight", "month", {"KZ": ((date(2026, 2, 1), Totals(held=1, cells={"women": 67})),)})
    shown = picture(chart, arabic(), places(), EXACT, "KZ")
    assert shown is not None
    assert astray(shown.caption) == []
    assert runs_right(arabic().days(date(2026, 1, 1), date(2026, 12, 31)))


def test_a_command_and_what_stands_behind_it_keep_their_order() -> None:
    assert "\u2068/help flight\u2069" in html.plain(html.Html(help_page(COMMANDS, arabic(), private=True).html))


def test_a_route_alone_is_not_turned_round() -> None:
    assert runs_right(headline(FLIGHT, flight(people=9).values, arabic(), places()))
    assert runs_right(of_sought(Sought((Term("Aktau", "aktau"),)), arabic(), places()))


def test_a_command_in_the_help_is_whole_so_that_it_can_be_tapped() -> None:
    page = html.plain(html.Html(help_page(COMMANDS, arabic(), private=True).html))
    assert all(f"\u2068/{one.name}\u2069" in page for one in offered_in(COMMANDS, private=True))


def test_days_in_digits_keep_their_order() -> None:
    assert "\u20682019-05-01..2019-05-31\u2069" in arabic().say("command.stats.help")


def test_marks_nobody_sees_take_no_room_in_a_table() -> None:
    names = [arabic().text("card.note", text=one) for one in ("أكتاو", "أستانا")]
    drawn = html.plain(table(["المركز", "العدد"], [[name, "7"] for name in names], rtl=True))
    lines = [re.sub("[\u2066-\u2069\u200f]", "", line) for line in drawn.split("\n")]
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(("month", "name"), [*enumerate(LEVANT, start=1)])
def test_months_bear_one_set_of_names_in_every_pattern(month: int, name: str) -> None:
    day = date(2019, month, 9)
    for said in (arabic().day(day), arabic().weekday(day), arabic().short_day(day), arabic().month(day)):
        assert name in said
    assert RIGHT_TO_LEFT not in arabic().day(day)
