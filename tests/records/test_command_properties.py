"""What holds for every message: reading never fails, drops no word, keeps to its time, and gives back what a template wrote."""

import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.command import read, read_edit, read_question, read_ref, read_search, read_wish, read_withdraw, template
from records.command.items import items
from records.command.paths import ways
from records.command.reading import lexicon
from records.command.row import Row
from records.fold import fold, tidy
from records.kind import Choice, Code, Count, Country, Day, Field, Flag, Kind, Moment, Place, Text, Value
from records.kinds import KINDS
from records.vocabulary import Role
from tests.records.said import context, words

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
PHRASES = sorted(" ".join(one) for one in words().senses)
PIECES = [
    *(
        "67",
        "1 200",
        "~30",
        "600+",
        "12.5",
        "-5",
        "12/13",
        "31.05.2019",
        "31 June",
        "Syria",
        "Aktau",
        "Al-Hasakah",
        "zhusan-3",
    ),
    *(
        "wommen",
        "foo",
        ":",
        "=",
        "-",
        " – ",
        ",",
        ";",
        "\n",
        '"x y"',
        "note",
        "(",
        ")",
        "08:30",
        "8.30",
        "am",
        "F-0003",
        "50%",
    ),
    *(
        "²",
        "½",
        "\u200b",
        "١٢",
        "женщины",
        "12women",
        "12women8men",
        "Syria-Aktau",
        "1️⃣",
        "9.5",
        "x",
        "women-5",
        "?",
        "•",
        '"',
        "«",
        "99999999999",
        "--",
        "/",
        "/flight",
        "@",
    ),
]
kinds = st.sampled_from(KINDS)
messages = st.lists(st.sampled_from(PHRASES) | st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(
    max_size=300
)


@given(messages, kinds)
@SLOW
def test_no_message_makes_reading_fail(text: str, kind: Kind) -> None:
    reading = read(text, kind, words(), context())
    assert reading.problems or reading.values
    read_question(text, KINDS, words(), context())
    read_search(text, KINDS, words(), context())
    read_wish(text, KINDS, words(), context())
    read_edit(text)
    read_withdraw(text)
    read_ref(text)


@given(messages, kinds)
@SLOW
def test_what_is_offered_reads_without_a_problem(text: str, kind: Kind) -> None:
    offered = read(text, kind, words(), context()).corrected
    assert not offered or not read(offered, kind, words(), context()).problems


@given(messages, kinds)
@SLOW
def test_every_word_of_a_message_that_reads_was_used_once(text: str, kind: Kind) -> None:
    if read(text, kind, words(), context()).problems:
        return
    row = Row(text, kind, lexicon(words(), kind), context())
    for way in ways(row, lambda at: items(row, at), 1):
        used = [at for piece in way.pieces() for at in range(piece.start, piece.end)]
        assert used == list(range(row.end))
        for piece in way.pieces():
            assert piece.told or all(_says_nothing(row, at) for at in range(piece.start, piece.end))
    seen = "".join(re.findall(r"[^\W_]", tidy(row.text)))
    cut = "".join(re.findall(r"[^\W_]", "".join(row.text[one.start : one.end] for one in row.tokens)))
    assert seen == cut


def _says_nothing(row: Row, at: int) -> bool:
    """Whether a word may be left without a value: filler, or a form's field that was left empty."""
    silent = {Role.FILLER, Role.KIND, Role.SUBSET, Role.PREPOSITION, Role.FIELD, Role.OPENER, Role.VAGUE}
    matches = [match for start in range(at + 1) for match in row.matches[start] if match.end > at]
    return any(match.has(role) for match in matches for role in silent)


@pytest.mark.parametrize(
    "text",
    [
        "women " * 299,
        "from " * 299,
        "arrived 12 " * 149,
        "carrier a b c d e f g " * 37,
        "1 200 " * 149,
        "wommen chidlren form too " * 74,
        "site Foo bar baz too Aktau " * 59,
        "31 May 2019 " * 99,
        "x" * 4096,
        "- " * 2048,
        "note " * 800,
        '"' * 4096,
        "a" * 40 + "\n" * 4056,
        "Al-" * 1365,
        "Syria-Aktau " * 99,
        "😀" * 4096,
        "“" * 4096,
        "note;" * 800,
        "arrived in Aktau at " * 49,
        "9" * 40 + " women",
        "женщины " * 299,
    ],
    ids=lambda text: text[:20],
)
def test_the_longest_messages_are_read_too(text: str) -> None:
    for kind in KINDS:
        begun = time.perf_counter()
        reading = read(text[:4096], kind, words(), context())
        print(f"{1000 * (time.perf_counter() - begun):.1f} ms")
        assert reading.problems or reading.values


def _values(kind: Kind) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries({}, optional={field.name: _value(field) for field in kind.fields})


def _value(field: Field) -> st.SearchStrategy[Value]:
    days = st.dates(date(2000, 1, 1), date(2100, 12, 31)).map(date.isoformat)
    clocks = st.integers(0, 1439).map(lambda one: f"{one // 60:02}:{one % 60:02}")
    typed = st.text("abcdefgh ABC женқ 0123456789 .,:;!?'\"«»-–()/=", min_size=1, max_size=40)
    texts = typed.map(lambda one: " ".join(tidy(one).split())).filter(lambda one: bool(fold(one)) and '"' not in one)
    codes = st.from_regex(r"[a-z0-9][a-z0-9/-]{0,20}", fullmatch=True)
    by_shape: dict[type, st.SearchStrategy[Value]] = {
        Day: days,
        Moment: clocks | st.tuples(days, clocks).map("T".join),
        Place: st.sampled_from(["aktau", "al-hasakah", "SY", "KZ", "~Foo bar", "~School 5, yard", "london"]),
        Country: st.sampled_from(["KZ", "SY", "US", "BA"]),
        Code: codes.map(str.upper) if isinstance(field.shape, Code) and field.shape.keep_case else codes,
        Text: texts,
        Flag: st.just(value=True),
    }
    if isinstance(field.shape, Choice):
        return st.sampled_from(field.shape.options)
    if isinstance(field.shape, Count):
        return st.integers(field.shape.least, field.shape.most)
    return by_shape[type(field.shape)]


@given(st.data(), kinds)
@SLOW
def test_a_template_reads_back_to_the_same_values(data: st.DataObject, kind: Kind) -> None:
    values = data.draw(_values(kind).filter(bool))
    text = template(values, kind, words(), context())
    reading = read(text, kind, words(), context())
    assert not reading.problems, (text, reading.problems)
    assert reading.values == values


@given(st.dates(date(2019, 6, 5) - timedelta(150), date(2019, 6, 5) + timedelta(150)))
def test_a_day_without_a_year_is_the_nearest(day: date) -> None:
    reading = read(f"{day.day:02}.{day.month:02} from Syria to Aktau", KINDS[0], words(), context())
    assert reading.values["date"] == day.isoformat()


@pytest.mark.parametrize("letter", ["و", "ل", "ﷺ", "ң", "a-", "و "])
def test_a_word_without_end_is_read_to_its_end(letter: str) -> None:
    """Each of its letters may be written together with the next, and so on: they are not tried out."""
    for kind in KINDS:
        assert read(letter * (4096 // len(letter)), kind, words(), context()).problems
