"""What a digest says: everything recorded since a bookmark, what is coming, what needs someone, and the totals to date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digests.net import net
from digests.sight import Eyes, shown_by
from records.digest import Concern, Digest
from records.entry import State
from records.filters import conditions
from records.kind import Kind
from records.question import Counted, Question
from records.record import kind_named
from storage import changes, count, doubts, journal
from storage.transaction import Tx

CITIZENS = "citizens"


@dataclass(frozen=True, slots=True)
class Readers:
    """What a digest depends on beside the team and the moment: everyone alike in it gets the same page.

    `told` is their bookmark and `told_at` its moment; `mornings` are the days whose hour is told of.
    """

    filter: str
    language: str
    zone: str
    restricted: bool
    told: int
    told_at: datetime
    mornings: tuple[date, ...]


class Telling:
    """One team's digests, all cut at one moment: what they share is read once."""

    def __init__(self, tx: Tx, team: int, kinds: Sequence[Kind], now: datetime, told: int) -> None:
        """`told` is the earliest bookmark among the readers. To be used within one reading transaction."""
        self.tx, self.team, self.kinds, self.now = tx, team, kinds, now
        self.until, self.hash = journal.head(tx, team)
        self._steps = changes.steps(tx, team, told, self.until)
        self._coming: dict[date, tuple[State, ...]] = {}
        self._attention: dict[date, tuple[State, ...]] = {}
        self._twice = tuple(doubts.undecided(tx, team))
        self._totals: dict[tuple[tuple[str, str], ...], tuple[Counted, ...]] = {}

    def digest(self, readers: Readers, *, preview: bool = False) -> Digest:
        """The digest for these readers."""
        today = self.now.astimezone(ZoneInfo(readers.zone)).date()
        shown, eyes = shown_by(readers.filter), Eyes(self.kinds, restricted=readers.restricted)
        told = net(self._steps, readers.told, shown, eyes, self.kinds)
        attention = (Concern(eyes.state(one), self._why(one, today)) for one in self.attention(today) if shown(one))
        return Digest(
            language=readers.language,
            zone=readers.zone,
            since=min(readers.told_at, self.now),
            until=self.now,
            mornings=readers.mornings,
            movements=tuple(one for one in told.movements if not one.nothing),
            new=told.new,
            corrected=told.corrected,
            withdrawn=told.withdrawn,
            taken_back=told.taken_back,
            coming=tuple(eyes.state(one) for one in self.coming(today) if shown(one)),
            attention=tuple(one for one in attention if one.why),
            totals=tuple(eyes.counted(one) for one in self.totals(readers.filter)),
            seq=self.until,
            hash=self.hash[:12],
            preview=preview,
            restricted=readers.restricted,
            filter=readers.filter,
        )

    def coming(self, today: date) -> tuple[State, ...]:
        """What is still to come, of each kind as many days ahead as it says."""
        if today not in self._coming:
            self._coming[today] = tuple(
                state
                for kind in self.kinds
                for state in changes.coming(self.tx, self.team, kind.name, today, today + timedelta(days=kind.ahead))
                if kind.status(state.values).coming
            )
        return self._coming[today]

    def attention(self, today: date) -> tuple[State, ...]:
        """What may need someone, in the register's order."""
        if today not in self._attention:
            order = {kind.name: at for at, kind in enumerate(self.kinds)}
            waiting = changes.attention(self.tx, self.team, today)
            known = {one.ref for one in waiting}
            waiting += [one for one in self._twice if one.ref not in known]
            self._attention[today] = tuple(sorted(waiting, key=lambda one: order[one.kind]))
        return self._attention[today]

    def totals(self, filter_: str) -> tuple[Counted, ...]:
        """The totals to date of each kind the filter lets through, those of several countries' citizens apart."""
        wanted = conditions(filter_)
        if wanted not in self._totals:
            only = dict(wanted).get("kind")
            fields = tuple(pair for pair in wanted if pair[0] != "kind")
            self._totals[wanted] = tuple(
                count.count(self.tx, self.team, Question(kind.name, None, None, by=apart(kind), filters=fields))
                for kind in self.kinds
                if only in {None, kind.name}
            )
        return self._totals[wanted]

    def _why(self, state: State, today: date) -> tuple[str, ...]:
        twice = any(one.ref == state.ref for one in self._twice)
        return (*kind_named(self.kinds, state.kind).concerns(state.values, today), *(("told_twice",) if twice else ()))


def apart(kind: Kind) -> tuple[str, ...]:
    """What totals of a kind are broken down by."""
    return (CITIZENS,) if CITIZENS in kind.by_name else ()
