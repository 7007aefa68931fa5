"""The net change of every entry between a bookmark and a cut, each state seen through the reader's eyes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digests.sight import Eyes, Shown
from protection.small_numbers import EXACT, Audience
from records.digest import Change, Movement
from records.entry import Facts, State
from records.kind import Kind
from records.people import CELLS
from records.record import changed, facts
from storage.changes import Step


@dataclass(slots=True)
class Story:
    """One entry between two moments: how it stood, how it stands, and how it stood between; the same for every filter."""

    before: State | None = None
    after: State | None = None
    since: list[State] = field(default_factory=list)
    """Every state after the first moment."""
    touched: bool = False
    reason: str = ""
    lost: bool = False
    """How it stood before was emptied."""
    gone: State | None = None
    """What is left of it, if its withdrawal was not told yet and it was emptied since."""


@dataclass(frozen=True, slots=True)
class Net:
    """All that changed for one group of readers."""

    new: tuple[Change, ...]
    corrected: tuple[Change, ...]
    withdrawn: tuple[Change, ...]
    taken_back: int
    movements: tuple[Movement, ...]


@dataclass(slots=True)
class _Moved:
    held: int = 0
    cells: dict[str, int] = field(default_factory=dict)
    by_country: dict[str, int] = field(default_factory=dict)
    approx: bool = False
    approx_of: set[str] = field(default_factory=set)

    def count(self, held: Facts, sign: int) -> None:
        """Adds what a state holds, or with a sign of -1 takes it away."""
        if not held.counted:
            return
        self.held += sign * held.stands_for
        self.approx |= held.approx
        for name, number in held.measures.items():
            self.cells[name] = self.cells.get(name, 0) + sign * number
        if country := held.columns.get("country"):
            people = sum(held.measures.get(name, 0) for name in CELLS)
            self.by_country[country] = self.by_country.get(country, 0) + sign * people
            if held.approx:
                self.approx_of.add(country)

    def movement(self, kind: str) -> Movement:
        """What moved; what came to nothing is left out."""
        cells, by_country = (
            {name: number for name, number in sums.items() if number} for sums in (self.cells, self.by_country)
        )
        return Movement(kind, self.held, cells, by_country, self.approx, frozenset(self.approx_of))


class Ledger:
    """What states hold that can be counted, as an audience is told it, worked out once for all of it who see them."""

    def __init__(self, kinds: Sequence[Kind], audience: Audience = EXACT) -> None:
        """Nothing is worked out yet."""
        self.audience = audience
        self.kinds: Mapping[str, Kind] = {kind.name: kind for kind in kinds}
        self._facts: dict[int, tuple[State, Facts]] = {}

    def facts(self, state: State) -> Facts:
        """What can be counted of it. The state is kept with it, or another might come by its id."""
        if id(state) not in self._facts:
            found = facts(self.kinds[state.kind], state.values)
            self._facts[id(state)] = (state, replace(found, measures=self.audience.told(found.measures, state.ref)))
        return self._facts[id(state)][1]


def stories(steps: Iterable[Step], since: int, eyes: Eyes) -> dict[int, Story]:
    """Each entry that was touched after `since`, folded from its steps.

    The steps are in the journal's order, and of each entry the last one up to `since` is there.
    """
    found: dict[int, Story] = {}
    for step in steps:
        story = found.setdefault(step.entry, Story())
        state = eyes.state(step.state) if step.state is not None else None
        if step.seq <= since:
            story.before, story.lost = state, state is None
            continue
        if story.lost and step.act == "blanked":  # it is as it was told, but for the words that were taken out
            story.before = state
        if story.lost and step.emptied is not None and step.gone > since:
            story.gone = step.emptied
        story.after, story.touched, story.reason = state, True, step.reason
        if state is not None:
            story.since.append(state)
    return {entry: story for entry, story in found.items() if story.touched}


def net(told: Iterable[Story], shown: Shown, ledger: Ledger) -> Net:
    """What the stories come to for readers of one filter; what moves a counted number comes first, then by kind, day and reference.

    Not shown to shown is new, restored or moved here; shown to shown corrected, if a field differs; shown to not shown
    withdrawn or moved away; neither, but shown between, posted and taken back.
    """
    changes: list[tuple[bool, Change]] = []
    taken_back = 0
    moved = {name: _Moved() for name in ledger.kinds}
    for story in told:
        was = story.before if story.before is not None and shown(story.before) else None
        now = story.after if story.after is not None and shown(story.after) else None
        if was is None and now is None:
            taken_back += any(shown(state) for state in story.since)
            if story.gone is not None:  # nobody knows any more which filters it was told through
                changes.append((True, Change("withdrawn", None, story.gone)))
            continue
        own = _Moved()
        for state, sign in ((was, -1), (now, 1)):
            if state is not None:
                moved[state.kind].count(ledger.facts(state), sign)
                own.count(ledger.facts(state), sign)
        if change := change_of(story, was, now, ledger.kinds):
            changes.append((own.movement(change.kind).nothing, change))
    order = {name: at for at, name in enumerate(ledger.kinds)}
    changes.sort(
        key=lambda one: (one[0], order[one[1].kind], str(one[1].after.values.get("date", "")), one[1].after.ref)
    )
    return Net(
        tuple(one for _, one in changes if one.what in {"new", "restored", "moved_in"}),
        tuple(one for _, one in changes if one.what == "corrected"),
        tuple(one for _, one in changes if one.what in {"withdrawn", "moved_out"}),
        taken_back,
        tuple(one.movement(name) for name, one in moved.items()),
    )


def change_of(story: Story, was: State | None, now: State | None, kinds: Mapping[str, Kind]) -> Change | None:
    """The change a story is told as, None if there is nothing to tell; `was` and `now` are its ends where they are shown."""
    if was is None and now is not None:
        if story.before is None:
            return Change("new", None, now)
        return Change("restored" if story.before.withdrawn else "moved_in", story.before, now)
    if was is None:
        return None
    if now is not None:
        names = changed(kinds[now.kind], was.values, now.values)
        return Change("corrected", was, now, names) if names or was.ref != now.ref else None
    if story.after is None:  # emptied meanwhile: only what was told of it is left to name it by
        return Change("withdrawn", was, replace(was, withdrawn=True), (), story.reason)
    return Change("withdrawn" if story.after.withdrawn else "moved_out", was, story.after, (), story.reason)
