"""What the desk tells of what it keeps: whose people, how surely, to whom; and that nothing changes without being said."""

import json

from tests.house import Talk, unsealed

HOME = "/flight 01.03.2026 from Syria to Aktau women 3 men 1 girls 2 boys 12"
BOSNIA = "/flight 20.02.2026 from Roj to Sarajevo citizens Bosnia people 25"
AMERICA = "/flight 21.02.2026 from Roj to New York citizens US people 23"
COMING = "/flight tomorrow departs 03:00 arrives 06:30 from Erbil to Aktau expected 48 carrier SCAT"


async def test_returns_of_several_countries_are_never_one_sum(talk: Talk) -> None:
    for one in (BOSNIA, AMERICA, HOME):
        await talk.says(one)
    questions = ("/stats", "/stats flights 2026", "/stats flights all by month", "/stats flights by to by type")
    told = [(await talk.says(one)).text for one in (*questions, "/digest now")]
    told += [await talk.shell("stats", "flights", "all", *by) for by in ((), ("by", "to"))]
    for text in map(unsealed, told):
        assert "66" not in text, text
        assert "43" not in text, text
    for text in told[1:]:
        assert text.index("Kazakhstan") < text.index("Bosnia") < text.index("United States"), text
    assert json.loads(await talk.shell("stats", "flights", "all", "--json"))["people"] == 66


async def test_people_of_another_country_alone_are_named_as_such(talk: Talk) -> None:
    await talk.says(BOSNIA)
    for one in ("/stats flights all", "/stats flights all by to", "/digest now"):
        assert "Bosnia" in (await talk.says(one)).text.split("New (1)")[0]
    assert "BA Returned" in (await talk.says("/stats")).text
    asked = (await talk.says("/stats flights all citizens Bosnia")).text
    assert asked.count("Bosnia") == 1


async def test_the_headline_of_a_digest_is_what_its_totals_moved_by(talk: Talk) -> None:
    await talk.says(HOME)
    await talk.says(COMING)
    await talk.says("/flight 01.03.2026 from Al-Hasakah to Erbil people 5")
    text = (await talk.says("/digest now")).text
    assert "+1 flight · +18 people returned" in text
    assert "✈️ 1 flight (+1) · 18 people returned (+18)" in text


async def test_one_country_s_figure_that_is_not_exact_marks_no_other_s(talk: Talk) -> None:
    await talk.says(HOME.replace("boys 12", "boys 12 approx"))
    await talk.says(BOSNIA)
    text = (await talk.says("/digest now")).text
    assert "Kazakhstan: +≈18 people returned" in text
    assert "Bosnia & Herzegovina: +25 people returned" in text
    assert "25 people returned (+25)" in text


async def test_no_nought_stands_where_nobody_said_a_number(talk: Talk) -> None:
    await talk.says("/flight 01.03.2026 from Syria to Aktau boarded 25")
    assert "people not stated" in (await talk.says("/stats flights all")).text
    assert "Aktau   1        –" in (await talk.says("/stats flights all by to")).text
    assert "people not stated" in (await talk.says("/digest now")).text.split("Totals")[1]
    await talk.says("/flight 20.02.2026 from Syria to Aktau people 20")
    await talk.says("/flight 01.01.2026 from Syria to Aktau people 20 children 5")
    rows = (await talk.says("/stats")).text.splitlines()
    assert next(row.split() for row in rows if "children" in row) == ["children", "0", "–", "–", "5"]
    assert next(row.split() for row in rows if "Returned" in row) == ["Returned", "0", "–", "20", "40"]


async def test_sums_that_hold_figures_that_are_not_exact_say_so(talk: Talk) -> None:
    await talk.says("/flight 01.03.2026 from Syria to Aktau ~30 women, 4 men, 5 children")
    await talk.says("/session 01.03.2026 site Aktau type legal people ~30 expected 31")
    assert "≈30 women, ≈4 men, ≈5 children" in (await talk.says("/stats flights all")).text
    assert "≈30 came of ≈31 expected" in (await talk.says("/stats sessions all")).text


async def test_what_keeps_a_number_at_least_is_missing(talk: Talk) -> None:
    assert "Not told yet: men, children" in (await talk.says("/flight 01.03.2026 from Syria to Aktau women 12")).text
    assert "Not told yet: children" in (await talk.says("/flight 01.03.2026 from Syria to Aktau women 12 men 0")).text
    assert (
        "Not told yet: women"
        in (await talk.says("/flight 01.03.2026 from Syria to Aktau children 0 adults 9 men 4")).text
    )
    assert "Not told yet" not in (await talk.says(HOME)).text


