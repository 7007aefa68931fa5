"""A digest's totals to date, each with how it moved since the digest before."""

from collections.abc import Iterator, Mapping

from protection.small_numbers import Audience
from records.digest import Digest, Movement
from records.kind import Kind
from records.places import Gazetteer
from records.question import Counted, Totals
from render import counts, html, signs
from render.catalogue import Words
from render.countries import CITIZENS, by_country, foremost, told_apart
from render.html import Html
from render.values import value

NOTHING = Html()


def totals(
    digest: Digest,
    kinds: Mapping[str, Kind],
    words: Words,
    places: Gazetteer,
    audience: Audience,
    country: str,
) -> tuple[Html, ...]:
    """A line for each kind, several countries' people apart: 12 flights (+2) · 902 people returned (+231).

    A masked audience gets every total rounded on its own and no change: of a rounded total it would give away the rest.
    """
    moved = {} if audience.masked else {one.kind: one for one in digest.movements}
    teller = _Teller(kinds, words, places, audience, country)
    return tuple(
        line
        for one in digest.totals
        if one.total.entries or one.total.cells
        for line in teller.lines(one, moved.get(one.question.kind, Movement(one.question.kind, 0, {})))
    )


class _Teller:
    """All that totals are told with."""

    def __init__(
        self, kinds: Mapping[str, Kind], words: Words, places: Gazetteer, audience: Audience, country: str
    ) -> None:
        self.kinds, self.words, self.places, self.audience, self.country = kinds, words, places, audience, country

    def lines(self, counted: Counted, moved: Movement) -> Iterator[Html]:
        """One kind's totals."""
        name, total = counted.question.kind, counted.total
        many = self.words.entries(name, total.cells.get("sessions", total.held))
        change = self.words.signed(moved.held) if moved.held else NOTHING
        head = html.join(" ", (signs.of_kind(name), self._with(many, change)))
        groups = {key: sums for key, sums in by_country(counted).items() if counts.total(sums.cells)}
        if not told_apart(groups, self.country, counted.question):
            yield html.join(" · ", (head, self._people(total, moved, counts.total(moved.cells), approx=moved.approx)))
            return
        yield head
        sizes = {key: self.audience.shown(counts.total(sums.cells)).number for key, sums in groups.items()}
        named, left = foremost(sizes, self.country)
        for key in named:
            of = value(self.kinds[name].field(CITIZENS), key, self.words, self.places)
            people = self._people(groups[key], moved, moved.by_country.get(key, 0), approx=key in moved.approx_of)
            yield self.words.say("card.field", name=of, value=people)
        if left:
            yield self.words.say_n("digest.more_countries", left)

    def _people(self, total: Totals, moved: Movement, people: int, *, approx: bool) -> Html:
        change = counts.movement(people, self.words, self.audience, approx=approx) if people else NOTHING
        return self._with(counts.tally(moved.kind, total, self.words, self.audience), change)

    def _with(self, said: Html, change: Html) -> Html:
        return self.words.say("digest.moved", total=said, change=change) if change else said
