"""A kind nobody built into the house: one file, its words, and it is posted, counted and told."""

from datetime import date, timedelta
from pathlib import Path

from records.fields import people_fields
from records.kind import Context, Count, Day, Field, Kind, Place, Status, Text, Values
from records.kinds import KINDS
from records.vocabulary import Vocabulary, WordList
from tests.house import AIGUL, talking

WORDS = WordList.parse(
    """
language = "en"
[kinds.hearing]
words = ["court hearing", "hearing", "hearings"]
count = { one = "{n} hearing", other = "{n} hearings" }
people = { one = "{n} person heard", other = "{n} people heard" }
[fields]
court = ["court", "courthouse"]
matter = ["matter"]
[choices.status]
adjourned = ["adjourned"]
"""
)


def status_for(values: Values, context: Context) -> str:
    """Past ones were held."""
    return "held" if date.fromisoformat(str(values["date"])) < context.today else "planned"


HEARING = Kind(
    name="hearing",
    letter="H",
    fields=(
        Field("ref", Text(32)),
        Field("date", Day(), required=True),
        Field("court", Place(), column="site", required=True),
        Field("matter", Text(60)),
        *people_fields(),
        Field("expected", Count(9_999)),
    ),
    statuses=(
        Status("planned", coming=True, buttons=("held", "adjourned")),
        Status("held", counts=True),
        Status("adjourned"),
    ),
    headline=("court", "matter"),
    status_for=status_for,
    concerns={"past_day": lambda values: date.fromisoformat(str(values["date"])) + timedelta(days=1)},
)


async def test_a_made_up_third_kind_is_posted_counted_and_told(tmp_path: Path) -> None:
    vocabulary = Vocabulary.load({"hearing": WORDS})
    async with talking(tmp_path, kinds=(*KINDS, HEARING), vocabulary=vocabulary) as talk:
        card = await talk.says("/hearing 01.03.2026 court Aktau matter guardianship women 3 children 5")
        assert "H-0001" in card.text
        assert "guardianship" in card.text
        assert "8" in (await talk.says("/stats hearings all")).text
        assert "H-0001" in (await talk.says("/list hearings")).text
        assert "H-0001" in (await talk.says("/digest now")).text
        planned = await talk.says("/hearing tomorrow court Aktau expected 2")
        _, held = await talk.presses(planned, "Adjourned", AIGUL)
        assert "djourned" in held.text
        assert "hearing" in (await talk.says("/help")).text
