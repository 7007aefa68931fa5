"""A digest in one message, or two: what changed, what is coming, what needs someone, and the totals to date."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from protection.small_numbers import Audience
from records.digest import Change, Concern, Digest, Movement
from records.entry import State
from records.kind import Count, Kind
from records.places import Gazetteer
from records.question import Counted, Totals
from render import counts, html, signs
from render.catalogue import Words, capital
from render.countries import CITIZENS, by_country, home_first, told_apart
from render.html import Html
from render.lines import line, title, veiled
from render.narrowed import of_filter
from render.values import before_after, day_of, value

MOST_ITEMS = 12
"""Entries a section tells before it says how many more there are: a message, not a wall of text."""
MOST_FIELDS = 6
MOST_MORNINGS = 7
MOST_SAID = 40
MOST_REASON = 120
MOST_PAGES = 2
VEILED = ("date", "status")
"""What is told of a journey that is to be known by its day and number only, beside its counts."""

T = TypeVar("T")
Block: TypeAlias = tuple[Html, ...]
"""Lines that belong together; the first one is their heading."""


def pages(
    digest: Digest, kinds: Sequence[Kind], words: Words, places: Gazetteer, audience: Audience, *, country: str = ""
) -> tuple[Html, ...]:
    """The digest as one message, or two; each leaves room for the line `letter.marked` in front of it.

    `country` is the team's, told first where totals are by citizens.
    """
    teller = _Teller(digest, {one.name: one for one in kinds}, words, places, audience, country)
    top, sections, end = teller.top(), [one for one in teller.sections() if one.of], tuple(teller.end())
    laid: list[Html] = []
    for most in range(MOST_ITEMS, -1, -1):
        laid = _laid_out((top, *(one.cut(most, words) for one in sections), *end), words)
        if len(laid) <= MOST_PAGES:
            break
    return tuple(laid[:MOST_PAGES])


@dataclass(frozen=True)
class _Section:
    """A heading and its first items, of which there are `of` in all."""

    heading: Html
    items: tuple[Html, ...]
    of: int

    def cut(self, most: int, words: Words) -> Block:
        """With that many items at most, and how many more there are."""
        items = self.items[:most]
        rest = (words.say_n("digest.more", self.of - len(items)),) if len(items) < self.of else ()
        return (self.heading, *items, *rest)


def _laid_out(blocks: Iterable[Block], words: Words) -> list[Html]:
    """The blocks on as few pages as they need, cut between items where a block doesn't fit; no heading is left alone."""
    part = words.say("digest.part", part=MOST_PAGES, parts=MOST_PAGES)
    room = html.MOST - html.length(html.blocks(words.say("letter.marked"), part)) - 1
    done: list[Html] = []
    page = Html()
    for heading, *items in blocks:
        first, *rest = items or [Html()]
        between = html.blocks
        for item in (html.lines(heading, first), *rest):
            if html.length(between(page, item)) > room:
                done.append(page)
                page = Html()
            page, between = between(page, item), html.lines
    done.append(page)
    if len(done) == 1:
        return done
    return [html.lines(words.say("digest.part", part=at, parts=len(done)), one) for at, one in enumerate(done, 1)]


