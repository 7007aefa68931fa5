"""What a digest says: everything recorded since a bookmark, what is coming, what needs someone, and the totals to date."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from digests.attention import Then, Waiting, unheard, waiting
from digests.charts import chart, sums
from digests.net import Ledger, Story, net, stories
from digests.sight import Eyes, shown_by
from digests.totals import Sums
from protection.small_numbers import EXACT, MASKED, Audience
from records.digest import Chart, Digest
from records.entry import State
from records.filters import Conditions, conditions
from records.kind import Kind
from records.question import Counted
from records.sites import meant
from storage import chain, changes, doubts, sites
from storage.transaction import Tx


@dataclass(frozen=True, slots=True)
class Readers:
    """What a digest depends on beside the team and the moment: everyone alike in it gets the same page.

    `told` is their bookmark and `told_at` its moment; `mornings` are the days whose hour is told of; `remind` if what needs
    someone is told though it was told before; `charted` is the grain of the chart they wish (`digests.charts`).
    """

    filter: str
    language: str
    zone: str
    restricted: bool
    told: int
    told_at: datetime
    mornings: tuple[date, ...]
    remind: bool = False
    charted: str = ""


class Telling:
    """One team's digests, all cut at one moment: what they share is read and worked out once."""

    def __init__(
        self,
        tx: Tx,
        team: int,
        kinds: Sequence[Kind],
        now: datetime,
        readers: Collection[Readers],
        groups: Audience = MASKED,
    ) -> None:
        """`readers` are all that will be told, `groups` who those in groups are. To be used within one reading transaction."""
        self.tx, self.team, self.kinds, self.now = tx, team, kinds, now
        self.until, self.hash = chain.head(tx, team)
        self._steps = changes.steps(tx, team, min(one.told for one in readers), self.until)
        self._pairs = doubts.undecided(tx, team)
        self._names = sites.meanings(tx, team)
        self._audiences = audiences = {True: EXACT, False: groups}
        self._filters = filters = [self._conditions(one.filter) for one in readers]
        self._sums = {
            restricted: Sums(tx, team, kinds, filters, audiences[restricted])
            for restricted in {one.restricted for one in readers}
        }
        self._ledgers = {restricted: Ledger(kinds, audience) for restricted, audience in audiences.items()}
        self._eyes = {restricted: Eyes(kinds, restricted=restricted) for restricted in (True, False)}
        self._made, self._stories, self._through = cache(self._make), cache(self._fold), cache(self._total)
        self._drawn_from = cache(self._read_for_charts)
        self._coming, self._standing = cache(self._look_ahead), cache(self._look_around)
        self._waiting, self._unheard = cache(self._worry), cache(self._worry_anew)

    def digest(self, readers: Readers, *, preview: bool = False) -> Digest:
        """The digest for these readers; but for the language it is made once."""
        return replace(self._made(replace(readers, language="")), language=readers.language, preview=preview)

    def _make(self, readers: Readers) -> Digest:
        today, then = (self._day(moment, readers.zone) for moment in (self.now, readers.told_at))
        shown, eyes = shown_by(readers.filter, self._names), self._eyes[readers.restricted]
        told = net(self._stories(readers.told, eyes).values(), shown, self._ledgers[readers.restricted])
        waiting = (self._waiting if readers.remind else self._unheard)(readers.told, then, today, eyes)
        concerns = (one.concern(shown, again=readers.remind) for one in waiting)
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
            coming=tuple(eyes.state(one) for one in self._coming(today) if shown(one)),
            attention=tuple(one for one in concerns if one is not None),
            totals=tuple(eyes.counted(one) for one in self._through(readers.filter, readers.restricted)),
            seq=self.until,
            hash=self.hash[:12],
            restricted=readers.restricted,
            filter=readers.filter,
            chart=self._chart(readers, today) if readers.charted else None,
        )

    def _chart(self, readers: Readers, today: date) -> Chart | None:
        read, audience = (
            self._drawn_from(readers.charted, today, readers.restricted),
            self._audiences[readers.restricted],
        )
        return chart(read, self._conditions(readers.filter), readers.charted, today, audience)

    def _read_for_charts(self, grain: str, today: date, restricted: bool) -> Sums:
        audience = self._audiences[restricted]
        return sums(self.tx, self.team, self.kinds, self._filters, grain, today, audience)

    def _conditions(self, filter_: str) -> Conditions:
        """The conditions of a filter, each place by the key it stands for now."""
        return tuple((name, meant(value, self._names)) for name, value in conditions(filter_))

    def _fold(self, told: int, eyes: Eyes) -> dict[int, Story]:
        """What became of each entry since a bookmark."""
        return stories(self._steps, told, eyes)

    def _total(self, filter_: str, restricted: bool) -> tuple[Counted, ...]:
        """The totals to date through a filter."""
        return self._sums[restricted].through(self._conditions(filter_))

    def _look_ahead(self, today: date) -> tuple[State, ...]:
        """What is still to come, of each kind as many days ahead as it says."""
        return tuple(
            state
            for kind in self.kinds
            for state in changes.coming(self.tx, self.team, kind.name, today, today + timedelta(days=kind.ahead))
            if kind.status(state.values).coming
        )

    def _look_around(self, today: date) -> dict[int, State]:
        """All that may need someone as it stands, in the register's order."""
        order = {kind.name: at for at, kind in enumerate(self.kinds)}
        found = changes.attention(self.tx, self.team, today)
        for pair in self._pairs:
            found.setdefault(pair.entry, pair.state)
        return dict(sorted(found.items(), key=lambda one: order[one[1].kind]))

    def _worry(self, told: int, then: date, today: date, eyes: Eyes) -> tuple[Waiting, ...]:
        """All that needs someone, and what of it was told by the bookmark."""
        known = Then(told, then, self._stories(told, eyes))
        return tuple(waiting(self._standing(today), self._pairs, known, today, eyes, self.kinds))

    def _worry_anew(self, told: int, then: date, today: date, eyes: Eyes) -> tuple[Waiting, ...]:
        """Of those the few that may be news to somebody."""
        return tuple(unheard(self._waiting(told, then, today, eyes)))

    @staticmethod
    def _day(moment: datetime, zone: str) -> date:
        return moment.astimezone(ZoneInfo(zone)).date()
