"""Entries, sums and words to render, made by the real records room."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from records.entry import Entry, State
from records.flight import FLIGHT
from records.kind import Choice, Context, Count, Day, Field, Kind, Place, Status, Text, Value, Values
from records.kinds import KINDS
from records.places import Gazetteer
from records.record import settle
from records.session import SESSION
from records.vocabulary import Vocabulary, WordList
from render.catalogue import Words

ZONE = ZoneInfo("Asia/Almaty")
NOW = datetime(2019, 5, 31, 7, 30, tzinfo=UTC)
TODAY = NOW.astimezone(ZONE).date()

HEARING = Kind(
    name="hearing",
    letter="H",
    fields=(
        Field("date", Day(), required=True),
        Field("site", Place(), column="site", required=True),
        Field("status", Choice(("set", "heard"))),
        Field("cases", Count()),
        Field("note", Text(500, line=True)),
    ),
    statuses=(Status("set", coming=True, buttons=("heard",)), Status("heard", counts=True)),
    headline=("site",),
    status_for=lambda _values, _context: "set",
)
"""A kind nobody has heard of: everything must be shown without code for it."""
HEARING_WORDS = """
language = "en"
[kinds.hearing]
words = ["court hearing"]
count = { one = "{n} court hearing", other = "{n} court hearings" }
people = { one = "{n} person heard", other = "{n} people heard" }
[fields]
cases = ["cases"]
[choices.status]
set = ["set"]
heard = ["heard"]
"""
ALL_KINDS = (*KINDS, HEARING)


@cache
def places() -> Gazetteer:
    return Gazetteer.load()


@cache
def words(language: str = "en") -> Words:
    return Words(language, Vocabulary.load({"hearing": WordList.parse(HEARING_WORDS)}), ZONE)


def context() -> Context:
    return Context(NOW, ZONE, "KZ", "en", places())


def entry(kind: Kind, values: Mapping[str, Value], number: int = 1, **others: object) -> Entry:
    """A new entry of what was said, as the desk would keep it."""
    record, problems = settle(kind, values, context())
    assert record is not None, problems
    ref = f"{kind.letter}-{number:04}"
    made = Entry(1, number, kind.name, ref, 1, record.values, record.said, 1001, 5, 6, NOW)
    return replace(made, **others)  # type: ignore[arg-type]


def flight(number: int = 1, **values: Value) -> Entry:
    """A flight; `from_` is its field `from`."""
    said = {
        "date": "2019-05-09",
        "from": "SY",
        "to": "aktau",
        **{name.rstrip("_"): one for name, one in values.items()},
    }
    return entry(FLIGHT, said, number)


def session(number: int = 1, **values: Value) -> Entry:
    return entry(SESSION, {"date": "2019-05-03", "site": "aktau", "type": "psychosocial", **values}, number)


def changed(before: Entry, **values: Value) -> Entry:
    """The entry after a correction."""
    return replace(before, revision=before.revision + 1, values={**before.values, **values})


def state(one: Entry, values: Values | None = None) -> State:
    return State(one.kind, one.ref, one.values if values is None else values, withdrawn=one.withdrawn is not None)
