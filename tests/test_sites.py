"""`/sites`: the team's own sites with their other names, and places typed before anybody knew them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import AIGUL, SAMIRA, TIMUR, Talk, talking, town, working

ADD = '/sites add Regional centre "Umit" Karaganda = Умит, Үміт, أوميت, Umit'
SESSION = "/session 02.03.2026 {} type psychosocial women 12"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, owners=(AIGUL,)) as talk:
        yield talk


@pytest.mark.parametrize(
    "said",
    [
        "/session 02.03.2026 site Umit type psychosocial women 12",
        '/session 02.03.2026 at Regional centre "Umit" Karaganda psychosocial 12 women',
        "/session\nSite: Regional centre «Umit» Karaganda\nDate: 02.03.2026\nType: psychosocial\nWomen: 12",
        "/session 02.03.2026 в Умит психосоциальная женщины 12",
        "/session 02.03.2026 Үмітте психоәлеуметтік әйелдер 12",
        "/session 02.03.2026 орталық умит психоәлеуметтік әйелдер 12",
        "/session 02.03.2026 في أوميت دعم نفسي اجتماعي نساء 12",
        "/session 02.03.2026 الموقع أوميت دعم نفسي اجتماعي نساء 12",
    ],
)
async def test_a_site_is_understood_by_each_of_its_names(talk: Talk, said: str) -> None:
    await talk.says(ADD)
    await talk.says(said)
    assert [(one["site"], one["women"]) for one in await talk.kept()] == [("site-1", 12)]


@pytest.mark.parametrize("typed", ["Shanyrak house, Aktau", "shanyrak house aktau", "SHANYRAK HOUSE ,Aktau"])
async def test_a_name_may_have_a_comma(talk: Talk, typed: str) -> None:
    await talk.says("/sites add Shanyrak house, Aktau")
    await talk.says(f"/session 02.03.2026 site {typed}, psychosocial, 12 women, 3 men")
    assert [(one["site"], one["women"], one["men"]) for one in await talk.kept()] == [("site-1", 12, 3)]


async def test_the_list_tells_names_counts_and_what_nobody_knows(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says(SESSION.format("site Umit"))
    await talk.says(SESSION.format("site Shanyrak hall"))
    told = (await talk.says("/sites")).text
    assert "1 site of the team" in told
    assert 'Regional centre "Umit" Karaganda · 1 entry' in told
    assert "also Умит, Үміт, " in told
    assert "Shanyrak hall (as typed) · 1 entry" in told


async def test_a_site_lies_where_the_town_in_its_name_does_and_elsewhere_if_told(talk: Talk) -> None:
    assert "Kazakhstan" in (await talk.says(ADD)).text
    assert "Iraq · Asia/Baghdad" in (await talk.says("/sites city Umit = Erbil")).text
    assert "Iraq" in (await talk.says("/sites add Erbil reception house")).text
    await talk.says("/flight 01.03.2026 from Roj to Umit 30 women")
    assert '"leg":"transit"' in (await talk.kept())[0]["body"]


async def test_merging_moves_counts_and_keeps_the_words(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says(SESSION.format("site Umit"))
    await talk.says("/session 01.03.2026 site Umitt type legal women 5")
    await talk.says("/session 28.02.2026 site UMITT type legal women 3")
    before = (await talk.says("/stats sessions all")).text
    assert "as typed" in (await talk.says("/stats sessions by site")).text
    merged = await talk.says("/sites merge Umitt into Umit")
    assert "3 entries" in merged.text
    assert "/sites remove Umitt" in merged.text
    by_site = (await talk.says("/stats sessions by site")).text
    assert "Umitt" not in by_site
    assert "20" in by_site
    assert "20" in (await talk.says("/stats sessions site Umit")).text
    assert "20" in (await talk.says("/stats sessions site Umitt")).text
    assert (await talk.says("/stats sessions all")).text == before
    assert "S-0002" in (await talk.says("/list sessions site Umit")).text
    assert "S-0003" in (await talk.says("/find Umit")).text
    assert "as typed" not in (await talk.says("/show S-0002")).text
    assert "as typed: Umitt" in (await talk.says("/history S-0002")).text
    assert [one["site"] for one in await talk.kept()] == ["site-1", "~Umitt", "~UMITT"]


async def test_a_merge_is_taken_back_by_removing_the_name(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says("/session 01.03.2026 site Umitt type legal women 5")
    await talk.says("/sites merge Umitt into Umit")
    await talk.says("/sites remove Umitt")
    assert "Umitt (as typed)" in (await talk.says("/show S-0001")).text
    assert "Umitt" in (await talk.says("/stats sessions by site")).text
    acts = [one["act"] for one in talk.rows("SELECT act FROM journal ORDER BY seq")]
    assert acts[:5] == ["site_added", *["site_named"] * 4]
    assert acts[-2:] == ["place_merged", "site_name_removed"]
    assert "whole" in await talk.shell("journal", "verify")


async def test_what_was_typed_before_a_site_was_added_is_at_it(talk: Talk) -> None:
    await talk.says("/session 01.03.2026 site Shanyrak hall type legal women 5")
    told = await talk.says("/sites add Shanyrak Hall")
    assert "1 entry" in told.text
    assert "as typed" not in (await talk.says("/show S-0001")).text


async def test_a_typed_place_may_turn_out_to_be_a_shipped_one(talk: Talk) -> None:
    await talk.says("/session 01.03.2026 site Aqtaw kalasy type legal women 5")
    assert "Aktau" in (await talk.says("/sites merge Aqtaw kalasy into Aktau")).text
    assert "Aktau" in (await talk.says("/stats sessions by site")).text
    assert "5" in (await talk.says("/stats sessions site Aktau")).text


async def test_the_buttons_merge_and_take_back(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says("/session 01.03.2026 site Umitt type legal women 5")
    _, strange = await talk.presses(await talk.says("/sites"), "❔ Umitt")
    assert "Which place is this?" in strange.text
    toast, merged = await talk.presses(strange, '→ Regional centre "Umit" Karaganda')
    assert toast == "Done."
    assert "1 entry" in merged.text
    _, apart = await talk.presses(merged, "✖️ Umitt")
    assert "0 entries" in apart.text
    _, strange = await talk.presses(await talk.says("/sites"), "❔ Umitt")
    _, own = await talk.presses(strange, "📍 A site of its own")
    assert "Umitt · 1 entry" in own.text


async def test_who_leads_no_more_when_they_press_changes_nothing(talk: Talk) -> None:
    await talk.enrol(TIMUR, "coordinator")
    await talk.says("/session 01.03.2026 site Umitt type legal women 5")
    _, strange = await talk.presses(await talk.says("/sites", TIMUR), "❔ Umitt", TIMUR)
    await talk.enrol(TIMUR, "reporter")
    toast, _ = await talk.presses(strange, "📍 A site of its own", TIMUR)
    assert "coordinator" in toast
    assert "coordinator" in (await talk.says(ADD, TIMUR)).text
    assert talk.rows("SELECT * FROM sites") == []


async def test_everybody_of_the_team_looks_and_only_coordinators_get_buttons(talk: Talk) -> None:
    await talk.enrol(SAMIRA, "viewer")
    await talk.says(ADD)
    told = await talk.says("/sites", SAMIRA)
    assert "Umit" in told.text
    assert told.buttons == {}


async def test_a_group_is_told_names_and_no_numbers(talk: Talk) -> None:
    group = await talk.group()
    await talk.says(ADD)
    await talk.says(SESSION.format("site Shanyrak hall"))
    told = (await talk.says("/sites", chat=group)).text
    assert "Umit" in told
    assert "Shanyrak" not in told
    assert "1 entry" not in told
    assert "0 entries" not in told


async def test_a_removed_site_keeps_its_entries_and_comes_back(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says(SESSION.format("site Umit"))
    _, page = await talk.presses(await talk.says("/sites"), '📍 Regional centre "Umit" Karaganda')
    _, sure = await talk.presses(page, "🗑️ Remove the site")
    _, gone = await talk.presses(sure, "🗑️ Yes, remove")
    assert "No sites of your own" in gone.text
    assert "Umit" in (await talk.says("/show S-0001")).text
    assert "as typed" in (await talk.says("/session 01.03.2026 site Umit type legal women 5")).text
    await talk.says(ADD)
    assert "as typed" not in (await talk.says("/show S-0002")).text
    assert {one["key"] for one in talk.rows("SELECT key FROM sites")} == {"site-1"}


async def test_a_renamed_site_is_still_understood_by_its_old_name(talk: Talk) -> None:
    await talk.says("/sites add Umit")
    assert "Umit house" in (await talk.says("/sites rename Umit to Umit house")).text
    assert "Umit house" in (await talk.says(SESSION.format("site Umit"))).text
    assert "Umit" in (await talk.says("/sites rename Umit house = Umit")).text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("/sites add Aktau", "everybody knows"),
        ("/sites add women", "means something else"),
        ("/sites add " + "Umit " * 13, "at most 60"),
        ("/sites add 2026", "no name"),
        ("/sites add Umit two = Умит", "already"),
        ("/sites merge Umitt into Nowhereland", "no place the desk knows"),
        ("/sites rename Aktau = Umit three", "no place the desk knows"),
        ("/sites city Umit = Nowhereland", "no town or country"),
        ("/sites frobnicate", "/sites add"),
    ],
)
async def test_what_cannot_be_a_site_is_refused_with_the_reason(talk: Talk, said: str, why: str) -> None:
    await talk.says(ADD)
    before = talk.rows("SELECT * FROM place_names")
    assert why in (await talk.says(said)).text
    assert talk.rows("SELECT * FROM place_names") == before


async def test_personal_data_is_no_name(talk: Talk) -> None:
    await talk.says("/sites add House of name: Ivan Petrov +77015550123")
    assert talk.rows("SELECT * FROM sites") == []


async def test_what_may_be_told_twice_is_found_across_a_merge(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says("/session 01.03.2026 14:00 site Umitt type legal women 5")
    await talk.says("/session 01.03.2026 14:00 site Umit type legal women 5")
    assert talk.rows("SELECT * FROM doubts") == []
    await talk.says("/sites merge Umitt into Umit")
    assert [(one["entry"], one["other"]) for one in talk.rows("SELECT * FROM doubts")] == [(2, 1)]
    await talk.says("/session 01.03.2026 14:00 site Umit type legal women 6")
    assert len(talk.rows("SELECT * FROM doubts")) == 3


async def test_an_edited_message_does_not_take_the_same_words_for_another_place(talk: Talk) -> None:
    await talk.says(ADD)
    said, _ = await talk.posts("/session 01.03.2026 site Umitt type legal women 5")
    await talk.says("/sites merge Umitt into Umit")
    card = await talk.edits(said, "/session 01.03.2026 site Umitt type legal women 6")
    assert "5 → 6" in card.text
    assert [one["site"] for one in await talk.kept()] == ["~Umitt"]


async def test_a_digest_for_a_site_holds_what_was_merged(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says("/session 01.03.2026 site Umitt type legal women 5")
    await talk.says("/digest daily 08:00 for site Umitt")
    await talk.says("/sites merge Umitt into Umit")
    told = (await talk.says("/digest now")).text
    assert "S-0001" in told
    assert "Umitt" not in told


async def test_forms_offer_the_teams_sites_first(talk: Talk) -> None:
    await talk.says("/sites add Umit")
    form = await talk.says("/session")
    _, form = await talk.presses(form, next(one for one in form.buttons if "ite" in one))
    assert next(iter(form.buttons)) == "Umit"
    _, form = await talk.presses(form, "Umit")
    assert "Umit" in form.text


async def test_a_site_is_called_by_its_name_in_the_readers_letters(talk: Talk) -> None:
    await talk.says("/sites add Umit = Умит, Үміт, أوميت")
    await talk.says(SESSION.format("site Umit"))
    for language, name in (("ru", "Умит"), ("kk", "Үміт"), ("ar", "أوميت"), ("en", "Umit")):
        await talk.says(f"/language {language}")
        assert name in (await talk.says("/show S-0001")).text


@pytest.mark.parametrize(
    ("add", "merge", "remove"),
    [
        ("/sites добавить Умит", "/sites объединить Умитт с Умит", "/sites убрать Умитт"),
        ("/sites қосу Үміт", "/sites біріктіру Умитт = Үміт", "/sites жою Умитт"),
        ("/sites إضافة أوميت", "/sites دمج Умитт في أوميت", "/sites حذف Умитт"),
    ],
)
async def test_it_is_told_what_to_do_in_any_language(talk: Talk, add: str, merge: str, remove: str) -> None:
    await talk.says("/session 01.03.2026 site Умитт type legal women 5")
    await talk.says(add)
    await talk.says(merge)
    assert "as typed" not in (await talk.says("/show S-0001")).text
    await talk.says(remove)
    assert "as typed" in (await talk.says("/show S-0001")).text


async def test_the_shell_counts_at_the_sites_too(talk: Talk) -> None:
    await talk.says("/sites add Umit")
    await talk.says("/session 01.03.2026 site Umitt type legal women 5")
    await talk.says("/sites merge Umitt into Umit")
    assert '"entries": 1' in await talk.shell("stats", "sessions site Umit", "--json")


async def test_the_sites_are_still_known_after_a_restart(tmp_path: Path) -> None:
    async with town() as place:
        async with working(place, tmp_path) as talk:
            await talk.says(ADD)
        async with working(place, tmp_path) as talk:
            await talk.says(SESSION.format("site Umit"))
            assert [one["site"] for one in await talk.kept()] == ["site-1"]


async def test_one_name_in_two_spellings_is_removed_one_by_one(talk: Talk) -> None:
    await talk.says("/sites add Умит = Үміт, УМИТ")
    await talk.says("/sites remove Үміт")
    assert [one["name"] for one in talk.rows("SELECT name FROM place_names ORDER BY id")] == ["Умит", "УМИТ"]
    assert "No sites" in (await talk.says("/sites remove умит")).text
    assert talk.rows("SELECT * FROM place_names") == []


async def test_a_place_is_guessed_by_its_words_in_any_order(talk: Talk) -> None:
    await talk.says(ADD)
    await talk.says("/session 01.03.2026 site Umitt center type legal women 5")
    _, strange = await talk.presses(await talk.says("/sites"), "❔ Umitt center")
    assert '→ Regional centre "Umit" Karaganda' in strange.buttons