@dataclass(frozen=True)
class _Teller:
    """All that a digest is told with."""

    digest: Digest
    kinds: Mapping[str, Kind]
    words: Words
    places: Gazetteer
    audience: Audience
    country: str

    @property
    def today(self) -> date:
        return self.digest.until.astimezone(self.words.zone).date()

    def sections(self) -> Iterator[_Section]:
        """What changed, what is coming, what needs someone, in that order."""
        digest, words = self.digest, self.words
        yield self._section("digest.new", digest.new, self._new)
        yield self._section("digest.corrected", digest.corrected, self._corrected)
        yield self._section("digest.withdrawn", digest.withdrawn, self._withdrawn)
        if digest.taken_back:
            yield _Section(words.say_n("digest.taken_back", digest.taken_back), (Html(),), 1)
        yield self._section("digest.coming", digest.coming, self._line)
        yield self._section("digest.attention", digest.attention, self._concern)

    def _section(self, key: str, entries: Sequence[T], tell: Callable[[T], Html]) -> _Section:
        items = tuple(tell(one) for one in entries[:MOST_ITEMS])
        return _Section(self.words.say(key, n=len(entries)), items, len(entries))

    def end(self) -> Iterator[Block]:
        """The totals to date, and the journal's last line."""
        told = [text for one in self.digest.totals for text in self._total(one) if one.total.entries or one.total.cells]
        if told:
            yield (self.words.say("digest.totals"), *told)
        if self.audience.masked:
            yield (self.words.say("stats.masked", threshold=self.audience.threshold),)
        yield (self.words.say("digest.journal", seq=str(self.digest.seq), hash=self.words.code(self.digest.hash)),)

    def top(self) -> Block:
        """Whose morning it is, since when it tells, and the numbers."""
        digest, words = self.digest, self.words
        head = words.say("digest.head", day=words.short_day(self.today))
        days = [words.short_day(day, self.today) for day in digest.mornings]
        covered = words.say("digest.covers", days=words.listed(days)) if len(days) > 1 else Html()
        if len(days) > MOST_MORNINGS:
            covered = words.say("digest.covers_all", n=len(days), first=days[0], last=days[-1])
        since = words.say("digest.since", since=digest.since)
        preview = words.say("digest.preview") if digest.preview else Html()
        numbers = [self._movement(one) for one in digest.movements if not one.nothing]
        quiet = words.say("digest.empty") if digest.quiet else Html()
        top = html.lines(head, self._narrowed(), since, covered, preview)
        return (html.blocks(top, html.lines(*numbers, quiet)),)

    def _narrowed(self) -> Html:
        """What it is narrowed to, so that two digests of one chat can be told apart."""
        if not self.digest.filter:
            return Html()
        return html.bold(capital(of_filter(self.digest.filter, tuple(self.kinds.values()), self.words, self.places)))

    def _movement(self, moved: Movement) -> Html:
        """+2 flights · +231 people returned; several countries' people apart."""
        words, kind = self.words, self.kinds[moved.kind]
        held = words.entries(moved.kind, abs(moved.held), words.signed(moved.held)) if moved.held else Html()
        if not told_apart(moved.by_country, self.country):
            said = html.join(" · ", (held, self._more(moved, counts.total(moved.cells))))
        else:
            people = (
                words.say(
                    "card.field",
                    name=value(kind.field(CITIZENS), key, words, self.places),
                    value=self._more(moved, moved.by_country[key]),
                )
                for key in home_first(moved.by_country, self.country)
            )
            said = html.lines(held, *people)
        return html.join(" ", (signs.of_kind(moved.kind), html.bold(said))) if said else Html()

    def _more(self, moved: Movement, people: int) -> Html:
        """+231 people returned; nothing where nobody came or went."""
        size = self.audience.shown(abs(people)).number
        change = counts.movement(people, self.words, self.audience, approx=moved.approx)
        return self.words.people(moved.kind, size, change) if people else Html()

    def _line(self, state: State) -> Html:
        return line(
            self.kinds[state.kind],
            state.ref,
            state.values,
            self.words,
            self.places,
            today=self.today,
            audience=self.audience,
        )

    def _new(self, change: Change) -> Html:
        how = self.words.say(f"digest.{change.what}") if change.what != "new" else Html()
        return html.lines(self._line(change.after), how)

    def _corrected(self, change: Change) -> Html:
        """The entry as it is now, and each field before → after: as told the last time, and as it is now."""
        kind, words, was = self.kinds[change.kind], self.words, change.before or change.after
        hidden = counts.hidden_fields(kind, private=self.digest.restricted and not self.audience.masked)
        if any(veiled(kind, state.values, self.audience) for state in (was, change.after)):
            hidden |= {one.name for one in kind.fields if one.name not in VEILED and not isinstance(one.shape, Count)}
        names = [name for name in change.fields if name not in hidden]
        told = [
            before_after(
                kind,
                name,
                (was.values, change.after.values),
                words,
                self.places,
                audience=self.audience,
                most=MOST_SAID,
            )
            for name in names[:MOST_FIELDS]
        ]
        more = words.say_n("digest.more_fields", len(names) - MOST_FIELDS) if len(names) > MOST_FIELDS else Html()
        renamed = (
            words.say("digest.renamed", before=words.code(was.ref), arrow=words.arrow())
            if was.ref != change.after.ref
            else Html()
        )
        return html.lines(self._line(change.after), renamed, *told, more)

    def _withdrawn(self, change: Change) -> Html:
        kind, words, state = self.kinds[change.kind], self.words, change.before or change.after
        mark = html.join(" ", (signs.WITHDRAWN, words.code(state.ref)))
        what = title(kind, state.values, words, self.places, self.audience)
        how = words.say("digest.moved_out") if change.what == "moved_out" else Html()
        reason = words.say("history.reason", reason=html.clip(change.reason, MOST_REASON)) if change.reason else Html()
        return html.lines(
            html.join(" · ", (mark, words.short_day(day_of(state.values), self.today))),
            html.join(" · ", (what, counts.summary(kind, state.values, words, self.audience))),
            how,
            reason,
        )

    def _concern(self, concern: Concern) -> Html:
        why = (self.words.say(f"attention.{code}") for code in concern.why)
        return html.lines(self._line(concern.state), *why)

    def _total(self, counted: Counted) -> Iterator[Html]:
        """12 flights · 902 people returned; several countries' people apart."""
        name, total = counted.question.kind, counted.total
        many = self.words.entries(name, total.cells.get("sessions", total.held))
        groups = {key: sums for key, sums in by_country(counted).items() if counts.total(sums.cells)}
        head = html.join(" ", (signs.of_kind(name), many))
        apart = told_apart(groups, self.country, counted.question)
        yield head if apart else html.join(" · ", (head, self._people(name, total)))
        for key in home_first(groups, self.country) if apart else ():
            of = value(self.kinds[name].field(CITIZENS), key, self.words, self.places)
            yield self.words.say("card.field", name=of, value=self._people(name, groups[key]))

    def _people(self, kind: str, total: Totals) -> Html:
        return counts.tally(kind, total, self.words, self.audience)
