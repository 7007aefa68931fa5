"""What stands around a command's words."""

import pytest

from records.command import envelope, nearest_command, read_edit, read_ref, read_withdraw
from records.commands import COMMANDS, command_named

NAMES = [one.name for one in COMMANDS]


def test_a_command_may_name_its_bot() -> None:
    (said,) = envelope("/Flight@WayhomeBot women 3\nmen 2", "wayhomebot", NAMES)
    assert (said.name, said.rest, said.addressed) == ("flight", "women 3\nmen 2", True)
    assert envelope("/flight@other_bot women 3", "wayhomebot", NAMES) == ()
    assert envelope("hello /flight", "wayhomebot", NAMES) == ()
    assert envelope("", "wayhomebot", NAMES) == ()


def test_several_commands_are_told_apart() -> None:
    said = envelope("/flight women 3\nmen 2\n/sesion Aktau\n/tmp is a folder", "bot", NAMES)
    assert [one.text for one in said] == ["/flight women 3\nmen 2", "/sesion Aktau\n/tmp is a folder"]


def test_a_command_within_a_line_is_told_apart_if_it_says_something() -> None:
    said = envelope("/flight from Erbil to Aktau women 3 /session tomorrow site Aktau", "bot", NAMES)
    assert [one.text for one in said] == ["/flight from Erbil to Aktau women 3", "/session tomorrow site Aktau"]
    for text in ("/help /flight", "/flight women 3 note keys in /tmp there, see /list\nmen 2"):
        assert [one.text for one in envelope(text, "bot", NAMES)] == [text]


@pytest.mark.parametrize(
    ("text", "ref", "rest"),
    [
        ("F-0003 women 68", "F-0003", "women 68"),
        ("F-0003: women 68\nmen 2", "F-0003", "women 68\nmen 2"),
        ("#KZ/7 women 68", "KZ/7", "women 68"),
        ("women 68", "", "women 68"),
        ("67 women", "", "67 women"),
        ("31.05.2019", "", "31.05.2019"),
        ("ZHUSAN women 3", "ZHUSAN", "women 3"),
        ("F-0003", "F-0003", ""),
        ("", "", ""),
    ],
)
def test_an_edit_begins_with_a_reference(text: str, ref: str, rest: str) -> None:
    assert read_edit(text) == (ref, rest)


def test_a_withdrawal_has_a_reference_and_a_reason() -> None:
    assert read_withdraw("F-0003 posted twice") == ("F-0003", "posted twice")
    assert read_withdraw("posted twice") == ("", "posted twice")
    assert read_ref(" f-0003 ") == "f-0003"


@pytest.mark.parametrize(
    ("typed", "meant"), [("fligth", "flight"), ("sesion", "session"), ("stat", "stats"), ("hlep", "help")]
)
def test_a_mistyped_command_is_guessed(typed: str, meant: str) -> None:
    assert meant in nearest_command(typed, NAMES)
    assert nearest_command("weather", NAMES) == ()


def test_commands_are_found_whatever_their_case() -> None:
    found = command_named("Flight")
    assert found is not None
    assert found.name == "flight"
    assert command_named("nothing") is None
