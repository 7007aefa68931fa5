"""Forms half filled in: one for a person and a chat, forgotten some days after the last word."""

import json
from datetime import datetime

from records.form import Draft
from storage import teams
from storage.moments import moment, text
from storage.transaction import Row, Tx

# A person's form in a chat gives way to a new one.
MAKE_WAY = "DELETE FROM drafts WHERE team = :team AND chat = :chat AND who = :who"

# A new form.
ADD = """
INSERT INTO drafts (team, id, chat, who, kind, asked, body, field, revision, at)
VALUES (:team, :id, :chat, :who, :kind, :asked, :body, :field, :revision, :at)
"""

# A form's next revision.
UPDATE = """
UPDATE drafts SET body = :body, field = :field, revision = :revision, at = :at
WHERE team = :team AND id = :id AND revision = :revision - 1
"""

# One form.
BY_ID = "SELECT * FROM drafts WHERE team = :team AND id = :id"

# A person's form in a chat; one whose message was edited into a post meanwhile is over.
OF_PERSON = """
SELECT * FROM drafts WHERE team = :team AND chat = :chat AND who = :who AND NOT EXISTS (
  SELECT 1 FROM entries WHERE entries.chat = drafts.chat AND entries.message = drafts.asked
)
"""

# A form that is posted or given up.
DROP = "DELETE FROM drafts WHERE team = :team AND id = :id"

# Forms nobody has touched for long.
PRUNE = "DELETE FROM drafts WHERE at < :before"


def begin(tx: Tx, team: int, chat: int, who: int, kind: str, asked: int, at: datetime) -> Draft:
    """A person's new, empty form in a chat, in place of the one they had there."""
    tx.run(MAKE_WAY, team=team, chat=chat, who=who)
    draft = Draft(teams.next_number(tx, team, "draft"), chat, who, kind, asked, at, {})
    tx.run(ADD, chat=chat, who=who, kind=kind, asked=asked, **_state(team, draft))
    return draft


def update(tx: Tx, team: int, draft: Draft) -> bool:
    """Keeps a form's next revision; False if it is gone, or another one came before."""
    return tx.run(UPDATE, **_state(team, draft)) == 1


def by_id(tx: Tx, team: int, draft: int) -> Draft | None:
    """The form of that id; None once it was posted, given up, replaced or forgotten."""
    row = tx.one(BY_ID, team=team, id=draft)
    return read(row) if row else None


def of_person(tx: Tx, team: int, chat: int, who: int) -> Draft | None:
    """The form a person has in a chat."""
    row = tx.one(OF_PERSON, team=team, chat=chat, who=who)
    return read(row) if row else None


def drop(tx: Tx, team: int, draft: int) -> bool:
    """Forgets a form; False if it was gone already."""
    return tx.run(DROP, team=team, id=draft) == 1


def prune(tx: Tx, before: datetime) -> int:
    """Forgets the forms that were touched last before that moment; how many."""
    return tx.run(PRUNE, before=text(before))


def _state(team: int, draft: Draft) -> dict[str, str | int]:
    body = json.dumps(dict(draft.values), ensure_ascii=False)
    state: dict[str, str | int] = {"team": team, "id": draft.id, "field": draft.field, "revision": draft.revision}
    return {**state, "body": body, "at": text(draft.at)}


def read(row: Row) -> Draft:
    """A form from its row."""
    return Draft(
        id=row["id"],
        chat=row["chat"],
        who=row["who"],
        kind=row["kind"],
        asked=row["asked"],
        at=moment(row["at"]),
        values=json.loads(row["body"]),
        field=row["field"],
        revision=row["revision"],
    )
