"""What became of an entry: each revision, who made it, when, and what it changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final, Protocol

from records.answer import Answer
from records.entry import Entry
from records.kind import Kind, Place, Values
from records.places import UNKNOWN, Gazetteer
from records.record import changed
from render import counts, html, signs
from render.cards import status_name
from render.catalogue import Words
from render.html import Html
from render.values import before_after, day_of, headline

NO_LABELS: Final[Mapping[int, str]] = MappingProxyType({})
MOST = html.MOST - 200
"""Characters the revisions may take; the oldest are left out first."""


class Line(Protocol):
    """One line of the journal about the entry; `values` is None once they were emptied."""

    @property
    def at(self) -> datetime:
        """When it was written."""

    @property
    def act(self) -> str:
        """What was done: posted, corrected, withdrawn, restored, undone, emptied, its words blanked, or its message reread."""

    @property
    def revision(self) -> int:
        """The entry's revision since."""

    @property
    def who(self) -> int:
        """The member who did it; 0 for the desk itself, below nothing for somebody who was forgotten."""

    @property
    def ref(self) -> str:
        """The entry's reference since."""

    @property
    def values(self) -> Values | None:
        """The entry as it stood since."""

    @property
    def reason(self) -> str:
        """What was said on withdrawing."""

    @property
    def batch(self) -> int | None:
        """The number of the import it was done with; None for anything else."""


def history(
    entry: Entry,
    lines: Sequence[Line],
    kind: Kind,
    words: Words,
    places: Gazetteer,
    labels: Mapping[int, str] = NO_LABELS,
    *,
    private: bool = False,
) -> Answer:
    """The revisions of an entry, the first one first; restricted fields only for whom that is `private`.

    `labels` is what members are called, by id.
    """
    told: list[Html] = []
    before: Values | None = None
    hidden = counts.hidden_fields(kind, private=private)
    for one in lines:
        by = labels.get(one.who, "")
        key = "history.member" if one.who > 0 else "history.forgotten" if one.who else "history.desk"
        who = words.name(by) if by else words.say(key, id=str(abs(one.who)))
        told.append(_told(one, who, before, kind, words, places, hidden=hidden))
        before = _standing(one) if one.values else before
    kept: list[Html] = []
    room = MOST
    for text in reversed(told):
        room -= html.length(text) + 2
        if room < 0:
            break
        kept.insert(0, text)
    head = html.lines(
        words.say("history.head", ref=words.code(entry.ref)),
        html.join(" ", (signs.of_kind(kind.name), headline(kind, entry.values, words, places)))
        if entry.values
        else Html(),
    )
    left_out = words.say_n("history.earlier", len(told) - len(kept)) if len(kept) < len(told) else Html()
    return Answer(html.blocks(head, left_out, *kept))


def _told(
    line: Line, who: Html, before: Values | None, kind: Kind, words: Words, places: Gazetteer, *, hidden: frozenset[str]
) -> Html:
    top = words.say("history.line", revision=line.revision, act=words.say(f"history.{line.act}"), at=line.at, who=who)
    top = html.join(" · ", (top, words.say("history.from_file"))) if line.batch is not None else top
    if not line.values:
        return html.lines(top, words.say("history.nothing_kept"))
    reason = words.say("history.reason", reason=html.clip(line.reason, 200)) if line.reason else Html()
    if before is None:
        stands = status_name(kind, kind.status(line.values).name, words)
        crowd = counts.of_record(kind, line.values, words, hidden)
        typed = _typed({}, line.values, kind, words, places)
        return html.lines(top, html.join(" · ", (stands, words.day(day_of(line.values)))), *crowd, *typed, reason)
    now = _standing(line)
    names = (name for name in changed(kind, before, now) if name not in hidden)
    told = [before_after(kind, name, (before, now), words, places) for name in names]
    return html.lines(top, *told, *_typed(before, now, kind, words, places), reason)


def _typed(before: Values, now: Values, kind: Kind, words: Words, places: Gazetteer) -> list[Html]:
    """The words as typed of places that were not known then, and are now."""
    fields = (name for name in changed(kind, before, now) if isinstance(kind.field(name).shape, Place) and name in now)
    found = ((name, str(now[name])) for name in fields)
    return [
        words.say("history.typed", name=words.title("fields", name), typed=key.removeprefix(UNKNOWN))
        for name, key in found
        if places.standing(key) != key
    ]


def _standing(line: Line) -> Values:
    """The entry's values since that line, its reference among them."""
    return {"ref": line.ref, **(line.values or {})}
