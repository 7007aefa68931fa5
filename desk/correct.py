"""An entry put right: by command, by button, or by editing the message it came from."""

from dataclasses import replace

from desk.acts import Done, Refused, Stale, Teller
from desk.contest import contested, counts
from records.contest import marked
from records.entry import Entry
from records.kind import Changes, Context, Kind, Value, Values
from records.problem import Problem
from records.record import amend, facts
from storage import answers, corrections, doubts, entries, journal, teams
from storage.corrections import Correction
from storage.door import Tx


def difference(old: Values, new: Values) -> Changes:
    """What changed between two readings of a message: what one field's words became, None where they are gone."""
    gone: dict[str, Value | None] = {name: None for name in old if name not in new}
    return gone | {name: value for name, value in new.items() if old.get(name) != value}


def correct(
    tx: Tx, kind: Kind, entry_id: int, changes: Changes, context: Context, teller: Teller, revision: int | None = None
) -> Done:
    """Applies the changes; nothing else moves but what follows by arithmetic.

    A message that corrected the entry before corrects it by the difference only, and takes back what it no longer says.
    Stale if `revision` is given and is no longer the entry's; Refused with every problem, also for a withdrawn entry.
    """
    seq = teams.begin(tx, teller.team)
    before = _open(tx, teller.team, entry_id)
    if revision is not None and before.revision != revision:
        raise Stale(before)
    if teller.chat is None or teller.message is None:
        return _apply(tx, seq, kind, before, changes, before.said, context, teller)
    earlier = corrections.by_message(tx, teller.team, teller.chat, teller.message)
    if earlier is None or (earlier.entry, earlier.act) != (entry_id, "corrected"):
        earlier = Correction(entry_id, {}, {})
    anew = _anew(before, earlier, changes)
    if not anew and any(_now(before).get(name) != to for name, to in changes.items()):
        raise Refused([Problem("", "changed_since", before.ref)])
    done = _apply(tx, seq, kind, before, anew, before.said, context, teller)
    was = {**{name: _now(before).get(name) for name in changes}, **earlier.was}
    told = Correction(entry_id, changes, {name: was[name] for name in changes})
    corrections.keep(tx, teller.team, teller.chat, teller.message, told, teller.at)
    return done


def _anew(before: Entry, earlier: Correction, changes: Changes) -> Changes:
    """What an edited correction changes: what it says otherwise, and back again what it no longer says.

    What somebody else gave since stays; a word less about the status says nothing of another one.
    """
    now = _now(before)
    gone = (name for name in earlier.said if name not in changes and name != "status")
    back = {name: earlier.was[name] for name in gone if now.get(name) == earlier.said[name]}
    return back | {name: to for name, to in changes.items() if name not in earlier.said or earlier.said[name] != to}


def _now(entry: Entry) -> Changes:
    return {"ref": entry.ref, **entry.values}


def correct_from_message(tx: Tx, kind: Kind, entry_id: int, said: Values, context: Context, teller: Teller) -> Done:
    """Applies the difference between what the message said and what it says now; what others corrected meanwhile stays.

    A field that both changed stays theirs until the person is asked: it is `contested`, and the answer to the message is a
    question from now on, so that nobody's change draws a card over it.
    """
    seq = teams.begin(tx, teller.team)
    before = _open(tx, teller.team, entry_id)
    changes = dict(difference(_as_now(before.said, context), _as_now(said, context)))
    if changes.get("status", "") is None:  # a word less about the status says nothing of another one
        del changes["status"]
    lines = journal.history(tx, teller.team, entry_id)
    if "status" in changes and not contested(lines, before, {"status": changes["status"]}, teller.who):
        changes = {**counts(kind, said), **changes}  # what came, though the same number was expected
    theirs = contested(lines, before, changes, teller.who)
    rest = {name: value for name, value in changes.items() if name not in theirs}
    done = _apply(tx, seq, kind, before, rest, said, context, teller)
    if before.chat is not None and before.message is not None:
        answers.ask(tx, teller.team, before.chat, before.message, marked(kind, theirs) if theirs else "")
    return replace(done, contested=theirs)


def _as_now(said: Values, context: Context) -> Values:
    """What a message said, each place that nobody knew by what it stands for now: the same words are no other place."""
    return {name: context.places.standing(value) if isinstance(value, str) else value for name, value in said.items()}


def _open(tx: Tx, team: int, entry_id: int) -> Entry:
    entry = entries.by_id(tx, team, entry_id)
    if entry is None:
        raise Refused([Problem("", "not_found")])
    if entry.emptied:
        raise Refused([Problem("", "is_emptied", entry.ref)])
    if entry.withdrawn is not None:
        raise Refused([Problem("", "is_withdrawn", entry.ref)])
    return entry


def _apply(
    tx: Tx, seq: int, kind: Kind, before: Entry, changes: Changes, said: Values, context: Context, teller: Teller
) -> Done:
    rest = dict(changes)
    ref = str(rest.pop("ref", None) or before.ref)
    record, problems = amend(kind, before.values, rest, context)
    taken = entries.by_ref(tx, teller.team, ref)
    if taken is not None and taken.id != before.id:
        problems = [*problems, Problem("ref", "ref_taken", taken.ref)]
    if record is None or problems:
        raise Refused(problems)
    if record.values == before.values and ref == before.ref and said == before.said:
        return Done(before, before)
    after = replace(before, ref=ref, revision=before.revision + 1, values=record.values, said=said)
    entries.update(tx, after, facts(kind, after.values), teller.at)
    act = "reread" if after.values == before.values and ref == before.ref else "corrected"
    doubts.look_again(tx, kind, after, seq)
    journal.append(tx, seq, teller.at, act, after, teller.who)
    return Done(after, before)
