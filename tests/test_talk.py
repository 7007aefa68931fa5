"""A day at the desk, told by talking to it: posting, mistakes, corrections, counting, reading."""

import json

from tests.house import Talk
from tests.talk import Heard

ZHUSAN = "/flight date 09.05.2019 from Syria to Aktau people 231 women 59 children 156 orphans 18 operation zhusan-2"


async def test_a_flight_is_answered_with_its_card_and_counted(talk: Talk) -> None:
    card = await talk.says(ZHUSAN)
    for part in ("F-0001", "9 May 2019", "231", "59", "156", "18", "16"):
        assert part in card.text
    figures = json.loads(await talk.shell("stats", "flights", "all", "--json"))
    assert figures["entries"] == 1
    told = {name: figures[name] for name in ("people", "women", "children", "not_stated", "children_not_stated")}
    assert told == {"people": 231, "women": 59, "children": 156, "not_stated": 16, "children_not_stated": 156}
    assert figures["of_which"]["orphans"] == 18
    assert "231" in (await talk.says("/stats flights all")).text


async def test_a_total_smaller_than_its_parts_is_refused_with_the_sum(talk: Talk) -> None:
    refused = await talk.says("/flight date 09.05.2019 from Syria to Aktau people 10 women 8 children 5")
    assert "13" in refused.text
    assert "F-0001" not in refused.text
    assert await talk.kept() == []


async def test_three_mistakes_are_told_in_one_answer(talk: Talk) -> None:
    refused = await talk.says("/flight date 31.06.2019 from Syria to Aktau people many orphens 4")
    for read in ("31.06.2019", "many", "orphens"):
        assert read in refused.text
    assert "orphans" in refused.text
    assert await talk.kept() == []


async def test_the_corrected_command_can_be_sent_as_it_is(talk: Talk) -> None:
    refused = await talk.says("/flight wommen 3 chidlren 4 form Syria too Aktau 09.05.2019")
    corrected = next(one for one in refused.code() if one.startswith("/flight"))
    card = await talk.says(corrected)
    assert "F-0001" in card.text
    assert (await talk.kept())[0]["women"] == 3


async def test_editing_the_message_corrects_the_entry(talk: Talk) -> None:
    said, card = await talk.posts(ZHUSAN)
    assert "F-0001" in card.text
    changed = await talk.edits(said, ZHUSAN.replace("women 59", "women 60"))
    assert changed.id == card.id
    assert "60" in changed.text
    assert (await talk.kept())[0]["women"] == 60
    assert "59" in (await talk.says("/history F-0001")).text


async def test_an_edit_that_no_longer_reads_changes_nothing_and_is_explained(talk: Talk) -> None:
    said, card = await talk.posts(ZHUSAN)
    explained = await talk.edits(said, ZHUSAN.replace("women 59", "women fifty-ish"))
    assert explained.id != card.id
    assert "fifty-ish" in explained.text
    assert (await talk.kept())[0]["women"] == 59


async def test_an_entrys_message_edited_into_something_else_leaves_entry_and_card_alone(talk: Talk) -> None:
    said, card = await talk.posts(ZHUSAN)
    for text in ("never mind", "/stats", f"{ZHUSAN}\n{ZHUSAN}"):
        explained = await talk.edits(said, text)
        assert explained.id != card.id
        assert "/withdraw" in explained.text
    assert (await talk.kept())[0]["women"] == 59
    assert next(one for one in await talk.people.sees(card.chat) if one.id == card.id).text == card.text


async def test_editing_a_refused_message_into_a_right_one_posts_it_in_the_same_answer(talk: Talk) -> None:
    said, refused = await talk.posts("/flight date 09.05.2019 from Syria to Aktau people many")
    card = await talk.edits(said, "/flight date 09.05.2019 from Syria to Aktau people 23")
    assert card.id == refused.id
    assert "F-0001" in card.text


async def test_edit_by_command_moves_a_total_that_equalled_its_parts(talk: Talk) -> None:
    await talk.says("/flight date 09.05.2019 from Syria to Aktau women 10 children 5 men 0 people 15")
    card = await talk.says("/edit f-0001 women 12")
    assert "17" in card.text
    assert (await talk.kept())[0]["women"] == 12