async def test_another_reference_is_told_as_a_correction(talk: Talk) -> None:
    await talk.says(HOME)
    assert "Ref: F-0001 → KC-1" in (await talk.says("/edit F-0001 ref KC-1")).text
    assert "Ref: F-0001 → KC-1" in (await talk.says("/history kc-1")).text
    assert "Ref" not in (await talk.says("/edit kc-1 women 4")).text


async def test_a_status_can_t_be_taken_away(talk: Talk) -> None:
    await talk.says(HOME)
    assert "can't be left out" in (await talk.says("/edit F-0001 status -")).text


async def test_the_message_of_a_flight_does_not_become_a_session(talk: Talk) -> None:
    said, _ = await talk.posts(HOME)
    told = await talk.edits(said, "/session 01.03.2026 site Aktau type legal women 3")
    assert "F-0001 stays as it was" in told.text
    assert "flights" in told.text
    assert "/withdraw F-0001" in told.text
    assert [one["kind"] for one in await talk.kept()] == ["flight"]


async def test_yesterday_stays_the_day_it_was_when_the_message_is_edited_later(talk: Talk) -> None:
    said, _ = await talk.posts("/flight yesterday from Syria to Aktau women 10 men 2")
    talk.clock.forward(3 * 24 * 3600)
    card = await talk.edits(said, "/flight yesterday from Syria to Aktau women 11 men 2")
    assert "Date" not in card.text
    (kept,) = await talk.kept()
    assert (kept["day"], kept["women"]) == ("2026-03-01", 11)


async def test_pages_of_a_list_can_be_asked_for_by_words(talk: Talk) -> None:
    for day in range(1, 13):
        await talk.says(f"/flight {day:02}.02.2026 from Syria to Aktau people {day}")
    second = (await talk.says("/list flights page 2")).text
    assert "Page 2 of 2" in second
    assert "F-0001" in second
    assert "Page 2 of 2" in (await talk.says("/list page 9")).text
    assert "no pages" in (await talk.says("/stats flights page 2")).text


async def test_half_an_hour_is_not_nought_hours_and_one_entry_not_entries(talk: Talk) -> None:
    await talk.says("/session 01.03.2026 site Aktau type legal people 5 minutes 30")
    text = (await talk.says("/stats sessions 2026")).text
    assert "1 session held, 30 min" in text
    assert "+1 entry, +5 attendances" in text


async def test_a_group_that_sees_rounded_numbers_asks_for_whole_periods_and_one_slice(talk: Talk) -> None:
    group = await talk.group()
    await talk.says(HOME)
    for asked in ("last 3 days", "since 1 March", "2026-03-01..2026-03-02", "operation zhusan-1 by month"):
        assert "rounded" in (await talk.says(f"/stats flights {asked}", chat=group)).text, asked
        assert "18" not in (await talk.says(f"/stats flights {asked}", chat=group)).text, asked
    for asked in ("all", "2026", "March 2026", "today", "this week", "all by month", "all operation zhusan-1"):
        assert "flights" in (await talk.says(f"/stats flights {asked}", chat=group)).text.lower(), asked
    header = next(row for row in (await talk.says("/stats", chat=group)).text.splitlines() if "Today" in row)
    assert header.split() == ["Today", "Week", "Month", "All"]


async def test_a_group_is_not_told_where_coming_flights_go(talk: Talk) -> None:
    group = await talk.group()
    await talk.says(COMING)
    asked = ("/list", "/list flights to Aktau", "/stats flights by to", "/stats flights from Erbil", "/digest now")
    for one in asked:
        text = (await talk.says(one, chat=group)).text
        assert not any(word in text.replace("To: this", "") for word in ("Aktau", "Erbil", "06:30", "Iraq")), (
            one,
            text,
        )
    await talk.says("/digest daily 09:00", chat=group)
    await talk.says("/edit F-0001 from Al-Hasakah arrives 07:15 carrier Other")
    text = (await talk.says("/digest now", chat=group)).text
    assert not any(word in text for word in ("Hasakah", "Syria", "Iraq", "07:15", "Other", "SCAT")), text


async def test_an_entry_told_elsewhere_is_not_shown_in_a_group(talk: Talk) -> None:
    group = await talk.group()
    await talk.says(HOME)
    for one in ("/show F-0001", "/history F-0001", "/edit F-0001 women 4"):
        text = (await talk.says(one, chat=group)).text
        assert "private" in text
        assert "12" not in text


async def test_words_less_about_status_or_citizens_leave_the_entry_somewhere_sensible(talk: Talk) -> None:
    said, _ = await talk.posts("/flight 01.03.2026 from Syria to Aktau people 5 citizens Iraq status handed over")
    card = await talk.edits(said, "/flight 01.03.2026 from Syria to Aktau people 6")
    assert "Citizens: Iraq → Kazakhstan" in card.text
    (kept,) = await talk.kept()
    assert (kept["status"], kept["country"], kept["counted"], kept["people"]) == ("handed_over", "KZ", 1, 6)
