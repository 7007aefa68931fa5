"""Values written as a post that reads back to the same values, and the form such a post is filled in on."""

from records.command.tokens import QUOTES
from records.kind import Choice, Code, Context, Country, Day, Field, Flag, Kind, Moment, Place, Text, Value, Values
from records.places import UNKNOWN
from records.vocabulary import Vocabulary


def template(values: Values, kind: Kind, words: Vocabulary, context: Context) -> str:
    """A line per field in the kind's order, `label: value`, in the context's language."""
    lines = []
    for field in kind.fields:
        if field.name not in values:
            continue
        label = words.label(context.language, "fields", field.name)
        if isinstance(field.shape, Flag):
            if values[field.name]:
                lines.append(label)
            continue
        lines.append(f"{label}: {written(field, values[field.name], words, context)}")
    return "\n".join(lines)


def form(kind: Kind, words: Vocabulary, language: str) -> str:
    """A line for each field that people fill in, `label:`, those that are needed first; lines left empty say nothing.

    Fields told in private chats only aren't on it: a form is passed around.
    """
    asked = [
        one for one in kind.fields if not (one.name in kind.seldom or one.restricted or isinstance(one.shape, Flag))
    ]
    asked.sort(key=lambda one: not one.required)
    return "\n".join(f"{words.label(language, 'fields', one.name)}:" for one in asked)


def written(field: Field, value: Value, words: Vocabulary, context: Context) -> str:
    """One value as it is typed."""
    text = str(value)
    match field.shape:
        case Day():
            text = _day(text)
        case Moment():
            day, apart, clock = text.rpartition("T")
            text = f"{_day(day)} {clock}" if apart else clock
        case Place() | Country():
            text = _place(text, context)
        case Choice():
            text = words.label(context.language, "choices", field.name, text)
        case Code():
            text = f'"{text}"'
        case Text():
            text = _quoted(text)
        case _:
            pass
    return text


def _day(iso: str) -> str:
    """31.05.2019"""
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


def _place(key: str, context: Context) -> str:
    """The name if it leads back to the place, else its key; what nobody knows in quotes."""
    if key.startswith(UNKNOWN):
        return _quoted(key[1:])
    name = context.places.written(key, context.language)
    return name if name == key else _quoted(name)


def _quoted(text: str) -> str:
    """In quotes that don't stand in it; as it is if all do (then it was read from a line without any around it)."""
    for opening, closing in QUOTES:
        if opening not in text and closing not in text and "\n" not in text:
            return f"{opening}{text}{closing}"
    return text
