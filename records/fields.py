"""Fields that kinds share: the counts of people, and where and by whom something was told."""

from records.kind import Code, Context, Count, Country, Field, Flag, Text, Values
from records.problem import Problem

_ADULT = "#affected+adults"
_CHILD = "#affected+children"


def people_fields(most: int = 9_999) -> tuple[Field, ...]:
    """The counts of people, `most` of each, in the order they are told."""
    tags = {
        "people": "#affected",
        "adults": _ADULT,
        "men": f"{_ADULT}+m",
        "women": f"{_ADULT}+f",
        "children": _CHILD,
        "boys": f"{_CHILD}+m",
        "girls": f"{_CHILD}+f",
        "unaccompanied": f"{_CHILD}+unaccompanied",
        "separated": f"{_CHILD}+separated",
        "orphans": f"{_CHILD}+orphans",
        "medical": "#affected+medical",
        "disability": "#affected+disabled",
        "pregnant": "#affected+pregnant",
        "justice": f"{_ADULT}+justice",
    }
    counts = (Field(name, Count(most), hxl=tag, restricted=name == "justice") for name, tag in tags.items())
    return (*counts, Field("approx", Flag(), hxl="#meta+approx"))


REF = Field("ref", Code(32, keep_case=True), hxl="#meta+id")
CITIZENS = Field("citizens", Country(), column="country", hxl="#country+citizens")
OPERATION = Field("operation", Code(), column="operation", hxl="#operations")
SOURCE = Field("source", Text(200, line=True), hxl="#meta+source")
NOTE = Field("note", Text(500, line=True), hxl="#description+note")


def with_citizens(values: Values, context: Context) -> Values:
    """The values, with the team's country where nobody says (any more) whose citizens it was: somebody's they always are."""
    return {"citizens": context.country, **values}


def other_day(values: Values, moment: str) -> list[Problem]:
    """A time that names a day of its own, and another one than the record's."""
    day, apart, _ = str(values.get(moment, "")).rpartition("T")
    if not apart or "date" not in values or day == values["date"]:
        return []
    return [Problem(moment, "other_day", str(values[moment]), about={"date": str(values["date"])})]
