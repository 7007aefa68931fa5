"""What was wrong with something a person typed, as data; the sentence for it belongs to the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from types import MappingProxyType

NOTHING: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, of a field or ("") of the whole message.

    `code` names the sentence `problem.<code>`, `read` is what was read, as typed, `expected` names the shape that would have fitted
    (`expected.<expected>`), `guesses` are words that were probably meant, best first, and `about` holds what else the
    sentence needs: sums, limits.
    """

    field: str
    code: str
    read: str = ""
    expected: str = ""
    guesses: tuple[str, ...] = ()
    about: Mapping[str, str | int] = made(default_factory=lambda: NOTHING)
