"""Looking for entries: by any name of a place, by words, by references; and what a group may not find."""

from tests.house import AIGUL, Talk

ARRIVED = "/flight 09.05.2019 from Syria to Aktau people 231 operation zhusan-2 note Буран задержал вылет"
SESSION = "/session 03.06.2019 site Aktau type legal people 3 source Red Crescent"


async def test_a_place_is_found_by_any_of_its_names(talk: Talk) -> None:
    await talk.says(ARRIVED)
    await talk.says(SESSION)
    await talk.says("/flight 10.05.2019 from Syria to Astana people 20")
    for name in ("aktau", "Актау", "Ақтау", "SCO", "أكتاو"):
        found = await talk.says(f"/find {name}")
        assert ("F-0001" in found.text, "S-0001" in found.text, "F-0002" in found.text) == (True, True, False)
        assert "📍 Aktau" in found.text
    assert "F-0002" in (await talk.says("/find Syria")).text


async def test_words_are_found_whatever_their_case_and_the_newest_come_first(talk: Talk) -> None:
    await talk.says(ARRIVED)
    await talk.says(SESSION)
    await talk.says("/flight 10.06.2019 from Roj to Somewhere Else people 20 operation zhusan-3")
    assert "F-0001" in (await talk.says("/find БУРАН")).text
    assert "S-0001" in (await talk.says("/find crescent")).text
    assert "F-0002" in (await talk.says("/find somewhere")).text
    both = (await talk.says("/find zhusan")).text
    assert both.index("F-0002") < both.index("F-0001")
    assert "“zhusan”" in both
    narrow = (await talk.says("/find zhusan Aktau")).text
    assert "F-0001" in narrow
    assert "F-0002" not in narrow
    assert "F-0001" in (await talk.says("/find f-0001")).text


async def test_what_was_corrected_or_withdrawn_is_found_as_it_is_now(talk: Talk) -> None:
    await talk.says(ARRIVED)
    await talk.says("/edit F-0001 operation zhusan-9")
    assert "F-0001" not in (await talk.says("/find zhusan-2")).text
    assert "F-0001" in (await talk.says("/find zhusan-9")).text
    await talk.says("/withdraw F-0001 wrong")
    assert "F-0001" not in (await talk.says("/find zhusan-9")).text


async def test_signs_of_a_pattern_mean_themselves_and_figures_are_not_found(talk: Talk) -> None:
    await talk.says(ARRIVED)
    for text in ("%", "_", "z%2", "zhus_n", "!", "' OR 1=1 --", "women", "231", "people"):
        assert "F-0001" not in (await talk.says(f"/find {text}")).text, text
    assert "/find Aktau" in (await talk.says("/find")).text


async def test_pages_are_turned_by_buttons(talk: Talk) -> None:
    for day in range(1, 13):
        await talk.says(f"/session {day:02}.06.2019 site Aktau type legal people {day}")
    first = await talk.says("/find Aktau")
    assert all(len(data.encode()) <= 64 for data in first.buttons.values())
    assert "S-0012" in first.text
    _, second = await talk.presses(first, "More", AIGUL)
    assert "S-0001" in second.text
    assert "S-0012" not in second.text


async def test_a_search_leads_no_group_to_a_coming_journey(talk: Talk) -> None:
    group = await talk.group()
    await talk.says("/flight tomorrow from Roj to Aktau expected 48 operation zhusan-5 note via Erbil")
    await talk.says("/flight 09.05.2019 from Roj to Aktau people 231 operation zhusan-2 note secret word")
    for text in ("Aktau", "Roj", "Syria", "zhusan", "Erbil", "via"):
        assert "F-0001" not in (await talk.says(f"/find {text}", chat=group)).text, text
    assert "F-0002" in (await talk.says("/find Aktau", chat=group)).text
    assert "F-0002" in (await talk.says("/find zhusan-2", chat=group)).text
    assert "F-0002" not in (await talk.says("/find secret", chat=group)).text
    shown = (await talk.says("/find F-0001", chat=group)).text
    assert "F-0001" in shown
    assert "Aktau" not in shown.replace("/find", "")


async def test_a_list_says_what_it_understood(talk: Talk) -> None:
    await talk.says(ARRIVED)
    told = (await talk.says("/list flights 2019 to SCO arrived")).text
    for part in ("Flights", "2019", "Aktau", "arrived", "F-0001"):
        assert part in told
    assert "Flights · 2018" in (await talk.says("/list flights 2018")).text


async def test_a_group_is_told_the_nearest_command_when_it_speaks_to_the_desk(talk: Talk) -> None:
    group = await talk.group()
    assert "/stats" in (await talk.says("/stast@wayhome_bot", chat=group)).text


async def test_a_list_repeats_no_page_number_somebody_typed(talk: Talk) -> None:
    await talk.says(ARRIVED)
    assert "page" not in (await talk.says("/list page 9")).text


async def test_what_a_kind_has_instead_of_a_wrong_choice_is_told_to_who_asked(talk: Talk) -> None:
    for question in ("/stats flights type legal", "/stats flights type nonsense"):
        assert "One of: charter, military," in (await talk.says(question)).text
