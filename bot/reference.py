"""Names for failures: what the chat is told, the log holds and the admins look up."""

import secrets

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LETTERS = 6


def new_reference() -> str:
    """Six letters that are read out without confusion (no I, no O)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
