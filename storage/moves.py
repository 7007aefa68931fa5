"""A chat's ways: a group that goes on under another id, a chat that can be written to again.

What belongs to the chat goes along. What is known by a message's number doesn't: a supergroup numbers its messages anew, so that
an old number under the new id would be somebody else's message; and nobody can edit or answer the old ones any more.
"""

from storage import deliveries, schedules
from storage.transaction import Tx

# The language the group was spoken to in, unless it has chosen one since.
TONGUE = """
INSERT INTO tongues (team, chat, language) SELECT team, :new, language FROM tongues WHERE chat = :old
ON CONFLICT (team, chat) DO NOTHING
"""

# It is the team's as it was.
LINK = """
INSERT INTO linked (team, chat, who, at) SELECT team, :new, who, at FROM linked WHERE chat = :old
ON CONFLICT (team, chat) DO NOTHING
"""

# Digests that were paused because the chat couldn't be written to go on; that of a topic only if it is that topic's.
RESUME = """
UPDATE schedules SET state = 'on', reason = ''
WHERE team = :team AND chat = :chat AND state = 'paused' AND reason <> 'no_right' AND (reason <> 'topic' OR thread = :thread)
"""

# Digests that were paused because whoever set them had no right to them, or their group none to its team's.
REGAIN = """
UPDATE schedules SET state = 'on', reason = ''
WHERE team = :team AND state = 'paused' AND reason = 'no_right' AND (chat = :one OR who = :one)
"""


def move(tx: Tx, old: int, new: int) -> None:
    """The group goes on under its new id: its digests with what waits, its language and its team. Again changes nothing."""
    schedules.new_chat(tx, old, new)
    deliveries.new_chat(tx, old, new)
    tx.run(TONGUE, old=old, new=new)
    tx.run(LINK, old=old, new=new)


def resume(tx: Tx, team: int, chat: int, thread: int = 0) -> int:
    """The chat can be written to again; how many digests go on, each from where it was."""
    return tx.run(RESUME, team=team, chat=chat, thread=thread)


def regain(tx: Tx, team: int, one: int) -> int:
    """That group, or that person, has rights again; how many digests go on. Rights are looked at before each send as ever."""
    return tx.run(REGAIN, team=team, one=one)
