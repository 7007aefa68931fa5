"""What a digest is narrowed to: as it is told, and as it is typed."""

from collections.abc import Sequence

from records.filters import conditions
from records.kind import Choice, Country, Field, Kind
from records.places import Gazetteer
from render import html
from render.catalogue import Words
from render.html import Html
from render.values import value

KIND = "kind"


def of_filter(filter_: str, kinds: Sequence[Kind], words: Words, places: Gazetteer) -> Html:
    """What a digest is narrowed to: sessions · Site: Aktau; "everything" for no filter."""
    said = [
        words.title("kinds", given, "many")
        if field is None
        else words.say("card.field", name=words.title("fields", name), value=value(field, given, words, places))
        for name, given, field in _conditions(filter_, kinds)
    ]
    return html.join(" · ", said) if said else words.say("schedule.everything")


def typed(filter_: str, kinds: Sequence[Kind], words: Words, places: Gazetteer) -> list[str]:
    """The words a person types for that filter: only sessions for site Aktau."""
    label, said, fields = words.vocabulary.label, list[str](), list[str]()
    for name, given, field in _conditions(filter_, kinds):
        if field is None:
            said += [label(words.language, "digest", "only"), label(words.language, "kinds", given, "many")]
        else:
            fields.append(f"{label(words.language, 'fields', name)} {_value(field, given, words, places)}")
    # A comma keeps "arrived" and "to" from being one phrase.
    return [*said, label(words.language, "digest", "for"), ", ".join(fields)] if fields else said


def _conditions(filter_: str, kinds: Sequence[Kind]) -> list[tuple[str, str, Field | None]]:
    """The conditions in the order they are told, the kind first; without those nobody knows any more."""
    fields = {name: field for kind in kinds for name, field in kind.by_name.items()}
    known = [one for one in conditions(filter_) if one[0] == KIND or one[0] in fields]
    ordered = sorted(known, key=lambda one: one[0] != KIND)
    return [(name, given, None if name == KIND else fields[name]) for name, given in ordered]


def _value(field: Field, given: str, words: Words, places: Gazetteer) -> str:
    if isinstance(field.shape, Choice):
        return words.vocabulary.label(words.language, "choices", field.name, given)
    return given if isinstance(field.shape, Country) else places.name(given, words.language)
