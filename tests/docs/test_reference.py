"""The documents say what the desk does: the reference is its code written out, and every command shown can be sent."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import typer

from bot.cli import app
from docs.reference import PAGE, Reference, keys
from records.command import (
    Command,
    envelope,
    nearest_kind,
    read,
    read_edit,
    read_export,
    read_question,
    read_ref,
    read_search,
    read_sites,
    read_sought,
    read_wish,
)
from records.commands import COMMANDS, command_named
from records.fields import people_fields
from records.fold import fold
from records.kind import Context, Kind
from records.kinds import KINDS
from records.places import Gazetteer
from records.question import GROUPS, Question, Search, Sought
from records.record import settle
from records.vocabulary import Vocabulary
from tests.house import talking

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide.md"
TRANSLATED = tuple(GUIDE.with_name(f"guide.{one}.md") for one in ("ru", "kk", "ar"))
DOCUMENTS = (ROOT / "README.md", PAGE, GUIDE, *TRANSLATED)
PAPERS = (
    *DOCUMENTS,
    *(ROOT / name for name in ("CONTRIBUTING.md", "docs/operator.md", "docs/decisions.md", "docs/sandbox.md")),
)
ALMATY = ZoneInfo("Asia/Almaty")
BLOCK = re.compile(r"^ *```\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(/[a-z][^`\n]*)`")
SHELL = re.compile(r"\bwayhome ([a-z]+)(?: ([a-z]+)\b)?")
LINK = re.compile(r"(?:\]\(|src=\")([^)\"#:]+)(?:#[^)\"]*)?[)\"]")
REF = re.compile(r"[FS]-\d{4}\b")
OTHERS = ("/newbot",)
"""Commands of other bots that the documents name."""


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@cache
def context() -> Context:
    now = datetime(2026, 6, 10, 12, 0, tzinfo=ALMATY)
    return Context(now, ALMATY, "KZ", "en", Gazetteer.load())


def commands_in(path: Path) -> Iterator[Command]:
    """Every command a document shows, in blocks and inside sentences."""
    text = path.read_text("utf-8")
    shown = [one for one in BLOCK.findall(text) if one.lstrip().startswith("/")]
    shown += INLINE.findall(BLOCK.sub("", text))
    for one in shown:
        if one in OTHERS:
            continue
        found = envelope(one, "wayhome_bot", [each.name for each in COMMANDS])
        assert len(found) == 1, f"{path.name}: {one!r} is {len(found)} commands"
        yield found[0]


EXAMPLES = [pytest.param(one, id=f"{path.stem}: {one.text[:60]}") for path in DOCUMENTS for one in commands_in(path)]


def understood(command: Command) -> object:
    """What the desk takes a command to say."""
    kind, rest = kind_named(command.name), command.rest
    if kind:
        return read(rest, kind, vocabulary(), context()).values
    if command.name == "edit":
        ref, change = read_edit(rest)
        found = next(one for one in KINDS if ref.startswith(one.letter))
        return ref, read(change, found, vocabulary(), context(), editing=True).values
    return MEANT.get(command.name, REF.findall)(rest)


def kind_named(name: str) -> Kind | None:
    return next((one for one in KINDS if one.name == name), None)


def wrong_with(command: Command) -> object:
    """What keeps a command from being understood; nothing if it is. Alone, each says what it is for."""
    assert command_named(command.name)
    kind = kind_named(command.name)
    if not command.rest:
        return None
    return wrong_post(command.rest, kind) if kind else UNDERSTOOD[command.name](command.rest)


def wrong_post(rest: str, kind: Kind) -> object:
    reading = read(rest, kind, vocabulary(), context())
    return reading.problems or settle(kind, reading.values, context())[1]


def wrong_edit(rest: str) -> object:
    ref, change = read_edit(rest)
    kind = next(one for one in KINDS if ref.startswith(one.letter))
    return change and read(change, kind, vocabulary(), context(), editing=True).problems


def wrong_question(rest: str) -> object:
    found = read_question(rest, KINDS, vocabulary(), context())
    return None if isinstance(found, Question) else found


def wrong_search(rest: str) -> object:
    found = read_search(rest, KINDS, vocabulary(), context())
    return None if isinstance(found, Search) else found


def wrong_rule(rest: str) -> object:
    wish = read_wish(rest, KINDS, vocabulary(), context())
    return wish if isinstance(wish, tuple) else None


def wrong_ref(rest: str) -> object:
    return None if REF.match(read_ref(rest)) else rest


def wrong_name(rest: str) -> object:
    return None if command_named(rest) else rest


def wrong_invitation(rest: str) -> object:
    role, _, label = rest.partition(" ")
    return None if label and fold(role) in vocabulary().roles else rest


def wrong_site(rest: str) -> object:
    return rest if read_sites(rest, vocabulary(), context().places).act == "unread" else None


def wrong_kind(rest: str) -> object:
    return None if kind_named(rest) else rest


def wrong_sought(rest: str) -> object:
    found = read_sought(rest, context())
    return None if isinstance(found, Sought) else found


def wrong_export(rest: str) -> object:
    found = read_export(rest, KINDS, vocabulary(), context())
    return found if isinstance(found, tuple) else None


UNDERSTOOD: dict[str, Callable[[str], object]] = {
    "edit": wrong_edit,
    "withdraw": wrong_ref,
    "restore": wrong_ref,
    "figure": wrong_edit,
    "show": wrong_ref,
    "history": wrong_ref,
    "template": wrong_kind,
    "find": wrong_sought,
    "list": wrong_search,
    "stats": wrong_question,
    "export": wrong_export,
    "import": lambda rest: not nearest_kind(rest, [one.name for one in KINDS], vocabulary()),
    "digest": wrong_rule,
    "help": wrong_name,
    "invite": wrong_invitation,
    "sites": wrong_site,
}


MEANT: dict[str, Callable[[str], object]] = {
    "list": lambda rest: read_search(rest, KINDS, vocabulary(), context()),
    "stats": lambda rest: read_question(rest, KINDS, vocabulary(), context()),
    "export": lambda rest: read_export(rest, KINDS, vocabulary(), context()),
    "import": lambda rest: nearest_kind(rest, [one.name for one in KINDS], vocabulary()),
    "digest": lambda rest: read_wish(rest, KINDS, vocabulary(), context()),
}


def test_the_reference_is_what_the_code_says() -> None:
    assert PAGE.read_text("utf-8") == Reference.load().page(), f"{PAGE.name} is out of date: run `make reference`"


@pytest.mark.parametrize("command", EXAMPLES)
def test_a_command_that_is_shown_can_be_sent(command: Command) -> None:
    assert not wrong_with(command)


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_a_translated_guide_shows_the_same_examples(path: Path) -> None:
    for ours, theirs in zip(commands_in(GUIDE), commands_in(path), strict=True):
        assert ours.name == theirs.name
        assert understood(theirs) == understood(ours), theirs.text


@pytest.mark.parametrize("path", [GUIDE, *TRANSLATED], ids=lambda path: path.name)
def test_a_guide_links_to_the_others_in_its_first_line(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert {path.name, *LINK.findall(first)} == {one.name for one in (GUIDE, *TRANSLATED)}


def test_every_field_has_its_line_and_no_line_is_left_over() -> None:
    notes = Reference.load().texts["notes"]
    people = {one.name for one in people_fields()}
    own = {kind.name: {one.name for one in kind.fields} - people for kind in KINDS}
    shared = {name for name, line in notes.items() if isinstance(line, str)}
    assert set(notes["people"]) == people
    for kind, fields in own.items():
        assert set(notes[kind]) | shared >= fields
        assert set(notes[kind]) <= fields
        assert not set(notes[kind]) & shared
    assert shared <= set.union(*own.values())


def test_every_choice_status_and_group_stands_in_the_reference() -> None:
    page, words = PAGE.read_text("utf-8"), vocabulary()
    for kind in KINDS:
        assert all(f"| {words.label('en', 'choices', 'status', one.name)} |" in page for one in kind.statuses)
    assert all(f"| `{name}` |" in page for name in GROUPS)
    assert len(keys("attention.")) == page.count("\n- ⏰ ")


async def test_every_command_is_in_the_reference_in_help_and_has_a_door(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    async with talking(tmp_path) as talk:
        helped = (await talk.says("/help")).text
        nobody_knows = (await talk.says("/zzzzzzzz")).text.replace("zzzzzzzz", "{}")
        for command in COMMANDS:
            assert f"| `/{command.name}` |" in page
            assert (f"/{command.name} " in helped) == (command.offered != "nowhere")
            answer = (await talk.says(f"/{command.name}")).text
            assert answer
            assert answer != nobody_knows.format(command.name)


def test_every_shell_command_that_is_shown_exists() -> None:
    known = typer.main.get_command(app)
    groups = {"": known} | dict(known.commands.items())  # type: ignore[attr-defined]
    for path in PAPERS:
        for first, second in SHELL.findall(path.read_text("utf-8")):
            assert first in groups, f"{path.name}: wayhome {first}"
            below = getattr(groups[first], "commands", None)
            assert below is None or second in below, f"{path.name}: wayhome {first} {second}"


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_file_a_document_points_to_is_there(path: Path) -> None:
    for target in LINK.findall(path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
