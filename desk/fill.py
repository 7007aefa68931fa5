"""A form filled in step by step, and posted at last: each step is kept together with the redraw it owes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desk.acts import Done, Teller
from desk.post import post
from records.entry import Entry, Record
from records.form import Draft
from records.kind import Kind
from storage import answers, drafts, entries, inbox, teams, typed
from storage.door import Tx
from storage.typed import Typed

Route = Mapping[str, object]


def begin(tx: Tx, update: int, route: Route, kind: Kind, asked: int, teller: Teller) -> Draft:
    """Opens a form in answer to the message `asked`; the one this person had in that chat is over."""
    if teller.chat is None:
        raise ValueError("a form stands in a chat")
    teams.begin(tx, teller.team)
    draft = drafts.begin(tx, teller.team, teller.chat, teller.who, kind.name, asked, teller.at)
    _owe(tx, update, route, draft)
    return draft


def step(
    tx: Tx,
    update: int,
    route: Route,
    team: int,
    draft: Draft,
    at: datetime,
    told: tuple[int, Typed] | None = None,
) -> Draft | None:
    """Keeps what a press or a typed answer made of a form, as its next revision; None if it is over meanwhile.

    `told` is the message that was typed, and what it told.
    """
    teams.begin(tx, team)
    after = replace(draft, revision=draft.revision + 1, at=at)
    _owe(tx, update, route, draft)
    if not drafts.update(tx, team, after):
        return None
    if told is not None:
        typed.keep(tx, team, draft.chat, *told, at)
    return after


def cancel(tx: Tx, update: int, route: Route, team: int, draft: Draft) -> None:
    """Gives a form up; nothing of it is kept."""
    teams.begin(tx, team)
    drafts.drop(tx, team, draft.id)
    _owe(tx, update, route, draft)


def confirm(tx: Tx, kind: Kind, record: Record, draft: Draft, teller: Teller) -> Done:
    """Posts the record as what the form's opening message tells; the form's message is the entry's card from now on.

    That message itself said nothing, so that editing it later takes nothing away.
    """
    done = post(tx, kind, replace(record, said={}), teller)
    drafts.drop(tx, teller.team, draft.id)
    typed.posted(tx, teller.team, draft.id, done.entry.id)
    shown = answers.of_message(tx, teller.team, draft.chat, draft.asked)
    if shown is not None:
        answers.keep(tx, teller.team, draft.chat, draft.asked, answer=shown, entry=done.entry.id, at=teller.at)
    return done


def standing(tx: Tx, team: int, chat: int, who: int) -> tuple[Draft, int | None] | None:
    """The form a person has in a chat and the message that shows it; None if they have none."""
    draft = drafts.of_person(tx, team, chat, who)
    return (draft, answers.of_message(tx, team, chat, draft.asked)) if draft else None


@dataclass(frozen=True, slots=True)
class Told:
    """What an edited message had told a form: the form if it is still open, else the entry that it became, else neither."""

    typed: Typed
    draft: Draft | None
    entry: Entry | None


def told(tx: Tx, team: int, chat: int, message: int) -> Told | None:
    """What a message that is edited now told a form; None if it told none."""
    found = typed.by_message(tx, team, chat, message)
    if found is None:
        return None
    entry = entries.by_id(tx, team, found.entry) if found.entry is not None else None
    return Told(found, drafts.by_id(tx, team, found.draft), entry)


def _owe(tx: Tx, update: int, route: Route, draft: Draft) -> None:
    inbox.owe(tx, update, {"draft": draft.id, "route": dict(route)})
