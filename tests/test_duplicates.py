"""What may have been told twice: stored, asked about once, named beside totals."""

from tests.house import AIGUL, Talk

FLIGHT = "/flight 09.05.2019 from Syria to Aktau people 231"
AGAIN = "/flight 10.05.2019 from Roj to SCO people 229"
SUM = "/flight type summary 01.01.2019 until 28.02.2021 from Syria to Kazakhstan people 600+"


async def test_a_flight_told_again_is_stored_and_asked_about(talk: Talk) -> None:
    assert "again?" not in (await talk.says(FLIGHT)).text
    card = await talk.says(AGAIN)
    assert "Is this F-0001 again?" in card.text
    assert len(await talk.kept()) == 2
    assert "1 may be told twice: F-0002" in (await talk.says("/stats flights all")).text
    assert "F-0002" in (await talk.says("/stats")).text.split("twice")[1]
    assert "twice" not in (await talk.says("/stats sessions all")).text
    assert "told twice" in (await talk.says("/digest now")).text
    assert "again?" not in (await talk.says("/show F-0001")).text


async def test_kept_pairs_are_not_asked_about_again(talk: Talk) -> None:
    await talk.says(FLIGHT)
    card = await talk.says(AGAIN)
    told, now = await talk.presses(card, "Keep both")
    assert "F-0001" in told
    assert "again?" not in now.text
    assert "again?" not in (await talk.says("/show F-0002")).text
    assert "again?" not in (await talk.says("/edit F-0002 people 230")).text
    assert "twice" not in (await talk.says("/stats flights all")).text
    assert len(await talk.kept()) == 2
    assert await talk.shell("journal", "verify")


async def test_a_decision_takes_the_question_off_the_other_cards_too(talk: Talk) -> None:
    await talk.says(FLIGHT)
    card = await talk.says(AGAIN)
    another = await talk.says("/show F-0002")
    assert "again?" in another.text
    await talk.presses(card, "Keep both")
    await talk.quiet()
    another = next(one for one in await talk.people.sees(AIGUL) if one.id == another.id)
    assert "again?" not in another.text


async def test_withdrawing_this_one_leaves_the_first(talk: Talk) -> None:
    await talk.says(FLIGHT)
    card = await talk.says(AGAIN)
    another = await talk.says("/show F-0002")
    _, now = await talk.presses(card, "Withdraw this one")
    assert "again?" not in now.text
    assert [one["ref"] for one in await talk.kept()] == ["F-0001"]
    assert "F-0001 again" in (await talk.says("/history F-0002")).text
    assert "twice" not in (await talk.says("/stats flights all")).text
    another = next(one for one in await talk.people.sees(AIGUL) if one.id == another.id)
    assert "Withdrawn" in another.text
    assert another.buttons == {}


async def test_a_stale_question_changes_nothing(talk: Talk) -> None:
    await talk.says(FLIGHT)
    card = await talk.says(AGAIN)
    await talk.says("/edit F-0002 people 230")
    told, now = await talk.presses(card, "Withdraw this one")
    assert "changed" in told
    assert "again?" in now.text
    assert len(await talk.kept()) == 2


async def test_a_correction_opens_and_closes_the_question(talk: Talk) -> None:
    await talk.says(FLIGHT)
    assert "again?" not in (await talk.says("/flight 12.05.2019 from Roj to Aktau people 229")).text
    assert "F-0001 again?" in (await talk.says("/edit F-0002 date 08.05.2019")).text
    assert "again?" not in (await talk.says("/edit F-0002 to Astana")).text
    assert "twice" not in (await talk.says("/stats flights all")).text


async def test_other_days_places_and_citizens_are_not_alike(talk: Talk) -> None:
    await talk.says(FLIGHT)
    for other in (
        "/flight 11.05.2019 from Syria to Aktau people 231",
        "/flight 09.05.2019 from Syria to Astana people 231",
        "/flight 09.05.2019 from Syria to Aktau people 231 citizens RU",
    ):
        assert "again?" not in (await talk.says(other)).text, other


async def test_sessions_are_alike_by_site_type_day_and_time(talk: Talk) -> None:
    await talk.says("/session 03.06.2019 time 10:00 site Aktau type legal people 3")
    assert "again?" not in (await talk.says("/session 03.06.2019 time 12:00 site Aktau type legal people 3")).text
    assert "again?" not in (await talk.says("/session 03.06.2019 time 10:00 site Aktau type medical people 3")).text
    assert "again?" not in (await talk.says("/session 04.06.2019 time 10:00 site Aktau type legal people 3")).text
    assert "S-0001 again?" in (await talk.says("/session 03.06.2019 site SCO time 10:00 type legal people 4")).text


