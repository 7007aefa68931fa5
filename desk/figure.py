"""What another source says of the same people: kept with the entry, counted nowhere."""

from dataclasses import replace
from typing import Final

from desk.acts import Done, Refused, Teller
from records import people
from records.figures import COUNTS, counted, figures, with_figure
from records.kind import Kind, Values
from records.problem import Problem
from records.record import facts
from storage import entries, journal, teams
from storage.door import Tx

MOST: Final = 5
"""Other sources of one entry."""


def figure(tx: Tx, kind: Kind, entry_id: int, said: Values, teller: Teller) -> Done:
    """Keeps the counts of the source that `said` names; the same source again replaces what it said before."""
    seq = teams.begin(tx, teller.team)
    before = entries.by_id(tx, teller.team, entry_id)
    if before is None:
        raise Refused([Problem("", "not_found")])
    if before.emptied:
        raise Refused([Problem("", "is_emptied", before.ref)])
    source = str(said.get("source", ""))
    problems = _wrong(said)
    if source not in figures(before.values) and len(figures(before.values)) == MOST:
        problems.append(Problem("", "too_many_figures", about={"most": MOST}))
    if problems:
        raise Refused(problems)
    values = with_figure(before.values, source, counted(said))
    if values == before.values:
        return Done(before, before)
    after = replace(before, revision=before.revision + 1, values=values)
    entries.update(tx, after, facts(kind, after.values), teller.at)
    journal.append(tx, seq, teller.at, "figured", after, teller.who)
    return Done(after, before, "figured")


def _wrong(said: Values) -> list[Problem]:
    found = [Problem(name, "not_a_figure") for name in said if name not in {*counted(said), "source"}]
    if not any(name in said for name in COUNTS):
        found.append(Problem("people", "required"))
    if "source" not in said:
        found.append(Problem("source", "required"))
    return [*found, *people.problems(said)]
