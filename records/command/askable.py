"""The words a question may be made of: those of several kinds, as if they were one."""

from collections.abc import Sequence
from dataclasses import replace

from records.command.lexicon import Lexicon
from records.kind import Choice, Field, Kind
from records.question import GROUPS
from records.vocabulary import OF_DIGESTS, Role, Sense, Vocabulary

_ROLES = frozenset(Role) - OF_DIGESTS - {Role.VAGUE, Role.SUBSET, Role.EVERYDAY}


def merged(kinds: Sequence[Kind]) -> Kind:
    """All fields of some kinds that may be asked about, as if they were one kind's; choices added up."""
    fields: dict[str, Field] = {}
    for kind in kinds:
        for one in kind.fields:
            known = fields.get(one.name)
            if one.name not in GROUPS:
                continue
            if known and isinstance(known.shape, Choice) and isinstance(one.shape, Choice):
                options = tuple(dict.fromkeys((*known.shape.options, *one.shape.options)))
                fields[one.name] = replace(known, shape=Choice(options))
            else:
                fields.setdefault(one.name, one)
    return replace(
        kinds[0], name=" ".join(one.name for one in kinds), fields=tuple(fields.values()), headline=(), statuses=()
    )


def lexicon(words: Vocabulary, kind: Kind, kinds: Sequence[Kind]) -> Lexicon:
    names = {one.name for one in kinds}
    options = {one.name: one.shape.options for one in kind.fields if isinstance(one.shape, Choice)}

    def fits(sense: Sense) -> bool:
        if sense.role is Role.KIND:
            return sense.name in names
        if sense.role in {Role.FIELD, Role.OPENER}:
            return sense.name in kind.by_name
        if sense.role is Role.CHOICE:
            return sense.option in options.get(sense.name, ())
        return sense.role in _ROLES

    lexicon = Lexicon({phrase: [one for one in some if fits(one)] for phrase, some in words.senses.items()})
    lexicon.learn(words)
    return lexicon
