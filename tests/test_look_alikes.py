"""What looks like something else: invisible signs, turned directions, other hyphens and digits, letters of another alphabet."""

import pytest

from records.fold import of_one_script, tidy
from tests.house import Talk

POST = "/flight women 3 from Syria to Aktau yesterday arrived"
SAME = {
    "another hyphen": "F\u20110001",
    "an en dash": "F–0001",
    "an em dash": "F—0001",
    "a minus": "F−0001",
    "wide letters": "Ｆ－０００１",
    "Arabic digits": "F-٠٠٠١",
    "Persian digits": "F-۰۰۰۱",
    "mathematical digits": "F-𝟎𝟎𝟎𝟏",
    "a space of no width": "F-00\u200b01",
    "a direction turned": "\u202eF-0001",
    "an isolate never closed": "\u2067F-0001",
    "a soft hyphen": "F\u00ad-0001",
    "small letters": "f-0001",
}


async def test_a_reference_is_found_however_it_was_copied(talk: Talk) -> None:
    await talk.says(POST)
    for how, ref in SAME.items():
        assert "F-0001" in (await talk.says(f"/history {ref}")).text.splitlines()[0], how
        assert "F-0001" in (await talk.says(f"/edit {ref} women 4")).text, how


@pytest.mark.parametrize("ref", ["KZ\u202e-7", "K\u200bZ-7", "ＫＺ－７", "KZ\u20117", "КZ-7", "\u2066KZ-7"])
async def test_a_reference_that_looks_like_another_is_that_one(ref: str, talk: Talk) -> None:
    await talk.says(f"{POST} ref KZ-7")
    assert "another entry already" in (await talk.says(f"{POST} ref {ref}")).text
    assert [one["ref"] for one in await talk.kept()] == ["KZ-7"]


@pytest.mark.parametrize("nothing", ["\u200b\u200b", "\u202e", "\u3164", "\u2800", "\uffa0\u115f", "\u2060\ufe0f"])
async def test_what_nobody_sees_is_no_value(nothing: str, talk: Talk) -> None:
    for field in ("ref", "note", "source", "carrier", "operation"):
        assert "Not stored" in (await talk.says(f"{POST} {field} {nothing}")).text, field
    assert "Please write the role" in (await talk.says(f"/invite reporter {nothing}")).text
    assert await talk.kept() == []
    assert talk.rows("SELECT * FROM invitations") == []


async def test_a_function_shows_as_it_was_typed_and_turns_nothing_round(talk: Talk) -> None:
    said = await talk.says("/invite reporter \u202eksed <b>&amp; 2\u202c\u2066 Aktau")
    assert "reporter, ksed <b>&amp; 2 Aktau" in said.text
    assert talk.rows("SELECT label FROM invitations") == [{"label": "ksed <b>&amp; 2 Aktau"}]


@pytest.mark.parametrize(
    "post",
    [
        "/flight wоmen 3 from Syria to Aktau yesterday arrived",
        "/flight women 3 frоm Syria tо Aktau yesterday arrived",
        "/flight ｗｏｍｅｎ ３ from Syria to Aktau yesterday arrived",
        "/flight w\u200bo\u200bmen 3 from Syria to Aktau yesterday arrived",
        "/flight 𝐰𝐨𝐦𝐞𝐧 3 from Syria to Aktau yesterday arrived",
        "/flight женщин 3 из Сирии в Aктау вчepа прибыл",
        "/flight әйел 3 from Syria to Аktau yesterday arrived",
    ],
)
async def test_a_word_with_letters_of_another_alphabet_is_that_word(post: str, talk: Talk) -> None:
    assert "F-0001" in (await talk.says(post)).text
    [kept] = await talk.kept()
    assert (kept["women"], kept["departure"], kept["destination"]) == (3, "SY", "aktau")


async def test_what_stands_in_a_note_stays_as_it_was_typed(talk: Talk) -> None:
    note = "wоmen – 3, Ил-76TD и COVID-тест"
    assert note in (await talk.says(f"{POST}\nnote: {note}")).text
    assert note in (await talk.says(f'{POST} note "{note}"')).text


def test_only_words_of_two_alphabets_are_touched() -> None:
    for text in ("women", "женщин", "Ил-76TD", "COVID-тест", "Airbusпен", "رحلة F-0001", "a" * 4_096, "ё" * 4_096):
        assert of_one_script(text) == text
    assert of_one_script("wоmen Aктау tо") == "women Актау to"
    assert tidy("Ｆ\u2011１\u3164") == "F-1"
