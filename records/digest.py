"""What a digest tells, when a chat wants one, and the letter that carries it; the sentences belong to `render`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias
from zlib import crc32

from records.entry import State
from records.question import Counted, Totals
from records.rule import Rule

What: TypeAlias = Literal["new", "restored", "moved_in", "corrected", "withdrawn", "moved_out"]
"""How an entry's telling changed: into sight (new, restored, moved_in), within it (corrected), out of it (withdrawn, moved_out)."""


@dataclass(frozen=True, slots=True)
class Change:
    """The net change of one entry between two digests: as it was told last, and as it is told now.

    `before` is None for what is new, `after` is always there (of a withdrawn entry: what it held; of an emptied one: its
    reference only); `reason` is what was said on withdrawing. `fields` names what differs, in the kind's order (only of
    `corrected`).
    """

    what: What
    before: State | None
    after: State
    fields: tuple[str, ...] = ()
    reason: str = ""

    @property
    def kind(self) -> str:
        """The kind's name."""
        return self.after.kind


@dataclass(frozen=True, slots=True)
class Movement:
    """What a digest's changes come to in one kind: the net change of the sums, so an arrival told late is in, a correction too.

    `held` is how many more flights (sessions …) count, having arrived or been held: what the totals to date moved by. `cells`
    is how their sums moved by measure name, the people as disjoint cells. All may be below nothing.
    """

    kind: str
    held: int
    cells: Mapping[str, int]
    by_country: Mapping[str, int] = field(default_factory=dict)
    """How many more people of each country's citizens, where they changed."""
    approx: bool = False
    approx_of: frozenset[str] = frozenset()
    """The countries of whose people a figure that moved isn't exact."""

    @property
    def nothing(self) -> bool:
        """Whether no number moved."""
        return not (self.held or any(self.cells.values()) or any(self.by_country.values()))


@dataclass(frozen=True, slots=True)
class Concern:
    """An entry that needs someone's attention, and why: codes of `Kind.concerns`, or that it may be told twice."""

    state: State
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A kind's sums week by week or month by month, as its readers are told them: what a digest's chart may show.

    `bars` are all the stretches by their first day, the oldest first, those of which nothing is known too; for each country whose
    citizens they are of ("" for a kind that knows none).
    """

    kind: str
    grain: str
    bars: Mapping[str, tuple[tuple[date, Totals], ...]]


@dataclass(frozen=True, slots=True)
class Picture:
    """What follows a digest's text: a caption that says it all, and what is to be drawn (`render.charts.draw`)."""

    caption: str
    drawing: str


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one digest says, ready for `render.digest.pages`; lists are in the register's order, then by day and reference.

    `since` is the moment of the digest before it (or 24 hours before the first one), `until` the moment it was cut.
    `mornings` are the days whose hour it stands for: one, or after an outage all that were missed, each to be named.
    `restricted` tells whether fields told in private chats only are in (else they were taken out of every state and sum).
    """

    language: str
    zone: str
    since: datetime
    until: datetime
    mornings: tuple[date, ...]
    movements: tuple[Movement, ...]
    new: tuple[Change, ...]
    """New, restored and moved here."""
    corrected: tuple[Change, ...]
    withdrawn: tuple[Change, ...]
    """Withdrawn and moved away."""
    taken_back: int
    """Posted and withdrawn between two digests: one line."""
    coming: tuple[State, ...]
    attention: tuple[Concern, ...]
    """What needs someone and was not told before, or everything that does where a reminder is due."""
    totals: tuple[Counted, ...]
    """Totals to date, one of each kind."""
    seq: int
    """The journal's last line, and the first 12 digits of its hash: the digest's last line."""
    hash: str
    preview: bool = False
    restricted: bool = False
    filter: str = ""
    """What it was narrowed to, as it is stored (`records.filters`)."""
    chart: Chart | None = None
    """What the picture behind it shows, where one is wished and there is anything to show."""

    @property
    def quiet(self) -> bool:
        """Whether nothing was recorded since the digest before; what is coming or needs someone may still be there."""
        return not (self.new or self.corrected or self.withdrawn or self.taken_back)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say but the totals."""
        return self.quiet and not (self.coming or self.attention)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A chat's wish for digests. `told` is its bookmark: the last line of the journal that a digest of its own covered.

    `thread` is 0 outside of a forum's topic; `state` is "on", "off" or "paused" (it can't be delivered; `reason` says why);
    `when_empty` is "send" or "skip"; `filter` is "" for all. The first digest from `remind_at` on tells everything that needs
    someone, told before or not; it is over when `told_at` lies behind it.
    """

    id: int
    team: int
    chat: int
    thread: int
    who: int
    rule: Rule
    zone: str
    language: str
    filter: str
    when_empty: str
    due_at: datetime
    told: int
    told_at: datetime
    state: str
    reason: str = ""
    told_on: date | None = None
    """The day whose digest came last, by the chat's clock then."""
    remind_at: datetime | None = None
    owed: tuple[date, ...] = ()
    """Days before `due_at` whose digest has not come; since then they follow from the rule."""
    chart: bool = False
    """Whether a chart follows it."""

    @property
    def private(self) -> bool:
        """Whether it goes to one person (Telegram's groups have negative ids)."""
        return self.chat > 0

    @property
    def seal(self) -> str:
        """A few signs that change with what is set: a button that shows them was drawn for this and nothing later."""
        what = (self.rule.text, self.zone, self.language, self.when_empty, self.state, self.chart)
        return f"{crc32(repr(what).encode()):x}"

    def reminds(self, told_at: datetime, now: datetime) -> bool:
        """Whether a digest cut now, the one before having been at `told_at`, tells again what needs someone."""
        return self.remind_at is not None and told_at < self.remind_at <= now


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished message on its way to a chat: part `part` of `parts` of the digest that was due at `due_at`.

    `marked`: it may have been sent before, and has to say so. `tries` counts how often it could not be sent yet. `reminds`: the
    buttons that ask for a reminder of what needs someone stand below it. `chart`: what is to be drawn of one that is a picture,
    with `html` for its caption; "" for text.
    """

    id: int
    schedule: int
    due_at: datetime
    part: int
    parts: int
    team: int
    chat: int
    thread: int
    language: str
    html: str
    marked: bool
    tries: int
    reminds: bool = False
    chart: str = ""


NO_CHART = "no_chart"
"""The reason of a digest that was sent, but for its picture."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one digest: which it was, when it was due, and whether it went out; nothing of what it said.

    `state` is "waiting", "sent", "skipped" (it had nothing to say), "merged" (told within the next one), "paused" or "off".
    `reason` says why it waits or was paused, "" if nothing failed. `due_at` is the first of the `mornings` it stands for; `sent`
    of its `parts` are out, the last of them at `sent_at`. `marked`: perhaps twice; `plain`: as plain text. Of one that waits,
    `tries` have failed and `next_try` is when it may go.
    """

    id: int
    chat: int
    thread: int
    rule: Rule
    zone: str
    filter: str
    due_at: datetime
    mornings: int
    state: str
    reason: str
    parts: int
    sent: int
    sent_at: datetime | None
    marked: bool
    plain: bool
    tries: int
    next_try: datetime | None
