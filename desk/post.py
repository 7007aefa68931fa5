"""A new entry."""

from desk.acts import Done, Refused, Teller
from records.entry import Entry, Record
from records.kind import Kind
from records.problem import Problem
from records.record import facts
from storage import doubts, entries, journal, teams
from storage.door import Tx


def post(tx: Tx, kind: Kind, record: Record, teller: Teller) -> Done:
    """Keeps the record as a new entry; a message that was posted before gives its entry back. Refused if its reference is taken."""
    seq = teams.begin(tx, teller.team)
    if teller.chat is not None and teller.message is not None:
        posted = entries.by_message(tx, teller.team, teller.chat, teller.message)
        if posted is not None:
            return Done(posted, posted)
    values = dict(record.values)
    ref = str(values.pop("ref", "")) or entries.next_ref(tx, teller.team, kind)
    taken = entries.by_ref(tx, teller.team, ref)
    if taken is not None:
        raise Refused([Problem("ref", "ref_taken", taken.ref)])
    entry = Entry(
        team=teller.team,
        id=entries.next_id(tx, teller.team),
        kind=kind.name,
        ref=ref,
        revision=1,
        values=values,
        said=record.said,
        who=teller.who,
        chat=teller.chat,
        message=teller.message,
        recorded=teller.at,
    )
    entries.insert(tx, entry, facts(kind, values))
    like_others = doubts.look(tx, kind, entry, seq)
    journal.append(tx, seq, teller.at, "posted", entry, teller.who)
    return Done(entry, unlike=not like_others)
