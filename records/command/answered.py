"""What somebody types into a form: a bare value for the field that is asked for, or several fields at once."""

from records.command.reading import Reading, read
from records.command.wrong import unfit
from records.kind import Context, Flag, Kind, Place, Text
from records.places import UNKNOWN
from records.vocabulary import Vocabulary

_MOST_WORDS = 40
"""Words of an answer that may still be one value; more are a post."""


def answered(text: str, asked: str, kind: Kind, words: Vocabulary, context: Context) -> Reading:
    """The values told; if neither way of reading goes through, what is wrong with the one that fails less."""
    whole = read(text, kind, words, context)
    field = kind.by_name.get(asked)
    if field is None or isinstance(field.shape, Flag):
        return whole
    if len(text.split()) > _MOST_WORDS and not isinstance(field.shape, Text):
        return whole
    bare = read(f"{words.label(context.language, 'fields', asked)}: {text}", kind, words, context)
    if bare.problems or asked not in bare.values:
        if not whole.problems or len(bare.problems) > len(whole.problems):
            return whole
        # A field's word may open another one: "departs" the place too. Nobody was asked for that.
        elsewhere = any(one.field not in {"", asked} and one.read == text.strip() for one in bare.problems)
        strayed = elsewhere and not isinstance(field.shape, Text)
        return Reading({}, (unfit(field, text),)) if strayed else bare
    # Nearly anything could be the name of a place nobody knows: what reads as fields of their own is not.
    strange = isinstance(field.shape, Place) and str(bare.values[asked]).startswith(UNKNOWN)
    running_on = isinstance(field.shape, Text) and not field.shape.line
    return whole if (strange or running_on) and not whole.problems else bare
