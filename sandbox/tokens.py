"""Bot tokens: their shape, the demo's own, and how to keep them out of logs."""

import re

TOKEN = "7000000001:SANDBOX-TOKEN-of-the-demo-desk-0001"  # noqa: S105 - it opens nothing but this sandbox
HIDDEN = "<token>"

_SHAPE = re.compile(r"([0-9]{1,15}):[A-Za-z0-9_-]{30,}")


def bot_id_of(token: str) -> int | None:
    """The bot's user id if the token has the right shape, else None."""
    match = _SHAPE.fullmatch(token)
    return int(match[1]) if match else None


def hide(text: str) -> str:
    """The text with everything that looks like a token taken out."""
    return _SHAPE.sub(HIDDEN, text) if ":" in text else text