async def test_several_are_asked_about_at_once(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.presses(await talk.says(AGAIN), "Keep both")
    card = await talk.says(FLIGHT)
    assert "Is this F-0001, F-0002 again?" in card.text
    told, card = await talk.presses(card, "Keep all", AIGUL)
    assert "F-0003, F-0001, F-0002" in told
    assert "again?" not in card.text
    assert "twice" not in (await talk.says("/stats flights all")).text


async def test_a_question_that_another_entry_joined_is_asked_anew(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.says("/flight 20.05.2019 from Roj to Aktau people 12")
    card = await talk.says(AGAIN)
    await talk.says("/edit F-0002 date 11.05.2019")
    told, now = await talk.presses(card, "Keep both")
    assert "changed" in told
    assert "Is this F-0001, F-0002 again?" in now.text
    assert "F-0003" in (await talk.says("/stats flights all")).text.split("twice")[1]


async def test_a_summary_of_days_of_a_listed_flight_is_asked_about(talk: Talk) -> None:
    await talk.says(FLIGHT)
    card = await talk.says(SUM)
    assert "Are the same people in F-0001 too?" in card.text
    assert "1 may be told twice: F-0002" in (await talk.says("/stats flights all")).text
    assert "told twice" in (await talk.says("/digest now")).text
    _, now = await talk.presses(card, "Keep both")
    assert "same people" not in now.text
    assert "twice" not in (await talk.says("/stats flights all")).text


async def test_a_flight_on_a_day_of_a_summary_is_asked_about(talk: Talk) -> None:
    await talk.says(SUM)
    for day in ("01.01.2019", "28.02.2021"):
        assert (
            "Are the same people in F-0001 too?" in (await talk.says(f"/flight {day} from Roj to Almaty people 9")).text
        )
    for day in ("31.12.2018", "01.03.2021"):
        assert "same people" not in (await talk.says(f"/flight {day} from Roj to Almaty people 9")).text, day


async def test_two_summaries_that_share_days_are_asked_about(talk: Talk) -> None:
    await talk.says(SUM)
    later = "/flight type summary 01.02.2021 until 01.06.2021 from Iraq to Astana people 90"
    assert "Are the same people in F-0001 too?" in (await talk.says(later)).text


async def test_a_summary_of_others_or_of_another_way_asks_nothing(talk: Talk) -> None:
    await talk.says(SUM)
    for other in (
        "/flight 09.05.2019 from Syria to Sarajevo citizens Bosnia people 25",
        "/flight 10.05.2019 from Aktau to Almaty people 25",
        "/flight type summary 01.03.2021 until 01.06.2021 from Iraq to Kazakhstan people 90",
    ):
        assert "same people" not in (await talk.says(other)).text, other


async def test_moving_a_summary_or_its_end_opens_and_closes_the_question(talk: Talk) -> None:
    await talk.says(FLIGHT)
    assert "same people" not in (await talk.says(SUM.replace("01.01.2019", "10.05.2019"))).text
    assert "same people in F-0001" in (await talk.says("/edit F-0002 date 01.05.2019")).text
    assert "same people" not in (await talk.says("/edit F-0002 until 08.05.2019")).text
    assert "twice" not in (await talk.says("/stats flights all")).text


async def test_a_flight_told_again_within_a_summary_is_asked_both(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.presses(await talk.says(SUM), "Keep both")
    card = await talk.says(AGAIN)
    assert "Is this F-0001 again?" in card.text
    assert "Are the same people in F-0002 too?" in card.text
    await talk.presses(card, "Withdraw this one")
    assert [one["ref"] for one in await talk.kept()] == ["F-0001", "F-0002"]
    assert "F-0001, F-0002 again" in (await talk.says("/history F-0003")).text


async def test_many_flights_in_a_summary_are_one_question(talk: Talk) -> None:
    for day in range(1, 10):
        await talk.says(f"/flight 0{day}.05.2019 from Syria to Aktau people 1{day}, operation zhusan-{day}")
    card = await talk.says(SUM)
    assert card.text.count("F-000") < 12
    await talk.presses(card, "Keep all")
    assert "F-0010" not in (await talk.says("/stats flights all")).text


async def test_a_group_is_not_led_to_a_coming_journey_by_the_question(talk: Talk) -> None:
    group = await talk.group()
    await talk.says("/flight tomorrow from Roj to Aktau expected 48")
    posted = await talk.says("/flight tomorrow from Erbil to Aktau expected 12", chat=group)
    assert "again?" not in posted.text
    assert "F-0001 again?" in (await talk.says("/show F-0002")).text


ASTANA = "/flight 10.05.2019 from Roj to Astana people 229"


async def test_undoing_a_correction_opens_and_closes_the_question_as_the_correction_did(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.says(ASTANA)
    assert "again?" in (await talk.says("/edit F-0002 to Aktau")).text
    assert "again?" not in (await talk.says("/undo")).text
    assert "twice" not in (await talk.says("/stats flights all")).text
    await talk.says(AGAIN)
    await talk.says("/edit F-0003 to Almaty")
    assert "F-0001 again?" in (await talk.says("/undo")).text
    assert "F-0003" in (await talk.says("/stats flights all")).text.split("twice")[1]


async def test_what_counts_again_is_compared_with_what_was_posted_meanwhile(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.says("/withdraw F-0001 posted by mistake")
    assert "again?" not in (await talk.says(AGAIN)).text
    await talk.says("/restore F-0001")
    assert "F-0002" in (await talk.says("/stats flights all")).text.split("twice")[1]
    await talk.says("/undo")
    assert "twice" not in (await talk.says("/stats flights all")).text
    assert "F-0001 again?" not in (await talk.says("/show F-0002")).text


async def test_a_kept_pair_is_not_asked_about_again_once_it_was_withdrawn_and_restored(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.presses(await talk.says(AGAIN), "Keep both")
    await talk.says("/withdraw F-0002 wrong")
    assert "again?" not in (await talk.says("/restore F-0002")).text
    assert "twice" not in (await talk.says("/stats flights all")).text
