"""What is written into a file is read again: every head, tag, place and choice, in every language."""

from datetime import UTC, datetime

import pytest

from records.atlas import LANGUAGES, shipped
from records.columns import (
    BESIDE,
    Beside,
    Tongue,
    cell,
    cells,
    columns,
    field_of_head,
    field_of_tag,
    is_beside,
    option_of,
)
from records.flight import FLIGHT
from records.kind import Choice, Kind, Place, Values
from records.kinds import KINDS
from records.places import Gazetteer
from records.sites import Called, Known, Own, gazetteer
from records.vocabulary import Vocabulary

WORDS = Vocabulary.load()
EACH = [(kind, language) for kind in KINDS for language in LANGUAGES]
OWN = gazetteer(
    Known(
        (
            Own("site-1", 'Centre "Umit", Karaganda', "KZ", "Asia/Almaty"),
            Own("site-2", "Рух – Дом (север)", "KZ", ""),
            Own("site-3", "Old house", "KZ", "", kept=False),
        ),
        (Called("Үміт орталығы", "site-1"), Called("Umitt", "site-1", merged=True)),
    )
)


def tongue(language: str, places: Gazetteer = OWN) -> Tongue:
    return Tongue(language, WORDS, places)


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_every_head_and_tag_stands_for_its_field_and_no_other(kind: Kind, language: str) -> None:
    made = columns(kind, tongue(language), beside=True)
    fields = [one for one in made if one.key in kind.by_name]
    assert [one.key for one in made] == [*kind.by_name, *BESIDE]
    assert [field_of_head(one.head, kind, WORDS) for one in fields] == list(kind.fields)
    assert [field_of_tag(one.hxl, kind) for one in fields] == list(kind.fields)
    assert len({one.hxl for one in made}) == len(made)
    for one in made[len(fields) :]:
        assert field_of_head(one.head, kind, WORDS) is None
        assert field_of_tag(one.hxl, kind) is None
        assert is_beside(one.head, WORDS)
        assert is_beside(one.hxl, WORDS)
    assert not any(is_beside(one.head, WORDS) or is_beside(one.hxl, WORDS) for one in fields)


def test_a_head_is_understood_however_it_is_written() -> None:
    for head in ("Women", " WOMEN ", "женщин", "النساء", "ladies"):
        assert field_of_head(head, FLIGHT, WORDS) is FLIGHT.field("women"), head
    assert field_of_head("handed_over", FLIGHT, WORDS) is None
    assert field_of_head("", FLIGHT, WORDS) is None
    assert field_of_tag("#affected +F +Adults", FLIGHT) is FLIGHT.field("women")
    assert field_of_tag("#affected+f", FLIGHT) is None


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_every_choice_reads_back(kind: Kind, language: str) -> None:
    for one in kind.fields:
        if isinstance(one.shape, Choice):
            more = kind.status_named if one.name == "status" else ()
            for option in {*one.shape.options, *more}:
                written = cell(one, option, tongue(language))
                assert option_of(str(written), one, kind, WORDS) == option
    assert option_of("held", FLIGHT.field("status"), FLIGHT, WORDS) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_reads_back(language: str) -> None:
    one = FLIGHT.field("from")
    assert isinstance(one.shape, Place)
    spoken = tongue(language)
    known = [key for key in shipped().fields if OWN.find_every(key) == (key,)]  # what a post can name
    for key in (*OWN.countries, *OWN.listed, *known):
        assert OWN.find_every(str(cell(one, key, spoken))) == (key,), key
    for key in OWN.countries:
        assert OWN.find_every(str(cell(FLIGHT.field("origin"), key, spoken)), countries=True) == (key,)


def test_places_nobody_knows_stand_as_they_were_typed() -> None:
    one = FLIGHT.field("site")
    assert cell(one, "~Sunrise centre", tongue("ru")) == "Sunrise centre"
    assert OWN.key("Sunrise centre") == "~Sunrise centre"
    assert cell(one, "~umitt", tongue("kk")) == "Үміт орталығы", "it has a name by now"
    assert cell(one, "site-3", tongue("en")) == "Old house", "one that was taken off the list"
    assert cell(one, "DXB", tongue("en")) == "Dubai", "the city is enough where it has but one"
    assert cell(one, "MDW", tongue("en")) == "MDW", "Chicago has several"


def test_cells_stand_below_their_heads() -> None:
    values: Values = {
        "date": "2019-05-09",
        "departs": "2019-05-08T23:30",
        "arrives": "05:15",
        "women": 0,
        "approx": True,
    }
    at = datetime(2019, 5, 9, 8, 30, tzinfo=UTC)
    made = columns(FLIGHT, tongue("en"), beside=True)
    row = cells(FLIGHT, "F-0001", values, tongue("en"), beside=Beside(at, at, question=True))
    said = {one.key: given for one, given in zip(made, row, strict=True) if given is not None}
    assert said == {
        "ref": "F-0001",
        "date": "2019-05-09",
        "departs": "2019-05-08 23:30",
        "arrives": "05:15",
        "women": 0,
        "approx": "approx",
        "recorded": "2019-05-09T08:30Z",
        "revised": "2019-05-09T08:30Z",
        "question": "in question",
    }
    assert (
        len(cells(FLIGHT, "F-0001", values, tongue("en"))) == len(columns(FLIGHT, tongue("en"))) == len(FLIGHT.fields)
    )
