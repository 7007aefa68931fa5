"""Setting digests by command and by button: one for each filter, changed in place, in private and in groups."""

from pathlib import Path

import pytest

from handlers.ask import Press, Way
from handlers.digesting import MOST
from handlers.rescheduling import pressed, setting_of
from records.rule import Rule
from tests.house import AIGUL, VISITOR, Talk, talking
from tests.talk import Heard

HOUR = 3_600
NONSENSE = (
    ("h", "2500"),
    ("h", ""),
    ("c", "hourly"),
    ("c", "weekly"),
    ("w", "8"),
    ("w", "x"),
    ("d", "0"),
    ("d", "32"),
    ("e", "eat"),
    ("g", "maybe"),
    ("L", "xx"),
    ("Z", "Moon/Sea"),
    ("Z", "../etc"),
    ("q", ""),
)
FLIGHT = "/flight 01.03.2026 from Al-Hasakah to Aktau 12 women 31 children"
SESSION = "/session 01.03.2026 site Aktau type legal 3 women"


def rules(talk: Talk) -> dict[str, str]:
    """What is on, by filter."""
    return {one["filter"]: one["rule"] for one in talk.rows("SELECT * FROM schedules WHERE state = 'on'")}


def the(talk: Talk, name: str) -> str:
    """One thing of the only schedule there is."""
    (row,) = talk.rows("SELECT * FROM schedules")
    return str(row[name])


