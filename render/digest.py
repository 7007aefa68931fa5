"""A digest in one message, or two: what changed, what is coming, what needs someone, and the totals to date."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from protection.small_numbers import Audience
from records.digest import Change, Concern, Digest, Movement
from records.entry import State
from records.filters import conditions
from records.kind import Count, Kind
from records.places import Gazetteer
from render import counts, html, signs
from render.catalogue import Words, capital
from render.countries import CITIZENS, foremost, told_apart
from render.html import Html
from render.lines import line, title, veiled
from render.listing import listing
from render.narrowed import of_filter
from render.totals import totals
from render.values import before_after, day_of, value

MOST_ITEMS = 12
"""Entries a section tells before it says how many more there are."""
FEW_ITEMS = 3
"""Where some are left out anyway, one message with so many of each is better than two: a message, not a wall of text."""
MOST_FIELDS = 6
MOST_MORNINGS = 7
MOST_SAID = 40
MOST_REASON = 120
MOST_PAGES = 2
VEILED = ("date", "status")
"""What is told of a journey that is to be known by its day and number only, beside its counts."""

NOTHING = Html()
GAP = 2
"""What stands between two items at most, in UTF-16 units."""

T = TypeVar("T")
Block: TypeAlias = tuple[Html, ...]
"""Lines that belong together; the first one is their heading."""


def pages(
    digest: Digest, kinds: Sequence[Kind], words: Words, places: Gazetteer, audience: Audience, *, country: str = ""
) -> tuple[Html, ...]:
    """The digest as one message, or two, where no picture follows; each leaves room for the line `letter.marked` in front of it.

    `country` is the team's, told first where totals are by citizens.
    """
    teller = _Teller(digest, {one.name: one for one in kinds}, words, places, audience, country)
    top, sections, end = teller.top(), tuple(teller.sections()), tuple(teller.end())

    longest = max((one.of for one in sections), default=0)

    @cache
    def laid(most: int) -> list[Html]:
        return _laid_out((top, *(one.cut(most) for one in sections), *end), words)

    def fitting(pages_: int) -> int:
        """How many items of each section so many messages hold."""
        some = range(1, min(longest, MOST_ITEMS) + 1)
        return bisect_left(some, pages_ + 1, key=lambda most: len(laid(most)))

    short, long = fitting(1), fitting(MOST_PAGES)
    all_told = short < longest <= long
    if digest.chart is not None:  # the picture is the second message
        return tuple(laid(short)[:1])
    return tuple(laid(short if short >= FEW_ITEMS and not all_told else long)[:MOST_PAGES])


@dataclass(frozen=True)
class _Section:
    """A heading and the first of `of` items; `left` tells of those behind the first so many; `end` closes it."""

    heading: Html
    items: tuple[Html, ...]
    of: int = 1
    left: Callable[[int], Iterable[Html]] = lambda _: ()
    end: Html = NOTHING

    def cut(self, most: int) -> Block:
        """With that many items at most, and how many more there are."""
        items = self.items[:most]
        return tuple(one for one in (self.heading, *items, *self.left(len(items)), self.end) if one)


def _laid_out(blocks: Iterable[Block], words: Words) -> list[Html]:
    """The blocks on as few pages as they need, cut between items where a block doesn't fit; no heading is left alone."""
    part = words.say("digest.part", part=MOST_PAGES, parts=MOST_PAGES)
    room = html.MOST - html.length(html.blocks(words.say("letter.marked"), part)) - 1
    done: list[Html] = []
    page, filled = Html(), 0
    for heading, *items in blocks:
        first, rest = items[:1], items[1:]
        between = html.blocks
        for item in (html.lines(heading, *first), *rest):
            needed = html.length(item) + GAP
            if page and filled + needed > room:
                done.append(page)
                page, filled = Html(), 0
            page, between, filled = between(page, item), html.lines, filled + needed
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
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.digest.zone)

    @property
    def today(self) -> date:
        return self.digest.until.astimezone(self.zone).date()

    def sections(self) -> Iterator[_Section]:
        """What changed, what is coming, what needs someone, in that order; those that say something."""
        digest, words = self.digest, self.words
        once = NOTHING if digest.preview else words.say("digest.once")
        found = (
            self._section("digest.new", digest.new, self._new, _after),
            self._section("digest.corrected", digest.corrected, self._corrected, _after),
            self._section("digest.withdrawn", digest.withdrawn, self._withdrawn),
            _Section(words.say_n("digest.taken_back", digest.taken_back), (NOTHING,) * bool(digest.taken_back)),
            self._section("digest.coming", digest.coming, self._line, _itself),
            self._section("digest.attention", digest.attention, self._concern, _concerned, end=once),
        )
        return (one for one in found if one.items)

    def _section(
        self,
        key: str,
        entries: Sequence[T],
        tell: Callable[[T], Html],
        state_of: Callable[[T], State] | None = None,
        *,
        end: Html = NOTHING,
    ) -> _Section:
        """`state_of` gives what `/list` finds an entry by; None for what it doesn't show."""

        def left(told: int) -> Iterator[Html]:
            rest = entries[told:]
            if state_of is not None:
                yield from self._listed([state_of(one) for one in rest])
            elif rest:
                yield self.words.say("digest.more", n=len(rest))

        heading = self.words.say(key, n=len(entries))
        return _Section(heading, tuple(tell(one) for one in entries[:MOST_ITEMS]), len(entries), left, end)

    def _listed(self, states: Sequence[State]) -> Iterator[Html]:
        """How many more there are of each kind, and the command that lists them."""
        for kind in self.kinds.values():
            if own := [one for one in states if one.kind == kind.name]:
                command = listing(kind, own, conditions(self.digest.filter), self.words, self.places, self.audience)
                yield self.words.say("digest.more_listed", n=len(own), command=self.words.code(command))

    def end(self) -> Iterator[Block]:
        """The totals to date, and the journal's last line."""
        told = totals(self.digest, self.kinds, self.words, self.places, self.audience, self.country)
        if told:
            yield (self.words.say("digest.totals"), *told)
        if self.audience.masked:
            yield (counts.legend(self.words, self.audience),)
        yield (self.words.say("digest.journal", seq=str(self.digest.seq), hash=self.words.code(self.digest.hash)),)

    def top(self) -> Block:
        """Whose morning it is, since when it tells, and the numbers."""
        digest, words = self.digest, self.words
        head = words.say("digest.head", day=words.short_day(self.today))
        days = [words.short_day(day, self.today) for day in digest.mornings]
        covered = words.say("digest.covers", days=words.listed(days)) if len(days) > 1 else NOTHING
        if len(days) > MOST_MORNINGS:
            covered = words.say("digest.covers_all", n=len(days), first=days[0], last=days[-1])
        since = words.say("digest.since", since=digest.since.astimezone(self.zone).replace(tzinfo=None))
        preview = words.say("digest.preview") if digest.preview else NOTHING
        numbers = [self._movement(one) for one in digest.movements if not one.nothing]
        quiet = words.say("digest.empty") if digest.quiet else NOTHING
        top = html.lines(head, self._narrowed(), since, covered, preview)
        return (html.blocks(top, html.lines(*numbers, quiet)),)

    def _narrowed(self) -> Html:
        """What it is narrowed to, so that two digests of one chat can be told apart."""
        if not self.digest.filter:
            return NOTHING
        return html.bold(capital(of_filter(self.digest.filter, tuple(self.kinds.values()), self.words, self.places)))

    def _movement(self, moved: Movement) -> Html:
        """+2 flights · +231 people returned; several countries' people apart."""
        words, kind = self.words, self.kinds[moved.kind]
        held = words.entries(moved.kind, abs(moved.held), words.signed(moved.held)) if moved.held else NOTHING
        if not told_apart(moved.by_country, self.country):
            said = html.join(" · ", (held, self._more(moved, counts.total(moved.cells), approx=moved.approx)))
        else:
            sizes = {key: self.audience.shown(abs(number)).number for key, number in moved.by_country.items()}
            named, left = foremost(sizes, self.country)
            of = {key: value(kind.field(CITIZENS), key, words, self.places) for key in named}
            people = (
                words.say(
                    "card.field",
                    name=of[key],
                    value=self._more(moved, moved.by_country[key], approx=key in moved.approx_of),
                )
                for key in named
            )
            said = html.lines(held, *people, words.say_n("digest.more_countries", left) if left else NOTHING)
        return html.join(" ", (signs.of_kind(moved.kind), html.bold(said))) if said else NOTHING

    def _more(self, moved: Movement, people: int, *, approx: bool) -> Html:
        """+231 people returned; nothing where nobody came or went."""
        size = self.audience.shown(abs(people)).number
        change = counts.movement(people, self.words, self.audience, approx=approx)
        return self.words.people(moved.kind, size, change) if people else NOTHING

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
        how = self.words.say(f"digest.{change.what}") if change.what != "new" else NOTHING
        return html.lines(self._line(change.after), how)

    def _corrected(self, change: Change) -> Html:
        """The entry as it is now, and each field before → after: as told the last time, and as it is now."""
        kind, words, was = self.kinds[change.kind], self.words, change.before or change.after
        hidden = counts.hidden_fields(kind, private=self.digest.restricted and not self.audience.masked)
        if any(veiled(kind, state.values, self.audience) for state in (was, change.after)):
            hidden |= {one.name for one in kind.fields if one.name not in VEILED and not isinstance(one.shape, Count)}
        between, refs = (was.values, change.after.values), (was.ref, change.after.ref)
        found = (
            before_after(kind, name, between, words, self.places, audience=self.audience, refs=refs, most=MOST_SAID)
            for name in change.fields
            if name not in hidden
        )
        told = [one for one in found if one]
        more = words.say_n("digest.more_fields", len(told) - MOST_FIELDS) if len(told) > MOST_FIELDS else NOTHING
        renamed = (
            words.say("digest.renamed", before=words.code(was.ref), arrow=words.arrow())
            if was.ref != change.after.ref
            else NOTHING
        )
        return html.lines(self._line(change.after), renamed, *told[:MOST_FIELDS], more)

    def _withdrawn(self, change: Change) -> Html:
        kind, words, state = self.kinds[change.kind], self.words, change.before or change.after
        mark = html.join(" ", (signs.WITHDRAWN, words.code(state.ref)))
        if not state.values:
            return html.join(" · ", (mark, words.say("history.nothing_kept")))
        what = title(kind, state.values, words, self.places, self.audience)
        how = words.say("digest.moved_out") if change.what == "moved_out" else NOTHING
        reason = words.say("history.reason", reason=html.clip(change.reason, MOST_REASON)) if change.reason else NOTHING
        return html.lines(
            html.join(" · ", (mark, words.short_day(day_of(state.values), self.today))),
            html.join(" · ", (what, counts.summary(kind, state.ref, state.values, words, self.audience))),
            how,
            reason,
        )

    def _concern(self, concern: Concern) -> Html:
        why = (self.words.say(f"attention.{code}") for code in concern.why)
        return html.lines(self._line(concern.state), *why)


def _after(change: Change) -> State:
    return change.after


def _itself(state: State) -> State:
    return state


def _concerned(concern: Concern) -> State:
    return concern.state
