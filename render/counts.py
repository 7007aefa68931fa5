"""Numbers of people in words. Every number of people of an answer passes through here, and so through its audience.

Sums come as their audience is told them (`Audience.told`); what one entry holds is brought to that here.
"""

from collections.abc import Iterable, Mapping

from protection.small_numbers import EXACT, STEP, Audience
from records import people
from records.kind import Count, Kind, Values
from records.question import Totals
from render import html
from render.catalogue import Words
from render.html import Html

ORDER = ("women", "men", "adults_not_stated", "girls", "boys", "children_not_stated", "not_stated")
"""The cells as they are told."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "adults": ("women", "men", "adults_not_stated"),
    "children": ("girls", "boys", "children_not_stated"),
}
IN_ONE_LINE = 4


def figure(number: int, words: Words, audience: Audience = EXACT, *, approx: bool = False) -> Html:
    """A number of people as this audience may see it: 231, ≈600, <5."""
    shown = audience.shown(number)
    if shown.below:
        return words.say("number.below", n=shown.number)
    written = words.number(shown.number)
    return words.say("number.about", n=written) if approx and number else written


def counted(key: str, number: int, words: Words, audience: Audience = EXACT, *, approx: bool = False) -> Html:
    """The sentence of that key with a number of people in it."""
    return words.say_n(key, audience.shown(number).number, n=figure(number, words, audience, approx=approx))


def legend(words: Words, audience: Audience = EXACT) -> Html:
    """How numbers of people are shown to this audience; nothing where they are exact."""
    if not audience.masked:
        return Html()
    return words.say("stats.masked", step=STEP, threshold=audience.least)


def returned(kind: str, number: int, words: Words, audience: Audience = EXACT, *, approx: bool = False) -> Html:
    """A kind's own words for the people it counts: 231 people returned, 12 attendances."""
    return words.people(kind, audience.shown(number).number, figure(number, words, audience, approx=approx))


def total(cells: Mapping[str, int], name: str = "people") -> int:
    """The people of disjoint cells, or of them the adults or the children."""
    return sum(cells.get(one, 0) for one in GROUPS.get(name, people.CELLS))


def unknown(totals: Totals, name: str = "people") -> bool:
    """Whether something counts, and nobody said how many people (or adults, or children) it was: that is no 0."""
    some = totals.held or total(totals.cells)
    return bool(some) and not any(one in totals.cells for one in GROUPS.get(name, people.CELLS))


def tally(kind: str, totals: Totals, words: Words, audience: Audience = EXACT) -> Html:
    """A kind's own words for the people of a sum, or that nobody said how many they were."""
    if unknown(totals):
        return words.say("people.unknown")
    return returned(kind, total(totals.cells), words, audience, approx=totals.approx)


def parts(
    cells: Mapping[str, int], words: Words, audience: Audience = EXACT, *, approx: bool = False
) -> tuple[Html, ...]:
    """The cells in words: one line where they are few, else the adults, the children and the rest in a line each.

    A 0 is told where it was stated, but never beside people of whom something isn't known.
    """
    open_ended = any(cells.get(name) for name in cells if name.endswith("not_stated"))
    told = [
        name for name in ORDER if name in cells and (cells[name] or not (open_ended or name.endswith("not_stated")))
    ]
    if told == ["not_stated"] or not told:
        return ()
    written = {name: counted(f"people.{name}", cells[name], words, audience, approx=approx) for name in told}
    if len(told) <= IN_ONE_LINE:
        return (words.listed(list(written.values())),)
    lines = []
    for group, names in GROUPS.items():
        of_group = [written[name] for name in names if name in written]
        if len(of_group) > 1:
            number = figure(total(cells, group), words, audience, approx=approx)
            lines.append(
                words.say("people.group", name=words.title("fields", group), n=number, parts=words.listed(of_group))
            )
        else:
            lines += of_group
    return (*lines, *(written[name] for name in ("not_stated",) if name in written))