async def test_a_chat_has_a_digest_for_each_filter(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    told = await talk.says("/digest daily 09:00 for site Aktau")
    assert "Site: Aktau" in told.text
    assert rules(talk) == {"": "daily 08:00", "site=aktau": "daily 09:00"}
    await talk.says("/digest weekdays 10:00 for site Aktau")
    assert rules(talk) == {"": "daily 08:00", "site=aktau": "weekdays 10:00"}
    shown = await talk.says("/digest")
    assert "Digests here: 2" in shown.text
    _, panel = await talk.presses(shown, "Site: Aktau")
    assert "Monday to Friday at 10:00" in panel.text


async def test_off_asks_which_of_several_is_meant(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says("/digest daily 09:00 only flights")
    await talk.says("/digest daily 10:00 only sessions")
    asked = await talk.says("/digest off")
    assert len(rules(talk)) == 3
    await talk.presses(asked, "Flights")
    assert rules(talk) == {"": "daily 08:00", "kind=session": "daily 10:00"}
    await talk.says("/digest off only sessions")
    assert rules(talk) == {"": "daily 08:00"}
    assert "No such digest" in (await talk.says("/digest off for site Aktau")).text
    assert rules(talk) == {"": "daily 08:00"}
    await talk.says("/digest daily 09:00 only flights")
    await talk.says("/digest off all")
    assert rules(talk) == {}


async def test_all_are_off_by_one_press_which_works_once(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says("/digest daily 09:00 only flights")
    asked, again = [await talk.says("/digest off") for _ in range(2)]
    _, now = await talk.presses(asked, "All of them")
    assert "All digests here are off" in now.text
    assert rules(talk) == {}
    await talk.says("/digest daily 08:00")
    toast, _ = await talk.presses(again, "All of them")
    assert "changed meanwhile" in toast
    assert rules(talk) == {"": "daily 08:00"}


async def test_a_filtered_digest_tells_and_previews_what_it_is_for(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 only sessions")
    await talk.says(FLIGHT)
    await talk.says(SESSION)
    seen = await talk.says("/digest now")
    assert "S-0001" in seen.text
    assert "F-0001" not in seen.text
    assert "Sessions" in seen.text.splitlines()[1]
    assert "F-0001" in (await talk.says("/digest now only flights")).text
    talk.people.forget()
    talk.clock.forward(22 * HOUR)
    told = await talk.people.hears(AIGUL)
    assert "S-0001" in told.text
    assert "F-0001" not in told.text


@pytest.mark.parametrize(
    ("label", "name", "value"),
    [
        ("06:00", "rule", "daily 06:00"),
        ("18:00", "rule", "daily 18:00"),
        ("weekdays", "rule", "weekdays 08:00"),
        ("Skip when", "when_empty", "skip"),
        ("Turn off", "state", "off"),
    ],
)
async def test_a_button_changes_one_thing_in_place(talk: Talk, label: str, name: str, value: str) -> None:
    await talk.says("/digest daily 08:00")
    panel = await talk.says("/digest")
    _, now = await talk.presses(panel, label)
    assert the(talk, name) == value
    assert now.id == panel.id
    assert now.text != panel.text


@pytest.mark.parametrize(
    ("label", "choice", "name", "value"),
    [
        ("weekly", "Friday", "rule", "weekly fri 08:00"),
        ("monthly", "last day", "rule", "monthly 31 08:00"),
        ("Language", "\u049b\u0430\u0437\u0430\u049b", "language", "kk"),
        ("zone", "Europe/Berlin", "zone", "Europe/Berlin"),
    ],
)
async def test_a_button_asks_and_the_answer_is_kept(talk: Talk, label: str, choice: str, name: str, value: str) -> None:
    await talk.says("/digest daily 08:00")
    _, asked = await talk.presses(await talk.says("/digest"), label)
    await talk.presses(asked, choice)
    assert the(talk, name) == value


async def test_a_press_works_once_and_a_stale_one_is_explained(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    first, second = [await talk.says("/digest") for _ in range(2)]
    await talk.presses(first, "07:00")
    toast, now = await talk.presses(second, "18:00")
    assert "changed meanwhile" in toast
    assert "07:00" in now.text
    assert the(talk, "rule") == "daily 07:00"


async def test_a_preview_comes_beside_the_buttons_and_off_can_be_undone(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says(FLIGHT)
    panel = await talk.says("/digest")
    await talk.presses(panel, "Preview")
    seen = await talk.people.sees(AIGUL)
    assert "F-0001" in seen[-1].text
    assert next(one for one in seen if one.id == panel.id).text == panel.text
    _, off = await talk.presses(panel, "Turn off")
    await talk.presses(off, "Turn on")
    assert the(talk, "state") == "on"
    await talk.says("/digest off")
    await talk.presses(await talk.says("/digest"), "Turn on")
    assert the(talk, "state") == "on"


async def test_only_who_may_set_a_groups_digest_presses_its_buttons(talk: Talk) -> None:
    group = await talk.group()
    await talk.says("/digest daily 08:00", chat=group)
    panel = await talk.says("/digest", chat=group)
    toast, _ = await talk.presses(panel, "07:00", VISITOR)
    assert toast
    assert the(talk, "rule") == "daily 08:00"
    assert the(talk, "when_empty") == "skip"
    await talk.presses(panel, "07:00")
    assert the(talk, "rule") == "daily 07:00"


async def test_a_button_of_another_chat_does_nothing_here(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    mine = await talk.says("/digest")
    group = await talk.group()
    await talk.says("/digest daily 09:00", chat=group)
    stolen = next(value for label, value in mine.buttons.items() if "06:00" in label)
    way = Way(1, group, None, private=False, who=AIGUL, message=1, language="en", query="1")
    reply = await pressed(talk.desk.house, Press(way, stolen))
    assert (reply.answer, bool(reply.toast)) == (None, True)
    assert sorted(one["rule"] for one in talk.rows("SELECT rule FROM schedules")) == ["daily 08:00", "daily 09:00"]


async def test_a_group_cannot_have_a_digest_of_a_route(talk: Talk) -> None:
    group = await talk.group()
    assert "\u270b" in (await talk.says("/digest daily 08:00 for from Syria", chat=group)).text
    assert rules(talk) == {}


async def test_an_option_alone_changes_the_only_digest(talk: Talk) -> None:
    await talk.says("/digest weekdays 09:00 only flights")
    await talk.says("/digest zone Berlin")
    await talk.says("/digest when empty skip")
    await talk.says("/digest language ru")
    kept = [the(talk, one) for one in ("rule", "filter", "zone", "when_empty", "language")]
    assert kept == ["weekdays 09:00", "kind=flight", "Europe/Berlin", "skip", "ru"]
    await talk.says("/digest daily 08:00 only flights")
    assert [the(talk, one) for one in ("zone", "language")] == ["Europe/Berlin", "ru"]


async def test_a_second_digest_goes_by_the_clock_of_the_first(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 zone Berlin")
    await talk.says("/digest daily 09:00 only flights")
    assert [one["zone"] for one in talk.rows("SELECT zone FROM schedules")] == ["Europe/Berlin", "Europe/Berlin"]


async def test_an_option_alone_needs_a_digest_to_change_where_there_are_several(talk: Talk) -> None:
    await talk.says("/digest daily 08:00 only sessions")
    await talk.says("/digest daily 09:00 only flights")
    assert "No such digest" in (await talk.says("/digest zone Berlin")).text
    assert "No such digest" in (await talk.says("/digest zone Berlin for site Aktau")).text
    await talk.says("/digest zone Berlin only flights")
    zones = {one["filter"]: one["zone"] for one in talk.rows("SELECT * FROM schedules")}
    assert zones == {"kind=session": "Asia/Almaty", "kind=flight": "Europe/Berlin"}


async def test_a_button_nobody_drew_changes_nothing(talk: Talk) -> None:
    await talk.says("/digest daily 08:00")
    await talk.says("/digest")
    (row,) = talk.rows("SELECT * FROM schedules")
    assert [setting_of(verb, value, Rule()) for verb, value in NONSENSE] == [None] * len(NONSENSE)
    for data in ("n:", "n:1", "n:99:0:v", f"n:{row['id']}:zz:v", "n:1:0:h2500!"):
        way = Way(1, AIGUL, None, private=True, who=AIGUL, message=1, language="en", query="1")
        assert (await pressed(talk.desk.house, Press(way, data))).answer is None
    assert talk.rows("SELECT * FROM schedules") == [row]


async def test_a_chat_has_no_more_digests_than_one_message_can_list(talk: Talk) -> None:
    for number in range(MOST):
        await talk.says(
            f"/digest weekly mon 08:00 only sessions for site Aktau, operation zhusan-{number}, provider psychologist"
        )
    assert str(MOST) in (await talk.says("/digest daily 08:00")).text
    assert len(rules(talk)) == MOST
    assert len((await talk.says("/digest")).buttons) == MOST + 1, "one for each, and the log"
    await talk.says("/digest weekdays 08:00 only sessions for site Aktau, operation zhusan-1, provider psychologist")
    assert "weekdays 08:00" in rules(talk).values()


async def test_a_mistake_is_answered_with_the_command_put_right(talk: Talk) -> None:
    told = await talk.says("/digest dayly 08:00 zone Almty")
    assert "dayly" in told.text
    assert "Almty" in told.text
    assert told.copies == ["/digest daily 08:00 zone Asia/Almaty"]
    assert rules(talk) == {}
    await talk.says(told.copies[0])
    assert rules(talk) == {"": "daily 08:00"}


async def test_the_start_tells_of_the_digest_and_offers_another_zone(tmp_path: Path) -> None:
    async with talking(tmp_path, digest="weekdays 08:00") as talk:
        welcome = await talk.says("/start")
        assert "Monday to Friday at 08:00, Asia/Almaty" in welcome.text
        _, same = await talk.presses(welcome, "zone")
        assert same.text == welcome.text
        asked: Heard = (await talk.people.sees(AIGUL))[-1]
        assert next(iter(asked.buttons)) == "\u2022 Asia/Almaty"
        await talk.presses(asked, "Europe/Berlin")
        assert the(talk, "zone") == "Europe/Berlin"
