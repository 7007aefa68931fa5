"""The card an entry is answered with: what was understood, what is missing, what can be done next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from records import people
from records.answer import Answer, Button
from records.entry import Entry
from records.figures import figures
from records.kind import Kind, Values
from records.places import Gazetteer
from records.record import changed
from render import counts, html, signs
from render.catalogue import Words
from render.html import Html
from render.values import before_after, day_of, headline, times, value

IN_A_ROW = 2
HALF_A_ROW = 16
"""Letters of a button that a phone shows where two stand side by side."""
AT_THE_TOP = frozenset({"date", "status", "approx", *people.HEADS, *people.SUBSETS})
AT_THE_END = ("source", "note")
MOST_OF_A_SOURCE = 80
"""Characters of another source's name."""


def card(
    entry: Entry,
    kind: Kind,
    words: Words,
    places: Gazetteer,
    *,
    short: bool = False,
    private: bool = False,
    before: Values | None = None,
    notes: Sequence[Html] = (),
) -> Answer:
    """The card of an entry: a short one for groups; restricted fields in private chats only.

    `before` holds the values a correction found, and the reference if that was another: each field that differs is shown
    before → after. `notes` are said below.
    """
    if entry.emptied:
        return Answer(
            words.say("card.emptied", ref=words.code(entry.ref), history=command(words, "history", entry.ref))
        )
    page = _Card(
        entry,
        kind,
        words,
        places,
        counts.hidden_fields(kind, private=private),
        {"ref": entry.ref, **(before or entry.values)},
        tuple(notes),
    )
    return Answer(
        page.short() if short else page.whole(), () if entry.withdrawn else status_buttons(entry, kind, words)
    )


def status_buttons(entry: Entry, kind: Kind, words: Words) -> tuple[tuple[Button, ...], ...]:
    """A button for each status that may follow; pressing gives "s:<id>:<revision>:<status>"."""
    return in_rows(
        Button(html.plain(status_name(kind, name, words)), f"s:{entry.id}:{entry.revision}:{name}")
        for name in kind.status(entry.values).buttons
    )


