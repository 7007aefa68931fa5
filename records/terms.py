"""How long what is kept is kept, in days."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """Days after which the desk forgets by itself; the numbers of the config's `[retention]`."""

    drafts: int = 7
    """Forms half filled in, tables that wait to be stored, and what single messages told forms and corrections."""
    deliveries: int = 14
    """Digests that went out."""
    withdrawn: int = 30
    """Withdrawn entries, which are emptied then."""
    notes: int = 90
    """Notes, sources, reasons, carriers and aircraft of entries that nobody has changed since."""
    updates: int = 2
    """Updates of Telegram, those that were set aside too."""
    answers: int = 400
    """Which message of the desk shows which entry."""
    alarms: int = 90
    """Which chats the admins were told can't be reached."""
