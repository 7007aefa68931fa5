"""People by numbers of the desk's own: what is sealed holds the number, and only this table knows whose it is.

Outside of this room a person is their Telegram id; one who was forgotten is their number below nothing: -7 was number 7.
"""

from collections.abc import Mapping
from typing import Final

from storage import members, teams
from storage.transaction import Tx

NOBODY: Final = 0
"""The desk itself."""

# A person's number.
NUMBER = "SELECT number FROM people WHERE team = :team AND who = :who"

# A person who does something for the first time.
ADD = "INSERT INTO people (team, number, who) VALUES (:team, :number, :who)"

# Who is known.
KNOWN = "SELECT number, who FROM people WHERE team = :team AND who IS NOT NULL"

# From now on nobody knows whose number that was.
FORGET = "UPDATE people SET who = NULL WHERE team = :team AND who = :who"

# What they posted is a number's now.
ENTRIES = "UPDATE entries SET who = :nobody WHERE team = :team AND who = :who"

# A private chat bears the id of the person in it; a message's number means nothing without the chat.
MESSAGES = "UPDATE entries SET chat = NULL, message = NULL WHERE team = :team AND chat = :who"

# Digests they set for groups.
SCHEDULES = "UPDATE schedules SET who = :nobody, state = 'off' WHERE team = :team AND who = :who"

# Digests on their way to the private chat.
LETTERS = "DELETE FROM letters WHERE schedule IN (SELECT id FROM schedules WHERE team = :team AND chat = :who)"

# What became of its digests.
DELIVERIES = "DELETE FROM deliveries WHERE team = :team AND chat = :who"

# Whom they invited.
INVITED = "UPDATE invitations SET who = :nobody WHERE team = :team AND who = :who"

# Which groups they tied to the team.
LINKED = "UPDATE linked SET who = :nobody WHERE team = :team AND who = :who"

# What admins were told of it.
ALARMS = "DELETE FROM alarms WHERE team = :team AND schedule IN (SELECT id FROM schedules WHERE team = :team AND chat = :who)"

# Its digests.
OWN_SCHEDULES = "DELETE FROM schedules WHERE team = :team AND chat = :who"

# What the desk answered there.
ANSWERS = "DELETE FROM answers WHERE team = :team AND chat = :who"

# What was typed into forms there.
TYPED = "DELETE FROM typed WHERE team = :team AND chat = :who"

# What was corrected there.
CORRECTIONS = "DELETE FROM corrections WHERE team = :team AND chat = :who"

# Their forms, wherever.
DRAFTS = "DELETE FROM drafts WHERE team = :team AND who = :who"

# Tables they sent.
IMPORTS = "DELETE FROM imports WHERE team = :team AND who = :who"

# The language chosen there.
TONGUES = "DELETE FROM tongues WHERE team = :team AND chat = :who"

# What they said that was set aside.
ASIDE = "DELETE FROM inbox WHERE lane = :who AND state = 'aside'"

GONE: Final = (
    MESSAGES,
    LETTERS,
    DELIVERIES,
    ALARMS,
    OWN_SCHEDULES,
    ANSWERS,
    TYPED,
    CORRECTIONS,
    DRAFTS,
    IMPORTS,
    TONGUES,
)
NOBODYS: Final = (SCHEDULES, INVITED, LINKED)


def number(tx: Tx, team: int, who: int) -> int:
    """The person's number, a new one if they have none; 0 for the desk itself, and that of one who was forgotten."""
    if who <= NOBODY:
        return -who
    if found := known_as(tx, team, who):
        return found
    new = teams.next_number(tx, team, "person")
    tx.run(ADD, team=team, number=new, who=who)
    return new


def known_as(tx: Tx, team: int, who: int) -> int:
    """The person's number; 0 for somebody who has done nothing that is known, or was forgotten since."""
    row = tx.one(NUMBER, team=team, who=who)
    return int(row["number"]) if row else NOBODY


def known(tx: Tx, team: int) -> Mapping[int, int]:
    """Whose each number is; those of people who were forgotten are missing."""
    return {row["number"]: row["who"] for row in tx.all(KNOWN, team=team)}


def forget(tx: Tx, team: int, who: int) -> int:
    """Nobody can tell any more what that person did: only that one person did it. How many entries were theirs."""
    nobody = -known_as(tx, team, who)
    posted = tx.run(ENTRIES, team=team, who=who, nobody=nobody)
    for sql in GONE:
        tx.run(sql, team=team, who=who)
    members.drop(tx, team, who)
    for sql in NOBODYS:
        tx.run(sql, team=team, who=who, nobody=nobody)
    tx.run(ASIDE, who=who)
    tx.run(FORGET, team=team, who=who)
    return posted
