"""The catalogues: every sentence there is, whole, and used."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from records.commands import COMMANDS
from records.kinds import KINDS
from records.people import CELLS, OF, SUBSETS
from records.question import GROUPS
from render import catalogue
from render.catalogue import LOCALES, Words, languages, sentences
from tests.render.stage import NOW, words
from tests.render.telegram import shown

HOUSE = Path(catalogue.__file__).parent.parent
ROOMS = ("render", "handlers", "desk", "digests", "bot")
KEY = re.compile(r'"([a-z_]+(?:\.[a-z0-9_]+)+)"')
FAMILY = re.compile(r'f"([a-z_]+\.)\{')


@cache
def read(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def messages(language: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Key, forms, and whether they are plural forms."""
    for message in read(language):
        if message.id:
            plural = not isinstance(message.id, str)
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            yield (message.id[0] if plural else str(message.id)), forms, plural


def keys(language: str = "en") -> set[str]:
    return {key for key, _, _ in messages(language)}


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of `say`, `say_n` and `text` of a Words."""
    for room in ROOMS:
        for path in (HOUSE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and node.args and _speaks(node.func):
                    yield path, node


def _speaks(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute):
        return False
    return function.attr in {"say", "say_n"} or (function.attr == "text" and "words" in ast.dump(function))


def sources() -> str:
    return "\n".join(path.read_text("utf-8") for room in ROOMS for path in (HOUSE / room).rglob("*.py"))


@pytest.mark.parametrize("language", languages())
def test_every_sentence_is_html_telegram_takes(language: str) -> None:
    for key, forms, _ in messages(language):
        for text in forms:
            filled = text.format_map(dict.fromkeys(named(text), "x"))
            assert filled.strip() == filled or key in {"list.comma", "list.or", "overview.children"}, key
            assert shown(filled), key


@pytest.mark.parametrize("language", languages())
def test_every_sentence_fills_in_what_the_english_one_does(language: str) -> None:
    english = {key: set().union(*(named(text) for text in forms)) for key, forms, _ in messages("en")}
    for key, forms, plural in messages(language):
        for text in forms:
            assert named(text) <= english[key] if plural else named(text) == english[key], key


def test_every_sentence_is_given_what_it_fills_in() -> None:
    wanted = {key: set().union(*(named(text) for text in forms)) for key, forms, _ in messages("en")}
    seen = 0
    for path, call in calls():
        key = call.args[0]
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and all(one.arg for one in call.keywords):
            given = {one.arg for one in call.keywords} | {"n"}
            assert wanted[key.value] - given == set(), f"{path}:{call.lineno} {key.value}"
            seen += 1
    assert seen > 50


@pytest.mark.parametrize("language", languages())
def test_no_sentence_is_missing_and_none_is_left_over(language: str) -> None:
    assert keys(language) == keys("en")
    assert not read(language).fuzzy


@pytest.mark.parametrize("language", languages())
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    forms = sentences(language)
    rule = Locale.parse(language).plural_form
    groups: dict[str, set[str]] = {}
    for n in range(200):
        groups.setdefault(rule(n), set()).add(forms.ngettext("people.expected", "people.expected", n))
    assert all(len(group) == 1 for group in groups.values())


def test_every_key_the_house_uses_is_there() -> None:
    said = (call.args[0] for _, call in calls())
    assert {key.value for key in said if isinstance(key, ast.Constant)} - keys() == set()


def test_every_key_there_is_is_used() -> None:
    text = sources()
    used, families = set(KEY.findall(text)), set(FAMILY.findall(text))
    assert {key for key in keys() if key not in used and not key.startswith(tuple(families))} == set()


def test_what_is_looked_up_by_name_is_there() -> None:
    wanted = {f"command.{one.name}.{part}" for one in COMMANDS for part in ("line", "help")}
    wanted |= {f"family.{one.family}" for one in COMMANDS}
    wanted |= {f"people.{name}" for name in (*CELLS, *SUBSETS, "adults", "children")}
    wanted |= {f"of.{name}" for name in OF.values()}
    wanted |= {f"by.{name}" for name in GROUPS}
    wanted |= {f"example.{kind.name}" for kind in KINDS}
    wanted |= {f"{table}.{kind.name}.people" for table in ("overview", "table") for kind in KINDS}
    wanted |= {
        f"history.{act}" for act in ("posted", "corrected", "withdrawn", "restored", "undone", "reread", "figured")
    }
    assert wanted - keys() == set()


def test_a_missing_sentence_is_loud() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        words().say("no.such")
    with pytest.raises(KeyError, match=r"no\.such"):
        words().say_n("no.such", 2)


def test_values_are_escaped_and_html_is_not() -> None:
    said = words().say("card.field", name=words().label("fields", "note"), value="<b>&")
    assert said == "note: &lt;b&gt;&amp;"


def test_numbers_and_days_are_written_as_english_does() -> None:
    said = words()
    day = date(2019, 5, 9)
    assert said.number(1234) == "1,234"
    assert [said.signed(n) for n in (12, -3, 0)] == ["+12", "−3", "±0"]
    assert (said.day(day), said.weekday(day), said.month(day)) == ("9 May 2019", "Thursday, 9 May 2019", "May 2019")
    assert said.moment(NOW) == "31 May 2019, 13:30"


def test_stretches_of_days_are_said_briefly() -> None:
    said = words().days
    assert said(date(2019, 5, 1), date(2019, 5, 31)) == "May 2019"
    assert said(date(2019, 1, 1), date(2019, 12, 31)) == "2019"
    assert said(date(2019, 5, 1), date(2019, 5, 12)) == "1 – 12 May 2019"
    assert said(date(2019, 4, 30), date(2019, 5, 2)) == "30 April – 2 May 2019"
    assert said(date(2018, 12, 31), date(2019, 1, 2)) == "31 December 2018 – 2 January 2019"
    assert said(date(2019, 5, 9), date(2019, 5, 9)) == "Thursday, 9 May 2019"
    assert said(date(2019, 5, 9), None) == "since 9 May 2019"
    assert said(None, None) == "all time"


def test_a_kind_speaks_for_itself() -> None:
    said = words()
    assert said.people("session", 1, said.number(1)) == "1 attendance"
    assert said.entries("flight", 3) == "3 flights"
    assert said.things("hearing") == "court hearings"


def test_a_language_is_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en.po").write_text((LOCALES / "en.po").read_text("utf-8"), "utf-8")
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    (tmp_path / "ar.po").write_text(f'{header}\nmsgid "answer.not_found"\nmsgstr "لا يوجد {{ref}}"\n', "utf-8")
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)
    sentences.cache_clear()
    arabic = Words("ar", words().vocabulary, words().zone)
    try:
        assert arabic.say("answer.not_found", ref=arabic.code("F-1")) == "لا يوجد \u2068<code>F-1</code>\u2069"
        assert arabic.say("list.none") == words().say("list.none")
        assert arabic.arrow() == "←"
        assert Words("xx", words().vocabulary, words().zone).language == "en"
    finally:
        sentences.cache_clear()
