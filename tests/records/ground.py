"""The desk these tests stand at: the team's country, its zone, and a clock that is set by hand."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from records.kind import Context, Kind, Values
from records.places import Gazetteer
from records.problem import Problem
from records.record import settle

ALMATY = ZoneInfo("Asia/Almaty")


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def context(now: str = "2019-06-10T12:00", country: str = "KZ", zone: ZoneInfo = ALMATY) -> Context:
    """A context at that hour of the team's wall clock."""
    return Context(datetime.fromisoformat(now).replace(tzinfo=zone), zone, country, "en", gazetteer())


def settled(kind: Kind, said: Values, at: Context | None = None) -> Values:
    """The values of a record that is right."""
    record, problems = settle(kind, said, at or context())
    assert not problems, problems
    assert record is not None
    return record.values


def refused(kind: Kind, said: Values, at: Context | None = None) -> dict[str, Problem]:
    """The problems of a record that isn't, by "field code"."""
    record, problems = settle(kind, said, at or context())
    assert record is None
    return {f"{one.field} {one.code}": one for one in problems}
