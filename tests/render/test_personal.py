"""What a person is told whose message tells of somebody: every rule in every language, never what was written."""

import pytest

from protection.personal import RULES, stops
from render import html
from render.catalogue import languages
from render.personal import told_of_a_person
from tests.render.stage import words


@pytest.mark.parametrize("language", languages())
def test_every_rule_says_what_to_write_instead(language: str) -> None:
    whole = told_of_a_person(tuple(RULES), words(language))
    assert len(html.plain(html.Html(whole.html)).splitlines()) >= len(RULES) + 2
    assert html.length(html.Html(whole.html)) <= html.MOST
    assert stops(html.plain(html.Html(whole.html))) == ()


def test_a_message_that_is_gone_need_not_be_deleted() -> None:
    asked, gone = (
        html.plain(html.Html(told_of_a_person(("iin",), words(), deleted=one).html)) for one in (False, True)
    )
    assert "Please delete your message" in asked
    assert "has been deleted" in gone
    assert "Not stored" in asked
