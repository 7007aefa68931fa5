"""What a list or a search was understood as, said above what it found."""

from collections.abc import Sequence

from records.kind import Kind
from records.places import Gazetteer
from records.question import Search, Sought, Term
from render import html
from render.catalogue import Words
from render.html import Html
from render.values import value

TERM_MOST = 60


def of_search(search: Search, kinds: Sequence[Kind], words: Words, places: Gazetteer) -> Html:
    """Flights · 2 – 8 March 2026 · Status: planned; empty where nothing narrowed it."""
    fields = {name: field for kind in kinds for name, field in kind.by_name.items()}
    narrowed = (
        words.say("card.field", name=words.title("fields", name), value=value(fields[name], wanted, words, places))
        for name, wanted in search.filters
        if name in fields
    )
    kind = words.title("kinds", search.kind, "many") if search.kind else Html()
    days = words.days(search.since, search.until) if search.since or search.until else Html()
    return html.join(" · ", (kind, days, *narrowed))


def of_sought(sought: Sought, words: Words, places: Gazetteer) -> Html:
    """📍 Aktau · “zhusan”."""
    return html.join(" · ", (_term(one, words, places) for one in sought.terms))


def _term(term: Term, words: Words, places: Gazetteer) -> Html:
    if term.place is not None:
        return html.join(" ", ("📍", words.name(places.name(term.place, words.language))))
    return words.say("find.words", words=html.clip(term.typed, TERM_MOST))
