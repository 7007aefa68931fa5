"""What every act shares: who asks for it, how it is refused, and how its answer becomes owed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Concatenate, Final, ParamSpec

from records.entry import Entry
from records.kind import Changes
from records.problem import Problem
from storage import corrections, inbox
from storage.corrections import Correction
from storage.door import Tx

P = ParamSpec("P")
NOTHING: Final[Changes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells the desk something, at what moment and from where; `chat` and `message` are None for the shell."""

    team: int
    who: int
    at: datetime
    chat: int | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What an act left: the entry as it is now, and as it was (None for a new one, the same when nothing changed).

    `act` is what the journal calls it, where the card says so. `contested` are fields that somebody else changed meanwhile:
    they stay as they are until the person is asked. `unlike` says that the entry is known to be like no other.
    """

    entry: Entry
    before: Entry | None = None
    act: str = ""
    contested: tuple[str, ...] = ()
    unlike: bool = False

    @property
    def changed(self) -> bool:
        """Whether it is a revision of something told before."""
        return self.before is not None and self.before.revision != self.entry.revision


class Refused(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """The act can't be done as it was said; `problems` are all the reasons, and nothing was stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(one.code for one in problems))
        self.problems = tuple(problems)


class Stale(Exception):  # noqa: N818 - an answer to the person, not an error of ours
    """The entry has moved on since the button was shown; `entry` is how it stands now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.ref} is at revision {entry.revision}")
        self.entry = entry


def told_of(tx: Tx, entry_id: int, act: str, teller: Teller, said: Changes = NOTHING, was: Changes = NOTHING) -> None:
    """Keeps what a message did to the entry, so that editing it is held against that; the shell and a button sent none."""
    if teller.chat is not None and teller.message is not None:
        what = Correction(entry_id, said, was, act)
        corrections.keep(tx, teller.team, teller.chat, teller.message, what, teller.at)


def owing(
    tx: Tx,
    update: int,
    route: Mapping[str, object],
    held: Callable[[Tx, Done], None],
    act: Callable[Concatenate[Tx, P], Done],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Done:
    """Does the act and marks its update as owed an answer by that route, both or neither.

    A crash in between then repeats the answer, never the act. `held` looks at what was done and raises if it may not be.
    """
    done = act(tx, *args, **kwargs)
    held(tx, done)
    owed = {"entry": done.entry.id, "changed": done.changed, "contested": done.contested, "route": dict(route)}
    inbox.owe(tx, update, owed)
    return done
