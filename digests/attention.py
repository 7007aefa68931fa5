"""What needs someone: told once, until it changes or somebody asked to be reminded.

Nothing is kept of what was told. What was the matter with an entry when its readers were told last follows from how it stood
at their bookmark and which day that was.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digests.net import Story
from digests.sight import Eyes, Shown
from protection.small_numbers import MASKED
from records.digest import Concern
from records.entry import State
from records.kind import Kind
from storage.doubts import Pair

TWICE = "told_twice"
"""Said of an entry that may be another one again, until somebody decides."""


@dataclass(frozen=True, slots=True)
class Then:
    """How things stood when some readers were told last: up to which line, on which of their days, and each entry touched since."""

    told: int
    day: date
    touched: Mapping[int, Story]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry something is the matter with, and what was the matter with it when they were told last, if they saw it `before`."""

    state: State
    why: tuple[str, ...]
    before: State | None
    known: frozenset[str]

    def concern(self, shown: Shown, *, again: bool) -> Concern | None:
        """What is to be told of it through a filter, `again` if it was already; None for nothing."""
        if not shown(self.state):
            return None
        told = not again and self.before is not None and shown(self.before)
        why = tuple(code for code in self.why if not (told and code in self.known))
        return Concern(self.state, why) if why else None


def waiting(
    standing: Mapping[int, State], pairs: Sequence[Pair], then: Then, today: date, eyes: Eyes, kinds: Sequence[Kind]
) -> Iterator[Waiting]:
    """All that may need someone on that day, `standing` in the order it is told in, as far as these eyes may see it."""
    by_name = {kind.name: kind for kind in kinds}
    twice = {one.entry for one in pairs if _may_be_told((one.state, one.other_state), eyes, by_name)}
    twice_then = {one.entry for one in pairs if one.seq <= then.told and _may_be_told(_both(one, then), eyes, by_name)}
    for entry, state in standing.items():
        kind, now = by_name[state.kind], eyes.state(state)
        story = then.touched.get(entry)
        before = story.before if story else now
        why = (*kind.worries(now.values, today), *_doubted(entry, twice))
        known = (*kind.worries(before.values, then.day), *_doubted(entry, twice_then)) if before else ()
        if why:
            yield Waiting(now, why, before, frozenset(known))


def unheard(some: Iterable[Waiting]) -> Iterator[Waiting]:
    """Those that may be news to somebody: most stand as they stood, and were told to all who see them."""
    return (one for one in some if one.before is not one.state or not one.known.issuperset(one.why))


def _doubted(entry: int, some: Collection[int]) -> tuple[str, ...]:
    return (TWICE,) if entry in some else ()


def _both(pair: Pair, then: Then) -> tuple[State | None, State | None]:
    """How the two stood then."""
    return _at(pair.entry, pair.state, then), _at(pair.other, pair.other_state, then)


def _at(entry: int, now: State, then: Then) -> State | None:
    story = then.touched.get(entry)
    return story.before if story else now


def _may_be_told(both: Iterable[State | None], eyes: Eyes, kinds: Mapping[str, Kind]) -> bool:
    """Whether two that stand so may be named as one told twice: to a group not if it leads to a coming journey, like the other."""
    return all(
        one is not None
        and not one.withdrawn
        and (eyes.restricted or str(one.values["status"]) not in MASKED.veils(kinds[one.kind]))
        for one in both
    )
