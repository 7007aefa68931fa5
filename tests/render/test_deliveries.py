"""What became of digests, told in every language: whatever became of them, and never more than a message holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.delivering import PAGE
from records.digest import Delivery
from records.kinds import KINDS
from records.rule import Rule
from render import html
from render.catalogue import languages
from render.deliveries import log
from render.schedules import Told
from tests.render.stage import NOW, places, words
from tests.render.test_right_to_left import astray

SENT = Delivery(
    id=9,
    chat=1001,
    thread=0,
    rule=Rule(),
    zone="Asia/Almaty",
    filter="",
    due_at=NOW,
    mornings=1,
    state="sent",
    reason="",
    parts=2,
    sent=2,
    sent_at=NOW + timedelta(minutes=9),
    marked=True,
    plain=True,
    tries=0,
    next_try=None,
)
WAITS = replace(SENT, state="waiting", sent=0, sent_at=None, marked=False, plain=False, tries=3, next_try=NOW)
UNREACHABLE = ("blocked", "kicked", "gone", "forbidden", "no_rights", "topic", "refused", "no_right")
ALL = (
    SENT,
    *(replace(SENT, mornings=n, parts=n, sent=n) for n in (3, 11, 100)),
    *(replace(WAITS, reason=one) for one in ("", "busy", "away", "unsure", "moved", "late")),
    *(replace(WAITS, state="paused", sent=1, next_try=None, reason=one) for one in UNREACHABLE),
    *(replace(WAITS, state=one, next_try=None, reason=why) for one in ("merged", "off") for why in ("", "away")),
    replace(WAITS, state="skipped", parts=0, next_try=None, filter="kind=flight;site=aktau", chat=-1001),
)


def told(language: str) -> Told:
    return Told(words(language), KINDS, places())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("chat", [None, -1001])
def test_whatever_became_of_a_digest_is_told(language: str, chat: int | None) -> None:
    for one in ALL:
        page = log([one], told(language), chat, older=True, before=10)
        assert [button.data for row in page.buttons for button in row] == ["j:0", "j:9"]
        assert ("1001" in page.html) == (chat is None)
        assert "{" not in page.html


def test_every_line_runs_to_the_left_in_arabic() -> None:
    pages = [log(ALL, told("ar"), chat, older=False, before=None) for chat in (None, -1001)]
    empty = [log([], told("ar"), None, older=False, before=before) for before in (None, 9)]
    assert [line for page in (*pages, *empty) for line in astray(page.html)] == []


@pytest.mark.parametrize("language", languages())
def test_a_page_of_the_longest_fits_into_a_message(language: str) -> None:
    operations = ";".join(f"operation={str(one) * 60}" for one in range(9))
    longest = replace(WAITS, state="paused", sent=1, mornings=14, reason="no_right", filter=operations, marked=True)
    page = log([replace(longest, plain=True)] * PAGE, told(language), None, older=True, before=10)
    assert html.length(html.Html(page.html)) <= html.MOST