def in_rows(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    """The buttons two by two; one whose words don't fit half of a phone has a row of its own."""
    rows: list[tuple[Button, ...]] = []
    for one in buttons:
        beside = rows and len(rows[-1]) < IN_A_ROW and max(len(one.text), len(rows[-1][0].text)) <= HALF_A_ROW
        if beside:
            rows[-1] = (*rows[-1], one)
        else:
            rows.append((one,))
    return tuple(rows)


def status_name(kind: Kind, status: str, words: Words) -> Html:
    """A status with its sign: ✅ Arrived."""
    return html.join(" ", (signs.of_status(kind.status_named[status]), words.title("choices", "status", status)))


def command(words: Words, name: str, *rest: str) -> Html:
    """A command to copy by a tap."""
    return words.code(" ".join((f"/{name}", *rest)))


@dataclass(frozen=True)
class _Card:
    """All that a card is made of."""

    entry: Entry
    kind: Kind
    words: Words
    places: Gazetteer
    hidden: frozenset[str]
    before: Values
    notes: tuple[Html, ...]

    @property
    def gone(self) -> bool:
        return self.entry.withdrawn is not None

    @property
    def values(self) -> Values:
        return self.entry.values

    def whole(self) -> Html:
        """For private chats."""
        crowd = counts.of_record(self.kind, self.values, self.words, self.hidden)
        top = (self._title(), self.words.weekday(day_of(self.values)), html.join(" · ", (self._status(), self._ref())))
        return html.blocks(
            html.lines(*top),
            self._changes(),
            html.lines(html.join(" ", ("👥", crowd[0])), *crowd[1:]) if crowd else Html(),
            html.lines(*self._facts()),
            html.lines(*self._said(), *self._figures()),
            html.lines(*self.notes, *self._remarks()),
            self._how("card.withdrawn_how" if self.gone else "card.how"),
        )

    def short(self) -> Html:
        """For groups: two to four lines, and what changed."""
        crowd = counts.of_record(self.kind, self.values, self.words, self.hidden)
        told = (
            self.words.say("card.people_in_short", total=crowd[0], parts=self.words.listed(crowd[1:]))
            if crowd[1:]
            else html.join("", crowd)
        )
        if not crowd and "expected" in self.values:
            told = counts.counted("people.expected", int(self.values["expected"]), self.words)
        return html.lines(
            self._title(),
            html.join(" · ", (self._status(), self.words.day(day_of(self.values)), self._ref())),
            html.join(" ", ("👥", told)) if told else Html(),
            self._changes(),
            *self._figures(),
            *self.notes,
            *([] if self.gone else self._assumed()),
            *([] if self.gone or crowd else self._missing()),
            self._how("card.withdrawn_how_short" if self.gone else "card.how_short"),
        )

    def _title(self) -> Html:
        title = html.bold(headline(self.kind, self.values, self.words, self.places))
        return html.join(" ", (signs.of_kind(self.kind.name), html.struck(title) if self.gone else title))

    def _ref(self) -> Html:
        return self.words.code(self.entry.ref)

    def _status(self) -> Html:
        if self.gone:
            return html.join(" ", (signs.WITHDRAWN, self.words.say("card.withdrawn")))
        return status_name(self.kind, self.kind.status(self.values).name, self.words)

    def _how(self, key: str) -> Html:
        edit, withdraw = (command(self.words, name, self.entry.ref, "") for name in ("edit", "withdraw"))
        return self.words.say(key, edit=edit, withdraw=withdraw, history=command(self.words, "history", self.entry.ref))

    def _changes(self) -> Html:
        told = _differences(self.entry, self.kind, self.words, self.places, self.before, self.hidden)
        return html.lines(self.words.say("card.corrected"), *told) if told else Html()

    def _facts(self) -> list[Html]:
        """The fields that have no place of their own, a line each."""
        clocks = times(self.kind, self.values, self.words, self.places)
        left_out = {*AT_THE_TOP, *AT_THE_END, *self.kind.headline, *self.hidden, *self._understood()}
        return [
            labelled(name, clocks.get(name) or value(field, self.values[name], self.words, self.places), self.words)
            for name, field in self.kind.by_name.items()
            if name in self.values and name not in left_out
        ]

    def _understood(self) -> set[str]:
        """Fields that would only say again what another one says."""
        values = self.values
        said = {"ref"}
        if values.get("leg") == "entry":
            said.add("leg")
        if "from" in values and values.get("origin") == self.places.country_of(str(values["from"])):
            said.add("origin")
        if self.kind.status(values).coming and values.get("expected") == people.breakdown(values).people:
            said.add("expected")
        return said

    def _said(self) -> list[Html]:
        return [
            self.words.say(f"card.{name}", text=str(self.values[name]))
            for name in AT_THE_END
            if name in self.kind.by_name and name in self.values
        ]

    def _figures(self) -> list[Html]:
        """What other sources say of the same people."""
        return [
            self.words.say(
                "card.figure",
                source=self.words.name(html.clip(source, MOST_OF_A_SOURCE)),
                figures=counts.as_said(self.kind, said, self.words, self.hidden),
            )
            for source, said in figures(self.values).items()
        ]

    def _remarks(self) -> list[Html]:
        """What the desk had to assume, and what is missing."""
        return [] if self.gone else [*self._assumed(), *self._missing()]

    def _assumed(self) -> list[Html]:
        status = self.kind.status(self.values)
        found = []
        if status.name == "unsettled":
            found.append(self.words.say("card.unsettled"))
        if "leg" in self.kind.by_name and "leg" not in self.values:
            found.append(self.words.say("card.leg_assumed"))
        elif status.counts and not self.kind.counted(self.values):
            found.append(self.words.say("card.not_counted"))
        return found

    def _missing(self) -> list[Html]:
        names = [self.words.label("fields", name) for name in missing_fields(self.kind, self.values)]
        return [self.words.say("card.missing", fields=self.words.listed(names))] if names else []


def differences(
    entry: Entry, kind: Kind, words: Words, places: Gazetteer, *, before: Values | None, private: bool = False
) -> list[Html]:
    """What has become of the values there were `before`, and of the reference: a line for each field that differs."""
    hidden = counts.hidden_fields(kind, private=private)
    return _differences(entry, kind, words, places, {"ref": entry.ref, **(before or entry.values)}, hidden)


def _differences(
    entry: Entry, kind: Kind, words: Words, places: Gazetteer, before: Values, hidden: frozenset[str]
) -> list[Html]:
    now = {"ref": entry.ref, **entry.values}
    names = [name for name in changed(kind, before, now) if name not in hidden]
    return [before_after(kind, name, (before, now), words, places) for name in names]


def missing_fields(kind: Kind, values: Values) -> list[str]:
    """What would still help to know of the people: a count, or what divides those of whom something isn't stated."""
    if "people" not in kind.by_name or not kind.stands_for(values):
        return []
    known = people.breakdown(values)
    if known.people is None:
        status = kind.status(values)
        return ["people"] if status.counts else ["expected"] if status.coming and "expected" not in values else []
    if not kind.status(values).counts:
        return []
    wanted: Mapping[str, tuple[str, ...]] = {
        "not_stated": ("adults", "children"),
        "adults_not_stated": ("women", "men"),
        "children_not_stated": ("girls", "boys"),
    }
    split = [name for cell, names in wanted.items() if known.cells.get(cell) for name in names]
    return [name for name in dict.fromkeys((*_open(known), *split)) if name not in values]


def _open(known: people.People) -> Iterator[str]:
    """What keeps the number of people from being more than "at least": a group nobody spoke of, or half of one."""
    if known.derived.get("people") != "at_least":
        return
    for group, sexes in people.SEXES.items():
        if known.total(group) is None:
            yield group
        elif known.derived.get(group) == "at_least":
            yield from sexes


def labelled(name: str, said: Html, words: Words) -> Html:
    """A field and its value: Operation: zhusan-3."""
    return words.say("card.field", name=words.title("fields", name), value=said)
