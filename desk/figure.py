"""What another source says of the same people: kept with the entry, counted nowhere."""

from dataclasses import replace
from typing import Final

from desk.acts import Done, Refused, Teller, told_of
from records import people
from records.entry import Entry
from records.figures import COUNTS, counted, figures, with_figure, without_figure
from records.kind import Kind, Values
from records.problem import Problem
from records.record import facts
from storage import corrections, entries, journal, teams
from storage.door import Tx

MOST: Final = 5
"""Other sources of one entry."""


def figure(tx: Tx, kind: Kind, entry_id: int, said: Values, teller: Teller) -> Done:
    """Keeps the counts of the source that `said` names; the same source again replaces what it said before.

    A message that gave one before takes that back, whichever source it named.
    """
    seq = teams.begin(tx, teller.team)
    before = entries.by_id(tx, teller.team, entry_id)
    if before is None:
        raise Refused([Problem("", "not_found")])
    if before.emptied:
        raise Refused([Problem("", "is_emptied", before.ref)])
    source, others = str(said.get("source", "")), _others(tx, before, teller)
    problems = _wrong(said)
    if source not in figures(others) and len(figures(others)) == MOST:
        problems.append(Problem("", "too_many_figures", about={"most": MOST}))
    if problems:
        raise Refused(problems)
    values = with_figure(others, source, counted(said))
    if values == before.values:
        return Done(before, before)
    after = replace(before, revision=before.revision + 1, values=values)
    entries.update(tx, after, facts(kind, after.values), teller.at)
    journal.append(tx, seq, teller.at, "figured", after, teller.who)
    told_of(tx, entry_id, "figured", teller, {"source": source, **counted(said)}, figures(others).get(source, {}))
    return Done(after, before, "figured")


def _others(tx: Tx, entry: Entry, teller: Teller) -> Values:
    """The entry's values without the figure that this message gave before: as that source's was before it, if it was."""
    if teller.chat is None or teller.message is None:
        return entry.values
    earlier = corrections.by_message(tx, teller.team, teller.chat, teller.message)
    if earlier is None or (earlier.entry, earlier.act) != (entry.id, "figured"):
        return entry.values
    source, gave = str(earlier.said["source"]), {name: to for name, to in earlier.said.items() if name != "source"}
    if figures(entry.values).get(source) != gave:  # somebody else has told another one since
        return entry.values
    was = {name: to for name, to in earlier.was.items() if to is not None}
    return with_figure(entry.values, source, was) if was else without_figure(entry.values, source)


def _wrong(said: Values) -> list[Problem]:
    found = [Problem(name, "not_a_figure") for name in said if name not in {*counted(said), "source"}]
    if not any(name in said for name in COUNTS):
        found.append(Problem("people", "required"))
    if "source" not in said:
        found.append(Problem("source", "required"))
    return [*found, *people.problems(said)]
