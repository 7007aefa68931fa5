"""A form filled in step by step, and posted at last: each step is kept together with the redraw it owes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from desk.acts import Done, Teller
from desk.post import post
from records.entry import Record
from records.form import Draft
from records.kind import Kind
from storage import answers, drafts, inbox, teams
from storage.door import Tx

Route = Mapping[str, object]


def begin(tx: Tx, update: int, route: Route, kind: Kind, asked: int, teller: Teller) -> Draft:
    """Opens a form in answer to the message `asked`; the one this person had in that chat is over."""
    if teller.chat is None:
        raise ValueError("a form stands in a chat")
    teams.begin(tx, teller.team)
    draft = drafts.begin(tx, teller.team, teller.chat, teller.who, kind.name, asked, teller.at)
    _owe(tx, update, route, draft)
    return draft


def step(tx: Tx, update: int, route: Route, team: int, draft: Draft, at: datetime) -> Draft | None:
    """Keeps what a press or a typed answer made of a form, as its next revision; None if it is over meanwhile."""
    teams.begin(tx, team)
    after = replace(draft, revision=draft.revision + 1, at=at)
    _owe(tx, update, route, draft)
    return after if drafts.update(tx, team, after) else None


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
    shown = answers.of_message(tx, teller.team, draft.chat, draft.asked)
    if shown is not None:
        answers.keep(tx, teller.team, draft.chat, draft.asked, answer=shown, entry=done.entry.id)
    return done


def standing(tx: Tx, team: int, chat: int, who: int) -> tuple[Draft, int | None] | None:
    """The form a person has in a chat and the message that shows it; None if they have none."""
    draft = drafts.of_person(tx, team, chat, who)
    return (draft, answers.of_message(tx, team, chat, draft.asked)) if draft else None


def _owe(tx: Tx, update: int, route: Route, draft: Draft) -> None:
    inbox.owe(tx, update, {"draft": draft.id, "route": dict(route)})
