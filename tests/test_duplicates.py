"""What may have been told twice: stored, asked about once, named beside totals."""

from tests.house import AIGUL, Talk

FLIGHT = "/flight 09.05.2019 from Syria to Aktau people 231"
AGAIN = "/flight 10.05.2019 from Roj to SCO people 229"


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


async def test_other_days_places_citizens_and_summaries_are_not_alike(talk: Talk) -> None:
    await talk.says(FLIGHT)
    for other in (
        "/flight 11.05.2019 from Syria to Aktau people 231",
        "/flight 09.05.2019 from Syria to Astana people 231",
        "/flight 09.05.2019 from Syria to Aktau people 231 citizens RU",
        "/flight 09.05.2019 from Syria to Aktau people 231 type summary until 10.05.2019",
    ):
        assert "again?" not in (await talk.says(other)).text, other


async def test_sessions_are_alike_by_site_type_day_and_time(talk: Talk) -> None:
    await talk.says("/session 03.06.2019 time 10:00 site Aktau type legal people 3")
    assert "again?" not in (await talk.says("/session 03.06.2019 time 12:00 site Aktau type legal people 3")).text
    assert "again?" not in (await talk.says("/session 03.06.2019 time 10:00 site Aktau type medical people 3")).text
    assert "again?" not in (await talk.says("/session 04.06.2019 time 10:00 site Aktau type legal people 3")).text
    assert "S-0001 again?" in (await talk.says("/session 03.06.2019 site SCO time 10:00 type legal people 4")).text


async def test_several_are_asked_about_one_after_the_other(talk: Talk) -> None:
    await talk.says(FLIGHT)
    await talk.presses(await talk.says(AGAIN), "Keep both")
    card = await talk.says(FLIGHT)
    assert "F-0001 again?" in card.text
    _, card = await talk.presses(card, "Keep both", AIGUL)
    assert "F-0002 again?" in card.text


async def test_a_group_is_not_led_to_a_coming_journey_by_the_question(talk: Talk) -> None:
    group = await talk.group()
    await talk.says("/flight tomorrow from Roj to Aktau expected 48")
    posted = await talk.says("/flight tomorrow from Erbil to Aktau expected 12", chat=group)
    assert "again?" not in posted.text
    assert "F-0001 again?" in (await talk.says("/show F-0002")).text
