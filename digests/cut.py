"""Cutting digests at the hour: everything that is due is told up to one moment, and posted as letters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import TypeAlias
from zoneinfo import ZoneInfo

from digests.charts import grain_of
from digests.due import mornings, next_untold
from digests.tell import Readers, Telling
from protection.small_numbers import MASKED, Audience
from records.digest import Digest, Picture, Schedule
from records.kind import Kind
from records.rule import Rule
from storage import deliveries, letters, pictures, schedules, teams
from storage.door import Door
from storage.letters import Undone
from storage.transaction import Tx

Write: TypeAlias = Callable[[Digest], Sequence[str]]
"""Renders a digest: one page, or two."""
Illustrate: TypeAlias = Callable[[Digest], Picture | None]
"""The picture that follows a digest, if one does."""

Hours: TypeAlias = tuple[Rule, str, datetime, date | None, tuple[date, ...], tuple[date, ...]]
"""What the days a digest stands for depend on: worked out once for all who are alike in it."""

CHUNK = 200
"""Letters posted in one transaction: few enough that a person who posts meanwhile doesn't wait."""


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule that is due, and from where it is to be told: its bookmark, or that of letters that never got away."""

    schedule: Schedule
    waiting: tuple[Undone, ...]
    readers: Readers

    @property
    def first_due(self) -> datetime:
        """The first hour this digest stands for; a letter's may lie ahead, if it was cut while the machine's clock ran wild."""
        return min([self.schedule.due_at, *(one.due_at for one in self.waiting)])


@dataclass(slots=True)
class Cut:
    """One group's digest: its pages, and the chats that get it. `kept` are the pages' ids once they are in the table.

    `reminds`: below the last page stand buttons that ask for a reminder of what needs someone. `picture` follows that page.
    """

    team: int
    until: int
    pages: tuple[str, ...]
    empty: bool
    reminds: bool
    chats: tuple[Due, ...]
    picture: Picture | None = None
    kept: tuple[int, ...] = field(default=())


def unillustrated(_: Digest) -> None:
    """No picture."""


async def cut_due(
    door: Door,
    kinds: Sequence[Kind],
    write: Write,
    now: datetime,
    groups: Audience = MASKED,
    illustrate: Illustrate = unillustrated,
) -> int:
    """Cuts the digest of every schedule that is due, that of a group as `groups` are told; how many there were.

    Pages are written from one snapshot, so all are told up to the same line of the journal and nobody waits meanwhile. Each
    bookmark moves in the transaction that posts its letters: a crash between two chunks repeats and loses nothing.
    """
    cuts = await door.read(prepare, kinds, write, now, groups, illustrate)
    done = 0
    for cut in cuts:
        for start in range(0, len(cut.chats), CHUNK):
            cut.kept, posted = await door.change(post, cut, cut.chats[start : start + CHUNK], now)
            done += posted
    return done


def prepare(
    tx: Tx,
    kinds: Sequence[Kind],
    write: Write,
    now: datetime,
    audience: Audience = MASKED,
    illustrate: Illustrate = unillustrated,
) -> list[Cut]:
    """Every digest that is due, rendered, with the chats that get it."""
    cuts = []
    hours: dict[Hours, tuple[date, ...]] = {}
    for team, due in groupby(due_now(tx, now, hours), key=lambda one: one.schedule.team):
        groups: dict[Readers, list[Due]] = {}
        for one in due:
            groups.setdefault(one.readers, []).append(one)
        telling = Telling(tx, team, kinds, now, groups, audience)
        for readers, chats in groups.items():
            digest = telling.digest(readers)
            wanted = not digest.empty or any(chat.schedule.when_empty == "send" for chat in chats)
            pages = tuple(write(digest)) if wanted else ()
            picture = illustrate(digest) if not digest.empty else None
            cuts.append(Cut(team, telling.until, pages, digest.empty, bool(digest.attention), tuple(chats), picture))
    return cuts


def due_now(tx: Tx, now: datetime, hours: dict[Hours, tuple[date, ...]]) -> Iterator[Due]:
    """The schedules to be cut now, team by team.

    Letters that still wait because Telegram couldn't be reached are told anew within this digest. Where one may have been
    seen, or is on its way, the chat's next digest waits until it is done.
    """
    undone = letters.undone_of_due(tx, now)
    for schedule in schedules.due(tx, now):
        waiting = tuple(undone.get(schedule.id, ()))
        if not letters.replaceable(waiting):
            continue
        named = tuple(day for one in waiting for day in one.days)
        wish = (schedule.rule, schedule.zone, schedule.due_at, schedule.told_on, schedule.owed, named)
        if wish not in hours:
            hours[wish] = mornings(schedule, named, now)
        told_at = waiting[0].since_at if waiting else schedule.told_at
        readers = Readers(
            filter=schedule.filter,
            language=schedule.language,
            zone=schedule.zone,
            restricted=schedule.private,
            told=waiting[0].since if waiting else schedule.told,
            told_at=told_at,
            mornings=hours[wish],
            remind=schedule.reminds(told_at, now),
            charted=grain_of(schedule) if schedule.chart else "",
        )
        yield Due(schedule, waiting, readers)


def post(tx: Tx, cut: Cut, chunk: Sequence[Due], now: datetime) -> tuple[tuple[int, ...], int]:
    """Moves the bookmarks of some chats and posts their letters; the pages' ids, and how many chats it was."""
    teams.begin(tx, cut.team)
    kept, posted = cut.kept, 0
    for due in chunk:
        was = due.schedule
        if tuple(letters.undone(tx, was.id)) != due.waiting:
            continue
        skipped = cut.empty and was.when_empty == "skip"
        told_on = was.told_on if skipped else due.readers.mornings[-1]
        coming = next_untold(was.rule, ZoneInfo(was.zone), now, told_on)
        if not schedules.move_on(tx, was, cut.until, now, coming, told_on):
            continue
        posted += 1
        pictures.drop_lonely(tx, was.id)
        if due.waiting:
            letters.drop(tx, was.id)
        pages = () if skipped else kept or keep(tx, cut)
        kept = kept or pages
        hand_over(tx, due, pages, cut.until)
    return kept, posted


def hand_over(tx: Tx, due: Due, pages: Sequence[int], until: int) -> None:
    """Notes that a chat's digest was cut, and posts its letters, if it has anything to say."""
    told, first = due.readers, due.first_due
    noted = deliveries.add(tx, due.schedule, due_at=first, mornings=len(told.mornings), parts=len(pages))
    letters.add(
        tx,
        due.schedule.id,
        pages,
        due_at=first,
        since=told.told,
        since_at=told.told_at,
        until=until,
        days=told.mornings,
        delivery=noted,
    )


def keep(tx: Tx, cut: Cut) -> tuple[int, ...]:
    """Keeps the pages of a digest, its picture behind them, and gives their ids."""
    last = len(cut.pages)
    pages = tuple(
        letters.add_page(tx, cut.team, page, reminds=cut.reminds and at == last) for at, page in enumerate(cut.pages, 1)
    )
    if cut.picture is None:
        return pages
    return (*pages, letters.add_page(tx, cut.team, cut.picture.caption, chart=cut.picture.drawing))
