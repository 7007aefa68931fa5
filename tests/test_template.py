"""The text form: copied, filled in by hand, sent back."""

import pytest

from records.command import form, read
from records.kind import Kind
from records.kinds import KINDS
from records.vocabulary import Vocabulary
from tests.house import AIGUL, Talk
from tests.records.ground import context
from tests.talk import Heard


def form_in(heard: Heard) -> str:
    return next(one for one in heard.code() if one.startswith("/"))


async def test_a_form_filled_in_posts(talk: Talk) -> None:
    given = await talk.says("/template flight")
    text = form_in(given)
    assert given.copies == [text]
    filled = text.replace("date:", "date: 31.05.2019").replace("\nfrom:", "\nfrom: Al-Hasakah")
    card = await talk.says(filled.replace("\nto:", "\nto: Aktau").replace("\nwomen:", "\nwomen: 67"))
    assert "F-0001" in card.text
    [kept] = await talk.kept()
    assert (kept["departure"], kept["destination"], kept["women"], kept["men"]) == ("al-hasakah", "aktau", 67, None)


async def test_a_form_sent_back_empty_is_told_what_it_needs(talk: Talk) -> None:
    told = await talk.says(form_in(await talk.says("/template session")))
    assert "date, site, type" in told.text
    assert await talk.kept() == []


async def test_needed_fields_come_first_and_private_ones_are_left_out(talk: Talk) -> None:
    lines = form_in(await talk.says("/template flights")).splitlines()
    assert lines[:4] == ["/flight", "date:", "from:", "to:"]
    assert not [one for one in lines if "justice" in one]


async def test_without_a_kind_the_forms_are_offered_as_buttons(talk: Talk) -> None:
    lost = await talk.says("/template train")
    asked = await talk.says("/template")
    assert set(asked.buttons.values()) == set(lost.buttons.values()) == {"t:flight", "t:session"}
    _, given = await talk.presses(asked, "Session", AIGUL)
    assert form_in(given).startswith("/session\n")
    assert "/flight" in form_in(await talk.says("/template fligth"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_line_of_a_form_is_read_in_every_language(kind: Kind) -> None:
    words = Vocabulary.load()
    for language in words.languages:
        text = form(kind, words, language)
        assert [one.code for one in read(text, kind, words, context()).problems] == ["nothing_said"]
        for line in text.splitlines():
            assert len(read(f"{line} -", kind, words, context(), editing=True).removed) == 1, line