def subsets(
    counts: Mapping[str, int],
    words: Words,
    audience: Audience = EXACT,
    *,
    hidden: Iterable[str] = (),
    approx: bool = False,
) -> Html:
    """Those of which something is said, such as 18 orphans; empty if there are none, and without what is hidden."""
    kept = [name for name in people.SUBSETS if counts.get(name) and name not in hidden]
    if not kept:
        return Html()
    return words.say(
        "people.of_which",
        parts=words.listed([counted(f"people.{name}", counts[name], words, audience, approx=approx) for name in kept]),
    )


def of_record(kind: Kind, values: Values, words: Words, hidden: frozenset[str]) -> tuple[Html, ...]:
    """The people of one record, exactly as told: the total, its parts, the subsets not hidden. Empty if nothing is known."""
    known = people.breakdown(values)
    if known.people is None:
        return ()
    head = html.bold(summary(kind, "", values, words))
    how = known.derived.get("people")
    if how == "sum" and len([name for name in known.cells if known.cells[name]]) > 1:
        head = words.say("people.sum_of_parts", total=head)
    numbers = {name: int(values[name]) for name in people.SUBSETS if name in values}
    of_which = subsets(numbers, words, hidden=hidden)
    return tuple(one for one in (head, *parts(known.cells, words), of_which) if one)


def summary(kind: Kind, ref: str, values: Values, words: Words, audience: Audience = EXACT) -> Html:
    """How many people one record speaks of, and as what: 231 people returned, at least 48 expected. Empty if nothing is known.

    A reference is only needed for an audience that isn't told everything.
    """
    known, status = people.breakdown(values), kind.status(values)
    told, approx = of_entry(kind, ref, values, audience), bool(values.get("approx"))
    if known.people is None:
        return (
            counted("people.expected", told["expected"], words, audience, approx=approx)
            if "expected" in told
            else Html()
        )
    number = told["people"]
    if status.counts and kind.counted(values):
        said = returned(kind.name, number, words, audience, approx=approx)
    elif status.coming and audience.shown(told.get("expected", number)) == audience.shown(number):
        said = counted("people.expected", number, words, audience, approx=approx)
    else:
        said = counted("people.listed", number, words, audience, approx=approx)
    open_ended = known.derived.get("people") == "at_least" and not audience.veiled(known.cells)
    return words.say("people.at_least", total=said) if open_ended else said


def of_entry(kind: Kind, ref: str, values: Values, audience: Audience) -> Mapping[str, int]:
    """An entry's counts by the names of cells and fields, totals too, as this audience is told them."""
    known = people.breakdown(values)
    counts = {
        name: int(values[name])
        for name, field in kind.by_name.items()
        if isinstance(field.shape, Count) and name in values and name not in people.HEADS
    }
    told = audience.told({**known.cells, **counts}, ref)
    return {**told, **{name: total(told, name) for name in people.TOTALS if known.total(name) is not None}}


def as_said(kind: Kind, said: Values, words: Words, hidden: frozenset[str]) -> Html:
    """Counts one by one as somebody said them, nothing worked out; without what is hidden."""
    approx = bool(said.get("approx"))
    told = [
        returned(kind.name, int(number), words, approx=approx)
        if name == "people"
        else counted(f"people.{name}", int(number), words, approx=approx)
        for name, number in said.items()
        if name != "approx" and name not in hidden
    ]
    return words.listed(told)


def hidden_fields(kind: Kind, *, private: bool) -> frozenset[str]:
    """Names of the fields that are told in private chats only, and so not here."""
    return frozenset() if private else kind.restricted


def movement(number: int, words: Words, audience: Audience = EXACT, *, approx: bool = False) -> Html:
    """A change of a number of people: +12, −3; its size as this audience may see it."""
    return words.signed(number, figure(abs(number), words, audience, approx=approx))
