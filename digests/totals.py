"""Totals through any number of filters, to date or by stretches, folded from one grouped read of each kind."""

from collections.abc import Iterable, Sequence
from datetime import date

from digests.sight import KIND
from protection.small_numbers import EXACT, Audience
from records.filters import Conditions, grouped
from records.kind import Kind
from records.question import Counted, Question, Totals, added
from storage import count
from storage.transaction import Tx

CITIZENS = "citizens"


class Sums:
    """A team's totals, told apart by every field that one of the filters names."""

    def __init__(
        self,
        tx: Tx,
        team: int,
        kinds: Sequence[Kind],
        filters: Iterable[Conditions],
        audience: Audience = EXACT,
        *,
        since: date | None = None,
        until: date | None = None,
        grains: tuple[str, ...] = (),
    ) -> None:
        """Reads each kind once, as the audience is told it; of some days only, and told apart by these stretches of time too."""
        fields = (name for one in filters for name, _ in one if name != KIND)
        self._names = tuple(dict.fromkeys((CITIZENS, *fields, *grains)))
        self._read = {
            kind.name: (
                (*apart(kind), *grains),
                count.count(tx, team, Question(kind.name, since, until, by=self._names), audience),
            )
            for kind in kinds
        }

    def through(self, wanted: Conditions) -> tuple[Counted, ...]:
        """The totals of each kind the filter lets through, those of several countries' citizens and of each stretch apart."""
        only = {value for name, value in wanted if name == KIND}
        fields = tuple(pair for pair in wanted if pair[0] != KIND)
        return tuple(
            self._folded(Question(kind, None, None, by=by, filters=fields), read)
            for kind, (by, read) in self._read.items()
            if not only or kind in only
        )

    def _folded(self, question: Question, read: Counted) -> Counted:
        at = {name: place for place, name in enumerate(self._names)}
        wanted = grouped(question.filters)
        found = [
            (key, totals)
            for key, totals in read.groups
            if all(key[at[name]] in values for name, values in wanted.items())
        ]
        groups: dict[tuple[str, ...], list[Totals]] = {}
        for key, totals in found:
            groups.setdefault(tuple(key[at[name]] for name in question.by), []).append(totals)
        apart_ = tuple((key, added(groups[key])) for key in sorted(groups)) if question.by else ()
        return Counted(question, added(totals for _, totals in found), apart_)


def apart(kind: Kind) -> tuple[str, ...]:
    """What totals of a kind are broken down by."""
    return (CITIZENS,) if CITIZENS in kind.by_name else ()