async def test_withdrawing_takes_an_entry_out_of_every_count_and_keeps_its_history(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    assert "F-0001" in (await talk.says("/withdraw F-0001 told twice")).text
    assert json.loads(await talk.shell("stats", "flights", "all", "--json"))["people"] == 0
    assert "told twice" in (await talk.says("/history F-0001")).text


async def test_a_reference_is_taken_once_whatever_its_case(talk: Talk) -> None:
    await talk.says("/flight ref KC-77 09.05.2019 from Syria to Aktau people 5")
    assert "KC-77" in (await talk.says("/flight ref kc-77 10.05.2019 from Syria to Aktau people 6")).text
    assert len(await talk.kept()) == 1


async def test_an_unknown_reference_gets_the_nearest_one(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    assert "F-0001" in (await talk.says("/show F0001")).text


async def test_a_planned_flight_arrives_by_its_buttons(talk: Talk) -> None:
    card = await talk.says("/flight tomorrow from Al-Hasakah to Aktau expected 48")
    _, asked = await talk.presses(card, "Arrived")
    _, arrived = await talk.presses(asked, "48")
    assert "48" in arrived.text
    figures = json.loads(await talk.shell("stats", "flights", "all", "--json"))
    assert (figures["people"], figures["by_status"]) == (48, {"arrived": 1})


async def test_a_stale_button_says_so_and_changes_nothing(talk: Talk) -> None:
    card = await talk.says("/flight tomorrow from Al-Hasakah to Aktau expected 48")
    card = await talk.says("/edit F-0001 expected 50")
    await talk.says("/edit F-0001 status cancelled expected 51")
    told, now = await talk.presses(card, "Departed")
    assert "planned → cancelled" in told
    assert "50 → 51" in told
    assert "50 → 51" in now.text
    figures = json.loads(await talk.shell("stats", "flights", "all", "--json"))
    assert figures["by_status"] == {"cancelled": 1}


async def test_todays_flight_without_an_hour_counts_nothing_until_answered(talk: Talk) -> None:
    card = await talk.says("/flight today from Al-Hasakah to Aktau people 12")
    assert json.loads(await talk.shell("stats", "flights", "all", "--json"))["people"] == 0
    await talk.presses(card, "Arrived")
    assert json.loads(await talk.shell("stats", "flights", "all", "--json"))["people"] == 12


async def test_a_session_in_lines_with_colons(talk: Talk) -> None:
    card = await talk.says(
        "/session\nDate: 03.06.2019\nSite: Aktau\nType: psychosocial\nWomen: 12\nChildren: 30\nNote: men 5, from Syria"
    )
    assert "S-0001" in card.text
    figures = json.loads(await talk.shell("stats", "sessions", "all", "--json"))
    assert (figures["people"], figures["held"], figures["men"]) == (42, 1, 0)


async def test_several_commands_in_one_message_are_not_stored_but_handed_back_apart(talk: Talk) -> None:
    answer = await talk.says(f"{ZHUSAN}\n/session 03.06.2019 site Aktau type legal 3 women")
    assert sum(one.startswith("/") for one in answer.code()) == 2
    assert await talk.kept() == []


async def test_a_stranger_gets_one_line_with_their_id_and_then_silence(talk: Talk) -> None:
    assert "1004" in (await talk.says("/stats", who=1004)).text
    await talk.tells(ZHUSAN, who=1004)
    await talk.quiet()
    assert len([one for one in await talk.people.sees(1004) if one.raw["from"]["is_bot"]]) == 1
    assert await talk.kept() == []


async def test_in_a_group_the_card_is_short_and_answers_the_message(talk: Talk) -> None:
    group = await talk.group()
    said = await talk.tells(ZHUSAN, chat=group)
    card = await talk.people.hears(group, after=said.id)
    assert card.raw["reply_to_message"]["message_id"] == said.id
    private = await talk.says("/show F-0001")
    assert len(card.text) < len(private.text)


async def test_small_numbers_do_not_show_in_a_group(talk: Talk) -> None:
    group = await talk.group()
    await talk.says("/flight 09.05.2019 from Syria to Aktau women 3 children 21")
    told: Heard = await talk.says("/stats flights all", chat=group)
    assert "<5" in told.text
    assert "21" not in told.text


async def test_list_show_help_and_start_answer(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    assert "F-0001" in (await talk.says("/list flights 2019")).text
    assert "231" in (await talk.says("/show f-0001")).text
    assert "/flight" in (await talk.says("/help")).text
    assert "/flight" in (await talk.says("/start")).text


async def test_what_is_not_understood_is_said(talk: Talk) -> None:
    assert "/stats" in (await talk.says("/stast")).text
    assert "/help" in (await talk.says("hello")).text


async def test_the_journal_verifies_after_a_day_at_the_desk(talk: Talk) -> None:
    await talk.says(ZHUSAN)
    await talk.says("/edit F-0001 women 60")
    await talk.says("/withdraw F-0001 wrong")
    assert await talk.shell("journal", "verify")
