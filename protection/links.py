"""What an invitation's link holds: whoever has it gets in, so that nothing but its hash is ever kept, not even in the inbox."""

import hashlib
import re
import secrets
from hmac import compare_digest
from typing import Final

BYTES: Final = 24
SEALED: Final = re.compile(r"/start [0-9a-f]{64}")
"""What is left of following a link: nothing that anybody wrote, whatever number its digits may look like."""
_START: Final = re.compile(r"\s*/start(?:@\w+)?[ \t]+(\S+)\s*", re.IGNORECASE)


def made() -> str:
    """A new token, such as nobody guesses; it fits into a link to a bot."""
    return secrets.token_urlsafe(BYTES)


def sealed(token: str) -> str:
    """The hash it is known by; a token of that length needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two hashes are one; how long that takes tells nothing."""
    return compare_digest(one.encode(), other.encode())


def without_token(text: str) -> str:
    """What was said, with the hash in place of the token of a link that was followed; other texts as they are."""
    found = _START.fullmatch(text)
    return f"/start {sealed(found[1])}" if found else text
